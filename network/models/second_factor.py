"""Whether an organization asks its officers for a second factor, and who decided so."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models.organizations import Organization
from network.models.people import User


class SecondFactorDecision(models.Model):
    """From then on, whoever binds the organization needs a second factor, or no longer does; the latest one counts.

    Decisions are added, never changed: `sql/` refuses it.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="second_factor_decisions")
    is_required = models.BooleanField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("decision on second factors")
        verbose_name_plural = _("decisions on second factors")
        indexes = [models.Index(fields=["organization", "-id"], name="second_factor_latest")]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.is_required} ({self.decided_at})"
