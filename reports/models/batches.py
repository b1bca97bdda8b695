"""Many reports asked for as one: the statements of all below a body, and its audit pack, as one ZIP."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models.jobs import Job
from network.models.organizations import Organization
from reports.models.requests import Report


class Batch(models.Model):
    """One request of a body for a period: spread into reports, each a job of its own, and packed once all are over."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="batches")
    language = models.CharField(max_length=8)
    starts_on = models.DateField()
    # Inclusive.
    ends_on = models.DateField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    spreading = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="spread_batch")
    # Asked for once nothing of it is waiting any more.
    packing = models.OneToOneField(Job, null=True, blank=True, on_delete=models.PROTECT, related_name="packed_batch")
    reports = models.ManyToManyField(Report, through="BatchPart", related_name="batches")
    called_off_at = models.DateTimeField(null=True, blank=True)
    # SHA-256 of the ZIP, which lies in MEDIA_ROOT/reports under that name.
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("batch of reports")
        verbose_name_plural = _("batches of reports")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="batch_ends_after_start")
        ]
        indexes = [
            models.Index(fields=["id"], name="batch_open", condition=Q(packing=None, called_off_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.starts_on}/{self.ends_on}"


class BatchPart(models.Model):
    """A report that belongs to a batch; asked for before, it belongs to several."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="parts")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="parts")

    class Meta:
        verbose_name = _("report of a batch")
        verbose_name_plural = _("reports of a batch")
        constraints = [models.UniqueConstraint(fields=["batch", "report"], name="batch_part_once")]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.report_id}"
