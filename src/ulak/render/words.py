"""An amount in words, as it stands on the paper: “Yalnız yüz yirmi üç lira kırk beş kuruş”."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from ulak.errors import Language, Text

__all__ = ["LARGEST", "MAJOR", "MINOR", "in_words"]

LARGEST: Final = Decimal(10) ** 18
"""From here on the number stands in figures."""

MAJOR: Final = {
    "TRY": Text("lira", "Turkish lira"),
    "USD": Text("ABD doları", "US dollars"),
    "EUR": Text("avro", "euro"),
    "GBP": Text("sterlin", "pounds sterling"),
}
MINOR: Final = {
    "TRY": Text("kuruş", "kuruş"),
    "USD": Text("sent", "cents"),
    "EUR": Text("sent", "cents"),
    "GBP": Text("peni", "pence"),
}
_ONLY: Final = Text("Yalnız", "Only")
_MINUS: Final = Text("eksi", "minus")
_ONES: Final = ("", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz")
_TENS: Final = ("", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan")
_THOUSANDS: Final = ("", "bin", "milyon", "milyar", "trilyon", "katrilyon")


def in_words(amount: Decimal, currency: str, language: Language = "tr") -> str:
    """The amount in words, rounded half up to two places.

    Four currencies have names; for others the code stands, and hundredths as a fraction.

    >>> in_words(Decimal("123.45"), "TRY")
    'Yalnız yüz yirmi üç lira kırk beş kuruş'
    >>> in_words(Decimal("-1000"), "EUR"), in_words(Decimal("0"), "TRY")
    ('Yalnız eksi bin avro', 'Yalnız sıfır lira')
    >>> in_words(Decimal("1234.5"), "USD", "en")
    'Only one thousand two hundred thirty-four US dollars fifty cents'
    >>> in_words(Decimal("7.05"), "CHF"), in_words(LARGEST, "TRY")
    ('Yalnız yedi CHF 05/100', 'Yalnız 1000000000000000000.00 TRY')
    """
    rounded = amount.quantize(Decimal("0.01"), ROUND_HALF_UP) if abs(amount) < LARGEST else amount
    if abs(rounded) >= LARGEST:
        return f"{_ONLY.say(language)} {rounded:.2f} {currency}"
    whole, hundredths = divmod(int(abs(rounded) * 100), 100)
    said = [_ONLY.say(language), _MINUS.say(language) if rounded < 0 else "", _number(whole, language)]
    return " ".join(word for word in (*said, *_units(hundredths, currency, language)) if word)


def _units(hundredths: int, currency: str, language: Language) -> tuple[str, ...]:
    if currency not in MAJOR:
        return (currency, f"{hundredths:02}/100" if hundredths else "")
    major, minor = MAJOR[currency].say(language), MINOR[currency].say(language)
    return (major, _number(hundredths, language), minor) if hundredths else (major,)


def _number(number: int, language: Language) -> str:
    # num2words writes Turkish in one word, as on cheques; the dictionary's rule for texts is separate words.
    return _english(number) if language == "en" else _turkish(number)


def _english(number: int) -> str:
    # It loads fifty languages; whoever only seals documents needs none of them.
    from num2words import num2words

    words: str = num2words(number, lang="en")
    return words.replace(",", "").replace(" and ", " ")


def _turkish(number: int) -> str:
    groups: list[str] = []
    rest = number
    for name in _THOUSANDS:
        rest, group = divmod(rest, 1000)
        # A thousand is “bin”, not “bir bin”.
        words = [] if (group, name) == (1, "bin") else _below_thousand(group)
        groups.append(" ".join([*words, name] if group and name else words))
    return " ".join(group for group in reversed(groups) if group) or "sıfır"


def _below_thousand(number: int) -> list[str]:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    hundred = [_ONES[hundreds] if hundreds > 1 else "", "yüz"] if hundreds else []
    return [word for word in (*hundred, _TENS[tens], _ONES[ones]) if word]
