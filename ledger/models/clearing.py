"""Clearing rounds: what many owe each other is cancelled in circles, all at once, with a proof."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.claims import Claim
from ledger.models.journal import Event
from ledger.models.units import Measure, Unit
from network.models.organizations import Organization
from network.models.resolutions import Resolution


class Consent(models.TextChoices):
    """How one comes to take part."""

    STANDING = "standing", _("All members take part, as they agreed on joining, but for whoever stays out")
    ASKED = "asked", _("Only those who say yes take part")


class RoundState(models.TextChoices):
    """The life of a round."""

    CALLED = "called", _("Called")
    PROPOSED = "proposed", _("Waits for answers")
    POSTED = "posted", _("In the books")
    CANCELLED = "cancelled", _("Called off")
    REVERSED = "reversed", _("Reversed")


class ClearingRound(models.Model):
    """A round of a body above, in one unit: debts in money that keep their value in it."""

    key = models.UUIDField(unique=True)
    body = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="rounds")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    peg = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+", db_index=False)
    consent = models.CharField(max_length=8, choices=Consent.choices)
    # Whether what is not yet due takes part.
    takes_undue = models.BooleanField(default=False)
    called_on = models.DateField()
    # Claims count as they stand at the end of this day.
    cut_off = models.DateField()
    # Until when one says whether one takes part, and until when one may still stay out, knowing the result.
    join_until = models.DateField()
    answer_until = models.DateField()
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=9, choices=RoundState.choices, default=RoundState.CALLED)
    # SHA-256 of what went in, and then what the lots were drawn from.
    inputs = models.CharField(max_length=64, blank=True)
    seed = models.CharField(max_length=80, blank=True)
    # How often it was worked out: once more for each who stayed out afterwards.
    solved = models.PositiveSmallIntegerField(default=0)
    # Minor units: what is cancelled, each claim counted once.
    total = models.BigIntegerField(default=0)
    # The network credit in which more is cancelled, so much of it at most, as the body decided; none in most rounds.
    credit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    credit_most = models.BigIntegerField(default=0, db_default=0)
    resolution = models.ForeignKey(
        Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # How much credit it takes, and the heights of its two ends (`ledger/core/clearing_round`): name → three numbers.
    lent = models.BigIntegerField(default=0, db_default=0)
    ends = models.JSONField(null=True, blank=True)
    event = models.OneToOneField(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="clearing_round")
    posted_on = models.DateField(null=True, blank=True)
    # Why it was called off or reversed.
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("clearing round")
        verbose_name_plural = _("clearing rounds")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="round_state_known"),
            models.CheckConstraint(condition=Q(consent__in=Consent.values), name="round_consent_known"),
            models.CheckConstraint(
                condition=Q(join_until__gte=F("called_on"), answer_until__gte=F("join_until")),
                name="round_days_follow",
            ),
            models.CheckConstraint(condition=Q(total__gte=0), name="round_total_not_below_zero"),
            models.CheckConstraint(
                condition=Q(state__in=["posted", "reversed"], event__isnull=False, posted_on__isnull=False)
                | Q(state__in=["called", "proposed", "cancelled"], event=None, posted_on=None),
                name="posted_round_has_event",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["cancelled", "reversed"]) | ~Q(reason=""), name="round_ended_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(credit=None, resolution=None, credit_most=0)
                | Q(credit__isnull=False, resolution__isnull=False, credit_most__gt=0),
                name="credit_in_round_by_resolution",
            ),
            models.CheckConstraint(condition=Q(lent__gte=0, lent__lte=F("credit_most")), name="lent_within_round"),
        ]

    def __str__(self) -> str:
        return f"R-{self.pk}"

    @property
    def code(self) -> str:
        """Its short name."""
        return f"R-{self.pk}"


class Stance(models.TextChoices):
    """What a party says of a round."""

    ASKED = "asked", _("Has not answered")
    JOINED = "joined", _("Takes part")
    ACCEPTED = "accepted", _("Takes part, and has seen the result")
    OUT = "out", _("Stays out")


class RoundParty(models.Model):
    """Who may take part in a round, what they said, and the height that proves the result (`ledger/core/clearing`)."""

    round = models.ForeignKey(ClearingRound, on_delete=models.PROTECT, related_name="parties")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    # What the public file calls it.
    code = models.CharField(max_length=12)
    stance = models.CharField(max_length=8, choices=Stance.choices)
    reason = models.CharField(max_length=200, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    height = models.BigIntegerField(default=0)
    height_by_age = models.BigIntegerField(default=0)
    height_by_lot = models.BigIntegerField(default=0)
    # Minor units of credit. What it said before the debts were counted: how much of what it owes it pays in credit at
    # most, and how much of it it takes for what it is owed. Then how far below it may go, as counted; what it comes to.
    pays_most = models.BigIntegerField(default=0, db_default=0)
    takes_most = models.BigIntegerField(default=0, db_default=0)
    room = models.BigIntegerField(default=0, db_default=0)
    pays = models.BigIntegerField(default=0, db_default=0)
    takes = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = _("party of a clearing round")
        verbose_name_plural = _("parties of clearing rounds")
        constraints = [
            models.UniqueConstraint(fields=["round", "organization"], name="round_party_once"),
            models.UniqueConstraint(fields=["round", "code"], name="round_party_code_once"),
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="round_stance_known"),
            # Nobody's debt changes its creditor beyond what it has said yes to.
            models.CheckConstraint(
                condition=Q(pays__gte=0, takes__gte=0, pays__lte=F("pays_most"), takes__lte=F("takes_most")),
                name="round_credit_as_said",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.organization_id} {self.stance}"


class LeftOut(models.TextChoices):
    """Why a claim takes no part."""

    NOT = "", _("Takes part")
    DISPUTED = "disputed", _("Disputed")
    NOT_DUE = "not_due", _("Not yet due")
    PLEDGED = "pledged", _("Being handed over to somebody else")
    IN_GOODS = "in_goods", _("Kept in goods, or in another unit")
    IN_A_ROUND = "in_round", _("In another round")


class RoundClaim(models.Model):
    """A claim between two parties as it stood at the cut-off, and what of it is cancelled. Minor units."""

    round = models.ForeignKey(ClearingRound, on_delete=models.PROTECT, related_name="claims")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="rounds")
    debtor = models.ForeignKey(RoundParty, on_delete=models.PROTECT, related_name="owes")
    creditor = models.ForeignKey(RoundParty, on_delete=models.PROTECT, related_name="is_owed")
    # What the public file calls it.
    code = models.CharField(max_length=12)
    amount = models.BigIntegerField()
    # Days, at the cut-off.
    age = models.PositiveIntegerField()
    left_out = models.CharField(max_length=8, choices=LeftOut.choices, blank=True)
    cancelled = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("claim of a clearing round")
        verbose_name_plural = _("claims of clearing rounds")
        constraints = [
            models.UniqueConstraint(fields=["round", "claim"], name="round_claim_once"),
            models.UniqueConstraint(fields=["round", "code"], name="round_claim_code_once"),
            models.CheckConstraint(
                condition=Q(cancelled__gte=0, cancelled__lte=F("amount")), name="cancelled_within_claim"
            ),
            models.CheckConstraint(condition=Q(left_out="") | Q(cancelled=0), name="left_out_is_not_cancelled"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.claim_id} {self.cancelled}/{self.amount}"

    @property
    def takes_part(self) -> bool:
        """Whether it is neither left out nor of somebody who stays out."""
        return not self.left_out and Stance.OUT not in (self.debtor.stance, self.creditor.stance)

    @property
    def after(self) -> int:
        """What is left of it."""
        return self.amount - self.cancelled
