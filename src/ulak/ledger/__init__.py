"""Electronic books (e-Defter): from accounting entries to journal, general ledger, berats and packages."""
