"""What a cooperative wrote down itself of what it exchanged, and which lines of it are which postings of its book."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models.accounts import Account, Book
from ledger.models.jobs import Job
from ledger.models.journal import Event
from ledger.models.units import Unit


class RecordKind(models.TextChoices):
    """What it came as."""

    CSV = "csv", _("Spreadsheet (CSV)")
    XLSX = "xlsx", _("Spreadsheet (XLSX)")
    BEANCOUNT = "beancount", _("beancount journal")
    HLEDGER = "hledger", _("hledger journal")


class RecordState(models.TextChoices):
    """The life of an own record; whether a worker is at it says its job."""

    READ = "read", _("Read")
    MATCHED = "matched", _("Matched")
    CLOSED = "closed", _("Closed")


class OwnRecord(models.Model):
    """A file that somebody of the organization brought: of what it exchanged with others, or of one account.

    The file itself is not kept, only its hash: it may tell of people.
    """

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="own_records")
    key = models.UUIDField(unique=True)
    # None: of all that others owe and are owed.
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=9, choices=RecordKind.choices)
    sha256 = models.CharField(max_length=64)
    first_on = models.DateField()
    last_on = models.DateField()
    lines_read = models.PositiveIntegerField()
    state = models.CharField(max_length=7, choices=RecordState.choices, default=RecordState.READ)
    # The last one that matched it, or is at it.
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.PROTECT, related_name="own_records")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("own record")
        verbose_name_plural = _("own records")
        constraints = [
            models.UniqueConstraint(
                fields=["book", "sha256"], condition=Q(account=None) & ~Q(state="closed"), name="own_record_once"
            ),
            models.UniqueConstraint(
                fields=["book", "account", "sha256"],
                condition=Q(account__isnull=False) & ~Q(state="closed"),
                name="own_record_of_account_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=RecordKind.values), name="own_record_kind_known"),
            models.CheckConstraint(condition=Q(last_on__gte=models.F("first_on")), name="own_record_days_in_order"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_by__isnull=False, closed_at__isnull=False)
                | Q(state__in=["read", "matched"], closed_by=None, closed_at=None),
                name="own_record_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class RecordLine(models.Model):
    """One line of it, as it was written; never changed. What was given is above zero, what was received below."""

    record = models.ForeignKey(OwnRecord, on_delete=models.PROTECT, related_name="lines", db_index=False)
    # In the file.
    number = models.PositiveIntegerField()
    day = models.DateField()
    # Whom the record names, and who that is if somebody with a book.
    partner_text = models.CharField(max_length=120, blank=True)
    partner = models.ForeignKey(Book, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=200, blank=True)
    # Number of the entry (`2026/12`), where a journal came back that the program wrote.
    entry = models.CharField(max_length=16, blank=True)
    amount = models.BigIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("line of an own record")
        verbose_name_plural = _("lines of own records")
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="record_line_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="record_line_not_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.number}"


class MatchReason(models.TextChoices):
    """Why they belong together: `core/matching.py` finds them."""

    PAPER = "paper", _("same paper and amount")
    DAY = "day", _("same day and amount")
    DATED = "dated", _("dated otherwise")
    DIGITS = "digits", _("two digits swapped")
    AMOUNT = "amount", _("same paper, another amount")
    SPLIT = "split", _("several lines for one entry")
    MERGED = "merged", _("one line for several entries")
    TWICE = "twice", _("written twice")
    STRANGER = "stranger", _("the name of the other is not known")


class MatchState(models.TextChoices):
    """What was said of it. What is undone comes back only if it is found again."""

    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    UNDONE = "undone", _("Undone")


class RecordMatch(models.Model):
    """That some lines of a record are some postings of the book: why, how surely, and who said yes or no."""

    record = models.ForeignKey(OwnRecord, on_delete=models.PROTECT, related_name="matches", db_index=False)
    reason = models.CharField(max_length=8, choices=MatchReason.choices)
    is_sure = models.BooleanField()
    # Between the two sides, at most.
    days = models.PositiveIntegerField(default=0)
    # Of what stands twice: the first of the two, which is matched.
    twin_line = models.ForeignKey(RecordLine, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    twin_event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=MatchState.choices, default=MatchState.PROPOSED)
    found_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    # None though it is undone: a worker that matched anew.
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("match of an own record")
        verbose_name_plural = _("matches of own records")
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=MatchReason.values), name="record_match_reason_known"),
            models.CheckConstraint(
                condition=Q(state="proposed", accepted_by=None, accepted_at=None, undone_by=None, undone_at=None)
                | Q(
                    state="accepted",
                    accepted_by__isnull=False,
                    accepted_at__isnull=False,
                    undone_by=None,
                    undone_at=None,
                )
                | Q(state="undone", accepted_by=None, accepted_at=None, undone_at__isnull=False)
                | Q(
                    state="undone",
                    accepted_by__isnull=False,
                    accepted_at__isnull=False,
                    undone_by__isnull=False,
                    undone_at__isnull=False,
                ),
                name="record_match_said_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["record", "state", "reason", "id"], name="record_match_by_reason")]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.reason}"


class MatchPart(models.Model):
    """One line, or one posting, of a match; a posting is named as its table is kept, by event and line."""

    match = models.ForeignKey(RecordMatch, on_delete=models.PROTECT, related_name="parts")
    line = models.ForeignKey(RecordLine, null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    event_line = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("part of a match")
        verbose_name_plural = _("parts of matches")
        constraints = [
            models.CheckConstraint(
                condition=Q(line=None, event__isnull=False, event_line__isnull=False)
                | Q(line__isnull=False, event=None, event_line=None),
                name="match_part_is_one",
            ),
        ]
        indexes = [models.Index(fields=["event", "event_line"], name="match_part_by_posting")]

    def __str__(self) -> str:
        return f"{self.match_id}: {self.line_id or self.event_id}"
