"""What faces do with a taxpayer's e-Defter books.

Every verb is called outside of any scope: it asks the table of permissions whether its action is open to the caller,
and works in a scope of its own.
"""

from ulak_server.ledgers.companies import (
    LABELS,
    AccountantFacts,
    AddressFacts,
    Facts,
    branches,
    close_branch,
    consent,
    facts_of,
    save_facts,
    withdraw_consent,
)
from ulak_server.ledgers.keeping import PIECE
from ulak_server.ledgers.problems import LedgerWorkError, UnknownLedger
from ulak_server.ledgers.uploading import (
    ENDINGS,
    MOST_FILES,
    MOST_OF_FILE,
    Input,
    add_file,
    add_piece,
    begin_file,
    files,
    remove_file,
)
from ulak_server.ledgers.views import findings, months, parts, progress, timeline, ways_to_seal
from ulak_server.ledgers.words import STEPS
from ulak_server.ledgers.works import (
    acknowledge,
    begin,
    cancel,
    check,
    create,
    plan,
    retry,
    seal,
    send,
    start_again,
    work_of,
    works,
)

__all__ = [
    "ENDINGS",
    "LABELS",
    "MOST_FILES",
    "MOST_OF_FILE",
    "PIECE",
    "STEPS",
    "AccountantFacts",
    "AddressFacts",
    "Facts",
    "Input",
    "LedgerWorkError",
    "UnknownLedger",
    "acknowledge",
    "add_file",
    "add_piece",
    "begin",
    "begin_file",
    "branches",
    "cancel",
    "check",
    "close_branch",
    "consent",
    "create",
    "facts_of",
    "files",
    "findings",
    "months",
    "parts",
    "plan",
    "progress",
    "remove_file",
    "retry",
    "save_facts",
    "seal",
    "send",
    "start_again",
    "timeline",
    "ways_to_seal",
    "withdraw_consent",
    "work_of",
    "works",
]
