"""A taxpayer's books: contacts, items, branches, labels, saved views, recurring plans, and imports of files."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models

from ulak_server import clock
from ulak_server.database.managers import TenantManager

__all__ = [
    "ABOUT_CONTACT",
    "ABOUT_ITEM",
    "Branch",
    "Contact",
    "Fault",
    "Import",
    "Item",
    "Kind",
    "Label",
    "Mapping",
    "Plan",
    "PlanRun",
    "SavedView",
    "Setting",
    "Upload",
    "Word",
]

ABOUT_CONTACT: Final = 1
ABOUT_ITEM: Final = 2
_FOLDED: Final = "C"
"""Ranges of folded words are ranges of bytes (`ulak_server.folding`)."""


class Kind(models.TextChoices):
    """What somebody is to the taxpayer."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    BOTH = "both"


class Contact(models.Model):
    """A customer or supplier.

    Attributes:
        number: VKN or TCKN; empty for those who have none, abroad for example.
        branch: of the contact; with the number it is unique.
        title: a firm's title, or the two names of a person together.
        address: of the friendly JSON.
        others: further identifiers by scheme (MERSISNO …), fax, website: fields of the friendly party as they are.
        alias: to which documents go, instead of the usual one.
        terms: days until payment is due; None: not agreed.
        is_learned: whether it was made from a document and nobody has changed it since.
        import_id: of the import that made it.
        folded, by_name: for looking up and for sorting.
        used_at, uses: when it was last on a document that Ulak learned from, and how often.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.CUSTOMER)
    number = models.CharField(max_length=11, default="", db_collation="C")
    branch = models.TextField(default="")
    title = models.TextField()
    first_name = models.TextField(default="")
    family_name = models.TextField(default="")
    tax_office = models.TextField(default="")
    address = models.JSONField(default=dict)
    others = models.JSONField(default=dict)
    email = models.TextField(default="")
    phone = models.TextField(default="")
    alias = models.TextField(default="")
    iban = models.CharField(max_length=34, default="")
    terms = models.SmallIntegerField(null=True)
    notes = models.TextField(default="")
    is_learned = models.BooleanField(default=False)
    import_id = models.BigIntegerField(null=True)
    folded = models.TextField(db_collation=_FOLDED)
    by_name = models.TextField(db_collation=_FOLDED)
    uses = models.IntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)

    objects = TenantManager["Contact"]()

    class Meta:
        db_table = "books_contact"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["taxpayer_id", "number", "branch"],
                condition=models.Q(removed_at__isnull=True) & ~models.Q(number=""),
                name="one_contact_each",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["taxpayer_id", "folded", "id"], name="contact_folded"),
            models.Index(fields=["taxpayer_id", "by_name", "id"], name="contact_sorted"),
            models.Index(fields=["taxpayer_id", "number"], name="contact_number"),
            models.Index(fields=["import_id"], name="contact_of_import", condition=models.Q(import_id__isnull=False)),
        ]


class Item(models.Model):
    """Goods or a service that the taxpayer sells or buys.

    Attributes:
        code: the taxpayer's own; unique unless empty.
        name, name_en: as they stand on documents, in Turkish and in English.
        unit: of `ulak.codes`' list ``units``.
        price: of one unit without taxes, in `currency`.
        vat: percent; None: not stated.
        exemption, withholding: codes that its lines usually have.
        gtip: customs tariff number, twelve digits.
        others: further fields of a line of the friendly JSON: brand, model, manufacturer_code, origin, taxes …
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    code = models.TextField(default="")
    name = models.TextField()
    name_en = models.TextField(default="")
    description = models.TextField(default="")
    unit = models.CharField(max_length=3, default="C62")
    price = models.DecimalField(max_digits=24, decimal_places=8, null=True)
    currency = models.CharField(max_length=3, default="TRY")
    vat = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    exemption = models.CharField(max_length=3, default="")
    withholding = models.CharField(max_length=3, default="")
    gtip = models.CharField(max_length=12, default="")
    others = models.JSONField(default=dict)
    notes = models.TextField(default="")
    is_learned = models.BooleanField(default=False)
    import_id = models.BigIntegerField(null=True)
    folded = models.TextField(db_collation=_FOLDED)
    by_name = models.TextField(db_collation=_FOLDED)
    uses = models.IntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)

    objects = TenantManager["Item"]()

    class Meta:
        db_table = "books_item"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["taxpayer_id", "code"],
                condition=models.Q(removed_at__isnull=True) & ~models.Q(code=""),
                name="one_item_code_each",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["taxpayer_id", "folded", "id"], name="item_folded"),
            models.Index(fields=["taxpayer_id", "by_name", "id"], name="item_sorted"),
            models.Index(fields=["import_id"], name="item_of_import", condition=models.Q(import_id__isnull=False)),
        ]


class Word(models.Model):
    """A folded word of a contact's or an item's name, code, number or town, so that any of them finds it.

    Attributes:
        about: `ABOUT_CONTACT` or `ABOUT_ITEM`.
        row_id: of the contact or the item.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    about = models.SmallIntegerField()
    row_id = models.BigIntegerField()
    word = models.TextField(db_collation=_FOLDED)

    objects = TenantManager["Word"]()

    class Meta:
        db_table = "books_word"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["taxpayer_id", "about", "word", "row_id"], name="one_word_each")
        ]
        indexes: ClassVar = [models.Index(fields=["about", "row_id"], name="words_of_row")]


class Branch(models.Model):
    """A place of business of the taxpayer, from which documents are issued.

    Attributes:
        name: by which series name it.
        address: of the friendly JSON; empty: the taxpayer's own stands on its documents.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    name = models.TextField()
    code = models.TextField(default="")
    address = models.JSONField(default=dict)
    phone = models.TextField(default="")
    email = models.TextField(default="")
    removed_at = models.DateTimeField(null=True)

    objects = TenantManager["Branch"]()

    class Meta:
        db_table = "books_branch"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["taxpayer_id", "name"], condition=models.Q(removed_at__isnull=True), name="one_branch_each"
            )
        ]


class Label(models.Model):
    """A mark that people put on documents.

    Attributes:
        key: what stands in a document's labels; it stays when the name changes.
        colour: one of `ulak_server.books.labels.COLOURS`.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    key = models.TextField()
    name = models.TextField()
    colour = models.CharField(max_length=8)
    removed_at = models.DateTimeField(null=True)

    objects = TenantManager["Label"]()

    class Meta:
        db_table = "books_label"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["taxpayer_id", "key"], name="one_label_key_each"),
        ]


class SavedView(models.Model):
    """A filter of a list that somebody has kept.

    Attributes:
        page: of which list: ``outgoing``, ``incoming`` …
        query: the filter as it stands behind the ``?`` of the list's address.
        user_id: whose it is.
        is_shared: whether everybody who works for the taxpayer sees it.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    page = models.TextField()
    name = models.TextField()
    query = models.TextField()
    user_id = models.IntegerField(null=True)
    is_shared = models.BooleanField(default=False)
    place = models.IntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)

    objects = TenantManager["SavedView"]()

    class Meta:
        db_table = "books_saved_view"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["taxpayer_id", "page", "user_id", "name"], name="one_view_name_each")
        ]


class Setting(models.Model):
    """How a taxpayer wants the books to be kept.

    Attributes:
        learns: whether contacts and items are learned from documents.
        learned_until: id of the last document that was learned from.
    """

    taxpayer_id = models.IntegerField(primary_key=True)
    learns = models.BooleanField(default=True)
    learned_until = models.BigIntegerField(default=0)

    objects = TenantManager["Setting"]()

    class Meta:
        db_table = "books_setting"


class Plan(models.Model):
    """A document that is made again and again.

    Attributes:
        kind: of the document.
        document: friendly JSON without number, ETTN and date.
        options: series, branch, alias … of `ulak_server.documents.intake.Options`.
        rhythm: ``{"every": 1, "unit": "month", "day": 15}``; see `ulak_server.books.rhythms`.
        intent: ``draft`` or ``send``.
        next_on: the business day (Istanbul) for which the next one is due; None: it is over.
        until: the last day for which one is made; None: no end.
        error: why the last one could not be made, in both languages.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    name = models.TextField()
    kind = models.TextField()
    document = models.JSONField()
    options = models.JSONField(default=dict)
    rhythm = models.JSONField()
    intent = models.CharField(max_length=5)
    begins_on = models.DateField()
    next_on = models.DateField(null=True)
    until = models.DateField(null=True)
    paused_at = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)
    error = models.JSONField(null=True)
    made = models.IntegerField(default=0)
    actor = models.TextField(default="")
    created_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)

    objects = TenantManager["Plan"]()

    class Meta:
        db_table = "books_plan"
        indexes: ClassVar = [
            models.Index(
                fields=["next_on"],
                name="plan_due",
                condition=models.Q(next_on__isnull=False, paused_at__isnull=True, removed_at__isnull=True),
            ),
            models.Index(fields=["taxpayer_id", "id"], name="plan_of_taxpayer"),
        ]


class PlanRun(models.Model):
    """What became of a plan on one of its days; there is one for each day, whatever happens.

    Attributes:
        document_id: that was made; None if none was.
        error: why none was made, in both languages.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="runs")
    day = models.DateField()
    document_id = models.BigIntegerField(null=True)
    intent = models.CharField(max_length=5)
    error = models.JSONField(null=True)
    at = models.DateTimeField(default=clock.now)

    objects = TenantManager["PlanRun"]()

    class Meta:
        db_table = "books_plan_run"
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "day"], name="one_run_a_day")]


class Import(models.Model):
    """A file of documents, contacts or items, from its upload to its drafts.

    Attributes:
        about: of `ulak_server.books.importing.fields.ABOUTS`.
        form: ``xlsx``, ``xls``, ``csv``, ``zip`` or ``xml``.
        shape: digest of the headings, by which the mapping is remembered.
        mapping: of columns to fields, and how the file is read; see `ulak_server.books.importing.mapping`.
        intent: ``draft`` or ``send``; empty until it is decided.
        digest: SHA-256 of the file, by which it is noticed that it was uploaded before.
        stage: ``mapping``, ``checking``, ``checked``, ``running``, ``done``, ``undoing``, ``undone`` or ``failed``.
        wake_at: when a worker has to go on with it; None: it waits for a person.
        read: rows that were read so far.
        rows, total: rows with content, and the documents (contacts, items) that they make.
        good, faulty: how many of them are in order, and how many are not.
        batch_id: of `ulak_server.documents.models.Batch`, by which documents were checked, then made.
        places: for each document of the batch that checked them the rows that it was made of.
        bad: rows with which the documents begin that are not to be made.
        round: how often it was checked; part of the batch's key, so that no round is handed in twice.
        error: why the whole file could not be used, in both languages.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    about = models.TextField()
    name = models.TextField()
    form = models.CharField(max_length=8)
    size = models.IntegerField()
    shape = models.TextField(default="")
    digest = models.TextField(default="")
    mapping = models.JSONField(default=dict)
    intent = models.CharField(max_length=5, default="")
    stage = models.CharField(max_length=12, default="mapping")
    wake_at = models.DateTimeField(null=True)
    read = models.IntegerField(default=0)
    rows = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    good = models.IntegerField(default=0)
    faulty = models.IntegerField(default=0)
    undone = models.IntegerField(default=0)
    check_id = models.BigIntegerField(null=True)
    batch_id = models.BigIntegerField(null=True)
    places = models.JSONField(default=list)
    bad = models.JSONField(default=list)
    round = models.SmallIntegerField(default=0)
    error = models.JSONField(null=True)
    tries = models.SmallIntegerField(default=0)
    actor = models.TextField(default="")
    origin = models.TextField(default="")
    created_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    objects = TenantManager["Import"]()

    class Meta:
        db_table = "books_import"
        indexes: ClassVar = [
            models.Index(fields=["wake_at"], name="import_alarm", condition=models.Q(wake_at__isnull=False)),
            models.Index(fields=["taxpayer_id", "id"], name="import_of_taxpayer"),
        ]


class Upload(models.Model):
    """The bytes of an imported file, encrypted; they are forgotten a month after the import has ended."""

    job = models.OneToOneField(Import, on_delete=models.CASCADE, primary_key=True, related_name="upload")
    taxpayer_id = models.IntegerField()
    data = models.BinaryField()

    objects = TenantManager["Upload"]()

    class Meta:
        db_table = "books_upload"


class Fault(models.Model):
    """Something that is wrong in an imported file.

    Attributes:
        row: of the sheet, counted from 1, the heading's included; 0: the whole file.
        column: of the sheet, from 0; None: the whole row.
        level: ``error`` or ``warning``.
        problem: code, text and repair in both languages.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    job = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="faults")
    row = models.IntegerField(db_column="at_row")
    column = models.IntegerField(null=True, db_column="at_column")
    level = models.CharField(max_length=8)
    problem = models.JSONField()

    objects = TenantManager["Fault"]()

    class Meta:
        db_table = "books_fault"
        indexes: ClassVar = [models.Index(fields=["job", "row"], name="fault_of_row")]


class Mapping(models.Model):
    """How a file of a certain shape was understood last time.

    Attributes:
        shape: digest of what it is about and of its headings.
    """

    id = models.BigAutoField(primary_key=True)
    taxpayer_id = models.IntegerField()
    shape = models.TextField()
    mapping = models.JSONField()
    used_at = models.DateTimeField(default=clock.now)

    objects = TenantManager["Mapping"]()

    class Meta:
        db_table = "books_mapping"
        constraints: ClassVar = [models.UniqueConstraint(fields=["taxpayer_id", "shape"], name="one_mapping_each")]
