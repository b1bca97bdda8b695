"""The book of resolutions: what a body decided, numbered without gap, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.models.assemblies import Assembly, AssemblyKind, Motion
from network.models.organizations import Organization


class Resolution(models.Model):
    """One resolution (acta): of a motion that was carried, or taken over from the paper book."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="resolutions")
    number = models.PositiveIntegerField()
    resolved_on = models.DateField()
    text = models.CharField(max_length=600)
    assembly = models.ForeignKey(Assembly, null=True, blank=True, on_delete=models.PROTECT, related_name="resolutions")
    motion = models.OneToOneField(Motion, null=True, blank=True, on_delete=models.PROTECT, related_name="resolution")
    # Where it stands in the paper book, for what was decided before or outside Trama.
    paper = models.CharField(max_length=80, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="resolution_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="resolution_number_from_one"),
            models.CheckConstraint(
                condition=Q(assembly__isnull=False, motion__isnull=False)
                | (Q(assembly=None, motion=None) & ~Q(paper="")),
                name="resolution_is_voted_or_on_paper",
            ),
        ]

    def __str__(self) -> str:
        return self.cited

    @property
    def is_of_the_council(self) -> bool:
        """Whether the council decided it; what stands in the paper book is the assembly's."""
        return self.assembly is not None and self.assembly.kind == AssemblyKind.COUNCIL

    @property
    def cited(self) -> str:
        """How papers and entries refer to it."""
        return gettext("Resolution %(number)s") % {"number": self.number}
