"""GİB's side of the plan, driven over HTTP by the center's control API: the portal user, the probes, the clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final, NamedTuple
from urllib.parse import quote

import httpx

from ulak.envelope import Party
from ulak.errors import Language
from ulak_center.plan.candidate import About, Answer, Shown
from ulak_center.plan.problems import plan_error
from ulak_center.values import Role, Use

__all__ = ["SERVICE_PATH", "Gib", "Portal", "PortalEnvelope"]

SERVICE_PATH: Final = "/EFaturaMerkez/services/EFatura"
_TIMES: Final = httpx.Timeout(120.0, connect=5.0)
_BIT: Final = 1.0
"""Seconds by which a clock that stands still is moved while the plan waits."""


class Portal(NamedTuple):
    """GİB's portal user.

    Attributes:
        sender, mailbox: its units, at which it sends and receives.
    """

    sender: Party
    mailbox: Party


class PortalEnvelope(NamedTuple):
    """An envelope as GİB's side knows it.

    Attributes:
        documents: ETTNs, lower case.
        state: as Merkez knows it; None if it was not told.
    """

    id: str
    documents: tuple[str, ...]
    state: int | None = None


class Gib:
    """A center, called from outside.

    Args:
        url: of the center, without a path.
        token: of its control API, if it wants one.
        language: in which it says what it refuses.
    """

    def __init__(self, url: str, token: str = "", language: Language = "tr") -> None:
        self.url = url.rstrip("/")
        headers = {"Accept-Language": language, **({"Authorization": f"Bearer {token}"} if token else {})}
        self._http = httpx.Client(base_url=self.url, timeout=_TIMES, headers=headers, trust_env=False)
        self._stands_still: bool | None = None

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    @property
    def service(self) -> str:
        """Address of Merkez's EFatura service."""
        return f"{self.url}{SERVICE_PATH}"

    # -- time --------------------------------------------------------------------------------------------------------

    def status(self) -> Mapping[str, Any]:
        """How the center says that it stands."""
        told: Mapping[str, Any] = self._get("/control/status")
        return told

    def now(self) -> datetime:
        """The center's time."""
        status = self.status()
        with _of_form("/control/status"):
            self._stands_still = status["clock"]["kind"] == "virtual"
            return datetime.fromisoformat(status["now"])

    def let_time_pass(self) -> None:
        """Move the center's clock a bit, if it does not run by itself."""
        if self._stands_still is None:
            self.now()
        if self._stands_still:
            self._post("/control/clock", {"advance": _BIT})

    # -- who is who --------------------------------------------------------------------------------------------------

    def portal(self) -> Portal:
        """The portal user, registered for invoices and despatches."""
        told = self._get("/control/portal")
        with _of_form("/control/portal"):
            units = {unit["role"]: unit["alias"] for unit in told["units"]}
            number, title = told["number"], told["title"]
            return Portal(Party(units[Role.GB], number, title), Party(units[Role.PK], number, title))

    def register(self, about: About) -> None:
        """Register the candidate: its service's address, and the integration user with both units."""
        who = {"number": about.number, "title": about.title}
        endpoints = {"endpoint_gb": about.endpoint, "endpoint_pk": about.endpoint}
        self._post("/control/integrators", who | endpoints)
        uses = [use.value for use in Use]
        units = [
            {"alias": alias, "role": role.value, "uses": uses, "operator": about.number}
            for role, alias in ((Role.GB, about.sender), (Role.PK, about.mailbox))
        ]
        self._post("/control/accounts", who | {"kind": "OZEL", "units": units})

    def open_units(self, number: str) -> frozenset[tuple[str, str]]:
        """The aliases of a taxpayer that are open, each with what it may be used for."""
        told = self._get(f"/control/accounts/{quote(number, safe='')}")
        with _of_form("/control/accounts"):
            return frozenset((unit["alias"], unit["use"]) for unit in told["units"] if unit["deleted"] is None)

    # -- the portal user ---------------------------------------------------------------------------------------------

    def portal_incoming(self) -> Sequence[PortalEnvelope]:
        """What lies in the portal user's mailbox, newest first; the last thousand envelopes."""
        return _envelopes(self._get("/control/portal/incoming?limit=1000"), "/control/portal/incoming")

    def portal_send(
        self, receiver: Party, *, kind: str, profile: str, documents: int, envelopes: int
    ) -> Sequence[PortalEnvelope]:
        """Let the portal user make documents and send them (TP, 9: *Test Araçları*)."""
        asked = {"receiver": receiver.number, "alias": receiver.alias, "kind": kind, "profile": profile}
        told = self._post("/control/portal/send", {**asked, "documents": documents, "envelopes": envelopes})
        return _envelopes(told, "/control/portal/send")

    def portal_answer(self, ettn: str, answer: Answer, reason: str) -> None:
        """Let the portal user answer a commercial invoice."""
        self._post("/control/portal/answer", {"ettn": ettn, "answer": answer.value, "reason": reason})

    # -- Merkez ------------------------------------------------------------------------------------------------------

    def envelope(self, id: str) -> PortalEnvelope | None:
        """An envelope as Merkez knows it; None if it does not."""
        answer = self._ask("GET", f"/control/envelopes/{quote(id, safe='')}")
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None
        told = self._read(answer, "GET /control/envelopes")
        with _of_form("/control/envelopes"):
            return _envelope(told)

    def message(self, id: str) -> bytes:
        """The ZIP of an envelope; empty if Merkez does not have it."""
        answer = self._ask("GET", f"/control/envelopes/{quote(id, safe='')}/zip")
        return answer.content if answer.status_code == httpx.codes.OK else b""

    def probe(self, kind: str, receiver: Party) -> str:
        """Send one of GİB's probes (TP, 7 b and c); the id of its envelope."""
        told = self._post("/control/probes", {"kind": kind, "receiver": receiver.number, "alias": receiver.alias})
        with _of_form("/control/probes"):
            return str(told["id"])

    def call_wrongly(self, kind: str, receiver: Party) -> Shown:
        """Call the candidate's service wrongly (TP, 5.1.2 b); the fault that it answered.

        Args:
            kind: ``wrong-name``, ``wrong-hash``, ``duplicate``, ``unknown-id``.
        """
        told = self._post("/control/calls", {"kind": kind, "receiver": receiver.number, "alias": receiver.alias})
        with _of_form("/control/calls"):
            code = told["code"]
            return Shown(int(code) if code is not None else None, str(told["message"] or ""))

    def last_call(self) -> int:
        """The number of the latest call that Merkez noted; 0 if there was none."""
        told = self._get("/control/log?limit=1")
        with _of_form("/control/log"):
            return max((int(one["id"]) for one in told["calls"]), default=0)

    def refused_since(self, mark: int) -> frozenset[str]:
        """With which faults Merkez refused calls of ``sendDocument`` after a call; the last thousand are looked at."""
        told = self._get("/control/log?limit=1000")
        with _of_form("/control/log"):
            return frozenset(
                str(one["outcome"])
                for one in told["calls"]
                if int(one["id"]) > mark and one["direction"] == "in" and one["operation"] == "sendDocument"
            )

    # -- HTTP --------------------------------------------------------------------------------------------------------

    def _get(self, path: str) -> Any:
        return self._read(self._ask("GET", path), f"GET {path}")

    def _post(self, path: str, asked: Mapping[str, object]) -> Any:
        return self._read(self._ask("POST", path, asked), f"POST {path}")

    def _ask(self, method: str, path: str, asked: Mapping[str, object] | None = None) -> httpx.Response:
        try:
            return self._http.request(method, path, json=asked)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise plan_error("plan.center", url=self.url, detail=str(error) or type(error).__name__) from None

    @staticmethod
    def _read(answer: httpx.Response, what: str) -> Any:
        try:
            told = answer.json()
        except ValueError:
            told = None
        if answer.is_success and told is not None:
            return told
        said = told if isinstance(told, dict) else {}
        detail = " ".join(str(said[name]) for name in ("code", "title", "detail") if said.get(name))
        raise plan_error("plan.control", what=what, status=answer.status_code, detail=detail or answer.text[:200])


def _envelopes(told: Any, what: str) -> tuple[PortalEnvelope, ...]:
    with _of_form(what):
        return tuple(_envelope(one) for one in told["envelopes"])


def _envelope(told: Mapping[str, Any]) -> PortalEnvelope:
    documents = tuple(str(document["ettn"]).lower() for document in told["documents"])
    state = told.get("state")
    return PortalEnvelope(str(told["id"]).lower(), documents, int(state) if state else None)


@contextmanager
def _of_form(what: str) -> Iterator[None]:
    """An answer that is not of the form that is read is GİB's side's failure, not the candidate's."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise plan_error("plan.control-answer", what=what, detail=f"{type(error).__name__}: {error}") from None
