"""Books and their accounts; the balances that the database keeps as it goes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ledger.core.chart import ChartAccount, Nature, Role, chart_account
from ledger.models.units import Measure, Unit
from network.models.organizations import Organization
from network.models.resolutions import Resolution

NATURES = [
    (Nature.ASSET, _("Asset")),
    (Nature.LIABILITY, _("Liability")),
    (Nature.EQUITY, _("Equity")),
    (Nature.INCOME, _("Income")),
    (Nature.EXPENSE, _("Expense")),
    (Nature.MEMO, _("Memo account")),
]


class Book(models.Model):
    """What one organization keeps. Every account belongs to one book."""

    organization = models.OneToOneField(Organization, on_delete=models.PROTECT, related_name="book")
    # The money that accounts are kept in unless another unit is named.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    opened_on = models.DateField()
    # Work cooperatives mostly close in December, agricultural ones in June: the statute fixes it.
    year_starts_month = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("book")
        verbose_name_plural = _("books")
        constraints = [
            models.CheckConstraint(
                condition=Q(year_starts_month__gte=1, year_starts_month__lte=12),
                name="book_month_exists",
            ),
        ]

    def __str__(self) -> str:
        return self.organization.name


class Account(models.Model):
    """Where value of one unit is counted for one book.

    A debt between two books has an account of its own per counterparty, unit and peg, so that *who owes whom*
    is a look-up. `role` says whether this side is the creditor's (receivable) or the debtor's (payable). Work that one
    passed on to the other is kept in the same way, in memo accounts: mirrored, and owed by nobody.
    """

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="accounts")
    number = models.CharField(max_length=8)
    nature = models.CharField(max_length=9, choices=NATURES)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, blank=True, choices=[(r, r) for r in Role])
    counterparty = models.ForeignKey(Book, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    peg = models.ForeignKey(Measure, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_closed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(
                fields=["book", "number", "unit"],
                condition=Q(counterparty=None),
                name="account_once",
            ),
            models.UniqueConstraint(
                fields=["book", "number", "unit", "counterparty", "peg"],
                condition=Q(counterparty__isnull=False),
                name="sub_account_once",
            ),
            # A debt between two books always says with whom: without that it would escape the mirror.
            models.CheckConstraint(
                condition=Q(counterparty=None, peg=None, role="")
                | (Q(counterparty__isnull=False, peg__isnull=False) & ~Q(role="")),
                name="sub_account_has_peg_and_role",
            ),
            models.CheckConstraint(
                condition=Q(number__in=["1103", "1202", "9501"], role=Role.RECEIVABLE)
                | Q(number__in=["2102", "2302", "9503"], role=Role.PAYABLE)
                | (Q(role="") & ~Q(number__in=["1103", "1202", "9501", "2102", "2302", "9503"])),
                name="role_follows_number",
            ),
            models.CheckConstraint(
                condition=Q(counterparty=None) | ~Q(counterparty=F("book")),
                name="nobody_owes_itself",
            ),
            models.CheckConstraint(condition=Q(nature__in=list(Nature)), name="account_nature_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def chart(self) -> ChartAccount:
        """Its line in the chart of accounts."""
        return chart_account(self.number)

    @property
    def name(self) -> str:
        """Its name in the active language."""
        return self.chart.name_in(get_language() or "")

    @cached_property
    def pair(self) -> tuple[int, int] | None:
        """(creditor's book, debtor's book) of a debt between two books, else None: as fixed as the account."""
        if self.counterparty_id is None:
            return None
        if self.role == Role.RECEIVABLE:
            return self.book_id, self.counterparty_id
        return self.counterparty_id, self.book_id


class AccountBalance(models.Model):
    """The balance of an account, kept by the database with every event; nobody writes it by hand."""

    account = models.OneToOneField(Account, primary_key=True, on_delete=models.PROTECT, related_name="balance")
    # Minor units of the account's unit, debit above zero.
    amount = models.BigIntegerField(default=0)
    # Minor units of the peg's unit; 0 where the account has no physical peg.
    quantity = models.BigIntegerField(default=0)
    postings = models.BigIntegerField(default=0)
    last_event = models.BigIntegerField(default=0)
    # Day of the last event: when a later one comes, what the balance was goes to `DayBalance`.
    day = models.DateField(null=True, blank=True)
    # A member's position in a network credit: it may go below zero only as far as its limit.
    is_limited = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("balance")
        verbose_name_plural = _("balances")

    def __str__(self) -> str:
        return f"{self.account_id}: {self.amount}"


class DayBalance(models.Model):
    """What an account's balance was at the end of a day on which it moved, written when a later day begins.

    So the balance at any past date is one look-up: that of the last such day up to then, or the present one.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="days", db_index=False)
    day = models.DateField()
    amount = models.BigIntegerField()
    quantity = models.BigIntegerField()

    class Meta:
        verbose_name = _("balance at the end of a day")
        verbose_name_plural = _("balances at the end of a day")
        constraints = [models.UniqueConstraint(fields=["account", "day"], name="day_balance_once")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.day}: {self.amount}"


class CreditLimit(models.Model):
    """How far below zero a member may go in a network credit, and by which resolution. The newest one counts."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="limits")
    amount = models.BigIntegerField()
    resolution = models.CharField(max_length=80)
    # The network's own; none for a limit that came with a ledger from elsewhere, which cites it alone.
    decided_in = models.ForeignKey(Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("credit limit")
        verbose_name_plural = _("credit limits")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="credit_limit_not_negative"),
            models.CheckConstraint(condition=~Q(resolution=""), name="credit_limit_has_resolution"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.amount} ({self.resolution})"
