"""Jobs: work for the workers. The row is the truth, the message only a hint (docs/decisions/0004-job-rows.md)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """The life of a job."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("In progress")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    STOPPED = "stopped", _("Cancelled")


#: Nobody is at it, and nobody will be unless it is asked for again.
OVER = frozenset({JobState.DONE, JobState.FAILED, JobState.STOPPED})


class Job(models.Model):
    """One piece of work: claimed by one worker at a time, its effect and `done` written in one transaction."""

    # Asking twice for the same thing makes one job.
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=32)
    parameters = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Whoever runs it holds this; a worker that lost it may no longer write.
    claim = models.UUIDField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    # The sentence for the user when it failed.
    message = models.CharField(max_length=400, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_known")]
        indexes = [
            models.Index(fields=["state", "heartbeat_at"], name="job_to_sweep", condition=~Q(state__in=sorted(OVER)))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.state}"

    @property
    def percent(self) -> int:
        """How much of it is done, 0 to 100."""
        if self.state == JobState.DONE:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0
