"""The page at / is whole, says everything in both languages, and lets nothing from outside become markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

import httpx
import pytest

from center_web import center, on_network
from ulak_center.ends.calls import Mistake
from ulak_center.ends.probes import Kind
from ulak_center.faults import ACTIONS

FILES = {
    one.name: one.read_bytes().decode() for one in (files("ulak_center.web") / "static").iterdir() if one.is_file()
}
SCRIPTS = {name: text for name, text in FILES.items() if name.endswith(".js")}
WORDS = dict(re.findall(r'"?([\w.-]+)"?: (\[(?:"(?:[^"\\]|\\.)*"(?:, )?){2}\])', FILES["words.js"]))


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with center() as found, on_network(found) as address:
        yield address.url


def test_the_page_and_all_that_it_names_are_there(url: str) -> None:
    page = httpx.get(f"{url}/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    named = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text))
    named |= {f"/static/{name}" for text in SCRIPTS.values() for name in re.findall(r'from "\./([\w.]+)"', text)}
    assert len(named) > 8
    for path in named:
        answer = httpx.get(url + path)
        assert answer.status_code == 200
        assert answer.headers["x-content-type-options"] == "nosniff"
        again = httpx.get(url + path, headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_the_page_may_load_and_run_only_its_own_files(url: str) -> None:
    policy = httpx.get(f"{url}/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"\son\w+=|style=|<script>|<style>", FILES["index.html"])
    for text in FILES.values():
        assert not re.search(r"(?:src|href|url\(|from|import)\W{0,3}https?://", text)


def test_nothing_is_ever_read_as_markup() -> None:
    for text in SCRIPTS.values():
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", text)


def test_every_sentence_is_there_in_both_languages() -> None:
    assert len(WORDS) > 100
    used = {name for text in SCRIPTS.values() for name in re.findall(r'\bsay\("([\w.-]+)"', text)}
    assert used - set(WORDS) == set()
    for name, pair in WORDS.items():
        turkish, english = re.findall(r'"((?:[^"\\]|\\.)*)"', pair)
        assert turkish, name
        assert english, name
        assert set(re.findall(r"\{\w+\}", turkish)) == set(re.findall(r"\{\w+\}", english)), name


def test_every_fault_probe_and_wrong_call_has_words() -> None:
    for action, places in ACTIONS.items():
        assert f"f.{action}" in WORDS
        quoted = ", ".join(f'"{place}"' for place in places)
        assert re.search(rf'"?{action}"?: \[{quoted}\]', FILES["faults.js"]), action
    for kind in (*Kind, *Mistake):
        assert f"k.{kind}" in WORDS
        assert f'"{kind}"' in FILES["rooms.js"]


def test_it_is_only_read(url: str) -> None:
    answer = httpx.post(f"{url}/")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert httpx.get(f"{url}/static/none.js").status_code == 404
    assert httpx.get(f"{url}/static/../site.py").status_code == 404
