"""People, programs and their sessions, as the API shows and takes them."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from ulak.ubl.forms.base import doc
from ulak_server.api.views.common import Given, Moment, Taken

__all__ = [
    "Acceptance",
    "Code",
    "Credentials",
    "InvitationList",
    "InvitationMade",
    "InvitationView",
    "InvitationWanted",
    "KeyList",
    "KeyMade",
    "KeyView",
    "KeyWanted",
    "Me",
    "MemberList",
    "MemberView",
    "PasswordChange",
    "RoleWanted",
    "SecondFactor",
    "SessionList",
    "SessionOpened",
    "SessionView",
    "StandingView",
]

Short = Annotated[str, Meta(max_length=300)]
Long = Annotated[str, Meta(max_length=1000)]


class Credentials(Taken):
    """The first step of signing in."""

    email: Annotated[Short, doc("E-posta adresi.", "E-mail address.")]
    password: Annotated[Long, doc("Parola.", "Password.")]


class Code(Taken):
    """A code of the authenticator app, or a recovery code."""

    code: Annotated[Short, doc("Kod.", "The code.")]


class PasswordChange(Taken):
    """A new password."""

    old: Annotated[Long, doc("Eski parola.", "The old password.")]
    new: Annotated[Long, doc("Yeni parola.", "The new password.")]


class SessionOpened(Given):
    """How far signing in has come."""

    level: Annotated[
        str,
        doc(
            "Sıradaki adım: second-factor-due, second-factor-missing, password-expired; full: bitti.",
            "What comes next: second-factor-due, second-factor-missing, password-expired; full: nothing.",
        ),
    ]
    csrf_token: Annotated[
        str, doc("Değişikliklerde X-CSRFToken başlığına yazılır.", "Goes into the header X-CSRFToken of changes.")
    ]
    recovery_codes: Annotated[
        tuple[str, ...], doc("Kurtarma kodları; yalnız bir kez gösterilir.", "Recovery codes, shown this once.")
    ] = ()


class SecondFactor(Given):
    """A second factor that is being set up."""

    address: Annotated[str, doc("Uygulamanın okuduğu otpauth://… adresi.", "otpauth://…, which the app reads.")]


class SessionView(Given):
    """A session that goes on."""

    id: Annotated[int, doc("Numarası.", "Its id.")]
    is_this: Annotated[bool, doc("Bu oturum mu.", "Whether it is this one.")]
    created_at: Annotated[Moment, doc("Açıldığı an.", "When it began.")]
    seen_at: Annotated[Moment, doc("Son kullanım.", "When it was used last.")]
    expires_at: Annotated[Moment, doc("En geç bitişi.", "When it ends at the latest.")]
    origin: Annotated[str, doc("Hangi adresten.", "From which address.")]
    agent: Annotated[str, doc("Tarayıcı.", "Browser.")]


class SessionList(Given):
    """One's sessions, the newest first."""

    items: tuple[SessionView, ...]


class StandingView(Given):
    """What somebody may do for a taxpayer."""

    number: Annotated[str, doc("VKN ya da TCKN.", "VKN or TCKN.")]
    title: Annotated[str, doc("Unvan.", "Title.")]
    role: Annotated[str, doc("owner, accountant, clerk, reader ya da key.", "owner, accountant, clerk, reader or key.")]
    actions: Annotated[tuple[str, ...], doc("Yapılabilenler.", "Actions that are open.")]


class Me(Given):
    """Who asks."""

    actor: Annotated[str, doc("Zaman çizelgesindeki ad.", "Name in timelines.")]
    name: Annotated[str, doc("Kişinin ya da anahtarın adı.", "Name of the person or the key.")]
    is_operator: Annotated[bool, doc("Entegratörün kişisi mi.", "Whether of the integrator's own people.")]
    language: Annotated[str, doc("Dil tercihi.", "Language of choice.")]
    taxpayers: Annotated[tuple[StandingView, ...], doc("Mükellefler.", "Taxpayers one may work for.")]


class MemberView(Given):
    """Somebody who works for the taxpayer."""

    id: Annotated[int, doc("Numarası.", "Their id.")]
    email: Annotated[str, doc("E-posta adresi.", "E-mail address.")]
    name: Annotated[str, doc("Adı.", "Name.")]
    role: Annotated[str, doc("owner, accountant, clerk ya da reader.", "owner, accountant, clerk or reader.")]
    is_active: Annotated[bool, doc("Oturum açabilir mi.", "Whether they may sign in.")]
    last_login: Annotated[Moment | None, doc("Son oturum.", "When they signed in last.")]


class MemberList(Given):
    """Who works for the taxpayer."""

    items: tuple[MemberView, ...]


class RoleWanted(Taken):
    """Another role."""

    role: Annotated[Short, doc("owner, accountant, clerk ya da reader.", "owner, accountant, clerk or reader.")]


class InvitationWanted(Taken):
    """Somebody is to be invited."""

    email: Annotated[Short, doc("E-posta adresi.", "E-mail address.")]
    role: Annotated[Short, doc("owner, accountant, clerk ya da reader.", "owner, accountant, clerk or reader.")]


class InvitationMade(Given):
    """A new invitation; the token is shown this once."""

    id: Annotated[int, doc("Numarası.", "Its id.")]
    token: Annotated[str, doc("Davet edilene iletin.", "Pass it on to the invited.")]
    expires_at: Annotated[Moment, doc("Geçerlilik sonu.", "Until when it holds.")]


class InvitationView(Given):
    """An invitation that was not accepted yet."""

    id: Annotated[int, doc("Numarası.", "Its id.")]
    email: Annotated[str, doc("E-posta adresi.", "E-mail address.")]
    role: Annotated[str, doc("Rol.", "Role.")]
    invited_by: Annotated[str, doc("Davet eden.", "Who invited.")]
    expires_at: Annotated[Moment, doc("Geçerlilik sonu.", "Until when it holds.")]


class InvitationList(Given):
    """Invitations that may still be accepted."""

    items: tuple[InvitationView, ...]


class Acceptance(Taken):
    """An invitation accepted: by the password one has, or by the one that one chooses."""

    token: Annotated[Short, doc("Davetin anahtarı.", "The invitation's token.")]
    password: Annotated[Long, doc("Parola.", "Password.")]
    name: Annotated[Short, doc("Ad soyad.", "Name.")] = ""
    language: Annotated[Short, doc("tr ya da en.", "tr or en.")] = "tr"


class KeyView(Given):
    """An API key, without what proves it."""

    id: Annotated[int, doc("Numarası.", "Its id.")]
    name: Annotated[str, doc("Adı.", "Its name.")]
    prefix: Annotated[str, doc("Anahtarda görünen bölüm.", "The part by which it is recognised.")]
    scopes: Annotated[tuple[str, ...], doc("Yapabildikleri.", "What it may do.")]
    created_at: Annotated[Moment, doc("Üretildiği an.", "When it was made.")]
    expires_at: Annotated[Moment | None, doc("Geçerlilik sonu.", "Until when it holds.")]
    revoked_at: Annotated[Moment | None, doc("İptal edildiği an.", "When it was revoked.")]
    last_used_at: Annotated[Moment | None, doc("Son kullanım.", "When it was used last.")]


class KeyList(Given):
    """The taxpayer's API keys."""

    items: tuple[KeyView, ...]


class KeyWanted(Taken):
    """A new API key."""

    name: Annotated[Short, doc("Adı.", "Its name.")]
    scopes: Annotated[
        Annotated[tuple[Short, ...], Meta(min_length=1, max_length=50)], doc("Yapabileceği işler.", "What it may do.")
    ]
    expires_at: Annotated[
        Moment | None, doc("Geçerlilik sonu; yazılmazsa bir yıl.", "Until when it holds; by default a year.")
    ] = None


class KeyMade(Given):
    """A new API key; its text is shown this once."""

    id: Annotated[int, doc("Numarası.", "Its id.")]
    key: Annotated[str, doc("Anahtar; saklayın.", "The key; keep it.")]
    prefix: Annotated[str, doc("Anahtarda görünen bölüm.", "The part by which it is recognised.")]
