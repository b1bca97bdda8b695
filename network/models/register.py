"""Registers that somebody brings as a file: each file, and each of its rows until it is right."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.models.organizations import Organization
from network.models.uploads import RowState


class RegisterUpload(models.Model):
    """A file of organizations that an operator brought; nothing is written before they say so."""

    file_name = models.CharField(max_length=120)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("register that was brought")
        verbose_name_plural = _("registers that were brought")

    def __str__(self) -> str:
        return self.file_name


class RegisterUploadRow(models.Model):
    """One row as it was written, what is wrong with it, and whom it is about."""

    upload = models.ForeignKey(RegisterUpload, on_delete=models.CASCADE, related_name="rows")
    # The row's number in the file, the header being 1.
    number = models.PositiveIntegerField()
    # Column → text, as it was written or repaired.
    cells = models.JSONField()
    # Column → named problem, so that it is told in the reader's language.
    problems = models.JSONField(default=dict)
    state = models.CharField(max_length=14, choices=RowState.choices)
    # Whom the row is about: one that is in the register already, or that the row has brought there.
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="register_rows"
    )

    class Meta:
        verbose_name = _("row of a register")
        verbose_name_plural = _("rows of a register")
        constraints = [
            models.UniqueConstraint(fields=["upload", "number"], name="register_row_once"),
            models.CheckConstraint(condition=Q(state__in=RowState.values), name="register_row_state_known"),
            models.CheckConstraint(
                condition=~Q(state=RowState.LOADED) | Q(organization__isnull=False),
                name="register_row_loaded_has_organization",
            ),
        ]
        indexes = [models.Index(fields=["upload", "state", "number"], name="register_row_by_state")]

    def __str__(self) -> str:
        return f"{self.upload_id}: {self.number}"
