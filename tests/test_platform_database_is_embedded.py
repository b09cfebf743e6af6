"""The embedded database is there for whoever needs it, and survives whatever is killed."""

from __future__ import annotations

import os
import shutil
import signal
import stat
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest

from ulak_server.database import embedded
from ulak_server.database.address import embedded_folder, socket_folder
from ulak_server.problems import DatabaseRefused


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """A data folder whose path is too long for a socket, which is the harder case."""
    root = Path(mkdtemp(prefix="ulak-embedded-"))
    folder = root / ("x" * 90)
    yield folder
    embedded.stop(folder)
    shutil.rmtree(root)
    shutil.rmtree(socket_folder(folder), ignore_errors=True)


def postmaster(data: Path) -> int:
    return int((embedded_folder(data) / "postmaster.pid").read_text().split()[0])


def test_it_is_started_once(data: Path) -> None:
    first = embedded.start(data)
    pid = postmaster(data)
    assert embedded.start(data) == first
    assert postmaster(data) == pid


def test_its_socket_is_its_owners_alone(data: Path) -> None:
    embedded.start(data)
    socket = socket_folder(data) / ".s.PGSQL.5432"
    assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    assert len(str(socket)) < 108


def test_what_was_committed_survives_a_kill(data: Path) -> None:
    address = embedded.start(data)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
        connection.execute("INSERT INTO kept VALUES (7)")
    os.kill(postmaster(data), signal.SIGKILL)
    embedded.start(data)
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT n FROM kept").fetchall()[-1] == (7,)


def test_a_pid_file_of_another_process_stops_nobody(data: Path) -> None:
    embedded.start(data)
    file = embedded_folder(data) / "postmaster.pid"
    lines = file.read_text().splitlines()
    embedded.stop(data)
    file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    embedded.start(data)
    assert postmaster(data) != os.getpid()


def test_the_last_user_stops_it(data: Path) -> None:
    with embedded.using(data):
        with embedded.using(data):
            assert embedded.is_running(data)
        assert embedded.is_running(data)
    assert not embedded.is_running(data)


def test_a_folder_that_was_not_finished_is_made_again(tmp_path: Path) -> None:
    half = tmp_path / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    try:
        embedded.start(tmp_path)
        assert embedded.is_running(tmp_path)
        assert not half.exists()
    finally:
        embedded.stop(tmp_path)


def test_somebody_elses_folder_is_not_trusted(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give folders away")
    data = tmp_path / ("y" * 90)
    strange = socket_folder(data)
    strange.mkdir()
    os.chown(strange, 12345, 12345)
    try:
        with pytest.raises(DatabaseRefused) as refused:
            embedded.start(data)
        assert refused.value.code == "database.cannot-start"
        assert "12345" in refused.value.text.en
    finally:
        shutil.rmtree(strange)
