"""docs/api.md tells of every call and every code, as they are; every call names an action of the permission table."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ulak.errors import LANGUAGES, Language
from ulak_server.api.problems import PROBLEMS, ApiError
from ulak_server.api.service import described, ways
from ulak_server.people.services import ACTIONS
from ulak_server.statuses import TITLES, status_of

PAGE = (Path(__file__).parents[1] / "docs" / "api.md").read_text("utf-8")


def test_every_call_stands_on_the_page() -> None:
    paths = json.loads(described("en"))["paths"]
    wanted = [
        f"| `{way.method} {way.path}` | {paths[f'/api/v1{way.path}'][way.method.lower()]['summary']} | {way.action} |"
        for way in ways()
    ]
    found = PAGE.partition("<!-- ways -->")[2].partition("<!-- end -->")[0].strip().splitlines()[2:]
    assert found == wanted


def test_every_code_stands_there_with_its_status_and_sentence() -> None:
    rows = re.findall(r"^\| `(api\.[a-z-]+)` \| (\d+) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
    wanted = [
        (
            code,
            str(status_of(ApiError(code, said.text, said.repair, permanent=said.permanent))),
            said.text.en,
            said.repair.en,
        )
        for code, said in PROBLEMS.items()
    ]
    assert rows == wanted
    assert {int(status) for _, status, _, _ in rows} <= set(TITLES)


def test_every_call_is_one_action_of_the_permission_table() -> None:
    assert {way.action for way in ways()} <= set(ACTIONS)
    assert all(way.needs_taxpayer or not ACTIONS[way.action].of_taxpayer for way in ways())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_description_speaks_one_language_and_says_what_everything_is(language: Language) -> None:
    text = described(language).decode()
    page = json.loads(text)
    assert page["openapi"] == "3.1.0"
    assert not re.search(r'"x-(summary|description)', text)
    operations = [one for path in page["paths"].values() for one in path.values()]
    assert len({one["operationId"] for one in operations}) == len(operations) == len(ways())
    assert all(one["summary"] and one["responses"] for one in operations)
    fields = [field for schema in page["components"]["schemas"].values() for field in schema["properties"].values()]
    turkish = sum(any(letter in field.get("description", "") for letter in "şğıİ") for field in fields)
    assert (turkish > len(fields) / 3) is (language == "tr")
