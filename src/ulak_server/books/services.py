"""What other rooms do with a taxpayer's books.

Verbs work in the caller's transaction and scope unless they say otherwise.
"""

from ulak_server.books.branches import (
    BRANCH_LABELS,
    BranchForm,
    branch,
    branch_form_of,
    branches,
    remove_branch,
    restore_branch,
    save_branch,
    supplier_of,
)
from ulak_server.books.contacts import (
    LABELS,
    ContactForm,
    by_number,
    contact,
    emails_of,
    filled,
    form_from_list,
    form_of,
    party_of,
    remove_contacts,
    restore_contacts,
    save_contact,
    used,
)
from ulak_server.books.items import (
    ITEM_LABELS,
    ItemForm,
    by_code,
    filled_item,
    item,
    item_form_of,
    line_of,
    remove_items,
    restore_items,
    save_item,
)
from ulak_server.books.labels import COLOURS, labels, remove_label, restore_label, save_label
from ulak_server.books.listed import Listing, listings
from ulak_server.books.lookup import Found, complete_contacts, complete_items, find_contacts, find_items
from ulak_server.books.problems import BooksError, Unknown
from ulak_server.books.units import unit_of, usual_units
from ulak_server.books.views import remove_view, save_view, views_of

__all__ = [
    "BRANCH_LABELS",
    "COLOURS",
    "ITEM_LABELS",
    "LABELS",
    "BooksError",
    "BranchForm",
    "ContactForm",
    "Found",
    "ItemForm",
    "Listing",
    "Unknown",
    "branch",
    "branch_form_of",
    "branches",
    "by_code",
    "by_number",
    "complete_contacts",
    "complete_items",
    "contact",
    "emails_of",
    "filled",
    "filled_item",
    "find_contacts",
    "find_items",
    "form_from_list",
    "form_of",
    "item",
    "item_form_of",
    "labels",
    "line_of",
    "listings",
    "party_of",
    "remove_branch",
    "remove_contacts",
    "remove_items",
    "remove_label",
    "remove_view",
    "restore_branch",
    "restore_contacts",
    "restore_items",
    "restore_label",
    "save_branch",
    "save_contact",
    "save_item",
    "save_label",
    "save_view",
    "supplier_of",
    "unit_of",
    "used",
    "usual_units",
    "views_of",
]
