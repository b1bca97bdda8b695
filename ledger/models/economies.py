"""Classifications: where an event stands in the inventory of diverse economies, as somebody of a book said."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.core import economies
from ledger.models.accounts import Book
from ledger.models.journal import Event


class Transaction(models.TextChoices):
    """How it was exchanged."""

    MARKET = economies.Transaction.MARKET, _("Market")
    BARTER = economies.Transaction.BARTER, _("Alternative market: barter")
    COOPERATIVE_EXCHANGE = economies.Transaction.COOPERATIVE_EXCHANGE, _("Alternative market: between cooperatives")
    ALTERNATIVE_CURRENCY = economies.Transaction.ALTERNATIVE_CURRENCY, _("Alternative market: network credit")
    ALTERNATIVE_CREDIT = economies.Transaction.ALTERNATIVE_CREDIT, _("Alternative market: solidarity credit")
    FAIR_TRADE = economies.Transaction.FAIR_TRADE, _("Alternative market: fair trade")
    INFORMAL_MARKET = economies.Transaction.INFORMAL_MARKET, _("Alternative market: informal")
    GIFT = economies.Transaction.GIFT, _("Outside markets: gift")
    ALLOCATION = economies.Transaction.ALLOCATION, _("Outside markets: dues and common funds")
    STATE_ALLOCATION = economies.Transaction.STATE_ALLOCATION, _("Outside markets: from or to the state")
    INDIGENOUS_EXCHANGE = economies.Transaction.INDIGENOUS_EXCHANGE, _("Outside markets: indigenous exchange")
    NONE = economies.Transaction.NONE, _("None: bookkeeping")


class Labour(models.TextChoices):
    """By which labour."""

    WAGE = economies.Labour.WAGE, _("Paid as wages")
    COOPERATIVE = economies.Labour.COOPERATIVE, _("Otherwise paid: cooperative work")
    SELF_EMPLOYED = economies.Labour.SELF_EMPLOYED, _("Otherwise paid: self-employed")
    RECIPROCAL = economies.Labour.RECIPROCAL, _("Otherwise paid: reciprocal work")
    IN_KIND = economies.Labour.IN_KIND, _("Otherwise paid: in kind")
    VOLUNTEER = economies.Labour.VOLUNTEER, _("Unpaid: volunteer work")
    NEIGHBOURHOOD = economies.Labour.NEIGHBOURHOOD, _("Unpaid: work for the neighborhood")
    CARE = economies.Labour.CARE, _("Unpaid: care")
    NONE = economies.Labour.NONE, _("None: bookkeeping")


class Enterprise(models.TextChoices):
    """In which enterprise."""

    CAPITALIST = economies.Enterprise.CAPITALIST, _("Capitalist")
    STATE = economies.Enterprise.STATE, _("Of the state")
    NON_PROFIT = economies.Enterprise.NON_PROFIT, _("Non-profit")
    COMMUNAL = economies.Enterprise.COMMUNAL, _("Of those who work in it")
    INDEPENDENT = economies.Enterprise.INDEPENDENT, _("Of one person")


class Management(models.TextChoices):
    """In which class of results it is shown."""

    WITH_MEMBERS = economies.Management.WITH_MEMBERS, _("With members")
    WITH_NON_MEMBERS = economies.Management.WITH_NON_MEMBERS, _("With non-members")
    OUTSIDE = economies.Management.OUTSIDE, _("Outside the purpose of the cooperative")


class Classification(models.Model):
    """Where an event stands for one of its books, and why not where its kind does. The newest counts; none changes."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="classifications")
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+", db_index=False)
    transaction = models.CharField(max_length=24, choices=Transaction.choices)
    labour = models.CharField(max_length=16, choices=Labour.choices)
    enterprise = models.CharField(max_length=16, choices=Enterprise.choices)
    management = models.CharField(max_length=20, choices=Management.choices)
    reason = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("classification")
        verbose_name_plural = _("classifications")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="classified_with_a_reason"),
            models.CheckConstraint(
                condition=Q(
                    transaction__in=Transaction.values,
                    labour__in=Labour.values,
                    enterprise__in=Enterprise.values,
                    management__in=Management.values,
                ),
                name="classified_by_known_codes",
            ),
        ]
        indexes = [models.Index(fields=["book", "event", "-id"], name="classification_newest")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.book_id}: {self.transaction}"
