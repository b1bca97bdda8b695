"""The history of an agreement: who did what, when, and what they said."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from network.models.organizations import Organization
from network.models.resolutions import Resolution


class Verb(models.TextChoices):
    """What somebody did to an agreement."""

    LOGGED = "logged", _("wrote it down")
    REVISED = "revised", _("changed the terms")
    SIGNED = "signed", _("accepted the terms")
    ASKED_CHANGE = "asked_change", _("asked for a change")
    REFUSED = "refused", _("refused it")
    WITHDREW = "withdrew", _("withdrew it")
    DELIVERED = "delivered", _("logged a delivery")
    PAID = "paid", _("logged a payment")
    ADJUSTED = "adjusted", _("asked to put something right")
    CONFIRMED = "confirmed", _("confirmed it was received")
    REJECTED = "rejected", _("said it was not received")
    ASKED_REVERSAL = "asked_reversal", _("asked to reverse it")
    KEPT = "kept", _("did not agree to reverse it")
    REVERSED = "reversed", _("agreed to reverse it")
    HOSTED = "hosted", _("noted what took place")
    WON = "won", _("noted that the tender was won")
    LOST = "lost", _("noted that the tender was lost")
    PROGRESSED = "progressed", _("noted how far a stage is")
    SHARED_COST = "shared_cost", _("noted a common cost")
    INVOICED = "invoiced", _("noted what was invoiced to the customer")
    COLLECTED = "collected", _("noted what the customer paid")
    NETTED = "netted", _("settled what one owes the other")
    HANDED = "handed", _("noted what material was handed over")
    MADE = "made", _("noted what was made of it, and what became of the material")
    LENT = "lent", _("noted what was lent")
    GAVE_BACK = "gave_back", _("noted what was given back")
    FORGAVE = "forgave", _("forgave what was owed")
    BOUGHT = "bought", _("noted what was bought for all")
    ENTERED = "entered", _("entered it in the book")
    TOOK_BACK = "took_back", _("took it back")
    USED = "used", _("told how long the machine was used")
    PRICED = "priced", _("noted a new price")
    SAID_SO = "said_so", _("said that it was so")
    DENIED = "denied", _("said that it was not so")
    CONTESTED = "contested", _("contested it")
    ANSWERED = "answered", _("told another version")
    ADVISED = "advised", _("advised as a mediator")
    PROPOSED = "proposed", _("proposed how the dispute ends")
    AGREED = "agreed", _("agreed how the dispute ends")
    ENDED = "ended", _("ended it")
    SETTLED = "settled", _("everything is delivered and nothing is owed")


class AgreementStep(models.Model):
    """One line of the history: who did what, when, for whom, and what they said. Never changed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="steps")
    delivery = models.ForeignKey(Delivery, null=True, blank=True, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=16, choices=Verb.choices)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    # What its assembly decided, where something is undone that is worth more than its officers decide on.
    resolution = models.ForeignKey(Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.verb} {self.happened_on}"
