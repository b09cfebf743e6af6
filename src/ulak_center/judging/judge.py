"""The judgement of one envelope, step by step in the order of GİB's numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

from ulak.envelope import EnvelopeError, EnvelopeType
from ulak.errors import Text, UlakError
from ulak.rules import Checker
from ulak.seal.verify import Trust
from ulak_center.judging.accounts import refuse_accounts
from ulak_center.judging.addresses import refuse_authority, refuse_no_address
from ulak_center.judging.duplicates import refuse_filed
from ulak_center.judging.looking import Looked, Shapes, elements_of, look
from ulak_center.judging.problems import Refused, refused
from ulak_center.judging.reading import Reading, read, said_by
from ulak_center.judging.signers import Authority, Signers, refuse_bad_seal
from ulak_center.judging.trusting import RegistryTrust
from ulak_center.values import ISTANBUL, Judgement, Registry

__all__ = ["CheckerOf", "Judge"]

CheckerOf = Callable[[date], Checker]
"""Gives the rules that are in force on a day; raises UlakError where there are none."""
_OK: Final = 1200
_SYSTEM_ERROR: Final = 1195
_ACTED_UPON: Final = frozenset({EnvelopeType.SYSTEM, EnvelopeType.USER})
_NO_CHECKER: Final = Text("kural paketi verilmedi", "no rule pack was given")


class Judge:
    """Judges envelopes as Merkez does. Threads may share it.

    Args:
        checker_of: the rules by which documents are judged on a day; None answers 1195 to every envelope whose
            documents are to be judged.
        documents: whether the documents of sender's and postbox envelopes are looked at; without it they are not even
            noted. System responses and user accounts are judged always, since Merkez acts upon them.
        verify_seals: judges seals, too (1177), and takes those of every registered integrator (ÖEK V1.13, 2.2); GİB
            does not look at seals (Entegrasyon Kılavuzu V1.10, notes 1 and 2).
    """

    def __init__(
        self, checker_of: CheckerOf | None, *, documents: bool = True, verify_seals: Trust | None = None
    ) -> None:
        self._checker_of = checker_of
        self._documents = documents
        self._trust = verify_seals
        self._shapes = Shapes()

    def judge(self, name: str, data: bytes, registry: Registry, now: datetime) -> Judgement:
        """Judge one envelope; nothing is ever raised.

        Args:
            name: of the ZIP file.
            data: the ZIP.
            registry: who is registered, and what was filed before.
            now: the moment, aware; its day in Istanbul chooses the rules.
        """
        reading = Reading(None)
        try:
            reading = read(name, data)
            if reading.fault is not None:
                raise reading.fault
            return self._judge(reading, name, data, registry, now)
        except (Refused, EnvelopeError) as fault:
            return _refusal(reading, fault)
        except UlakError as fault:
            return _failure(reading, fault.code, fault.text)
        except Exception as fault:
            return _failure(reading, "judge.failed", f"{type(fault).__name__}: {str(fault)[:200]}")

    def _judge(self, reading: Reading, name: str, data: bytes, registry: Registry, now: datetime) -> Judgement:
        header = reading.header
        assert header is not None
        looked: list[Looked] = []
        if self._documents or header.type in _ACTED_UPON:
            looked = look(reading, name, data, self._checker(now), now.astimezone(ISTANBUL).date(), self._shapes)
        is_user = header.type is EnvelopeType.USER
        if not is_user:
            _refuse_unsigned(looked)
        refuse_filed(looked, registry)
        refuse_authority(header, reading.documents[0].type, registry, now)
        if not is_user:
            self._refuse_signers(looked, registry, now)
        refuse_no_address(header, registry)
        if is_user:
            refuse_accounts(looked, header, registry, now)
        filings = [one.noted.filed for one in looked]
        return Judgement(_OK, header=header, elements=elements_of(reading.documents), documents=filings)

    def _checker(self, now: datetime) -> Checker:
        if self._checker_of is None:
            raise refused("judge.no-rules", detail=_NO_CHECKER)
        try:
            return self._checker_of(now.astimezone(ISTANBUL).date())
        except UlakError as fault:
            raise refused("judge.no-rules", detail=fault.text) from fault

    def _refuse_signers(self, looked: Sequence[Looked], registry: Registry, now: datetime) -> None:
        """1175 and 1176, then 1177."""
        authority = Authority(registry, now)
        for one in looked:
            if isinstance(one.signers, Signers):
                authority.refuse_stranger(one.signers, one.label)
        if self._trust is not None:
            trust = RegistryTrust(self._trust, registry)
            for one in looked:
                refuse_bad_seal(one.noted.filed, trust, now, one.label)


def _refuse_unsigned(looked: Sequence[Looked]) -> None:
    """1161."""
    for one in looked:
        if isinstance(one.signers, Refused):
            raise one.signers


def _refusal(reading: Reading, fault: Refused | EnvelopeError) -> Judgement:
    reason = said_by(fault) if isinstance(fault, EnvelopeError) else fault.text
    status = int(fault.status or _SYSTEM_ERROR)
    return Judgement(status, fault.code, reason, reading.header, elements_of(reading.documents))


def _failure(reading: Reading, code: str, detail: Text | str) -> Judgement:
    return _refusal(reading, refused("judge.failed", detail=detail))._replace(code=code)
