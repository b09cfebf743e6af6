"""The small statements that rules are made of, and the forms a sentence needs them in.

A clause says something about a subject: that it is there, that it is one of some values, that it is 10 characters
long. Turkish and English each need it as a duty ("must be"), a condition ("if … is"), a description ("where … is") and
an order ("set … to"), and the opposite of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from ulak.errors import Text

__all__ = ["PLAIN", "Clause", "choices", "merged"]


PLAIN: Final = Text("{v}", "{v}")
"""The predicate is the value itself."""


class _Forms(NamedTuple):
    duty: Text
    condition: Text
    description: Text
    order: Text


_BE: Final = _Forms(
    Text("{s} {p} olmalıdır", "{s} must be {p}"),
    Text("{s} {p} ise", "{s} is {p}"),
    Text("{s} {p} olan", "{s} is {p}"),
    Text("{s} alanını {p} olacak biçimde düzeltin", "correct {s} so that it is {p}"),
)
_NOT_BE: Final = _Forms(
    Text("{s} {p} olmamalıdır", "{s} must not be {p}"),
    Text("{s} {p} değilse", "{s} is not {p}"),
    Text("{s} {p} olmayan", "{s} is not {p}"),
    Text("{s} alanını {p} olmayacak biçimde düzeltin", "correct {s} so that it is not {p}"),
)
_FORMS: Final[dict[tuple[str, bool], _Forms]] = {
    ("be", False): _BE,
    ("be", True): _NOT_BE,
    ("equal", False): _BE._replace(order=Text("{s} alanına {p} yazın", "set {s} to {p}")),
    ("equal", True): _NOT_BE._replace(
        order=Text("{s} alanında {p} yerine başka bir değer kullanın", "use a value other than {p} in {s}")
    ),
    ("result", False): _BE._replace(
        order=Text("belgeyi {s} {p} olacak biçimde düzeltin", "correct the document so that {s} is {p}")
    ),
    ("result", True): _NOT_BE._replace(
        order=Text("belgeyi {s} {p} olmayacak biçimde düzeltin", "correct the document so that {s} is not {p}")
    ),
    ("exist", False): _Forms(
        Text("{s} bulunmalıdır", "{s} must be present"),
        Text("{s} varsa", "{s} is present"),
        Text("{s} bulunan", "{s} is present"),
        Text("{s} bilgisini ekleyin", "add {s}"),
    ),
    ("exist", True): _Forms(
        Text("{s} bulunmamalıdır", "{s} must not be present"),
        Text("{s} yoksa", "{s} is absent"),
        Text("{s} bulunmayan", "{s} is absent"),
        Text("{s} bilgisini kaldırın", "remove {s}"),
    ),
    ("filled", False): _Forms(
        Text("{s} dolu olmalıdır", "{s} must be filled in"),
        Text("{s} doluysa", "{s} is filled in"),
        Text("{s} dolu olan", "{s} is filled in"),
        Text("{s} alanını doldurun", "fill in {s}"),
    ),
    ("filled", True): _Forms(
        Text("{s} boş olmalıdır", "{s} must be empty"),
        Text("{s} boşsa", "{s} is empty"),
        Text("{s} boş olan", "{s} is empty"),
        Text("{s} alanını boş bırakın", "leave {s} empty"),
    ),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement.

    Attributes:
        kind: ``exist``, ``filled``, ``equal``, ``be`` or ``result`` (a subject nobody types in, such as a sum).
        subject: what it is about, in both languages.
        values: what the subject is (any of them); empty for ``exist`` and ``filled``.
        shape: how one or several values read as a predicate, with ``{v}``.
        negated: the opposite is meant.
    """

    kind: str
    subject: Text
    values: tuple[Text, ...] = ()
    shape: Text = PLAIN
    negated: bool = False

    @property
    def duty(self) -> Text:
        return self._say(self._forms.duty)

    @property
    def condition(self) -> Text:
        return self._say(self._forms.condition)

    @property
    def description(self) -> Text:
        return self._say(self._forms.description)

    @property
    def order(self) -> Text:
        return self._say(self._forms.order)

    @property
    def _forms(self) -> _Forms:
        return _FORMS[self.kind, self.negated]

    def _say(self, form: Text) -> Text:
        values = choices(self.values)
        predicate = Text(self.shape.tr.replace("{v}", values.tr), self.shape.en.replace("{v}", values.en))
        return Text(
            form.tr.replace("{s}", self.subject.tr).replace("{p}", predicate.tr),
            form.en.replace("{s}", self.subject.en).replace("{p}", predicate.en),
        )


def choices(values: tuple[Text, ...], last: Text = Text("ya da", "or")) -> Text:  # noqa: B008
    """Join alternatives as a person would.

    >>> choices((Text("a", "a"), Text("b", "b"), Text("c", "c")))
    Text(tr='a, b ya da c', en='a, b or c')
    """
    if len(values) < 2:
        return values[0] if values else Text("", "")
    head, tail = values[:-1], values[-1]
    return Text(
        f"{', '.join(value.tr for value in head)} {last.tr} {tail.tr}",
        f"{', '.join(value.en for value in head)} {last.en} {tail.en}",
    )


def merged(clauses: list[Clause], *, negated: bool) -> list[Clause]:
    """Bring together clauses that differ in their values only and share the sign ``negated``, keeping the order."""
    result: dict[tuple[object, ...], Clause] = {}
    for position, clause in enumerate(clauses):
        alike = clause.negated is negated and clause.values
        key = (clause.kind, clause.subject, clause.shape, clause.negated) if alike else (position,)
        earlier = result.get(key)
        values = (*earlier.values, *clause.values) if earlier else clause.values
        result[key] = Clause(clause.kind, clause.subject, tuple(dict.fromkeys(values)), clause.shape, clause.negated)
    return list(dict.fromkeys(result.values()))
