"""``ulak explain``: what a rule demands, how to meet it, and how GİB words it."""

from __future__ import annotations

import difflib
import re
from typing import Final, NamedTuple

from ulak.cli.errors import Exit, usage
from ulak.cli.page import Cell, Page
from ulak.cli.session import Session
from ulak.errors import Text, UlakError
from ulak.rules.advice import RULES, Rule
from ulak.rules.explain import Explanation, curated_ids, explanation
from ulak.rules.schematron import Assertion, Schema
from ulak.rules.store import PackStore

__all__ = ["explain_rule"]

_UNKNOWN: Final = Text("“{name}” adlı bir kural yok.", "There is no rule “{name}”.")
_NEAR: Final = Text("Bunu mu demek istediniz: {near}?", "Did you mean {near}?")
_LOOK: Final = Text(
    "Kural adı, `ulak check` çıktısında hatanın yanında yazar.",
    "`ulak check` prints the name of a rule beside the error.",
)
_WHY: Final = Text("Neden", "Why")
_REPAIR: Final = Text("Çözüm", "Repair")
_MESSAGE: Final = Text("GİB", "GİB says")
_TEST: Final = Text("Sınama", "Test")
_CONTEXT: Final = Text("Bağlam", "Context")
_PACKS: Final = Text("Paketler", "Packs")
_SOURCE: Final = Text("Kaynak", "Source")
_ORIGIN: Final = Text("Açıklama", "Words")
_DERIVED: Final = Text("kuralın kendisinden türetildi", "derived from the rule itself")
_MESSAGE_OURS: Final = Text("İleti", "Message")
_WARNING: Final = Text("Ulak'ın uyarısı; GİB bu yüzden reddetmez", "Ulak's warning; GİB does not refuse for it")
_REPORTS: Final = Text("(doğruysa hata)", "(an error if true)")
_PLACE: Final = re.compile(r"\{\w+\}")
_GAP: Final = 10


class _Wording(NamedTuple):
    """One wording of a rule, with the places it looks at and the packs that have it."""

    rule_id: str
    assertion: Assertion
    schema: Schema
    contexts: dict[str, None]
    packs: dict[str, None]


def explain_rule(session: Session, name: str) -> Exit:
    """Print everything known of a rule, or of all rules that share the name before the ordinal.

    Raises:
        UlakError: ``cli.usage`` for an unknown rule; its repair names the nearest.
    """
    wordings = _wordings(PackStore())
    ids = list(dict.fromkeys([*wordings, *curated_ids(), *RULES]))
    wanted = [rule_id for rule_id in ids if rule_id.casefold() == name.casefold()]
    wanted = wanted or [i for i in ids if i.rpartition("-")[0].casefold() == name.casefold() and i in wordings]
    if not wanted:
        raise _unknown(name, ids)
    page = session.page()
    for rule_id in wanted:
        for wording in wordings.get(rule_id, []):
            _wording(page, session, wording)
        if rule_id in RULES:
            _advice(page, session, RULES[rule_id])
        elif rule_id not in wordings:
            page.line(Cell(rule_id, "bold"))
            _explained(page, session, explanation(rule_id))
    session.put(page)
    return Exit.OK


def _wordings(store: PackStore) -> dict[str, list[_Wording]]:
    """Every rule of every pack, a wording that several packs share once."""
    found: dict[str, dict[str, _Wording]] = {}
    for pack in store.packs():
        for role in pack.schematrons:
            ids, schema = store.ids(pack, role), pack.schematron(role)
            for _, rule, assertion in schema.assertions():
                rule_id = ids[assertion]
                fresh = _Wording(rule_id, assertion, schema, {}, {})
                wording = found.setdefault(rule_id, {}).setdefault(assertion.fingerprint, fresh)
                wording.contexts[" ".join(rule.context.split())] = None
                wording.packs[pack.name] = None
    return {rule_id: list(known.values()) for rule_id, known in found.items()}


def _wording(page: Page, session: Session, wording: _Wording) -> None:
    page.blank()
    page.line(Cell(wording.rule_id, "bold"))
    assertion = wording.assertion
    explained = explanation(
        wording.rule_id,
        test=assertion.test,
        context=next(iter(wording.contexts)),
        message=assertion.words,
        lists=wording.schema.code_lists,
        positive=assertion.positive,
    )
    _explained(page, session, explained)
    _fact(page, session, _MESSAGE, assertion.words)
    turned = f" {session.say(_REPORTS)}" if assertion.positive else ""
    _fact(page, session, _TEST, assertion.test + turned)
    for context in wording.contexts:
        _fact(page, session, _CONTEXT, context)
    _fact(page, session, _PACKS, ", ".join(wording.packs))


def _advice(page: Page, session: Session, rule: Rule) -> None:
    page.line(Cell(rule.id, "bold"), Cell(session.say(_WARNING), "yellow"))
    explanation_, repair, message = map(_general, (rule.explanation, rule.repair, rule.message))
    _explained(page, session, Explanation(explanation_, repair, curated=True))
    _fact(page, session, _MESSAGE_OURS, session.say(message))
    _fact(page, session, _SOURCE, ", ".join(part for part in (rule.source.document, rule.source.section) if part))


def _general(text: Text) -> Text:
    """A sentence with its places left open."""
    return Text(_PLACE.sub("…", text.tr), _PLACE.sub("…", text.en))


def _explained(page: Page, session: Session, explained: Explanation) -> None:
    page.labelled(session.say(_WHY), session.say(explained.explanation), indent=2, gap=_GAP)
    page.labelled(session.say(_REPAIR), session.say(explained.repair), indent=2, gap=_GAP, style="green")
    if explained.source:
        _fact(page, session, _SOURCE, explained.source)
    if not explained.curated:
        _fact(page, session, _ORIGIN, session.say(_DERIVED))


def _fact(page: Page, session: Session, label: Text, text: str) -> None:
    page.labelled(session.say(label), text, indent=2, gap=_GAP)


def _unknown(name: str, ids: list[str]) -> UlakError:
    by_case = {rule_id.casefold(): rule_id for rule_id in ids}
    near = [by_case[match] for match in difflib.get_close_matches(name.casefold(), by_case, 4, 0.5)]
    return usage(_UNKNOWN.format(name=name), _NEAR.format(near=", ".join(near)) if near else _LOOK)
