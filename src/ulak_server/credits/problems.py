"""What can be wrong with kontör: codes ``credits.*``."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text, UlakError, error_of

__all__ = ["PROBLEMS", "CreditsError", "problem"]


class CreditsError(UlakError):
    """Kontör do not allow it, or what is wanted of them cannot be."""


PROBLEMS: Final[dict[str, Problem]] = {
    "credits.exhausted": Problem(
        Text(
            "Kontör yetmiyor: {needed} gerekiyor, kullanılabilir {available}.",
            "There are not enough kontör: {needed} are needed, {available} may be used.",
        ),
        Text(
            "Entegratörünüzden kontör yükletin. Taslak kaydetmek ve denetlemek kontör istemez; bekleyen belgeler"
            " yüklemeden sonra kendiliğinden gider.",
            "Have your integrator load kontör. Keeping and checking drafts costs none; documents that wait go by"
            " themselves once kontör are loaded.",
        ),
    ),
    "credits.amount": Problem(
        Text("“{given}” geçerli bir kontör sayısı değil.", "“{given}” is not a number of kontör."),
        Text(
            "En çok iki ondalıkla, {limit} altında bir sayı yazın.",
            "Write a number below {limit} with at most two decimals.",
        ),
    ),
    "credits.expiry": Problem(
        Text("Son kullanma günü {day} geçmişte.", "The last day {day} has passed."),
        Text("Bugün ya da sonrası bir gün yazın; boş: süresiz.", "Give today or a later day; none: no end."),
    ),
    "credits.reason": Problem(
        Text("Düzeltmenin nedeni yazılmamış.", "The correction has no reason."),
        Text("Nedenini bir cümleyle yazın; mükellef görür.", "Say why in a sentence; the taxpayer sees it."),
    ),
    "credits.text": Problem(
        Text("“{name}” alanı çok uzun ya da yazdırılamayan karakter içeriyor.", "“{name}” is too long or not plain."),
        Text("En çok {limit} yazdırılabilir karakter yazın.", "Write at most {limit} printable characters."),
    ),
    "credits.reference-twice": Problem(
        Text(
            "“{reference}” satışının kontörü {day} günü yüklendi.",
            "The kontör of the sale “{reference}” were loaded on {day}.",
        ),
        Text(
            "Başka bir satışsa kendi numarasını yazın; aynı satışa eklenecekse düzeltme yapın.",
            "If it is another sale, write its own number; add to the same one by a correction.",
        ),
    ),
    "credits.key-twice": Problem(
        Text(
            "“{key}” anahtarıyla {day} günü başka bir işlem yapıldı.",
            "Something else was done under the key “{key}” on {day}.",
        ),
        Text(
            "Yeni işlem için yeni bir anahtar verin; aynısını yinelemek için her şeyi o günkü gibi yazın.",
            "Give something new a key of its own; to repeat what was done, write everything as it was then.",
        ),
    ),
    "credits.kind": Problem(
        Text("“{kind}” diye bir belge türü yok.", "There is no kind of document “{kind}”."),
        Text("Bilinenler: {known}.", "Known are: {known}."),
    ),
    "credits.tariff-day": Problem(
        Text(
            "Tarife geçmişe dönük değiştirilemez: {day}.",
            "A tariff cannot be changed for days that have passed: {day}.",
        ),
        Text("Bugün ya da sonrası bir gün yazın.", "Give today or a later day."),
    ),
    "credits.not-counted": Problem(
        Text("Bu mükellefte kontör sayılmıyor.", "No kontör are counted for this taxpayer."),
        Text("Yapılacak bir şey yok; belgeler kontörsüz gider.", "There is nothing to do; documents go without."),
    ),
}


def problem(code: str, /, *, where: str = "", **facts: object) -> CreditsError:
    """The error of a code."""
    return error_of(CreditsError, PROBLEMS, code, where=where, line=None, **facts)
