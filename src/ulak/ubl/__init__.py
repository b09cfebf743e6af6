"""UBL-TR documents: typed components, reader, writer.

`read_document` and `write_document` take every document; each kind has a module of its own with the verbs ``read`` and
``write``: `invoice`, `credit_note`, `despatch_advice`, `receipt_advice`, `application_response`, `freelance_receipt`.
"""

from ulak.ubl.documents import read_document, write_document

__all__ = ["read_document", "write_document"]
