"""Solidarity funds: what a body decided of its fund, and what it comes to, in all and by contributor."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.core.funds import RATE_MAX
from ledger.models.accounts import Book
from ledger.models.journal import Event
from network.models.organizations import Organization
from network.models.resolutions import Resolution


class Fund(models.Model):
    """The fund of a body, in the money of its book. It begins with its first terms; the database keeps it.

    Minor units: what was contributed, what of that was collected, and what of that was spent. The difference of the
    first and the last is what account 2301 of the book comes to.
    """

    book = models.OneToOneField(Book, primary_key=True, on_delete=models.PROTECT, related_name="fund")
    contributed = models.BigIntegerField(default=0)
    collected = models.BigIntegerField(default=0)
    spent = models.BigIntegerField(default=0)
    last_line = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("solidarity fund")
        verbose_name_plural = _("solidarity funds")
        constraints = [
            # No more is spent than was collected: what was only promised helps nobody yet.
            models.CheckConstraint(
                condition=Q(spent__gte=0, collected__gte=F("spent"), contributed__gte=F("collected")),
                name="fund_not_overdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book_id}: {self.collected - self.spent}"

    @property
    def left(self) -> int:
        """What was collected and not spent."""
        return self.collected - self.spent

    @property
    def unpaid(self) -> int:
        """What was contributed and not paid yet."""
        return self.contributed - self.collected


class FundTerms(models.Model):
    """What the assembly decided of its fund, from a day on. The newest of those that have begun counts."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="fund_terms")
    # 200 is 2 % of what somebody earned; zero where the fund lives of gifts.
    basis_points = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=300)
    since = models.DateField()
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("terms of a solidarity fund")
        verbose_name_plural = _("terms of solidarity funds")
        constraints = [
            models.CheckConstraint(condition=Q(basis_points__lte=RATE_MAX), name="levy_is_a_small_part"),
            models.CheckConstraint(condition=~Q(purpose=""), name="fund_has_a_purpose"),
        ]

    def __str__(self) -> str:
        return f"{self.book_id}: {self.basis_points} ({self.since})"


class FundDecision(models.Model):
    """So much may be spent of a fund, for this, by this resolution."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="decisions")
    resolution = models.OneToOneField(Resolution, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    purpose = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("decision to spend")
        verbose_name_plural = _("decisions to spend")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="fund_decision_above_zero"),
            models.CheckConstraint(condition=~Q(purpose=""), name="fund_decision_says_for_what"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.amount}"


class FundShare(models.Model):
    """What one organization contributed to a fund, paid of that, and received from it; kept by the database.

    Nobody owns a part of a fund: what was collected is common. So what is spent stands with whoever received it, and
    what all contributed less what all received is what the fund's account comes to.
    """

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="shares", db_index=False)
    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Of who is in no register; none of both is what was in the account before the fund was kept here.
    name = models.CharField(max_length=120, blank=True)
    contributed = models.BigIntegerField(default=0)
    collected = models.BigIntegerField(default=0)
    received = models.BigIntegerField(default=0)
    last_line = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("share in a solidarity fund")
        verbose_name_plural = _("shares in solidarity funds")
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "organization"], condition=Q(organization__isnull=False), name="fund_share_once"
            ),
            models.UniqueConstraint(fields=["fund", "name"], condition=Q(organization=None), name="named_share_once"),
            models.CheckConstraint(condition=Q(organization=None) | Q(name=""), name="fund_share_is_of_one"),
            models.CheckConstraint(
                condition=Q(collected__gte=0, received__gte=0, contributed__gte=F("collected")),
                name="fund_share_not_below_zero",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.organization_id or self.name}: {self.contributed} − {self.received}"

    @property
    def unpaid(self) -> int:
        """What was contributed and not paid yet."""
        return self.contributed - self.collected


class FundLine(models.Model):
    """By how much an event moved a share; below zero what undoes another. Written by the database, once."""

    share = models.ForeignKey(FundShare, on_delete=models.PROTECT, related_name="lines")
    # None of what was in the account before.
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="fund_lines")
    contributed = models.BigIntegerField(default=0)
    collected = models.BigIntegerField(default=0)
    received = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("line of a solidarity fund")
        verbose_name_plural = _("lines of solidarity funds")

    def __str__(self) -> str:
        return f"{self.share_id}: {self.contributed} {self.collected} {self.received}"
