"""What a year left, distributed as the assembly decided; and the percentages of law, each with its source."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.core import surplus
from ledger.models.journal import Event
from ledger.models.years import YearClosing
from network.models.resolutions import Resolution


class Share(models.TextChoices):
    """What the law takes out of a surplus."""

    LEGAL_RESERVE = surplus.Share.LEGAL_RESERVE, _("Legal reserve")
    WELFARE_FUND = surplus.Share.WELFARE_FUND, _("Welfare fund")
    EDUCATION_FUND = surplus.Share.EDUCATION_FUND, _("Education fund")


class LawRate(models.Model):
    """A percentage of law, since a day, and where it stands written. A change is a new row."""

    share = models.CharField(max_length=16, choices=Share.choices)
    basis_points = models.PositiveSmallIntegerField()
    since = models.DateField()
    source = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("percentage of law")
        verbose_name_plural = _("percentages of law")
        constraints = [
            models.UniqueConstraint(fields=["share", "since"], name="law_rate_once"),
            models.CheckConstraint(
                condition=Q(share__in=Share.values, basis_points__lte=10_000) & ~Q(source=""),
                name="law_rate_has_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share} {self.basis_points} ({self.source})"


class SurplusDistribution(models.Model):
    """What a closed year left and where it went, by which resolution; minor units of the book's money."""

    closing = models.OneToOneField(YearClosing, on_delete=models.PROTECT, related_name="distribution")
    # From operations with members, and from others, which is not given to anybody.
    with_members = models.BigIntegerField()
    others = models.BigIntegerField()
    # Worked by all members in that year, hundredths: what goes back follows them.
    hours = models.BigIntegerField()
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="+")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="surplus")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("distribution of a surplus")
        verbose_name_plural = _("distributions of surpluses")
        constraints = [
            models.CheckConstraint(
                condition=Q(with_members__gte=0, others__gte=0, hours__gt=0), name="surplus_not_below_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.closing_id}: {self.with_members} + {self.others}"
