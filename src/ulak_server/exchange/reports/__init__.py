"""Reports to GİB of documents that stay with us: e-Arşiv invoices, e-SMM, e-MM, gider pusulası (docs/reporting.md).

`entries` writes down what has to be reported, in the transaction in which it happens; `gathering` puts a day's entries
into reports; `building` makes a report's package of them; `keeping` keeps it; `calling` sends it and asks how it fares.
`station` does this turn by turn. `wishes` and `views` are what people want and see, `balance` holds documents, entries,
reports and GİB's answers against each other.
"""
