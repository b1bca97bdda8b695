"""Balance confirmations (circularización): a body asks its members whether what the books say they owe is right."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.accounts import Book
from ledger.models.units import Measure, Unit
from network.models.organizations import Organization


class BalanceConfirmation(models.Model):
    """A call of a body above, as of a day: what each of two shows of the other then, and until when they answer."""

    key = models.UUIDField(unique=True)
    body = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="balance_confirmations")
    # Balances count as they stood at the end of this day.
    as_of = models.DateField()
    called_on = models.DateField()
    answer_until = models.DateField()
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    # How many balances it asks about, so that none comes in later.
    asked = models.PositiveIntegerField()
    # Whose balances were chosen, by organization; none where it is those of all members. Both sides are asked.
    chosen = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("balance confirmation")
        verbose_name_plural = _("balance confirmations")
        constraints = [
            models.CheckConstraint(
                condition=Q(called_on__gte=F("as_of"), answer_until__gte=F("called_on")),
                name="confirmation_days_follow",
            ),
            models.CheckConstraint(condition=Q(asked__gte=1), name="confirmation_asks_something"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """Its short name."""
        return f"CS-{self.pk}"


class AskedBalance(models.Model):
    """What one book owed another on the day, in a unit and peg, as both books say. Minor units; it stays as it is."""

    confirmation = models.ForeignKey(BalanceConfirmation, on_delete=models.PROTECT, related_name="balances")
    # On paper, from 1 to how many are asked.
    number = models.PositiveIntegerField()
    debtor = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+")
    creditor = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    peg = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+", db_index=False)
    amount = models.BigIntegerField()
    # In minor units of the peg; 0 where the debt keeps its value in money.
    quantity = models.BigIntegerField()

    class Meta:
        verbose_name = _("balance that is asked about")
        verbose_name_plural = _("balances that are asked about")
        constraints = [
            models.UniqueConstraint(fields=["confirmation", "number"], name="asked_balance_numbered"),
            models.UniqueConstraint(
                fields=["confirmation", "debtor", "creditor", "unit", "peg"], name="asked_balance_once"
            ),
            models.CheckConstraint(condition=~Q(debtor=F("creditor")), name="asked_balance_between_two"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, quantity__gte=0) & ~Q(amount=0, quantity=0), name="asked_balance_is_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.confirmation_id}/{self.number}"

    @property
    def is_in_goods(self) -> bool:
        """Whether it keeps its value in something other than its money."""
        return self.quantity > 0


class Said(models.TextChoices):
    """What one side says of a balance."""

    AGREES = "agrees", _("It is right")
    DIFFERS = "differs", _("It is another figure")
    UNKNOWN = "unknown", _("Does not know")


class BalanceAnswer(models.Model):
    """What one side said of a balance. A later answer stands in place of an earlier one, which stays to be read."""

    balance = models.ForeignKey(AskedBalance, on_delete=models.PROTECT, related_name="answers")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    said = models.CharField(max_length=7, choices=Said.choices)
    # What it has instead, where it differs.
    amount = models.BigIntegerField(null=True, blank=True)
    quantity = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    answered_on = models.DateField()
    recorded_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("answer about a balance")
        verbose_name_plural = _("answers about balances")
        constraints = [
            models.UniqueConstraint(
                fields=["balance", "organization"], condition=Q(replaces=None), name="balance_answer_first"
            ),
            models.CheckConstraint(condition=Q(said__in=Said.values), name="balance_answer_known"),
            models.CheckConstraint(
                condition=Q(
                    said="differs", amount__isnull=False, quantity__isnull=False, amount__gte=0, quantity__gte=0
                )
                & ~Q(reason="")
                | Q(said__in=["agrees", "unknown"], amount=None, quantity=None),
                name="differing_answer_has_figures",
            ),
        ]
        indexes = [models.Index(fields=["organization"], condition=Q(said="differs"), name="balance_answer_differs")]

    def __str__(self) -> str:
        return f"{self.balance_id}: {self.organization_id} {self.said}"


class BalanceExplanation(models.Model):
    """How the body that asked was told why an answer differs. It is of that answer: a later one stands for itself."""

    answer = models.OneToOneField(BalanceAnswer, on_delete=models.PROTECT, related_name="explanation")
    note = models.CharField(max_length=300)
    explained_on = models.DateField()
    recorded_at = models.DateTimeField()
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("explanation of a difference")
        verbose_name_plural = _("explanations of differences")
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="balance_explanation_says_why")]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.note}"
