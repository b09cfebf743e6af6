"""A signing host whose answer breaks HTTP is told of as that; nothing of another library's gets out, nor the token."""

from __future__ import annotations

import ssl
import traceback
from pathlib import Path

import pytest

from keys_host import TOKEN, tls_files, token
from ulak.seal.errors import SealError
from ulak.seal.keys.opening import open_key
from wire_server import serving

ODD = {
    "a redirection to nowhere": b"Location: http://[\r\n",
    "a redirection to no address": b"Location: http:\x8d/127.0.0.1/\r\n",
    "a redirection with an odd cookie": b"Set-Cookie: \xff\xfe=\x01\r\nLocation: http://127.0.0.1/\r\n",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_headers_are_the_hosts_failure(name: str, tmp_path: Path) -> None:
    certificate, key = tls_files(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    answer = b"HTTP/1.1 302 x\r\nContent-Length: 0\r\n" + ODD[name] + b"\r\n"
    with (
        serving(lambda connection, _: connection.sendall(answer), context) as (port, _),
        pytest.raises(SealError) as caught,
    ):
        open_key(f"https://127.0.0.1:{port}#one", secret=token, ca_file=certificate)
    assert caught.value.code.startswith("key.host-")
    assert TOKEN not in "".join(traceback.format_exception(caught.value))
