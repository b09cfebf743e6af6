"""What ends soon: keys, contracts, passwords – so that nobody is surprised by it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from ulak.errors import Text
from ulak.lifecycle import accounts as law
from ulak_server import clock, formats
from ulak_server.credits import services as credits
from ulak_server.delivery.models import Hook, Message
from ulak_server.overview.certificates import own_seal_ends
from ulak_server.overview.crediting import expiring_text
from ulak_server.people import services as people
from ulak_server.people.models import ApiKey, SupportStage, User
from ulak_server.taxpayers.models import ENDED, Account, Taxpayer

__all__ = ["Notice", "notices"]

_SOON: Final = timedelta(days=30)
_PASSWORD: Final = timedelta(days=90)
_PASSWORD_SOON: Final = timedelta(days=14)
_LATELY: Final = timedelta(days=7)
_LATEST: Final = 500
_MOST: Final = 5
_LOST: Final = ("bounced", "refused", "given-up", "unclear")
_OPEN: Final = ("active", "adding")
_SERVICES: Final = {
    "einvoice": Text("e-Fatura", "e-Fatura"),
    "edespatch": Text("e-İrsaliye", "e-İrsaliye"),
    "earchive": Text("e-Arşiv", "e-Arşiv"),
    "esevoucher": Text("e-SMM", "e-SMM"),
    "epreceipt": Text("e-MM", "e-MM"),
    "erreceipt": Text("e-Gider Pusulası", "e-Gider Pusulası"),
}


class Notice(NamedTuple):
    """Something that ends, or does not work yet.

    Attributes:
        name: stable: ``key``, ``contract``, ``password``, ``account``, ``mail``, ``hook``, ``support``, ``seal``,
            ``credits``.
        tone: ``bad``, ``wait`` or ``info``.
        left: days left; None where no day is set.
    """

    name: str
    tone: str
    text: Text
    next: Text
    left: int | None = None


def notices(taxpayer: int, user: int | None, *, sees_keys: bool) -> list[Notice]:
    """What the people of a taxpayer should know of in time; within a scope that holds the taxpayer.

    Args:
        user: who looks: their own password is told of.
        sees_keys: whether they may know of API keys.
    """
    now = clock.now()
    found = [*_accounts(taxpayer), *_contract(taxpayer, now), *_password(user, now)]
    found += [*_seal(taxpayer, now), *_support(taxpayer), *_delivery(taxpayer, now), *_credits(taxpayer, now)]
    if sees_keys:
        found += _keys(taxpayer, now)
    return sorted(found, key=lambda one: (("bad", "wait", "info").index(one.tone), one.left or 0))


def _keys(taxpayer: int, now: datetime) -> list[Notice]:
    ending = ApiKey.objects.filter(
        taxpayer_id=taxpayer, revoked_at=None, expires_at__lt=now + _SOON, expires_at__gt=now
    )
    return [
        _ending(
            "key",
            Text(f"“{one.name}” adlı API anahtarı", f"The API key “{one.name}”"),
            _day(one.expires_at),
            _day(now),
            Text("Yenisini üretip programınıza verin.", "Make a new one and give it to your program."),
        )
        for one in ending.order_by("expires_at")[:_MOST]
        if one.expires_at
    ]


def _contract(taxpayer: int, now: datetime) -> list[Notice]:
    until = Taxpayer.objects.filter(id=taxpayer).values_list("contract_until", flat=True).first()
    if until is None or until > _day(now + _SOON):
        return []
    return [
        _ending(
            "contract",
            Text("Sözleşmeniz", "Your contract"),
            until,
            _day(now),
            Text(
                "Sürdürmek için bizi arayın; ertesi gün hesaplarınız GİB'de kapatılır.",
                "Call us to go on; on the day after, your accounts are closed at GİB.",
            ),
        )
    ]


def _seal(taxpayer: int, now: datetime) -> list[Notice]:
    ends = own_seal_ends(taxpayer)
    if ends is None or ends > now + _SOON:
        return []
    then = Text(
        "KamuSM'den yenisini alıp anahtarınızı değiştirin; biterse belge mühürlenemez.",
        "Get a new one from KamuSM and change your key; once it has ended, nothing is sealed.",
    )
    what = Text("Mali mührünüzün sertifikası", "The certificate of your mali mühür")
    return [_ending("seal", what, _day(ends), _day(now), then)]


def _password(user: int | None, now: datetime) -> list[Notice]:
    changed = User.objects.filter(id=user).values_list("password_changed_at", flat=True).first() if user else None
    if changed is None or changed + _PASSWORD - now > _PASSWORD_SOON:
        return []
    return [
        _ending(
            "password",
            Text("Parolanız", "Your password"),
            _day(changed + _PASSWORD),
            _day(now),
            Text("Şimdi değiştirin.", "Change it now."),
        )
    ]


def _support(taxpayer: int) -> list[Notice]:
    """Operators who ask to read along, and those who may."""
    found = []
    for one in people.support_known(taxpayer, _MOST):
        if one.stage is SupportStage.ASKED:
            text = Text(
                f"{one.name} belgelerinize bakmak için izin istiyor: “{one.reason}”",
                f"{one.name} asks for your consent to look at your documents: “{one.reason}”",
            )
            found.append(Notice("support", "wait", text, Text("İzin verin ya da vermeyin.", "Consent, or refuse.")))
        elif one.stage is SupportStage.GIVEN and one.expires_at:
            until = formats.moment_text(one.expires_at)
            text = Text(
                f"{one.name} {until.tr} saatine dek belgelerinize bakabiliyor.",
                f"{one.name} may look at your documents until {until.en}.",
            )
            found.append(
                Notice("support", "info", text, Text("Erişimi görün ya da bitirin.", "See the access, or end it."))
            )
    return found


def _delivery(taxpayer: int, now: datetime) -> list[Notice]:
    """Mail that came back lately, and webhooks that were switched off since nobody answered."""
    latest = Message.objects.filter(taxpayer_id=taxpayer).order_by("-id").values("id")[:_LATEST]
    lost = Message.objects.filter(id__in=latest, stage__in=_LOST, created_at__gt=now - _LATELY).count()
    silent = Hook.objects.filter(taxpayer_id=taxpayer, removed_at=None, off_at__isnull=False).exclude(off_why="by-hand")
    found = []
    if lost:
        text = Text(f"{lost} e-posta yerine ulaşmadı.", f"{lost} e-mails did not arrive.")
        found.append(Notice("mail", "wait", text, Text("Adresleri düzeltin.", "Correct the addresses.")))
    for one in silent.order_by("id")[:_MOST]:
        name = one.label or urlsplit(one.url).hostname or one.url
        text = Text(
            f"“{name}” web kancası yanıt vermediği için durdu.", f"The webhook “{name}” stopped: nobody answered."
        )
        found.append(Notice("hook", "bad", text, Text("Programınıza bakıp yeniden açın.", "See to your program.")))
    return found


def _credits(taxpayer: int, now: datetime) -> list[Notice]:
    found = []
    for day, amount in credits.standing(taxpayer).expiring[:_MOST]:
        tone, text = expiring_text(day, amount, _day(now))
        then = Text("Kontör sayfasına bakın.", "See the page of kontör.")
        found.append(Notice("credits", tone, text, then, (day - _day(now)).days))
    return found


def _accounts(taxpayer: int) -> list[Notice]:
    open_ones = Account.objects.filter(taxpayer_id=taxpayer).exclude(stage__in=(*ENDED, *_OPEN))
    return [
        Notice(
            "account",
            "bad" if one.stage in (law.Stage.NOT_OPENED, law.Stage.NOT_CLOSED) else "wait",
            _prefixed(_SERVICES[one.service], law.Stage(one.stage).sentence),
            Text("Hesabınıza bakın.", "See your account."),
        )
        for one in open_ones.order_by("id")
    ]


def _prefixed(service: Text, sentence: Text) -> Text:
    return Text(f"{service.tr}: {sentence.tr}", f"{service.en}: {sentence.en}")


def _ending(name: str, what: Text, last: date, today: date, then: Text) -> Notice:
    left = (last - today).days
    day = formats.day_text(last)
    text = Text(f"{what.tr} {left} gün sonra bitiyor ({day.tr}).", f"{what.en} ends in {left} days ({day.en}).")
    if left <= 0:
        text = Text(f"{what.tr} bitti ({day.tr}).", f"{what.en} has ended ({day.en}).")
        if left == 0:
            text = Text(f"{what.tr} bugün bitiyor.", f"{what.en} ends today.")
    elif left == 1:
        text = Text(f"{what.tr} yarın bitiyor ({day.tr}).", f"{what.en} ends tomorrow ({day.en}).")
    return Notice(name, "bad" if left <= 7 else "wait", text, then, left)


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.ISTANBUL).date()
