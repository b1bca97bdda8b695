"""Invitations: a body took an organization in, which belongs to it once it has accepted."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.models.organizations import Organization
from network.models.resolutions import Resolution


class Answer(models.TextChoices):
    """What the organization said."""

    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class Invitation(models.Model):
    """A body's assembly resolved to take `member` in from a day on; until it accepts, nobody has any right by it."""

    member = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="invitations")
    body = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="invited")
    starts_on = models.DateField()
    # Of the body.
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    noted_on = models.DateField()
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    # Why not.
    reason = models.CharField(max_length=200, blank=True)
    # Of the member; empty where an officer of its accepted by their office.
    acceptance = models.ForeignKey(Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(fields=["member", "body"], condition=Q(answer=""), name="invited_once"),
            models.CheckConstraint(condition=~Q(member=F("body")), name="invitation_not_to_itself"),
            models.CheckConstraint(
                condition=Q(answer="", reason="", acceptance=None, answered_by=None, answered_on=None)
                | Q(answered_on__isnull=False, answered_on__gte=F("noted_on"))
                & (
                    (Q(answer="declined", acceptance=None) & ~Q(reason=""))
                    | (Q(answer="accepted", reason="") & (Q(acceptance__isnull=False) | Q(answered_by__isnull=False)))
                ),
                name="invitation_answer_is_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} → {self.member_id} ({self.starts_on})"
