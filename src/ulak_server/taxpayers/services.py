"""What other rooms do with taxpayers. All verbs work in the caller's transaction and scope."""

from ulak_server.taxpayers.accounts import account, accounts, may_issue
from ulak_server.taxpayers.aliases import (
    add_alias,
    aliases,
    choose_alias,
    close_alias,
    close_aliases,
    make_alias_default,
    service_of,
)
from ulak_server.taxpayers.problems import TaxpayerError, UnknownTaxpayer, problem
from ulak_server.taxpayers.records import (
    NewTaxpayer,
    by_number,
    change,
    contract_on,
    create,
    end_contract,
    number_of,
    of,
    party,
    today,
)
from ulak_server.taxpayers.sealing import KeyPlace, own_key, seal_by_integrator, seal_by_own_key
from ulak_server.taxpayers.series import (
    INTERNET,
    NUMBERED,
    add_series,
    choose_series,
    close_series,
    make_series_default,
    series_of,
)

__all__ = [
    "INTERNET",
    "NUMBERED",
    "KeyPlace",
    "NewTaxpayer",
    "TaxpayerError",
    "UnknownTaxpayer",
    "account",
    "accounts",
    "add_alias",
    "add_series",
    "aliases",
    "by_number",
    "change",
    "choose_alias",
    "choose_series",
    "close_alias",
    "close_aliases",
    "close_series",
    "contract_on",
    "create",
    "end_contract",
    "make_alias_default",
    "make_series_default",
    "may_issue",
    "number_of",
    "of",
    "own_key",
    "party",
    "problem",
    "seal_by_integrator",
    "seal_by_own_key",
    "series_of",
    "service_of",
    "today",
]
