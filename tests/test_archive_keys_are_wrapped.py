"""Data keys lie in the database wrapped by a key that does not: in a file or in a token; without it nothing opens."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from keys_softhsm import MODULE, PIN, SoftHsm, needs_softhsm
from platform_database import connect_django, database, drop
from ulak_server import environment
from ulak_server.archive import keks, keyring
from ulak_server.archive.keks import FileKek, Kek, kek_of
from ulak_server.archive.problems import ArchiveError
from ulak_server.archive.rewrapping import rewrap
from ulak_server.archive.services import Body, Ref, keep, open_loose, read, seal_loose
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped

REF = Ref(1, date(2026, 11, 1), 1)
_MAKE_KEY = """
import sys, pkcs11
module, token, pin, label = sys.argv[1:]
with pkcs11.lib(module).get_token(token_label=token).open(user_pin=pin, rw=True) as session:
    session.generate_key(pkcs11.KeyType.AES, 256, label=label, store=True)
"""


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Path:
    path = tmp_path / "kek"
    path.write_bytes(os.urandom(32))
    return path


@pytest.fixture(name="token")
def _token(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "softhsm"
    (folder / "tokens").mkdir(parents=True)
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    (tmp_path / "pin").write_text(PIN)
    (tmp_path / "pin").chmod(0o600)
    hsm = SoftHsm(folder)
    hsm.make_token("store")
    hsm.run(_MAKE_KEY, str(MODULE), "store", PIN, "kek")
    with hsm.in_this_process():
        yield f"pkcs11:token=store;object=kek?module-path={MODULE}&pin-source=file:{tmp_path / 'pin'}"


def holds(kek: Kek) -> None:
    key = os.urandom(32)
    wrapped = kek.wrap(key, b"taxpayer 1")
    assert key not in wrapped
    assert kek.unwrap(wrapped, b"taxpayer 1") == key
    assert kek.wrap(key, b"taxpayer 1") != wrapped
    for odd, about in ((wrapped, b"taxpayer 2"), (wrapped[:-1] + bytes([wrapped[-1] ^ 1]), b"taxpayer 1")):
        with pytest.raises(ValueError, match="not wrapped"):
            kek.unwrap(odd, about)


def test_a_key_in_a_file_wraps(file: Path) -> None:
    holds(kek_of(str(file)))
    assert kek_of(str(file)).name == FileKek(file).name


@needs_softhsm
def test_a_key_in_a_token_wraps(token: str) -> None:
    holds(kek_of(token))


@needs_softhsm
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("object=kek", "object=other"), "archive.kek-missing"),
        (("token=store", "token=other"), "archive.kek-token"),
        (("?module-path=", "?odd="), "archive.kek-token"),
        (("pin-source=file:", "pin-source=file:/nowhere"), "archive.kek-token"),
    ],
)
def test_a_token_that_does_not_answer_says_why(token: str, change: tuple[str, str], code: str) -> None:
    with pytest.raises(ArchiveError) as caught:
        kek_of(token.replace(*change)).wrap(bytes(32), b"")
    assert caught.value.code == code


def test_a_file_that_is_no_key_says_so(tmp_path: Path) -> None:
    (tmp_path / "short").write_bytes(b"x")
    for name, code in (("short", "archive.kek-length"), ("missing", "archive.kek-missing")):
        with pytest.raises(ArchiveError) as caught:
            kek_of(str(tmp_path / name))
        assert caught.value.code == code


@pytest.fixture(name="store")
def _store(monkeypatch: pytest.MonkeyPatch, file: Path) -> Iterator[pytest.MonkeyPatch]:
    """A database whose keys are wrapped by the one in the file; nothing of others is remembered."""
    name = database()
    use(monkeypatch, str(file))
    with connect_django(name):
        yield monkeypatch
    drop(name)
    keks.configured.cache_clear()


def use(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", environment.read({"ULAK_KEK": address}))
    keks.configured.cache_clear()
    for remembered in (keyring._CURRENT, keyring._BY_ID):
        remembered._values.clear()


def test_without_the_key_nothing_opens_and_with_it_all_does(
    store: pytest.MonkeyPatch, file: Path, tmp_path: Path
) -> None:
    with scoped(Role.PIPELINE, [1]):
        keep([Body(REF, b"body")])
    loose = seal_loose(b"loose")
    (tmp_path / "other").write_bytes(os.urandom(32))
    use(store, str(tmp_path / "other"))
    with scoped(Role.PIPELINE, [1]):
        with pytest.raises(ArchiveError) as caught:
            read([REF])
        with pytest.raises(ArchiveError) as again:
            keep([Body(REF, b"body")])
    assert [caught.value.code, again.value.code] == ["archive.kek-other"] * 2
    use(store, str(file))
    with scoped(Role.PIPELINE, [1]):
        assert read([REF]) == {REF: b"body"}
    assert open_loose(loose) == b"loose"


@needs_softhsm
def test_keys_move_from_a_file_into_a_token(store: pytest.MonkeyPatch, file: Path, token: str) -> None:
    with scoped(Role.PIPELINE, [1]):
        keep([Body(REF, b"body")])
    loose = seal_loose(b"loose")
    assert rewrap(kek_of(str(file)), kek_of(token), [1]) == 2
    assert rewrap(kek_of(str(file)), kek_of(token), [1]) == 0
    file.unlink()
    use(store, token)
    with scoped(Role.PIPELINE, [1]), connection.cursor() as cursor:
        assert read([REF]) == {REF: b"body"}
        cursor.execute("SELECT DISTINCT kek FROM archive_data_key")
        assert cursor.fetchall() == [(kek_of(token).name,)]
    assert open_loose(loose) == b"loose"
