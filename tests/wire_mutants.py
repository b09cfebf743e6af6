"""Messages of all services, damaged at random: whatever comes of it, a reader gives a value or one of its own errors.

By hand, for a long run: ``python tests/wire_mutants.py --count 1000000 --seed 1``.
"""

from __future__ import annotations

import argparse
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from random import Random
from typing import Any, Final, NamedTuple

from ulak.errors import UlakError
from ulak.wire import Service, Version, earsiv, edefter, efatura
from ulak.wire.attachment import Attachment
from ulak.wire.mtom import Limits
from ulak.wire.soap import fault_in, read, spoken

__all__ = ["Mutant", "judge", "mutants"]

ID: Final = "bd0a35bd-2578-4eaa-9f94-e7906e196771"
FILE: Final = Attachment(f"{ID}.zip", b"PK\x03\x04\r\n--\r\n\x00\xffzip")
LIMITS: Final = Limits(total=1 << 20, envelope=1 << 18)
E, A, D = efatura.SERVICE, earsiv.SERVICE, edefter.SERVICE
EXCHANGES: Final[list[tuple[Service[Any, Any], Any, Any]]] = [
    (E, efatura.Document.of(ID, FILE.data), efatura.Receipt("ok", efatura.hash_of(FILE.data))),
    (E, efatura.Query(ID), efatura.SystemResponse("<a>&ğ</a>")),
    (A, earsiv.SendDocumentFile(FILE), earsiv.Sent("Dosya Kaydedildi")),
    (A, earsiv.GetUserList("XML"), earsiv.UserList(FILE)),
    (A, earsiv.GetBatchStatus(ID), earsiv.StatusAnswer(earsiv.BatchStatus("işlendi", 30, ID, "", "4812530769"))),
    (D, edefter.SendDocumentFile(FILE), edefter.Sent("alındı")),
    (D, edefter.ReceiveDocumentFile(ID), edefter.Received(FILE)),
    (D, edefter.GetBatchStatus(ID), edefter.StatusAnswer(edefter.BatchStatus("tamam", "3", ID))),
]
TOKENS: Final = [
    *(
        b"\r\n",
        b"\n",
        b"\r",
        b"\0",
        b"--",
        b"--ulak-",
        b"\r\n--",
        b"\r\n\r\n",
        b":",
        b";",
        b'"',
        b"\\",
        b"=",
        b" ",
        b"\t",
    ),
    *(b"Content-ID: <a@b>\r\n", b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: x\r\n"),
    *(b"Content-Type: application/xop+xml\r\n", b"cid:", b"%00", b"%", b"<", b">", b"&", b"&#0;", b"&lt;", b"]]>"),
    *(b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<![CDATA[", b"<!--", b"-->", b"<?p i?>", b"xmlns=''", b"xmlns:gib='x'"),
    *(b"<soap:Header/>", b"<soap:Body>", b"</soap:Body>", b"<fileName>x</fileName>", b"<a>" * 300, b"A" * 20000),
    *(b"<xop:Include xmlns:xop='http://www.w3.org/2004/08/xop/include' href='cid:attachment-1@ulak'/>", b"\xff\xfe"),
    *(b"-2147483649", b"99999999999999", b"1e9", b"xsi:nil='true'", b"soap:mustUnderstand='1'", b"encoding='UTF-16'"),
]


NAMES: Final = [
    b"fileName",
    b"binaryData",
    b"hash",
    b"return",
    b"soap:Body",
    b"soap:Header",
    b"soap:Fault",
    b"A" * 20000,
]
FILLINGS: Final = [
    *(
        b"",
        b"x",
        b"=",
        b"QQ",
        b"QQ==",
        b"Q Q\n==",
        b"-1",
        b"2147483648",
        b"A" * 20000,
        b"<a/>",
        b"<!-- c -->x",
        b"&#65;",
    ),
    b"<x:Include xmlns:x='http://www.w3.org/2004/08/xop/include' href='cid:attachment-1@ulak'/>",
    b"<x:Include xmlns:x='http://www.w3.org/2004/08/xop/include' href='cid:" + b"%41" * 3000 + b"'/>",
]


class Mutant(NamedTuple):
    """A damaged message, and what it was before: a request, or the answer to one."""

    service: Service[Any, Any]
    request: Any
    is_answer: bool
    content_type: str
    soap_action: str
    body: bytes


@cache
def seeds() -> list[Mutant]:
    """Every message of every service: in both versions of SOAP, packed and not, and its faults."""
    return [seed for service, request, answer in EXCHANGES for seed in _of(service, request, answer)]


def _of(service: Service[Any, Any], request: Any, answer: Any) -> Iterator[Mutant]:
    for version in Version:
        for mtom in (True, False):
            sent = service.write_request(request, version=version, mtom=mtom)
            action = sent.soap_action or ""
            yield Mutant(service, request, False, sent.content_type, action, sent.body)
            call = service.read_request(sent.content_type, sent.body, soap_action=action)
            back = service.write_response(call, answer, mtom=mtom).payload
            yield Mutant(service, request, True, back.content_type, "", back.body)
        row = service.operation_of(request).results.rows[0]
        fault = service.write_fault(
            service.fault_of(service.operation_of(request), row.number), version=version
        ).payload
        yield Mutant(service, request, True, fault.content_type, "", fault.body)


def _flip(random: Random, data: bytearray) -> None:
    if data:
        data[random.randrange(len(data))] = random.randrange(256)


def _cut(random: Random, data: bytearray) -> None:
    at = random.randrange(len(data) + 1)
    del data[at : at + random.choice((1, 2, 5, 20, 100))]


def _end(random: Random, data: bytearray) -> None:
    del data[random.randrange(len(data) + 1) :]


def _insert(random: Random, data: bytearray) -> None:
    at = random.randrange(len(data) + 1)
    data[at:at] = random.choice(TOKENS)


def _repeat(random: Random, data: bytearray) -> None:
    at, size = random.randrange(len(data) + 1), random.choice((1, 10, 60, 300))
    data[at:at] = data[at : at + size]


def _swap(random: Random, data: bytearray) -> None:
    if len(data) > 80:
        first, second = sorted(random.sample(range(0, len(data) - 20, 20), 2))
        data[first : first + 20], data[second : second + 20] = data[second : second + 20], data[first : first + 20]


def _splice(random: Random, data: bytearray) -> None:
    other = random.choice(seeds()).body
    at = random.randrange(len(other))
    data[random.randrange(len(data) + 1) :] = other[at:]


_START: Final = re.compile(rb"<([A-Za-z][\w:.-]{0,50})[^<>]*>")


def _element(random: Random, data: bytearray) -> None:
    """Take an element out, double it, move it, rename it or put something else into it; the XML stays well-formed."""
    starts = list(_START.finditer(data))
    start = random.choice(starts) if starts else None
    end = data.find(b"</" + start[1] + b">", start.end()) if start else -1
    if start is None or end < 0:
        return
    name = start[1]
    span = slice(start.start(), end + len(name) + 3)
    whole = bytes(data[span])
    other = random.choice((b"", whole * 2, whole.replace(name, b"a"), whole.replace(name, random.choice(NAMES))))
    data[span] = random.choice((other, _filled(random, whole)))
    if (places := list(re.finditer(rb">", data))) and random.random() < 0.3:
        place = random.choice(places).end()
        data[place:place] = whole


def _filled(random: Random, whole: bytes) -> bytes:
    head, _, _ = whole.partition(b">")
    return head + b">" + random.choice(FILLINGS) + whole[whole.rindex(b"<") :]


DAMAGES: Final[list[Callable[[Random, bytearray], None]]] = [
    *(_flip, _cut, _end, _insert, _repeat, _swap, _splice),
    *[_element] * 7,
]


def mutants(seed: int, count: int) -> Iterator[Mutant]:
    """So many of them; the same seed gives the same."""
    random = Random(seed)
    for _ in range(count):
        found = random.choice(seeds())
        kind, body = bytearray(found.content_type.encode()), bytearray(found.body)
        for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
            random.choice(DAMAGES)(random, kind if random.random() < 0.1 else body)
        yield found._replace(content_type=kind.decode("latin-1"), body=bytes(body))


def judge(mutant: Mutant) -> str:
    """Read it as the end to which it went; the code of the error, or nothing if it was read."""
    service = mutant.service
    try:
        if mutant.is_answer:
            service.read_response(mutant.request, mutant.content_type, mutant.body, limits=LIMITS)
        else:
            kind, action = mutant.content_type, mutant.soap_action
            call = service.read_request(kind, mutant.body, soap_action=action, limits=LIMITS)
            _is_the_same_again(service, call.request)
    except UlakError as error:
        _is_explained(mutant, error)
        return error.code
    return ""


def _is_explained(mutant: Mutant, error: UlakError) -> None:
    """The error is one of the room's, in few words, and goes out as a fault that can be read."""
    assert error.code.startswith(("wire.", "xml.")), error.code
    assert max(map(len, error.text)) < 2000, f"{error.code}: {max(map(len, error.text))} characters"
    reply = mutant.service.write_fault(error, version=spoken(mutant.content_type))
    assert fault_in(read(reply.payload.content_type, reply.payload.body)) is not None


def _is_the_same_again(service: Service[Any, Any], request: Any) -> None:
    """What was read can be written, and is read as the same."""
    payload = service.write_request(request)
    assert service.read_request(payload.content_type, payload.body).request == request


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    wanted = parser.parse_args()
    found: Counter[str] = Counter()
    slowest = 0.0
    for mutant in mutants(wanted.seed, wanted.count):
        start = time.process_time()
        try:
            found[judge(mutant)] += 1
        except Exception as error:
            found[f"BROKEN {type(error).__name__}"] += 1
            print(f"{type(error).__name__}: {error}\n{mutant.content_type[:300]!r}\n{mutant.body[:1500]!r}"[:3000])
        slowest = max(slowest, time.process_time() - start)
    for code, count in found.most_common():
        print(f"{count:9} {code or 'read'}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"slowest {slowest * 1000:.1f} ms of processor time, {memory} MB at most")
    return int(any(code.startswith("BROKEN") for code in found))


if __name__ == "__main__":
    sys.exit(main())
