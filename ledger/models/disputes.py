"""Disputes: what one side contests of what was confirmed, both versions, who mediates, and how it ended.

Contested is an act under an agreement, a gift, an act of a solidarity fund or in network credit. Of what several share
each may contest: its other side is whoever told of it.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.contributions import Contribution
from ledger.models.credited import CreditAct
from ledger.models.deliveries import Delivery
from ledger.models.funded import FundAct
from network.models.organizations import Organization


class Outcome(models.TextChoices):
    """How a dispute ends."""

    STANDS = "stands", _("It stands as it was noted")
    CORRECTED = "corrected", _("Another act puts it right")
    REVERSED = "reversed", _("It is undone")


#: What can be contested.
Contested = Delivery | Contribution | FundAct | CreditAct


class Dispute(models.Model):
    """One side says that a confirmed act was not as it is noted. Until both agree how it ends, the act is frozen."""

    key = models.UUIDField(unique=True)
    # What is contested: one of the four.
    delivery = models.ForeignKey(Delivery, null=True, blank=True, on_delete=models.PROTECT, related_name="disputes")
    contribution = models.ForeignKey(
        Contribution, null=True, blank=True, on_delete=models.PROTECT, related_name="disputes"
    )
    fund_act = models.ForeignKey(FundAct, null=True, blank=True, on_delete=models.PROTECT, related_name="disputes")
    credit_act = models.ForeignKey(CreditAct, null=True, blank=True, on_delete=models.PROTECT, related_name="disputes")
    raised_for = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    # The other side.
    raised_against = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_on = models.DateField()
    # What happened, as each side tells it. What was noted first is the act itself.
    version = models.CharField(max_length=600)
    other_version = models.CharField(max_length=600, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_on = models.DateField(null=True, blank=True)
    # Somebody who speaks for a body above, and what they advise. Where there is no such body, nobody mediates.
    mediator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    mediates_for = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    advice = models.CharField(max_length=600, blank=True)
    advised_on = models.DateField(null=True, blank=True)
    # What one side proposes; it is so once the other agrees.
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    # What puts it right: another confirmed act of the same agreement.
    correction = models.ForeignKey(Delivery, null=True, blank=True, on_delete=models.PROTECT, related_name="corrects")
    proposed_for = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        constraints = [
            models.UniqueConstraint(fields=["delivery"], condition=Q(closed_on=None), name="disputed_once"),
            models.UniqueConstraint(fields=["contribution"], condition=Q(closed_on=None), name="gift_disputed_once"),
            models.UniqueConstraint(fields=["fund_act"], condition=Q(closed_on=None), name="fund_act_disputed_once"),
            models.UniqueConstraint(
                fields=["credit_act"], condition=Q(closed_on=None), name="credit_act_disputed_once"
            ),
            models.CheckConstraint(
                condition=Q(delivery__isnull=False, contribution=None, fund_act=None, credit_act=None)
                | Q(delivery=None, contribution__isnull=False, fund_act=None, credit_act=None, correction=None)
                | Q(delivery=None, contribution=None, fund_act__isnull=False, credit_act=None, correction=None)
                | Q(delivery=None, contribution=None, fund_act=None, credit_act__isnull=False, correction=None),
                name="dispute_of_one_act",
            ),
            models.CheckConstraint(condition=~Q(raised_for=F("raised_against")), name="dispute_has_two_sides"),
            models.CheckConstraint(condition=~Q(version=""), name="dispute_says_what"),
            models.CheckConstraint(
                condition=Q(other_version="", answered_by=None, answered_on=None)
                | (
                    ~Q(other_version="")
                    & Q(answered_by__isnull=False, answered_on__isnull=False, answered_on__gte=F("raised_on"))
                ),
                name="dispute_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(mediator=None, mediates_for=None, advice="", advised_on=None)
                | Q(mediator__isnull=False, mediates_for__isnull=False, advice="", advised_on=None)
                | (
                    ~Q(advice="")
                    & Q(mediator__isnull=False, mediates_for__isnull=False)
                    & Q(advised_on__isnull=False, advised_on__gte=F("raised_on"))
                ),
                name="dispute_advised_by_its_mediator",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", correction=None, proposed_for=None, closed_by=None, closed_on=None)
                | (
                    Q(proposed_for__isnull=False)
                    & (
                        Q(outcome="corrected", correction__isnull=False)
                        | Q(outcome__in=["stands", "reversed"], correction=None)
                    )
                    & (
                        Q(closed_by=None, closed_on=None)
                        | Q(closed_by__isnull=False, closed_on__isnull=False, closed_on__gte=F("raised_on"))
                    )
                ),
                name="dispute_ends_as_proposed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.raised_on} {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.closed_on is None

    @property
    def sides(self) -> tuple[Organization, Organization]:
        """Whoever contests it, and the other side."""
        return self.raised_for, self.raised_against

    @property
    def act(self) -> Contested:
        """What is contested."""
        return next(each for each in (self.delivery, self.contribution, self.fund_act, self.credit_act) if each)

    @property
    def title(self) -> str:
        """What it is about, in a few words."""
        if self.delivery is not None:
            return self.delivery.agreement.title
        if self.contribution is not None:
            return self.contribution.what
        if self.fund_act is not None:
            return f"{self.fund_act.get_kind_display()}: {self.fund_act.what or self.fund_act.code}"
        return f"{self.credit_act.get_kind_display()} {self.credit_act.code}" if self.credit_act is not None else ""

    def other(self, organization: Organization) -> Organization:
        """Return the other side."""
        raised, told = self.sides
        return told if organization == raised else raised
