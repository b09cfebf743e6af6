"""Whatever is sent to the API by its own description, it answers as that description says, and never with a 500."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from platform_api import Asker, answer, friendly, person, program, two_firms
from ulak_server.api.service import described
from ulak_server.wsgi import application

pytestmark = pytest.mark.usefixtures("platform_database")

SCHEMA = schemathesis.openapi.from_dict(json.loads(described("en")))
SCHEMA.app = application


def no_failure(context: Any, response: Any, case: Any) -> None:
    """503 says what is missing for the while; 500 would be our fault."""
    assert response.status_code != 500, response.text


CHECKS = [no_failure, status_code_conformance, content_type_conformance, response_schema_conformance]


SIGNING_IN = ("/session", "/invitations/accept")


@pytest.fixture(scope="module")
def askers(platform_database: str) -> list[Asker]:
    first, second = two_firms()
    erp = program(first)
    for intent in ("draft", "send", "send"):
        answer(erp.post(f"/documents?intent={intent}", friendly()), 201 if intent == "draft" else 202)
    answer(erp.post("/batches", [friendly(), {"lines": []}]), 202)
    owner = person("owner@ardic.example", {first: "owner"})
    operator = person("op@ulak.example", {}, is_operator=True)
    operator.headers["Ulak-Taxpayer"] = "4812530769"
    return [erp, owner, operator, program(second)]


@pytest.mark.parametrize("who", range(4), ids=["program", "owner", "operator", "stranger"])
@SCHEMA.parametrize()
@settings(max_examples=2, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_every_way_keeps_to_its_description(case: Any, askers: list[Asker], who: int) -> None:
    asker = askers[who]
    if any(way in case.path for way in SIGNING_IN):
        # Signing out, or too many wrong passwords, would end all that follows.
        asker = Asker()
    aim(case)
    cookies = {name: one.value for name, one in asker.client.cookies.items()}
    case.call_and_validate(headers=asker.headers, cookies=cookies, checks=CHECKS)


def aim(case: Any) -> None:
    """Let calls get through the door and meet what is there; what does not is tested by what is sent besides."""
    for name in ("Ulak-Taxpayer", "Authorization"):
        case.headers.pop(name, None)
    id = case.path_parameters.get("id")
    if isinstance(id, int):
        case.path_parameters["id"] = id % 6
