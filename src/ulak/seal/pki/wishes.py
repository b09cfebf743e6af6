"""What a person asks of a new test PKI, read from text: owners, days, addresses."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from ulak.seal.errors import error_of
from ulak.seal.pki.cast import Owner, Plan, firm_plan, person_plan
from ulak.seal.pki.problems import PROBLEMS, PkiError

__all__ = ["address_of", "firm", "life_of", "person", "url_of"]

_LONGEST_NAME: Final = 64
"""Characters of a common name (X.520, ub-common-name)."""
_MOST_DAYS: Final = 3650
_URL: Final = "http://127.0.0.1:8770"
_DOTLESS: Final = str.maketrans({"ı": "i", "İ": "i"})


def firm(given: str) -> Plan:
    """The mali mühür that ``--vkn NUMBER[:NAME]`` asks for.

    Any ten digits will do: the numbers of GİB's test firms have wrong check digits, too.

    Raises:
        PkiError: ``pki.bad-number`` or ``pki.bad-name``.

    >>> firm("1234567801:Test Kurum Bir").owner
    Owner(short='test-kurum-bir', tax_id='1234567801', name='Test Kurum Bir')
    """
    return firm_plan(_owner(given, 10, "--vkn", "1234567801:Test Kurum Bir", "Deneme Firma"))


def person(given: str) -> Plan:
    """The personal e-imza that ``--tckn NUMBER[:NAME]`` asks for; raises as `firm` does."""
    return person_plan(_owner(given, 11, "--tckn", "12345678950:Ali Veli", "Deneme Kişi"))


def _owner(given: str, digits: int, option: str, example: str, unnamed: str) -> Owner:
    number, _, name = given.partition(":")
    if not re.fullmatch(rf"[0-9]{{{digits}}}", number):
        raise error_of(PkiError, PROBLEMS, "pki.bad-number", given=given, option=option, digits=digits, example=example)
    name = name.strip() or unnamed
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise error_of(PkiError, PROBLEMS, "pki.bad-name", given=name)
    return Owner(_short(name) or "deneme", number, name)


def _short(name: str) -> str:
    """A name for files: small letters without accents, digits and hyphens.

    >>> _short("Çiğdem Ilıcalı A.Ş.")
    'cigdem-ilicali-a-s'
    """
    plain = unicodedata.normalize("NFKD", name.translate(_DOTLESS)).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-")


def life_of(given: str) -> timedelta:
    """How long ``--days`` lets keys live; raises PkiError ``pki.bad-days``."""
    if not re.fullmatch(r"[0-9]{1,4}", given) or not 1 <= int(given) <= _MOST_DAYS:
        raise error_of(PkiError, PROBLEMS, "pki.bad-days", given=given)
    return timedelta(days=int(given))


def url_of(given: str) -> str:
    """The address of ``--url``: http or https, a host, maybe a port and a path; raises PkiError ``pki.bad-address``."""
    try:
        parts = urlsplit(given)
        good = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        good = False
    if not good or not re.fullmatch(r"[!-~]+", given) or "?" in given or "#" in given:
        raise error_of(PkiError, PROBLEMS, "pki.bad-address", given=given, example=_URL)
    return given.rstrip("/")


def address_of(given: str) -> tuple[str, int]:
    """Host and port of ``--listen HOST:PORT``; raises PkiError ``pki.bad-address``.

    >>> address_of("127.0.0.1:8770")
    ('127.0.0.1', 8770)
    """
    host, _, port = given.rpartition(":")
    if not re.fullmatch(r"[0-9A-Za-z.-]+", host) or not re.fullmatch(r"[0-9]{1,5}", port) or int(port) > 65535:
        raise error_of(PkiError, PROBLEMS, "pki.bad-address", given=given, example="127.0.0.1:8770")
    return host, int(port)
