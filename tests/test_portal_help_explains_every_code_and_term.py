"""Help is open to everybody, in both languages, and has a page for every code that an error can bear."""

from __future__ import annotations

import re

import pytest

from portal_client import Visitor
from ulak.codes.statuses import statuses
from ulak.errors import LANGUAGES, Language
from ulak.wire import earsiv_codes as earsiv
from ulak.wire import edefter_codes as edefter
from ulak_server.documents.problems import PROBLEMS as INTAKE
from ulak_server.overview.problems import PROBLEMS as OVERVIEW
from ulak_server.pages.problems import PROBLEMS as PAGES
from ulak_server.people.words import PROBLEMS as PEOPLE
from ulak_server.portal.help import codes
from ulak_server.portal.help.articles import article, articles, search
from ulak_server.portal.help.terms import TERMS

pytestmark = pytest.mark.usefixtures("platform_database")
LINK = re.compile(r'href="/help/([a-z-]+)"')


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_article_is_written_in_both_languages_and_leads_nowhere_wrong(language: Language) -> None:
    there = {one.slug for one in articles(language)}
    for one in articles(language):
        assert len(one.text.split()) > 60, one.slug
        assert set(LINK.findall(one.html)) <= there | {"codes", "terms"}, one.slug
        assert "<script" not in one.html
    assert {term.article for term in TERMS.values() if term.article} <= there


def test_both_languages_say_as_much() -> None:
    for slug in (one.slug for one in articles("tr")):
        tr, en = article(slug, "tr"), article(slug, "en")
        assert tr
        assert en
        assert tr.html.count("<h2>") == en.html.count("<h2>"), slug
        assert tr.html.count("<tr>") == en.html.count("<tr>"), slug
        assert tr.html.count("<li>") == en.html.count("<li>"), slug


@pytest.mark.parametrize("written", ["tevkifat", "TEVKİFAT", "TEVKIFAT", "Tevkıfat"])
def test_a_search_does_not_mind_turkish_casing(written: str) -> None:
    assert search(written, "tr")[0].article.slug == "withholding"


def test_a_search_shows_where_the_word_stands() -> None:
    hit = search("müşavir davet", "tr")[0]
    assert hit.article.slug == "accountants"
    assert hit.found == "davet"
    assert "muhasebeci rolünü" in hit.after


@pytest.mark.parametrize("asked", ["", "   ", "zzzzqq", "<b>", "%", "\0", "a" * 5000, "….,;"])
def test_a_search_for_nothing_finds_nothing_and_does_not_fail(asked: str) -> None:
    assert search(asked, "tr") == []
    assert Visitor().get("/help", q=asked).status_code == 200


def test_every_code_of_the_problem_tables_has_its_page() -> None:
    for table in (INTAKE, OVERVIEW, PAGES, PEOPLE):
        assert not [code for code in table if not codes.is_known(code)]
    assert not [one.code for one in statuses() if not codes.is_known(one.code)]
    services = (edefter.SEND, edefter.RECEIVE, edefter.STATUS, earsiv.SEND, earsiv.STATUS)
    assert not [row.code for table in services for row in table.rows if not codes.is_known(row.code)]


def test_codes_of_the_ledger_service_are_found_by_the_number_that_pages_show() -> None:
    for table in (edefter.SEND, edefter.RECEIVE, edefter.STATUS):
        for row in table.rows:
            found = codes.entry(str(row.number))
            assert found is not None
            assert (found.code, found.official) == (row.code, row.label)
            assert found.text.tr != row.label
    assert codes.entry("30") is None


@pytest.mark.parametrize(
    "code",
    [
        "1163",
        "106",
        "wire.earsiv.status.157",
        "intake.kind",
        "overview.month",
        "advice.vkn-check-digit",
        "InvoiceIDCheck-1",
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_says_what_it_means_and_what_to_do(code: str, language: Language) -> None:
    entry = codes.entry(code)
    assert entry is not None
    page = Visitor(language=language).get(f"/help/codes/{code}")
    assert page.status_code == 200
    told = page.content.decode()
    assert ("Ne yapmalı" if language == "tr" else "What to do") in told
    assert "{" not in entry.text.say(language)


@pytest.mark.parametrize("path", ["/help", "/help/terms", "/help/codes", "/help/first-steps", "/help/security"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_help_needs_no_session(path: str, language: Language) -> None:
    page = Visitor(language=language).get(path)
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.content.decode()


@pytest.mark.parametrize(
    "path", ["/help/nothing", "/help/codes/no.such-code", "/help/codes/%3Cscript%3E", "/help/../etc"]
)
def test_what_is_not_there_is_said_to_be_not_there(path: str) -> None:
    page = Visitor().get(path)
    assert page.status_code == 404
    assert "<script>" not in page.content.decode().replace("<script src", "")


@pytest.mark.parametrize(
    ("asked", "code"),
    [("118", "1181"), ("304", "wire.edefter.304"), ("intake.ki", "intake.kind"), ("OVERVIEW.month", "overview.month")],
)
def test_a_code_is_found_by_how_it_begins(asked: str, code: str) -> None:
    assert f"/help/codes/{code}" in Visitor().part("/help", q=asked).content.decode()


def test_what_is_looked_for_is_shown_as_text() -> None:
    page = Visitor().get("/help", q='"><img src=x onerror=alert(1)>').content.decode()
    assert "<img src=x" not in page


def test_htmx_gets_what_was_found_alone() -> None:
    part = Visitor().part("/help", q="iade").content.decode()
    assert "<html" not in part
    assert "/help/returns" in part
