"""Units: pesos, hours, kilograms; and measures: kilograms of flour."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from ledger.core.units import from_minor, to_minor
from network.models.resolutions import Resolution


class UnitKind(models.TextChoices):
    """What a unit counts. Unlike units never net."""

    MONEY = "money", _("Money")
    CREDIT = "credit", _("Network credit")
    TIME = "time", _("Time")
    MASS = "mass", _("Mass")
    LENGTH = "length", _("Length")
    VOLUME = "volume", _("Volume")
    COUNT = "count", _("Count")


class Unit(models.Model):
    """Something that is counted in whole minor units: `scale` decimals of `code`. Never changed once made."""

    code = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=8, choices=UnitKind.choices)
    scale = models.PositiveSmallIntegerField()
    symbol = models.CharField(max_length=12)
    name_es = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40)
    # A network credit is issued by the network whose book holds every member's position.
    issuer = models.ForeignKey(
        "ledger.Book",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="credits",
    )
    # By which of its resolutions; none for one that came with a ledger from elsewhere.
    decided_in = models.ForeignKey(Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.CheckConstraint(condition=Q(scale__lte=9), name="unit_scale_is_sane"),
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="unit_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="credit") | Q(issuer=None),
                name="only_credit_has_issuer",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def money(self, minor: int) -> Money:
        """Return minor units as `Money`, for what lies outside the books: forms, prices, other programs."""
        return Money(from_minor(minor, scale=self.scale), self.code)

    def minor(self, money: Money) -> int:
        """Return money as minor units, to be written in the books.

        :raises ValueError: if it is of another currency, or has more decimals than the unit.
        """
        if str(money.currency) != self.code:
            raise ValueError(f"{money.currency} is not {self.code}")
        return to_minor(money.amount, scale=self.scale)

    @property
    def name(self) -> str:
        """The name in the active language."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_es


class Measure(models.Model):
    """In what something is counted: pesos (`thing` empty), or kilograms *of flour*. Kilograms of bran are another."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    thing = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [models.UniqueConstraint(fields=["unit", "thing"], name="measure_once")]

    def __str__(self) -> str:
        return f"{self.unit.code} {self.thing}".strip()
