"""gSOAP, a SOAP library in C: programs that speak a service, made from a WSDL as this machine's tools make them."""

from __future__ import annotations

import atexit
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

import pytest

from support import REFERENCE
from ulak.wire import Service, earsiv, edefter, efatura
from ulak.wire.wsdl import description

__all__ = ["WHOSE", "asked", "needs_gsoap", "served", "wsdl_of"]

TOOLS: Final = ("wsdl2h", "soapcpp2", "gcc")
SOURCES: Final = Path(__file__).parent / "foreign"
GIBS: Final = {
    "efatura": REFERENCE / "packages/efatura-20260312/wsdl/EFatura_Test.wsdl",
    "earsiv": REFERENCE / "packages/earsiv-1.1_6/EArsivWs.wsdl",
}
WHOSE: Final = ["ours", *(["GİB's"] if GIBS["efatura"].exists() else [])]
"""By whose WSDL things are made here: ours, and GİB's where the reference is at hand."""
SERVICES: Final[dict[str, Service[Any, Any]]] = {one.SERVICE.name: one.SERVICE for one in (efatura, earsiv, edefter)}
TYPES: Final = """xmime = "http://www.w3.org/2005/05/xmlmime"
gib = "{namespace}"
xmime__base64Binary = | struct xsd__base64Binary | struct xsd__base64Binary*
"""
"""Names for the generated code, and binary data as bytes whatever content type it states."""


def _missing() -> list[str]:
    """The tools that are not there; the library shows only to the compiler."""
    found = [tool for tool in TOOLS if not shutil.which(tool)]
    if "gcc" not in found:
        asked = ["gcc", "-fsyntax-only", "-include", "stdsoap2.h", "-x", "c", "-"]
        has = subprocess.run(asked, input=b"", capture_output=True, timeout=60, check=False).returncode == 0
        found += [] if has else ["libgsoap-dev"]
    return found


missing = _missing()
needs_gsoap = pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)} (make tools-of-tests)")


def wsdl_of(name: str, whose: str) -> bytes:
    return GIBS[name].read_bytes() if whose == "GİB's" else description(SERVICES[name], "http://127.0.0.1/")


@cache
def _program(name: str, whose: str) -> Path:
    """The program of ``foreign/<name>.c``, built once a session; it takes about a second."""
    place = Path(mkdtemp(prefix="ulak-gsoap-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    (place / "service.wsdl").write_bytes(wsdl_of(name, whose))
    (place / "types.dat").write_text(TYPES.format(namespace=SERVICES[name].namespace), "utf-8")
    _run(place, "wsdl2h", "-c", "-L", "-t", "types.dat", "-o", "service.h", "service.wsdl")
    _run(place, "soapcpp2", "-c", "-L", "-x", "-pgsoap", "service.h")
    next(place.glob("*.nsmap")).rename(place / "names.nsmap")
    made = [f"gsoap{part}.c" for part in ("C", "Server", "Client")]
    _run(place, "gcc", "-w", "-I.", f"-I{SOURCES}", "-o", name, str(SOURCES / f"{name}.c"), *made, "-lgsoap")
    return place / name


def _run(place: Path, *command: str) -> None:
    ran = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, f"{command[0]}: {ran.stdout}{ran.stderr}"


@contextmanager
def served(name: str, whose: str, folder: Path) -> Iterator[str]:
    """The address of a gSOAP server that keeps what comes in a folder."""
    with subprocess.Popen([_program(name, whose), "serve", folder], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            yield f"http://127.0.0.1:{int(server.stdout.readline())}/"
        finally:
            server.kill()


def asked(name: str, whose: str, *words: str | Path) -> str:
    """What a gSOAP client says of one call."""
    ran = subprocess.run([_program(name, whose), *words], capture_output=True, text=True, timeout=60, check=True)
    return ran.stdout.removesuffix("\n")
