"""Reports that were asked for, and the files they became."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.models.jobs import Job
from network.models.organizations import Organization


class Report(models.Model):
    """One report for one organization and period, made from a cut-off and never changed."""

    kind = models.CharField(max_length=24)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="reports")
    language = models.CharField(max_length=8)
    starts_on = models.DateField()
    # Inclusive: the last day that it tells of.
    ends_on = models.DateField()
    # The last event that it tells of: later ones do not change it.
    cutoff_event = models.BigIntegerField()
    # Up to where it tells what the organization says beside its book (declarations, photos), where its kind tells any.
    last_said = models.BigIntegerField(default=0)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField()
    job = models.OneToOneField(Job, null=True, blank=True, on_delete=models.PROTECT, related_name="report")
    # SHA-256 of the PDF, which lies in MEDIA_ROOT/reports under that name. The same figures give the same.
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    # The same with the installation's signature at its end, where it signs: that is the one that is handed out.
    signed_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "organization", "language", "starts_on", "ends_on", "cutoff_event", "last_said"],
                name="report_once_per_cutoff",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="report_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.organization_id} {self.starts_on}/{self.ends_on}"

    @property
    def file_sha256(self) -> str:
        """The hash of the file that is handed out, after which it is named."""
        return self.signed_sha256 or self.sha256
