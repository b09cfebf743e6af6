"""`ulak center` runs a center until it is told to stop, goes on where it ended, and talks to one that runs."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from center_web import center, client, on_network
from cli_support import ULAK, Ran, called, environment
from ulak.rules import PackStore
from ulak.wire import ServiceFault, efatura
from ulak_center.faults import ACTIONS
from ulak_center.web.http import Address


@contextmanager
def running(data: Path, *more: str) -> Iterator[tuple[subprocess.Popen[bytes], str, str]]:
    """A center in a process of its own: the process, its address, and what it said at its start."""
    line: list[str | Path] = [
        ULAK,
        "--lang",
        "en",
        "center",
        "run",
        "--port",
        "0",
        "--data",
        data,
        "--taxpayers",
        "5",
        *more,
    ]
    process = subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment({"COLUMNS": "200"})
    )
    try:
        assert process.stdout is not None
        said = ""
        while "ulak gib-tests run" not in said:
            row = process.stdout.readline().decode()
            assert row, process.stderr.read().decode() if process.stderr else ""
            said += row
        found = re.search(r"Page +(http://\S+)/\n", said)
        assert found is not None
        yield process, found[1], said
    finally:
        process.kill()
        process.communicate()


def ended(process: subprocess.Popen[bytes], how: signal.Signals) -> int:
    process.send_signal(how)
    return process.wait(20)


def test_it_runs_until_told_to_stop_and_goes_on_where_it_ended(tmp_path: Path) -> None:
    sent = efatura.Document.of(str(uuid.uuid4()), b"no zip")
    with running(tmp_path, "--speed", "0", "--at", "2026-11-22T09:00+03:00") as (process, url, said):
        for path in (
            "/EFaturaMerkez/services/EFatura",
            "/earsiv/services/EArsivWsPort",
            "/edefter/services/EDefterWsPort",
        ):
            assert url + path in said
            assert httpx.get(f"{url}{path}?wsdl").status_code == 200
        assert "Merkez" in httpx.get(url).text
        with client(Address("", 0, url)) as merkez:
            assert merkez.call(sent).hash == sent.hash
        moved = httpx.post(f"{url}/control/clock", json={"advance": 691_200}).json()
        assert moved["now"] == "2026-11-30T09:00:00+03:00"
        assert httpx.get(f"{url}/control/envelopes/{sent.envelope_id}").json()["state"] == 1110
        lists = httpx.post(f"{url}/control/lists", json={}).json()
        assert all(one["size"] for one in lists["lists"])
        assert httpx.get(f"{url}/EFaturaMerkez/newUserPkListxml.zip").content.startswith(b"PK")
        assert ended(process, signal.SIGTERM) == 0
    with running(tmp_path, "--speed", "0") as (process, url, said):
        status = httpx.get(f"{url}/control/status").json()
        assert status["now"] >= "2026-11-30T09:00:00+03:00"
        assert status["counts"] == {"1110": 1}
        with client(Address("", 0, url)) as merkez, pytest.raises(ServiceFault) as caught:
            merkez.call(sent)
        assert caught.value.number == 2001
        assert ended(process, signal.SIGINT) == 0


def refused(*line: str | Path) -> str:
    """What a center that cannot run says."""
    ran = subprocess.run(
        [ULAK, "--lang", "en", "center", "run", "--port", "0", *line],
        capture_output=True,
        env=environment(),
        timeout=60,
    )
    assert ran.returncode == 2
    return ran.stderr.decode()


def test_two_centers_never_share_a_folder(tmp_path: Path) -> None:
    with running(tmp_path):
        assert "[center.data-in-use]" in refused("--data", tmp_path)


def test_what_is_no_center_of_ours_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "center.sqlite"
    file.write_bytes(b"something else " * 1000)
    assert "[center.data-broken]" in refused("--data", tmp_path)
    assert file.read_bytes() == b"something else " * 1000


@pytest.mark.parametrize("at", ["0001-01-01T00:00+03:00", "9999-12-31T23:59+00:00"])
def test_a_clock_begins_in_our_times(at: str) -> None:
    assert "The year must be from 2000 to 2199." in refused("--at", at)


# -- talking to one that runs ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with center() as found, on_network(found) as address:
        yield address.url


def asked(capsys: pytest.CaptureFixture[str], url: str, *line: str) -> Ran:
    return called(capsys, "--lang", "en", "center", *line, "--center", url)


def told(capsys: pytest.CaptureFixture[str], url: str, *line: str) -> Any:
    ran = asked(capsys, url, *line, "--format", "json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_status_tells_how_the_center_and_an_envelope_stand(capsys: pytest.CaptureFixture[str], url: str) -> None:
    sent = efatura.Document.of(str(uuid.uuid4()), b"no zip")
    with client(Address("", 0, url)) as merkez:
        merkez.call(sent)
    httpx.post(f"{url}/control/clock", json={"advance": 10})
    whole = asked(capsys, url, "status")
    assert whole.code == 0
    assert "1110: 1" in whole.out
    assert sent.envelope_id in whole.out
    one = asked(capsys, url, "status", sent.envelope_id)
    assert "1110" in one.out
    assert "ZIP" in one.out
    assert told(capsys, url, "status", sent.envelope_id)["state"] == 1110
    assert told(capsys, url, "status")["counts"] == {"1110": 1}


@pytest.mark.parametrize("action", ACTIONS)
def test_every_fault_is_scripted_listed_and_removed(capsys: pytest.CaptureFixture[str], url: str, action: str) -> None:
    place = ACTIONS[action][-1].value  # type: ignore[index]
    number = {"fault": ["--number", "2003"], "status": ["--number", "1195"]}.get(action, [])
    more = [*number, "--times", "0", "--share", "0.5", "--party", "7359021640", "--since", "2026-11-22T09:00+03:00"]
    added = told(capsys, url, "fault", action, "--place", place, *more)
    assert (added["action"], added["place"], added["times"], added["share"]) == (action, place, None, 0.5)
    listed = asked(capsys, url, "fault")
    assert action in listed.out
    assert "without end" in listed.out
    assert "party=7359021640" in listed.out
    assert asked(capsys, url, "fault", "--remove", str(added["id"])).out == "Removed: " + str(added["id"]) + "\n"
    assert asked(capsys, url, "fault").out == "No fault is scripted.\n"


def test_numbers_of_faults_reach_the_center(capsys: pytest.CaptureFixture[str], url: str) -> None:
    added = told(capsys, url, "fault", "error", "--http-status", "502", "--after", "2", "--operation", "sendDocument")
    assert (added["status"], added["after"], added["operation"]) == (502, 2, "sendDocument")
    assert told(capsys, url, "fault", "slow", "--seconds", "1.5")["seconds"] == 1.5
    assert told(capsys, url, "fault", "fault", "--number", "2003", "--times", "3")["times"] == 3
    assert asked(capsys, url, "fault", "--clear").out == "Removed: 3\n"


def test_the_clock_is_told_and_moved(capsys: pytest.CaptureFixture[str], url: str) -> None:
    assert "stands still" in asked(capsys, url, "clock").out
    before = httpx.get(f"{url}/control/status").json()["now"]
    assert "tasks were carried out" in asked(capsys, url, "clock", "--advance", "2h").out
    assert httpx.get(f"{url}/control/status").json()["now"] > before
    assert asked(capsys, url, "clock", "--to", "2027-01-01T00:00+03:00").code == 0
    back = asked(capsys, url, "clock", "--to", "2026-12-01T00:00+03:00")
    assert (back.code, back.out) == (2, "")
    assert "center.clock-back" in back.err


def test_the_day_of_new_rules_is_scripted(capsys: pytest.CaptureFixture[str], url: str) -> None:
    assert "No change" in asked(capsys, url, "pack").out
    name = PackStore().choose("ubl-tr", date(2026, 11, 22)).pack.name
    assert told(capsys, url, "pack", name, "--since", "2027-02-01") == {
        "packs": [{"pack": name, "since": "2027-02-01"}]
    }
    today = httpx.get(f"{url}/control/status").json()["now"][:10]
    assert asked(capsys, url, "pack", name).code == 0
    listed = asked(capsys, url, "pack").out
    assert listed.index(today) < listed.index("2027-02-01")


WRONG: dict[str, list[str]] = {
    "an unknown fault": ["fault", "explode"],
    "a fault at a wrong place": ["fault", "lost", "--place", "judge"],
    "conditions without a fault": ["fault", "--times", "2"],
    "removing and scripting": ["fault", "slow", "--remove", "1"],
    "a number that is none": ["fault", "slow", "--seconds", "soon"],
    "a time without zone": ["fault", "slow", "--since", "2026-11-22T09:00"],
    "a status without its code": ["fault", "status"],
    "a status that does not exist": ["fault", "status", "--number", "1999"],
    "a fault without its number": ["fault", "fault"],
    "a pack that is not there": ["pack", "nothing"],
    "a day of no pack": ["pack", "--since", "2026-12-01"],
    "a day that is none": ["pack", "ubl-tr", "--since", "soon"],
    "a fault that is not there": ["fault", "--remove", "99"],
    "an envelope that is not there": ["status", "nothing"],
    "an unknown format": ["status", "--format", "yaml"],
    "a span that is none": ["clock", "--advance", "2 hours"],
    "two times": ["clock", "--advance", "2h", "--to", "2027-01-01T00:00+03:00"],
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_line_is_explained_and_prints_nothing_else(
    capsys: pytest.CaptureFixture[str], url: str, name: str
) -> None:
    ran = asked(capsys, url, *WRONG[name])
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Error: ")
    assert len(ran.err.splitlines()) > 1


RUN_WRONG: dict[str, list[str]] = {
    "a port that is none": ["--port", "99999"],
    "a speed that is none": ["--speed", "fast"],
    "a seed that is none": ["--seed", "-1"],
    "too many taxpayers": ["--taxpayers", "9999999999"],
    "a time that is none": ["--at", "noon"],
    "a key without its certificate": ["--tls-key", "key.pem"],
    "a certificate that is not there": ["--certificate", "none.pem", "--tls-key", "none.pem"],
}


@pytest.mark.parametrize("name", RUN_WRONG)
def test_a_center_that_cannot_be_run_is_explained(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    ran = called(capsys, "center", "run", "--data", tmp_path, *RUN_WRONG[name])
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Hata: ")
    assert list(tmp_path.iterdir()) == []


def test_no_center_at_the_address_is_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert "center.unreachable" in asked(capsys, "http://127.0.0.1:9", "status").err
    assert "cli.usage" in asked(capsys, "ftp://x", "status").err
    with center() as found, on_network(found) as address:
        assert "center.strange" in asked(capsys, f"{address.url}/static", "status").err
