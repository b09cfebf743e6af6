"""Packages of books at GİB's e-Defter service: sent, asked for, and the berats it approves (docs/ledger-exchange.md).

`putting` takes a package over in its maker's transaction; `keeping` keeps it; `calling` sends it, asks how it fares and
fetches what GİB approved, which `verifying` judges before it is kept beside the book. `waiting` holds packages back
until those before them are through. `terms` knows until when each month is due, and calls people; `copies` says which
files GİB keeps a copy of.
"""
