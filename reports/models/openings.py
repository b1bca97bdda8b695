"""What an organization shows to anybody: that it opened its page, with what words; and the reports it put there."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.models.history import Noted
from network.models.organizations import Organization
from network.models.resolutions import Resolution
from reports.models.requests import Report


class Opening(Noted):
    """An officer opened the organization's page to anybody. Other words are a new row; the old one stays, withdrawn."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="openings")
    # In its own words; plain text.
    story = models.TextField(max_length=2000, blank=True)
    # A street address may be where somebody lives: it is shown where they said that it is not.
    shows_address = models.BooleanField()
    resolution = models.ForeignKey(Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Noted.Meta):
        abstract = False
        verbose_name = _("opening of a page")
        verbose_name_plural = _("openings of pages")
        constraints = [
            *Noted.Meta.constraints,
            models.UniqueConstraint(fields=["organization"], condition=Q(withdrawn_at=None), name="opening_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.noted_at}"


class Publication(Noted):
    """An officer put a finished open-factory report on the organization's page."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="publications")

    class Meta(Noted.Meta):
        abstract = False
        verbose_name = _("publication of a report")
        verbose_name_plural = _("publications of reports")
        constraints = [
            *Noted.Meta.constraints,
            models.UniqueConstraint(fields=["report"], condition=Q(withdrawn_at=None), name="published_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.noted_at}"
