"""Callers' addresses are true behind known proxies and made up by nobody; /gib/efatura is for whom it is said to be."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st

from ulak_server.environment import read
from ulak_server.exchange.inbound import views
from ulak_server.operations.requests import Requests
from ulak_server.origins import is_among, origin
from ulak_server.problems import EnvironmentRefused

OURS = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("203.0.113.9", "6.6.6.6", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("fd00::1", "2001:db8::7", "2001:db8::7"),
        ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "6.6.6.6, nonsense", "10.0.0.1"),
    ],
)
def test_the_nearest_who_is_no_proxy_of_ours_called(peer: str, forwarded: str, found: str) -> None:
    assert origin(peer, forwarded, OURS) == found


@given(forwarded=st.text(max_size=60))
def test_nobody_but_a_proxy_is_believed(forwarded: str) -> None:
    assert origin("203.0.113.9", forwarded, OURS) == "203.0.113.9"
    assert origin("10.0.0.1", forwarded, ()) == "10.0.0.1"


@override_settings(PROXIES=OURS)
def test_every_request_bears_the_callers_address() -> None:
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse("")

    for peer in ("10.1.2.3", "198.51.100.4"):
        Requests(view)(RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.9"))
    assert seen == ["203.0.113.9", "198.51.100.4"]


@override_settings(MERKEZ_NETWORKS=(ip_network("192.0.2.0/24"),))
def test_where_merkez_stands_is_told_nobody_else_brings_anything() -> None:
    stranger = RequestFactory().post("/gib/efatura", b"<a/>", "text/xml", REMOTE_ADDR="203.0.113.9")
    assert views.efatura(stranger).status_code == 403
    merkez = RequestFactory().get("/gib/efatura?wsdl", REMOTE_ADDR="192.0.2.7")
    assert views.efatura(merkez).status_code == 200


def test_networks_are_written_with_commas_between() -> None:
    told = read({"ULAK_PROXIES": "10.0.0.0/8, 192.0.2.7,", "ULAK_MERKEZ_NETWORKS": ""})
    assert is_among("192.0.2.7", told.proxies)
    assert not is_among("192.0.2.8", told.proxies)
    assert told.merkez_networks == ()
    with pytest.raises(EnvironmentRefused, match=r"10\.0\.0\.1/8"):
        _ = read({"ULAK_PROXIES": "10.0.0.1/8"}).proxies
