"""What reconciliation found that does not add up, and the life of each: whose it is, what was said of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.accounts import Account, Book
from ledger.models.agreements import Agreement
from ledger.models.claims import Claim
from ledger.models.journal import Event
from ledger.models.units import Unit
from network.models.organizations import Organization


class Check(models.TextChoices):
    """What reconciliation looks at; `ledger/queries/checks.py` says how bad each is, and what to do."""

    BALANCE = "balance", _("The kept balance differs from the sum of the entries")
    CLAIM = "claim", _("The open claim differs from the sum of its entries")
    ENTRY = "entry", _("An entry does not balance")
    MIRROR = "mirror", _("Two books do not agree on what one owes the other")
    NUMBERING = "numbering", _("The journal's numbers have a gap")
    DELIVERED = "delivered", _("More was delivered than was agreed")
    SETTLED = "settled", _("Something is still open of an agreement that is settled")
    VAT = "vat", _("The VAT of a delivery is not what its value, or its entry, says")
    SHARES = "shares", _("The parts of a co-production are not the whole, or not in the agreed ratio")
    COSTS = "costs", _("What was charged of a common cost is not what it cost")
    CUSTODY = "custody", _("Material of others is not what was received, less what was worked, lost and given back")
    CREDIT = "credit", _("Network credit is not zero in all, or not worth in money what it stands at")
    PURCHASE = "purchase", _("The parts of a joint purchase, or what was charged for them, are not what it cost")
    ENTERED = "entered", _("An entry is missing in a book of its event, or has no lines")
    CLOSED = "closed", _("Something was entered into a closed period")
    PAPERS = "papers", _("The same invoice was told of twice")
    PERSONAL = "personal", _("An entry seems to tell of a person")
    NETWORK = "network", _("What cooperatives owe each other does not come to zero")
    CONFIRMATION = "confirmation", _("A member says that another amount is owed than the books say")
    CLEARING = "clearing", _("What a clearing round cancelled is not what it worked out")
    FLOW = "flow", _("What is kept of who gave what to whom is not what the entry says")
    FUND = "fund", _("A solidarity fund is not what all contributed less what was spent by resolution")


class Finding(models.Model):
    """Something that does not add up: what, where, by how much, since when. It closes itself when it is right again.

    One that was accepted is not raised again until its figures change. What happened to it stands in its steps.
    """

    check_code = models.CharField(max_length=16, choices=Check.choices)
    # What it is about, so that the same thing is found once: `account:41`, `entry:12:3:1`.
    scope = models.CharField(max_length=120)
    # None: it is of the whole network.
    book = models.ForeignKey(Book, null=True, blank=True, on_delete=models.PROTECT, related_name="findings")
    # With which other book, and what to look at; in which unit the figures are, none where they are plain numbers.
    other = models.ForeignKey(Book, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    expected = models.BigIntegerField(default=0)
    found = models.BigIntegerField(default=0)
    # Who said that they see to it.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The step with the reason for which it stands as it is.
    acceptance = models.OneToOneField(
        "ledger.FindingStep", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.UniqueConstraint(
                fields=["check_code", "scope"], condition=Q(closed_at=None), name="finding_open_once"
            ),
            models.CheckConstraint(condition=~Q(book=F("other")), name="finding_between_two"),
        ]
        indexes = [models.Index(fields=["book"], condition=Q(closed_at=None), name="finding_open_of_book")]

    def __str__(self) -> str:
        return f"{self.check_code} {self.scope}"

    @property
    def difference(self) -> int:
        """By how much it is too much (above zero) or too little."""
        return self.found - self.expected


class FindingVerb(models.TextChoices):
    """What happened to a finding."""

    OPENED = "opened", _("was found")
    CHANGED = "changed", _("shows other figures")
    TAKEN = "taken", _("sees to it")
    EXPLAINED = "explained", _("explained it")
    ACCEPTED = "accepted", _("accepted it as it is")
    RAISED = "raised", _("was raised again: its figures changed after it was accepted")
    CLOSED = "closed", _("is right again and closed itself")


class FindingStep(models.Model):
    """One line of a finding's history: what happened, by whom if by somebody, the figures then. Never changed."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=10, choices=FindingVerb.choices)
    recorded_at = models.DateTimeField()
    # None: the worker that looked.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    expected = models.BigIntegerField()
    found = models.BigIntegerField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("step of a finding")
        verbose_name_plural = _("steps of findings")
        constraints = [
            models.CheckConstraint(condition=Q(verb__in=FindingVerb.values), name="finding_step_known"),
            models.CheckConstraint(
                condition=~Q(verb__in=["explained", "accepted"]) | ~Q(note=""), name="finding_step_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(verb__in=["taken", "explained", "accepted"], by__isnull=False, organization__isnull=False)
                | Q(verb__in=["opened", "changed", "raised", "closed"], by=None, organization=None),
                name="finding_step_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.verb}"
