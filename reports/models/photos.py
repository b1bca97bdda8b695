"""Photos of what an organization gives the community: each of one activity, taken away whenever somebody wants."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.models.history import Noted
from network.models.organizations import Organization
from reports.core import photos

CAPTION_MAX = 160
REASON_MAX = 200


class Photo(Noted):
    """A photo that an officer added. Taken away, its file and its caption are gone: who did it and why stays."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="photos")
    # The short name of a hosting agreement or of a contribution, as entries carry it.
    activity = models.CharField(max_length=24)
    taken_on = models.DateField()
    # What one sees: it stands under the photo, and in its place for whoever does not see it.
    caption = models.CharField(max_length=CAPTION_MAX, blank=True)
    # Whoever can be recognized agreed to be shown; no patient, pupil or child can be.
    is_agreed = models.BooleanField()
    # SHA-256 of the JPEG, which lies in MEDIA_ROOT/photos, in the organization's folder, under that name.
    sha256 = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    # Why it was taken away.
    reason = models.CharField(max_length=REASON_MAX, blank=True)

    class Meta(Noted.Meta):
        abstract = False
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = [
            *Noted.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "sha256"], condition=Q(withdrawn_at=None), name="photo_once"
            ),
            models.CheckConstraint(condition=Q(is_agreed=True), name="photo_is_agreed"),
            models.CheckConstraint(
                condition=(Q(withdrawn_at=None, reason="") & ~Q(caption=""))
                | (Q(withdrawn_at__isnull=False, caption="") & ~Q(reason="")),
                name="photo_has_caption_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(width__range=(1, photos.SIDE_MAX), height__range=(1, photos.SIDE_MAX)),
                name="photo_is_small",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.activity} ({self.taken_on})"
