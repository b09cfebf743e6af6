"""The small gateway passes GİB's whole plan against a center in the same process, and the report proves it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from gib_plans import SMALL, outcomes, run
from ulak.errors import LANGUAGES
from ulak_center.plan.report import MESSAGES, PAGES, Report
from ulak_center.plan.scenarios import PLAN
from ulak_center.plan.values import Outcome

IMAGE = "8.3"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path]:
    folder = tmp_path_factory.mktemp("plan") / "report"
    return run(report=folder), folder


@pytest.fixture(scope="module")
def told(ran: tuple[Report, Path]) -> Any:
    return json.loads((ran[1] / "report.json").read_bytes())


def test_every_step_passes(ran: tuple[Report, Path]) -> None:
    report, _ = ran
    wrong = {one.step.id: one.found.en for one in report.results if one.outcome is not Outcome.PASSED}
    assert wrong.keys() == {IMAGE}, wrong
    assert report.outcome is Outcome.PASSED


def test_an_image_that_is_not_there_is_never_passed(ran: tuple[Report, Path]) -> None:
    assert outcomes(ran[0])[IMAGE] is Outcome.NOT_JUDGED


def test_steps_are_told_in_the_plans_order(ran: tuple[Report, Path], told: Any) -> None:
    assert [one.step.id for one in ran[0].results] == [step.id for step in PLAN]
    assert [one["id"] for one in told["steps"]] == [step.id for step in PLAN]


def test_the_summary_says_what_gib_asks_for(ran: tuple[Report, Path], told: Any) -> None:
    report, _ = ran
    assert told["days"] == {"GB": ["2026-11-22"], "PK": ["2026-11-22"]}
    exempt = next(one for one in report.results if one.step.id == "7-a")
    assert told["exempt_envelope"] == exempt.envelopes[0] != ""
    assert sum(told["counts"].values()) == len(PLAN)


def test_a_shortened_run_says_that_it_is_no_evidence(told: Any) -> None:
    assert told["sizes"] == SMALL._asdict()
    assert told["counts_for_gib"] is False


def test_bulk_steps_measure_what_they_limit(told: Any) -> None:
    steps = {one["id"]: one for one in told["steps"]}
    for id in ("5.1.3-b", "5.1.3-d", "5.2.3-b", "5.2.3-d", "OEK-6.3", "OEK-6.4"):
        assert 0 < steps[id]["measured"] < 60
        assert len(steps[id]["envelopes"]) >= SMALL.envelopes
    assert len(steps["5.1.3-d"]["documents"]) == SMALL.envelopes * SMALL.many


def test_messages_lie_beside_the_report_as_they_travelled(ran: tuple[Report, Path], told: Any) -> None:
    _, folder = ran
    named = {message["file"] for step in told["steps"] for message in step["messages"]}
    assert named == {f"{MESSAGES}/{path.name}" for path in (folder / MESSAGES).iterdir()}
    for step in told["steps"]:
        zips = {Path(message["file"]).stem for message in step["messages"] if message["file"].endswith(".zip")}
        assert zips <= {id.lower() for id in step["envelopes"]}
    for name in named:
        data = (folder / name).read_bytes()
        assert data
        if name.endswith(".zip"):
            assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None


class _Reader(HTMLParser):
    """Collects links, ids and whether all elements are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.links += [given["href"]] if "href" in given else []
        self.ids += [given["id"]] if "id" in given else []
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_by_itself(ran: tuple[Report, Path], language: str) -> None:
    _, folder = ran
    page = (folder / PAGES[language]).read_text("utf-8")  # type: ignore[index]
    reader = _Reader()
    reader.feed(page)
    assert reader.open == []
    assert not {"script", "img", "link", "iframe"} & set(reader.tags)
    for link in reader.links:
        if link.startswith("#"):
            assert link[1:] in reader.ids
        else:
            assert (folder / link).is_file()
    assert {step.id for step in PLAN} <= set(reader.ids)


def test_a_second_report_takes_the_place_of_the_first(tmp_path: Path) -> None:
    run(only=["P-b"], report=tmp_path)
    before = set(_files(tmp_path))
    run(only=["P-a"], report=tmp_path)
    assert {path.name for path in (tmp_path / MESSAGES).iterdir()} == {"P-basic.xml"}
    assert before != set(_files(tmp_path))


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, hashlib.sha256(path.read_bytes()).hexdigest()
