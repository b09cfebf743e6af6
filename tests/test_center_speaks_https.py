"""The center serves HTTPS with a certificate that it is given; what is no TLS harms nobody."""

from __future__ import annotations

import ssl
import uuid
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from center_web import QUICK, center
from keys_host import tls_files
from test_center_http_server_keeps_serving import connect, read_all
from ulak.seal.keys.listening import server_tls
from ulak.wire import efatura
from ulak.wire.client import Client, tls_context
from ulak_center.faults import Action, Fault, Place
from ulak_center.web.http import serving
from ulak_center.web.site import EFATURA, Site


def test_envelopes_are_taken_by_https(tmp_path: Path) -> None:
    certificate, key = tls_files(tmp_path)
    trusting: ssl.SSLContext = tls_context(str(certificate))
    with center() as merkez, serving(Site(merkez), limits=QUICK, tls=server_tls(certificate, key)) as address:
        url = f"https://localhost:{address.port}"
        assert f"{url}{EFATURA}" in httpx.get(f"{url}{EFATURA}?wsdl", verify=trusting).text
        with closing(connect(address)) as plain:
            plain.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            read_all(plain)
        sent = efatura.Document.of(str(uuid.uuid4()), b"zip")
        with Client(efatura.SERVICE, url + EFATURA, tls=trusting) as client:
            assert client.call(sent) == efatura.Receipt("ZARF KUYRUGA EKLENDI", sent.hash)
        merkez.faults.add(Fault(Action.REFUSE, Place.TAKE))
        with pytest.raises(httpx.TransportError):
            httpx.post(url + EFATURA, verify=trusting, content=b"x", headers={"Content-Type": "text/xml"})
        large = httpx.post(url + EFATURA, verify=trusting, content=b"x" * 400_000)
        assert large.status_code == 413
