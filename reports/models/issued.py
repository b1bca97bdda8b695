"""The papers that this installation has issued: what whoever has one in hand compares it with."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from network.models.organizations import Organization


class IssuedPaper(models.Model):
    """One file, named by its hash: of what it is, up to where it tells the books, under which seal. Never changed.

    No figure of the paper stands here: anybody who holds it may ask.
    """

    # Drawn from what the paper tells. Another version of the program may print the same otherwise: two files then.
    identifier = models.CharField(max_length=16, db_index=True)
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="issued_papers")
    language = models.CharField(max_length=8)
    # Of papers that tell of a period.
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    # The last event that it tells of, and the block that sealed it; zero and nothing where it tells of no entry.
    last_event = models.BigIntegerField(default=0)
    # Up to where it tells what the organization says beside its book: declarations, photos.
    last_said = models.BigIntegerField(default=0)
    height = models.PositiveIntegerField(null=True, blank=True)
    seal = models.CharField(max_length=64, blank=True)
    # The one of the same kind and period that told less of it.
    replaces = models.CharField(max_length=16, blank=True)
    issued_at = models.DateTimeField()

    class Meta:
        verbose_name = _("issued paper")
        verbose_name_plural = _("issued papers")
        indexes = [
            models.Index(fields=["organization", "kind", "starts_on", "ends_on", "language"], name="issued_alike")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(Exact(Length("sha256"), 64), Exact(Length("identifier"), 16), size__gt=0),
                name="issued_is_a_file",
            ),
            models.CheckConstraint(
                condition=Q(height__isnull=True, seal="") | Q(Exact(Length("seal"), 64), height__isnull=False),
                name="issued_under_a_seal",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None, ends_on=None)
                | Q(starts_on__isnull=False, ends_on__isnull=False, ends_on__gte=models.F("starts_on")),
                name="issued_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.identifier
