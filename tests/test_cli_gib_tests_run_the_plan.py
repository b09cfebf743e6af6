"""``ulak gib-tests``: the plan listed and run, its exit codes, and what is said of a wrong command line."""

from __future__ import annotations

import json
import socket
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli_support import called
from seal_pki import fresh_authority
from ulak.seal.pki import folder
from ulak_center.plan import candidates
from ulak_center.plan.gateway import Gateway
from ulak_center.plan.scenarios import PLAN
from ulak_center.seals import PORTAL_PLAN


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys that are good today."""
    now, place = datetime.now(UTC), tmp_path_factory.mktemp("today") / "pki"
    folder.write(fresh_authority(at=now, more=(PORTAL_PLAN,)), place, now)
    return place


@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_list_names_every_step(capsys: pytest.CaptureFixture[str], language: str) -> None:
    ran = called(capsys, "gib-tests", "list", "--lang", language)
    assert ran.code == 0
    for step in PLAN:
        assert f"  {step.id} " in ran.out


def test_the_list_can_be_cut(capsys: pytest.CaptureFixture[str]) -> None:
    ran = called(capsys, "gib-tests", "list", "--only", "OEK-6.1-a", "--lang", "en")
    assert "OEK-6.1-a" in ran.out
    assert "4-a" in ran.out
    assert "P-a" not in ran.out


def test_a_run_tells_every_step_and_leaves_a_report(
    capsys: pytest.CaptureFixture[str], pki: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report"
    ran = called(
        capsys, "gib-tests", "run", "--only", "7-a", "--quick", "--pki", pki, "--report", report, "--lang", "en"
    )
    assert ran.code == 0, ran.out
    assert "✓ 5.1.1-g" in ran.out
    assert "0 failed, 0 not run" in ran.out
    told = json.loads((report / "report.json").read_bytes())
    assert told["outcome"] == "passed"
    assert told["exempt_envelope"] in ran.out
    assert str(report / "index.en.html") in "".join(ran.out.split())


class _Unsealed(Gateway):
    def seal(self, document: bytes) -> bytes:
        return document


def test_a_failure_is_exit_code_1(
    capsys: pytest.CaptureFixture[str], pki: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "Gateway", _Unsealed)
    ran = called(capsys, "gib-tests", "run", "--only", "P", "--pki", pki, "--lang", "en")
    assert ran.code == 1
    assert "✗ P-d" in ran.out
    assert "P-d must pass first" in ran.out


def nowhere() -> str:
    """An address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--only", "5.9"], "plan.step"),
        (["--listen", "here"], "cli.usage"),
        (["--listen", "127.0.0.1:99999"], "cli.usage"),
        (["--center", "http://127.0.0.1:1"], "cli.usage"),
        (["--center", "CENTER", "--pki", "PKI"], "plan.center"),
        (["--center", "no address", "--pki", "PKI"], "plan.center"),
        (["--pki", "PKI", "--report", "PKI", "--only", "P-a"], "plan.report"),
    ],
)
def test_what_cannot_begin_is_exit_code_2(
    capsys: pytest.CaptureFixture[str], pki: Path, arguments: Sequence[str], code: str
) -> None:
    given = [{"PKI": str(pki), "CENTER": nowhere()}.get(one, one) for one in arguments]
    ran = called(capsys, "gib-tests", "run", "--lang", "en", *given)
    assert ran.code == 2
    assert code in ran.err


def test_a_center_of_another_sort_is_told_from_a_failing_candidate(
    capsys: pytest.CaptureFixture[str], pki: Path
) -> None:
    from ulak_center.web.http import serving
    from ulak_center.web.values import Plain, Reply

    with serving(Plain(lambda request: Reply(200, b'{"now": 7}'))) as address:
        ran = called(capsys, "gib-tests", "run", "--center", address.url, "--pki", pki, "--lang", "en")
    assert ran.code == 2
    assert "plan.control-answer" in ran.err


def test_an_unknown_candidate_is_named_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    ran = called(capsys, "gib-tests", "run", "--candidate", "nobody", "--lang", "en")
    assert ran.code == 2
    assert "nobody" in ran.err
    assert "gateway" in ran.err
