"""Who was reminded of which duty, and whether a letter went out."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.core import duties
from network.models.organizations import Organization
from network.models.people import User


class Stage(models.TextChoices):
    """How near the day was."""

    MONTH = duties.IN_A_MONTH, _("a month before")
    WEEK = duties.IN_A_WEEK, _("a week before")
    OVERDUE = duties.OVERDUE, _("overdue")


class Reminder(models.Model):
    """An officer is told of a duty once a stage. Whoever writes the row is the one who sends the letter.

    The row comes before the letter: a worker that is killed in between leaves one that says so, and nobody sends it
    again.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="reminders")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reminders")
    # The duty's name within its organization, and its day.
    duty = models.CharField(max_length=40)
    due_on = models.DateField()
    stage = models.CharField(max_length=8, choices=Stage.choices)
    # What the duty was called then.
    title = models.CharField(max_length=200)
    # Which round of which worker wrote it.
    claim = models.UUIDField()
    noted_at = models.DateTimeField()
    # Whether a letter was to go out; else the person asked for none, and sees it in the pages only.
    by_email = models.BooleanField()
    # When the letter had been handed over; empty where it was not, or nobody knows.
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        indexes = [
            models.Index(fields=["person", "-id"], name="reminder_of_a_person"),
            models.Index(fields=["claim"], name="reminder_by_claim"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organization", "duty", "due_on", "stage", "person"], name="reminder_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="reminder_stage_known"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(by_email=True, sent_at__gte=F("noted_at")), name="reminder_sent_by_email"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.organization_id} {self.duty} ({self.stage})"
