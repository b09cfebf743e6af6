"""The law of the road: what may happen to envelopes, documents, answers, accounts and reports, and what is done then.

Every machine is a function (record, event, now, policy) → (record, effects) without I/O, clock or chance; a shell keeps
the records and carries out the effects. Each has its own room with the same files: `stages` (the enum, a sentence for
each stage), `values` (the record, its events and effects), `happenings` (what an event is for the record) and `rows`
(the table).
"""

from ulak.lifecycle.effects import Resumed, Woke
from ulak.lifecycle.outcomes import Outcome, outcome_of_fault
from ulak.lifecycle.policy import DEFAULT, Backoff, Policy

__all__ = ["DEFAULT", "Backoff", "Outcome", "Policy", "Resumed", "Woke", "outcome_of_fault"]
