"""The one table of permissions: which action is open to which role, to API keys with its scope, to operators.

Faces name one action at each of their addresses and ask `require`; nothing else decides. A taxpayer for whom somebody
does not work looks to them as if it did not exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final, NamedTuple

from django.db import connection

from ulak.errors import Text
from ulak_server.database import roles as database
from ulak_server.database.scope import scoped
from ulak_server.people.actors import Caller, Standing
from ulak_server.people.models import Level
from ulak_server.people.passwords import OLDEST
from ulak_server.people.problems import problem
from ulak_server.people.rows import see

__all__ = ["ACTIONS", "SCOPES", "Permission", "allowed", "require", "working_for"]


class Permission(NamedTuple):
    """To whom an action is open.

    Attributes:
        about: what it lets somebody do.
        open_to: roles, keys (that have the scope of its name) and operators.
        of_taxpayer: whether it is about one taxpayer's rows.
    """

    about: Text
    open_to: frozenset[Standing]
    of_taxpayer: bool = True


_S: Final = Standing
_EVERYBODY: Final = frozenset(Standing)
_SIGNED_IN: Final = _EVERYBODY - {_S.ANONYMOUS}
_STAFF: Final = frozenset({_S.OWNER, _S.ACCOUNTANT, _S.CLERK, _S.READER})
_WRITERS: Final = frozenset({_S.OWNER, _S.ACCOUNTANT, _S.CLERK, _S.KEY})
_ANSWERERS: Final = frozenset({_S.OWNER, _S.ACCOUNTANT, _S.KEY})
_DESIGNERS: Final = frozenset({_S.OWNER, _S.ACCOUNTANT, _S.KEY})
_HEADS: Final = frozenset({_S.OWNER, _S.ACCOUNTANT, _S.OPERATOR})
_OWNERS: Final = frozenset({_S.OWNER, _S.OPERATOR})

ACTIONS: Final[Mapping[str, Permission]] = MappingProxyType(
    {
        "open": Permission(
            Text("Herkese açık: oturum açmak, API'nin tanımı.", "Open to all: signing in, what the API is."),
            _EVERYBODY,
            of_taxpayer=False,
        ),
        "me.read": Permission(
            Text("Kendi oturumu ve hesabı.", "One's own session and account."), _SIGNED_IN, of_taxpayer=False
        ),
        "documents.read": Permission(
            Text("Belgeleri ve gövdelerini görmek.", "See documents and their bodies."), _STAFF | {_S.KEY}
        ),
        "timeline.read": Permission(
            Text("Belgenin zaman çizelgesini görmek.", "See a document's timeline."), _STAFF | {_S.KEY}
        ),
        "documents.write": Permission(
            Text("Taslak yazmak, denetlemek, silmek.", "Write, check and delete drafts."), _WRITERS
        ),
        "documents.send": Permission(
            Text(
                "Belge göndermek, düzeltmek, yinelemek, geri çekmek.",
                "Send, correct, send again and withdraw documents.",
            ),
            _WRITERS,
        ),
        "documents.cancel": Permission(
            Text(
                "e-Arşiv ailesinden belge iptal etmek; alıcının yanıtını işlemek.",
                "Cancel documents of the e-Arşiv family; record the buyer's answer.",
            ),
            _WRITERS,
        ),
        "objections.write": Permission(
            Text("Yapılan itirazı GİB'e bildirmek.", "Report an objection to GİB."), _ANSWERERS
        ),
        "reports.read": Permission(
            Text("e-Arşiv raporlarını ve dengesini görmek.", "See e-Arşiv reports and whether they balance."),
            _STAFF | {_S.KEY},
        ),
        "reports.send": Permission(
            Text(
                "Raporu hemen göndermek, GİB'e sormak, yeniden kurmak.",
                "Send a report at once, ask GİB for it, build it anew.",
            ),
            _ANSWERERS,
        ),
        "incoming.read": Permission(Text("Gelenleri görmek.", "See what came in."), _STAFF | {_S.KEY}),
        "incoming.take": Permission(
            Text("Gelenleri alındı diye işaretlemek.", "Mark what came in as taken."), _WRITERS
        ),
        "answers.write": Permission(
            Text("Kabul, ret, irsaliye yanıtı, iade.", "Accept, reject, receipt advices, returns."), _ANSWERERS
        ),
        "designs.read": Permission(Text("Belge tasarımlarını görmek.", "See how documents look."), _STAFF | {_S.KEY}),
        "designs.write": Permission(Text("Belge tasarımlarını değiştirmek.", "Change how documents look."), _DESIGNERS),
        "delivery.read": Permission(
            Text("Gönderilen e-postaları ve bağlantıları görmek.", "See e-mails that were sent, and links."),
            _STAFF | {_S.KEY},
        ),
        "delivery.write": Permission(
            Text("Belgeyi e-postayla ya da bağlantıyla iletmek.", "Pass documents on by e-mail or link."), _WRITERS
        ),
        "notifications.read": Permission(
            Text("Kendi bildirimleri ve tercihleri.", "One's own notifications and preferences."), _STAFF
        ),
        "webhooks.read": Permission(
            Text("Web kancalarını ve çağrılarını görmek.", "See webhooks and their calls."),
            frozenset({_S.OWNER, _S.ACCOUNTANT, _S.KEY}),
        ),
        "webhooks.write": Permission(
            Text("Web kancası eklemek, değiştirmek, kaldırmak.", "Add, change and remove webhooks."),
            frozenset({_S.OWNER, _S.KEY}),
        ),
        "batches.read": Permission(Text("Toplu teslimleri görmek.", "See batches."), _STAFF | {_S.KEY}),
        "batches.write": Permission(Text("Toplu teslim etmek.", "Hand batches in."), _WRITERS),
        "taxpayers.read": Permission(
            Text("Mükellefin bilgileri, etiketleri, serileri, hesapları.", "Details, aliases, series and accounts."),
            _STAFF | {_S.KEY, _S.OPERATOR},
        ),
        "taxpayers.write": Permission(
            Text("Mükellef eklemek; sözleşme.", "Add taxpayers; contracts."),
            frozenset({_S.OPERATOR}),
            of_taxpayer=False,
        ),
        "taxpayers.change": Permission(
            Text("Bilgileri, etiketleri, serileri değiştirmek.", "Change details, aliases and series."), _HEADS
        ),
        "accounts.write": Permission(
            Text("GİB'de hesap açtırmak ve kapattırmak.", "Have accounts opened and closed at GİB."), _OWNERS
        ),
        "users.read": Permission(Text("Kullanıcıları görmek.", "See who works for the taxpayer."), _HEADS),
        "users.write": Permission(Text("Davet etmek, rol vermek, çıkarmak.", "Invite, give roles, let go."), _OWNERS),
        "keys.read": Permission(Text("API anahtarlarını görmek.", "See API keys."), frozenset({_S.OWNER})),
        "keys.write": Permission(
            Text("API anahtarı üretmek ve iptal etmek.", "Make and revoke API keys."), frozenset({_S.OWNER})
        ),
        "books.read": Permission(
            Text("Kişileri, ürünleri, etiketleri, yinelenenleri görmek.", "See contacts, items, labels, what recurs."),
            _STAFF,
        ),
        "books.write": Permission(
            Text(
                "Kişileri, ürünleri, etiketleri, yinelenenleri değiştirmek.",
                "Change contacts, items, labels, what recurs.",
            ),
            _WRITERS - {_S.KEY},
        ),
        "imports.read": Permission(Text("İçe aktarılan dosyaları görmek.", "See imported files."), _STAFF),
        "imports.write": Permission(
            Text("Dosyadan içe aktarmak ve geri almak.", "Import files, and undo it."), _WRITERS - {_S.KEY}
        ),
        "ledgers.read": Permission(
            Text("e-Defterleri, beratları ve durumlarını görmek.", "See ledgers, berats and how they stand."),
            _STAFF | {_S.KEY},
        ),
        "ledgers.write": Permission(
            Text(
                "Muhasebe kaydı yüklemek, denetlemek, defter oluşturmak.",
                "Upload and check accounting entries, create ledgers.",
            ),
            _WRITERS,
        ),
        "ledgers.send": Permission(
            Text(
                "Defterleri mühürlemek, GİB'e göndermek, GİB'e sormak, geri çekmek.",
                "Seal ledgers, send them to GİB, ask GİB, withdraw them.",
            ),
            _ANSWERERS,
        ),
        "ledgers.change": Permission(
            Text(
                "Defter bilgilerini ve şubelerini değiştirmek.", "Change what books say of the company; its branches."
            ),
            _ANSWERERS,
        ),
        "ledgers.consent": Permission(
            Text("Entegratörün mühürlemesine muvafakat etmek.", "Consent that the integrator seals books."),
            frozenset({_S.OWNER, _S.ACCOUNTANT}),
        ),
        "credits.read": Permission(
            Text("Kontörü, kullanımı ve tarifeyi görmek.", "See kontör, what used them, and what documents cost."),
            _STAFF | {_S.KEY},
        ),
        "credits.change": Permission(
            Text("Kontör uyarısının eşiğini seçmek.", "Choose from which balance on to be warned."),
            frozenset({_S.OWNER, _S.ACCOUNTANT}),
        ),
        "months.close": Permission(
            Text("Ayın denetim listesini işaretlemek, ayı kapatmak.", "Tick a month's checklist, close months."),
            frozenset({_S.OWNER, _S.ACCOUNTANT}),
        ),
        "support.read": Permission(
            Text("Destek erişimini görmek.", "See support access."), frozenset({_S.OWNER, _S.ACCOUNTANT})
        ),
        "support.answer": Permission(
            Text("Destek erişimine izin vermek, bitirmek.", "Consent to support access, end it."),
            frozenset({_S.OWNER}),
        ),
        "userlist.read": Permission(
            Text("GİB'in listesinde aramak; yolu önceden görmek.", "Look up GİB's list; preview the routing."),
            _SIGNED_IN,
            of_taxpayer=False,
        ),
        "operate": Permission(
            Text("Bütün durumlar ve hatalar; bekleyene yardım.", "All states and errors; help what rests."),
            frozenset({_S.OPERATOR}),
            of_taxpayer=False,
        ),
    }
)
"""Every action by its name, which is also the scope that lets an API key do it."""
SCOPES: Final = tuple(
    name for name, one in ACTIONS.items() if _S.KEY in one.open_to and name not in ("open", "me.read")
)
"""What an API key may be given; `me.read` needs none."""
_UNFINISHED: Final[Mapping[Level, str]] = MappingProxyType(
    {
        Level.SECOND_FACTOR_DUE: "people.second-factor-due",
        Level.SECOND_FACTOR_MISSING: "people.second-factor-missing",
        Level.PASSWORD_EXPIRED: "people.password-expired",
    }
)


def allowed(caller: Caller, action: str, taxpayer: int | None = None) -> bool:
    """Whether an action is open to somebody.

    Args:
        taxpayer: whom it is about; None asks whether it may be open for any.
    """
    permission = ACTIONS[action]
    if _S.ANONYMOUS in permission.open_to:
        return True
    if not caller.actor or caller.level is not Level.FULL:
        return False
    # Somebody who works for nobody yet may still look after themselves.
    if action == "me.read":
        return True
    about = taxpayer if permission.of_taxpayer else None
    if about is not None and not _knows(caller, about):
        return False
    if caller.key is not None and action not in caller.scopes(about):
        return False
    return caller.standing(about) in permission.open_to


def require(caller: Caller, action: str, taxpayer: int | None = None) -> None:
    """Let nobody pass to whom an action is not open.

    Raises:
        NotSignedIn: ``people.not-signed-in``.
        NotAllowed: ``people.second-factor-due``, ``people.second-factor-missing``, ``people.password-expired``,
            ``people.not-allowed``.
        NotFound: ``people.no-such-taxpayer``.
    """
    if allowed(caller, action, taxpayer):
        return
    if not caller.actor:
        raise problem("people.not-signed-in")
    if caller.level is not Level.FULL:
        raise problem(_UNFINISHED[caller.level], days=OLDEST.days)
    if ACTIONS[action].of_taxpayer and taxpayer is not None and not _knows(caller, taxpayer):
        raise problem("people.no-such-taxpayer")
    raise problem("people.not-allowed", action=ACTIONS[action].about, name=action)


def _knows(caller: Caller, taxpayer: int) -> bool:
    return caller.is_operator or taxpayer in caller.grants


@contextmanager
def working_for(caller: Caller, *taxpayers: int) -> Iterator[None]:
    """The transaction in which somebody's request is carried out: their role, and these of their taxpayers alone.

    Operators work under their own role, which has no grant on contents. One who reads along by a taxpayer's consent
    (`support.helping`) works like that taxpayer's people, in a transaction that can only read.

    Raises:
        NotFound: ``people.no-such-taxpayer``: one of them is not theirs.
    """
    if not all(_knows(caller, taxpayer) for taxpayer in taxpayers):
        raise problem("people.no-such-taxpayer")
    role = database.Role.OPERATOR if caller.is_operator else database.Role.WEB
    with scoped(role, () if caller.is_operator else taxpayers):
        if caller.support is not None:
            _only_read()
        see(user=caller.user)
        yield


def _only_read() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
