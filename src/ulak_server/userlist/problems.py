"""What can be wrong with fetching GİB's lists: codes ``lists.*``. What is wrong in a list: ``userlist.*``."""

from __future__ import annotations

from typing import Any, Final

from ulak.errors import Problem, Text, UlakError, error_of

__all__ = ["PROBLEMS", "ListsError", "lists_error"]


class ListsError(UlakError):
    """A list of GİB's was not taken; what is known of the users stays as it was."""


_LATER: Final = Text(
    "Birkaç dakika sonra kendiliğinden yeniden denenir; sürerse ağı ve ULAK_USERLIST_URL'yi denetleyin.",
    "It is tried again by itself in a few minutes; if it goes on, check the network and ULAK_USERLIST_URL.",
)
_LOOK: Final = Text(
    "Listeyi GİB'e sorun. Doğruysa “ulak lists sync --accept-smaller” ile alın.",
    "Ask GİB about the list. If it is right, take it with “ulak lists sync --accept-smaller”.",
)

PROBLEMS: Final[dict[str, Problem]] = {
    "lists.not-configured": Problem(
        Text("Kullanıcı listelerinin adresi yok.", "The address of the user lists is not known."),
        Text("ULAK_USERLIST_URL'yi verin.", "Set ULAK_USERLIST_URL."),
    ),
    "lists.unreachable": Problem(
        Text("{url} indirilemedi: {detail}.", "{url} could not be downloaded: {detail}."), _LATER, permanent=False
    ),
    "lists.status": Problem(
        Text("{url} {status} yanıtını verdi.", "{url} answered {status}."), _LATER, permanent=False
    ),
    "lists.too-large": Problem(
        Text("{url} {limit} bayttan büyük.", "{url} is larger than {limit} bytes."), _LOOK, permanent=False
    ),
    "lists.shrunk": Problem(
        Text(
            "Listede {before} kayıt vardı, yenisinde {now} var: %10'dan fazla küçülmüş bir liste alınmaz.",
            "The list had {before} entries and has {now} now: a list that shrank by more than 10 % is not taken.",
        ),
        _LOOK,
        permanent=False,
    ),
    "lists.faults": Problem(
        Text(
            "Listede anlaşılamayan {faults} kayıt var; ilki: {first}.",
            "The list has {faults} entries that cannot be understood; the first: {first}.",
        ),
        _LOOK,
        permanent=False,
    ),
    "lists.busy": Problem(
        Text("Liste şu anda başka bir süreçte alınıyor.", "Another process is taking the list now."),
        Text("Bitmesini bekleyin.", "Wait until it has ended."),
        permanent=False,
    ),
}


def lists_error(code: str, /, **facts: Any) -> ListsError:
    """The error of a code, its facts filled in."""
    return error_of(ListsError, PROBLEMS, code, **facts)
