"""The warm process: takes requests on its standard input and forks for each a process that may do next to nothing.

Run as ``python -m ulak.render.foreign.child``. Requests and answers are msgpack behind a length of four bytes.
"""

from __future__ import annotations

import os
import resource
import select
import signal
import struct
import time
from typing import Final

import msgspec
from lxml import etree

from ulak.render.foreign.transforming import answered
from ulak.render.foreign.values import Answer, Limits, Request
from ulak.render.problems import problem

__all__ = ["main"]

_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_CHUNK: Final = 1 << 16
_ENCODINGS: Final = ("iso-8859-9", "windows-1254", "iso-8859-1", "utf-16")


def main() -> None:
    """Answers until its standard input ends."""
    _warm()
    while (request := _read(0)) is not None:
        _write(1, _isolated(msgspec.msgpack.decode(request, type=Request)))


def _warm() -> None:
    # Converters of encodings are loaded from files, which a forked process cannot open.
    for name in _ENCODINGS:
        etree.fromstring(f'<?xml version="1.0" encoding="{name}"?><a>ş</a>'.encode(name, "replace"))
        "ş".encode(name, "replace")
    answered(b"<a/>", _EMPTY, Limits())


_EMPTY: Final = (
    b'<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:output method="html"/>'
    b'<xsl:template match="/"><p>.</p></xsl:template></xsl:stylesheet>'
)


def _isolated(request: Request) -> bytes:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _work(request, writing)
    os.close(writing)
    try:
        return _awaited(pid, reading, request.limits)
    finally:
        os.close(reading)


def _work(request: Request, writing: int) -> None:
    """The forked process; never returns."""
    try:
        _confine(request.limits)
        answer = answered(request.document, request.stylesheet, request.limits)
        _write_all(writing, msgspec.msgpack.encode(answer))
    finally:
        os._exit(0)


def _confine(limits: Limits) -> None:
    seconds = int(limits.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    with open("/proc/self/statm") as sizes:
        used = int(sizes.read().split()[0]) * _PAGE
    memory = used + limits.megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    for limit in (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(limit, (0, 0))


def _awaited(pid: int, reading: int, limits: Limits) -> bytes:
    """The answer of the forked process, or what became of it."""
    end = time.monotonic() + limits.seconds
    largest = 4 * limits.output + _CHUNK
    pieces: list[bytes] = []
    while (left := end - time.monotonic()) > 0 and sum(map(len, pieces)) <= largest:
        if select.select([reading], [], [], left)[0]:
            piece = os.read(reading, _CHUNK)
            if not piece:
                break
            pieces.append(piece)
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return _judged(b"".join(pieces), status, left <= 0, limits)


def _judged(said: bytes, status: int, is_late: bool, limits: Limits) -> bytes:
    try:
        msgspec.msgpack.decode(said, type=Answer)
    except msgspec.DecodeError:
        is_cpu = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU
        late = is_late or is_cpu
        facts = {"seconds": f"{limits.seconds:g}"} if late else {"limit": limits.megabytes}
        error = problem("render.time" if late else "render.memory", **facts)
        return msgspec.msgpack.encode(Answer(None, error.code, error.text.tr, error.text.en))
    return said


def _read(source: int) -> bytes | None:
    head = _read_exactly(source, 4)
    return _read_exactly(source, struct.unpack(">I", head)[0]) if head else None


def _read_exactly(source: int, size: int) -> bytes | None:
    pieces: list[bytes] = []
    while size:
        piece = os.read(source, min(size, 1 << 20))
        if not piece:
            return None
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _write(target: int, message: bytes) -> None:
    _write_all(target, struct.pack(">I", len(message)) + message)


def _write_all(target: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(target, view) :]


if __name__ == "__main__":
    main()
