"""Ulak's own checks: what GİB takes and what is probably a mistake all the same.

Advice is always a warning. A document that is right by law never gets any: each check knows its exceptions, and amounts
may differ by half a kuruş for every rounding on the way (GİB's guides do not say where to round).

>>> from lxml import etree
>>> ns = "urn:oasis:names:specification:ubl:schema:xsd"
>>> root = etree.fromstring(f'''<Invoice xmlns="{ns}:Invoice-2" xmlns:b="{ns}:CommonBasicComponents-2">
...     <b:ID>ABC2025000000001</b:ID><b:IssueDate>2026-01-01</b:IssueDate></Invoice>''')
>>> [(each.id, each.message.en) for each in advise(root)]
[('advice.number-year', 'The year in the document number is 2025, that of the issue date 2026.')]
"""

from ulak.rules.advice.checks import advise
from ulak.rules.advice.model import Advice, Rule
from ulak.rules.advice.table import RULES

__all__ = ["RULES", "Advice", "Rule", "advise"]
