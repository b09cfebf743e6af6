"""The stylesheets that Ulak makes: XSLT 1.0 from a design, the same bytes for the same choices.

The parts lie in ``xslt/`` as people read them; here they are put together and made small. Marks in them: ``«name»`` is
a value, ``«l:name»`` a label, ``«?name»…«/name»`` stays if the design has it, ``«!name»…«/name»`` if it has not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final
from xml.sax.saxutils import escape

from ulak.codes import code_list
from ulak.errors import Language
from ulak.kept import Kept
from ulak.render.design import Design
from ulak.render.kinds import Kind
from ulak.render.labels import LABELS, label
from ulak.render.problems import problem
from ulak.render.stylesheet_forms import DESPATCHED, FORMS, HEADINGS, RECEIVED, Form
from ulak.render.stylesheet_names import names_of
from ulak.render.words import MAJOR, MINOR

__all__ = ["LARGEST", "native_stylesheet", "stylesheet"]

LARGEST: Final = 30 * 1024
"""Bytes that a stylesheet may have with its pictures."""

_PARTS: Final = files("ulak.render") / "xslt"
_SIZES: Final = {
    "compact": ("10.5px", "1.3", ".7mm"),
    "normal": ("12px", "1.4", "1.2mm"),
    "airy": ("13px", "1.5", "2mm"),
}
_UNITS: Final = (
    "C62",
    "KGM",
    "GRM",
    "TNE",
    "LTR",
    "MTR",
    "MTK",
    "MTQ",
    "KWH",
    "HUR",
    "DAY",
    "MON",
    "ANN",
    "PA",
    "BX",
    "SET",
)
_NUMBERS: Final = {
    "tr": {"point": ",", "group": ".", "money": "#.##0,00", "number": "#.##0,####", "price": "#.##0,00######"},
    "en": {"point": ".", "group": ",", "money": "#,##0.00", "number": "#,##0.####", "price": "#,##0.00######"},
}
_RATES: Final = {"tr": {"percent": "0,##", "rate": "0,0000##"}, "en": {"percent": "0.##", "rate": "0.0000##"}}
_ZERO: Final[dict[Language, tuple[str, str]]] = {"tr": ("sıfır", "eksi"), "en": ("zero", "minus")}
_MARK: Final = re.compile(r"«([a-z_]+)»")
_LABEL: Final = re.compile(r"«([lq]):([A-Za-z_]+)»")
_BLOCK: Final = re.compile(r"«([?!])([a-z_]+)»((?:(?!«[?!]).)*?)«/\2»", re.DOTALL)
_BETWEEN: Final = re.compile(r">\s*\n\s*<")
_SHORT: Final = (("cac:", "a:"), ("cbc:", "b:"))


def stylesheet(kind: Kind, design: Design | None = None) -> bytes:
    """The stylesheet of a kind of document in this design, as UTF-8 XML without declaration.

    Raises:
        RenderError: ``render.stylesheet-too-large`` if the pictures and notes do not fit.
    """
    return _KEPT.obtain((kind, design), lambda: _fitting(kind, design))


def _fitting(kind: Kind, design: Design | None) -> bytes:
    made = _made(kind, design or Design()).encode()
    if len(made) > LARGEST:
        raise problem("render.stylesheet-too-large", size=len(made), limit=LARGEST)
    return made


# Its pictures stand in a stylesheet, and in the design that it is known by.
_KEPT: Final = Kept[tuple[Kind, Design | None], bytes]("render.stylesheets", 4 << 20, lambda made: 2 * len(made))


@lru_cache(maxsize=16)
def native_stylesheet(design: Design) -> bytes:
    """The stylesheet of GİB's native e-SMM, which has no place to carry it: the document is only shown."""
    return _made("native", design).encode()


def _made(kind: str, design: Design) -> str:
    form = FORMS[kind]
    text = _part("page").replace("«body»", "".join(map(_part, form.body)))
    text = text.replace("«templates»", "".join(map(_part, ("shared", *form.parts))) + _words(form, design))
    text = text.replace("«totals»", _part("invoice-totals"))
    text = _kept(text, (_flags(design) | {kind, *form.flags}) - form.never)
    own = {name: _shortened(value) for name, value in form.values.items()}
    values = {**_form_values(kind, design), **_values(design), **own}
    # Values may hold labels, never further values: what a person wrote is put in last and not read again.
    text = _LABEL.sub(lambda mark: (_marked_label if mark[1] == "l" else _quoted)(mark[2], design), _small(text))
    return _MARK.sub(lambda mark: values[mark[1]], text)


@cache
def _part(name: str) -> str:
    return (_PARTS / f"{name}.xsl").read_text("utf-8")


def _kept(text: str, flags: set[str]) -> str:
    while True:
        found = _BLOCK.sub(lambda block: block[3] if (block[2] in flags) is (block[1] == "?") else "", text)
        if found == text:
            return text
        text = found


def _small(text: str) -> str:
    text = _shortened(_BETWEEN.sub("><", text).replace("\n", ""))
    return text.replace("xmlns:cac", "xmlns:a").replace("xmlns:cbc", "xmlns:b").replace('"cac cbc', '"a b')


def _shortened(text: str) -> str:
    for long, short in _SHORT:
        text = text.replace(long, short)
    return text


def _flags(design: Design) -> set[str]:
    has = {
        "logo": design.logo,
        "signature": design.signature,
        "emblem": design.emblem,
        "bank": design.bank,
        "note": design.note_tr or design.note_en,
        "platform": design.platform,
        "words": design.words,
    }
    return {name for name, value in has.items() if value} | set(design.columns)


def _marked_label(name: str, design: Design) -> str:
    """A label as markup; the second language stands beside the first, lighter."""
    text = LABELS[name]
    if design.language == "both" and text.tr != text.en:
        return f"{escape(text.tr)} <i>{escape(text.en)}</i>"
    return escape(label(name, design.language))


def _quoted(name: str, design: Design) -> str:
    """A label inside a string of XPath."""
    return escape(label(name, design.language)).replace("'", "’").replace('"', "”")


def _form_values(kind: str, design: Design) -> dict[str, str]:
    form = FORMS[kind]
    return {
        "issuer": _shortened(form.issuer),
        "deducted": "".join(f"|{code}" for code in (*_always_deducted(), *form.deducts)) + "|",
        "heading": _heading(kind, design),
        "title": "e:serbestMeslekMakbuz/e:makbuzNo" if kind == "native" else "b:ID",
        "names": "|" + "".join(f"{name}:{_quoted(word, design)}|" for name, word in names_of(kind).items()),
        "number_label": _marked_label("receipt_number", design),
        "to_label": _marked_label("to", design),
        "signer_label": _marked_label(form.values.get("signer", "signature"), design),
        "payments": _said(_PAYMENTS, design),
        "originals": _said(_ORIGINALS, design),
        "item_label": _marked_label(form.values.get("item", "item"), design),
        **_quantity_columns(RECEIVED if kind == "receipt" else DESPATCHED, design),
    }


_PAYMENTS: Final = ("KREDIKARTI/BANKAKARTI", "EFT/HAVALE", "KAPIDAODEME", "ODEMEARACISI")
_ORIGINALS: Final = ("EARSIV_FATURA", "SATIS_FISI", "BELGESIZ")


def _said(codes: Sequence[str], design: Design) -> str:
    """Codes and what they are called, to be looked up by XPath."""
    return "|" + "".join(f"{code}:{_quoted(code, design)}|" for code in codes)


@cache
def _always_deducted() -> tuple[str, ...]:
    return tuple(tax.code for tax in code_list("taxes") if tax.extra.get("effect") == "deducted")


def _quantity_columns(quantities: Mapping[str, str], design: Design) -> dict[str, str]:
    """Columns of quantities, each of which stands only if some line has it."""
    heads, cells = [], []
    for name, word in quantities.items():
        heads.append(f'<xsl:if test="${name}"><th class="r">{_marked_label(word, design)}</th></xsl:if>')
        cells.append(f'<xsl:if test="${name}"><td class="r"><xsl:apply-templates select="b:{name}"/></td></xsl:if>')
    variables = "".join(f'<xsl:variable name="{name}" select="*[b:{name}][1]"/>' for name in quantities)
    return {"quantity_heads": "".join(heads), "quantity_cells": "".join(cells), "quantity_variables": variables}


def _heading(kind: str, design: Design) -> str:
    usual = _marked_label(FORMS[kind].title, design)
    if kind not in HEADINGS:
        return usual
    cases = (f'<xsl:when test="{test}">{_marked_label(word, design)}</xsl:when>' for test, word in HEADINGS[kind])
    return f"<xsl:choose>{''.join(cases)}<xsl:otherwise>{usual}</xsl:otherwise></xsl:choose>"


def _values(design: Design) -> dict[str, str]:
    numbers: Language = "en" if design.language == "en" else "tr"
    size, leading, pad = _SIZES[design.density]
    look = {"size": size, "leading": leading, "pad": pad, "ink": design.ink, "accent": design.accent}
    look["wrap"] = "normal" if design.language == "both" else "nowrap"
    css = _CSS_MARK.sub(lambda mark: look[mark[1]], (_PARTS / "page.css").read_text("utf-8").replace("\n", ""))
    return {
        **_NUMBERS[numbers],
        **_RATES[numbers],
        "lang": numbers,
        "css": css,
        "administration": LABELS["administration"].say("en" if design.language == "en" else "tr"),
        "verify": _quoted("verify", design),
        "units": _units(numbers),
        "note_text": escape("\n".join(filter(None, _notes(design)))),
        "bank_rows": "".join(_bank_rows(design)),
        "platform": escape(design.platform),
        "words_calls": "".join(f'<xsl:apply-templates mode="w{language}" select="."/>' for language in _spoken(design)),
        **{name: asset.url for name, asset in design.assets().items()},
    }


_CSS_MARK: Final = re.compile(r"«(size|leading|pad|ink|accent|wrap)»")


def _notes(design: Design) -> tuple[str, ...]:
    notes: dict[str, tuple[str, ...]] = {"tr": (design.note_tr,), "en": (design.note_en or design.note_tr,)}
    return notes.get(design.language, (design.note_tr, design.note_en))


def _bank_rows(design: Design) -> list[str]:
    rows = (
        f"<tr><td>{escape(line.bank)}</td><td>{_spaced(line.iban)} {escape(line.currency)}</td></tr>"
        for line in design.bank
    )
    return [*rows]


def _spaced(iban: str) -> str:
    return escape(" ".join(re.findall(".{1,4}", iban)))


def _units(language: Language) -> str:
    known = code_list("units")
    return "|" + "".join(f"{code}:{found.label.say(language)}|" for code in _UNITS if (found := known.get(code)))


def _spoken(design: Design) -> tuple[Language, ...]:
    return ("tr", "en") if design.language == "both" else (design.language,)


def _words(form: Form, design: Design) -> str:
    if not design.words or "sale" not in form.flags:
        return ""
    return "".join(_part(f"words-{language}") + _words_of(language) for language in _spoken(design))


def _words_of(language: Language) -> str:
    zero, minus = _ZERO[language]
    names = "".join(f"{code}:{MAJOR[code].say(language)}/{MINOR[code].say(language)}|" for code in MAJOR)
    values = {"language": language, "zero": zero, "minus": minus, "currencies": f"|{names}", "only": _ONLY[language]}
    return _MARK.sub(lambda mark: values[mark[1]], _part("words"))


_ONLY: Final[dict[Language, str]] = {"tr": "Yalnız", "en": "Only"}
