"""The small gateway for tests, with committed keys, and a Merkez that does what it is told."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from seal_pki import NOW, pki_folder
from ulak.errors import UlakError
from ulak.seal.trust import Trust, TrustStore
from ulak.wire.efatura import SERVICE, Document, Query, Receipt, SystemResponse, hash_of
from ulak.wire.soap import spoken
from ulak_center.plan.checks import Checks
from ulak_center.plan.gateway import Gateway
from ulak_center.plan.gateway.keys import keys_of
from ulak_center.plan.gateway.serving import running
from ulak_center.web.http import serving
from ulak_center.web.values import Answer, Plain, Reply, Request

__all__ = ["CHECKS", "NOWHERE", "Script", "Scripted", "gateway", "scripted_merkez"]

NOWHERE = "http://127.0.0.1:1/services/EFatura"
CHECKS = Checks(Trust(TrustStore.read(pki_folder())), lambda: NOW)
Script = Callable[[Document | Query], Receipt | SystemResponse | Answer]


class Scripted:
    """A Merkez that answers as a function says, and remembers what it was asked.

    Attributes:
        url: where it is.
        calls: what came, oldest first.
    """

    def __init__(self, script: Script) -> None:
        self.script = script
        self.url = ""
        self.calls: list[Document | Query] = []

    @property
    def sent(self) -> list[Document]:
        return [call for call in self.calls if isinstance(call, Document)]

    @property
    def asked(self) -> list[Query]:
        return [call for call in self.calls if isinstance(call, Query)]

    def handle(self, request: Request) -> Answer:
        content_type = request.head.headers["content-type"]
        try:
            call = SERVICE.read_request(content_type, request.body)
            self.calls.append(call.request)
            said = self.script(call.request)
            if not isinstance(said, (Receipt, SystemResponse)):
                return said
            answer = SERVICE.write_response(call, said)
        except UlakError as error:
            answer = SERVICE.write_fault(error, version=spoken(content_type))
        return Reply(answer.status, answer.payload.body, tuple(answer.payload.headers.items()))


def taken(request: Document | Query) -> Receipt | SystemResponse:
    """The script of a Merkez that takes everything and knows nothing."""
    if isinstance(request, Document):
        return Receipt("", hash_of(request.data))
    raise SERVICE.fault_of("getApplicationResponse", 2004)


@contextmanager
def scripted_merkez(script: Script = taken) -> Iterator[Scripted]:
    """A Merkez as long as the block lasts."""
    merkez = Scripted(script)
    with serving(Plain(merkez.handle)) as address:
        merkez.url = f"{address.url}/services/EFatura"
        yield merkez


@contextmanager
def gateway(merkez: str = NOWHERE) -> Iterator[Gateway]:
    """A gateway that calls a Merkez and is served itself."""
    trust = Trust(TrustStore.read(pki_folder()))

    def make(url: str) -> Gateway:
        return Gateway(
            merkez,
            url,
            keys=keys_of(pki_folder()),
            trust=trust,
            now=lambda: NOW,
            chance=random.Random(7),
            pause=0.01,
        )

    with running(make) as made:
        yield made
