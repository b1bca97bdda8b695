"""Files that cooperatives bring: each upload, and each of its rows until it is right."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models.agreements import Agreement
from ledger.models.jobs import Job
from network.models.organizations import Organization
from network.models.uploads import RowState


class Upload(models.Model):
    """A file of barters that somebody brought for an organization; nothing is made before they say so."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="uploads")
    file_name = models.CharField(max_length=120)
    # Whether its numbers are written 1.234,50; decided once, by the file as it came.
    decimal_comma = models.BooleanField(default=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    job = models.OneToOneField(Job, null=True, blank=True, on_delete=models.PROTECT, related_name="upload")

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")

    def __str__(self) -> str:
        return self.file_name


class UploadRow(models.Model):
    """One row as it was written, what is wrong with it, and what it became."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="rows")
    # The row's number in the file, the header being 1.
    number = models.PositiveIntegerField()
    # Column → text, as it was written or repaired.
    cells = models.JSONField()
    # Column → named problem and its values, so that it is told in the reader's language.
    problems = models.JSONField(default=dict)
    state = models.CharField(max_length=14, choices=RowState.choices)
    # SHA-256 of what the row means; the same row is loaded once for an organization.
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("uploaded row")
        verbose_name_plural = _("uploaded rows")
        constraints = [
            models.UniqueConstraint(fields=["upload", "number"], name="upload_row_once"),
            models.CheckConstraint(condition=Q(state__in=RowState.values), name="upload_row_state_known"),
        ]
        indexes = [models.Index(fields=["upload", "state", "number"], name="upload_row_by_state")]

    def __str__(self) -> str:
        return f"{self.upload_id}: {self.number}"


class LoadedRow(models.Model):
    """The mark that a row was loaded for an organization: sending the file again finds it here."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="loaded_rows")

    class Meta:
        verbose_name = _("loaded row")
        verbose_name_plural = _("loaded rows")
        constraints = [models.UniqueConstraint(fields=["organization", "digest"], name="row_loaded_once")]

    def __str__(self) -> str:
        return self.digest[:12]
