"""Sign-offs: the síndico of a body signs a period of a member's book, after the checks and a sample drawn by lot."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.accounts import Book
from ledger.models.journal import Event
from network.models.councils import Mandate
from network.models.organizations import Organization


class SignOff(models.Model):
    """A period of a book that was signed off: by whose mandate, what it was drawn from, and what stood open then."""

    key = models.UUIDField(unique=True)
    body = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="sign_offs")
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="sign_offs")
    starts_on = models.DateField()
    ends_on = models.DateField()
    # What the sample was drawn by, and of what: how many entries the period has, and the SHA-256 of their numbers.
    seed = models.CharField(max_length=64)
    entries = models.PositiveIntegerField()
    drawn_from = models.CharField(max_length=64)
    drawn = models.PositiveIntegerField()
    # When reconciliation had last looked at everything that moved, and how much it had found in the whole network.
    checked_at = models.DateTimeField(null=True, blank=True)
    # What stood open in the book: check, scope, the two figures, their unit, since when, and why it was accepted.
    findings = models.JSONField(default=list, blank=True)
    statement = models.CharField(max_length=300)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+", db_index=False)
    signed_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on"), signed_on__gt=F("ends_on")), name="signed_days_follow"
            ),
            models.CheckConstraint(condition=Q(drawn__lte=F("entries")), name="drawn_from_what_there_is"),
            models.CheckConstraint(condition=~Q(seed="") & ~Q(statement=""), name="signed_with_seed_and_statement"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """Its short name."""
        return f"RV-{self.pk}"


class SampledEntry(models.Model):
    """An entry of the sample, in the order in which it was drawn."""

    sign_off = models.ForeignKey(SignOff, on_delete=models.PROTECT, related_name="sample")
    place = models.PositiveIntegerField()
    # Its entry in the book that is signed off.
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("entry of a sample")
        verbose_name_plural = _("entries of a sample")
        constraints = [
            models.UniqueConstraint(fields=["sign_off", "place"], name="sampled_place_once"),
            models.UniqueConstraint(fields=["sign_off", "event"], name="sampled_entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sign_off_id}/{self.place}"
