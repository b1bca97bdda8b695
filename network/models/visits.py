"""Who of a body above looked at an organization's books, and when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.models.councils import Mandate
from network.models.organizations import Organization
from network.models.people import User


class Visit(models.Model):
    """A person read pages of a section of the books of an organization that is not their own, on one day.

    Only the count and the last moment change; nobody takes a visit away: `sql/` refuses it.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="visits")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="visits")
    # Under which one could read: names the body and the office.
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="visits")
    section = models.CharField(_("section"), max_length=40)
    day = models.DateField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    pages = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            models.UniqueConstraint(fields=["organization", "day", "user", "section"], name="visit_once_a_day"),
            models.CheckConstraint(condition=Q(last_at__gte=F("first_at")), name="visit_ends_after_start"),
        ]
        indexes = [models.Index(fields=["user", "-day"], name="visit_of_a_person")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.organization_id} {self.section} ({self.day})"
