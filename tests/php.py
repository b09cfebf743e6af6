"""PHP's own SOAP server and client, which make themselves from a WSDL while they run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from gsoap import wsdl_of
from ports import free_port

__all__ = ["asked_by_php", "needs_php", "served_by_php"]

SOURCE: Final = Path(__file__).parent / "foreign" / "service.php"


@cache
def _has_soap() -> bool:
    if not shutil.which("php"):
        return False
    modules = subprocess.run(["php", "-m"], capture_output=True, text=True, timeout=30, check=False).stdout
    return "soap" in modules.split()


needs_php = pytest.mark.skipif(not _has_soap(), reason="not installed: php-cli, php-soap (make tools-of-tests)")


def _environment(name: str, whose: str, folder: Path) -> dict[str, str]:
    wsdl = folder / "service.wsdl"
    wsdl.write_bytes(wsdl_of(name, whose))
    return {**os.environ, "ULAK_WSDL": str(wsdl), "ULAK_KEPT": str(folder)}


@contextmanager
def served_by_php(name: str, whose: str, folder: Path) -> Iterator[str]:
    """The address of a PHP server that keeps what comes in a folder."""
    place = f"127.0.0.1:{free_port()}"
    command = ["php", "-S", place, str(SOURCE)]
    with subprocess.Popen(
        command, env=_environment(name, whose, folder), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stderr
        try:
            said = server.stderr.readline()
            assert "started" in said, said
            yield f"http://{place}/"
        finally:
            server.kill()


def asked_by_php(
    name: str, whose: str, folder: Path, url: str, operation: str, *, file: Path | None = None, **fields: Any
) -> Any:
    """What PHP's client says of one call; the bytes of ``file`` stand for the value ``FILE``."""
    words = ["php", str(SOURCE), url, operation, json.dumps(fields), *([str(file)] if file else [])]
    environment = _environment(name, whose, folder)
    ran = subprocess.run(words, capture_output=True, text=True, timeout=60, check=True, env=environment)
    return json.loads(ran.stdout)
