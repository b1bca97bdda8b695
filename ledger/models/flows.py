"""Flows: what each event handed from one to another, told apart by in what; written by the database as it posts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.core import flows
from ledger.models.accounts import Book
from ledger.models.journal import Event
from ledger.models.units import Unit

#: How each kind is called, in the order in which they are shown.
KINDS = {
    flows.FlowKind.BARTER: _("Barter"),
    flows.FlowKind.TOLL_WORK: _("Toll work"),
    flows.FlowKind.COPRODUCTION: _("Co-production"),
    flows.FlowKind.MACHINE: _("Shared machines"),
    flows.FlowKind.PURCHASE: _("Joint purchases"),
    flows.FlowKind.REFERRAL: _("Work passed on"),
    flows.FlowKind.CREDIT: _("Sales for network credit"),
    flows.FlowKind.LOAN: _("Solidarity loans"),
    flows.FlowKind.FUND: _("Solidarity fund"),
    flows.FlowKind.COMMUNITY: _("Gifts to the community"),
    flows.FlowKind.MENTORING: _("Mentoring"),
}


class Flow(models.Model):
    """What an event handed over: minor units of a unit, below zero what took it back. Written once, by the database.

    So a page that shows who gave what to whom reads a row an event, not all lines of the journal. None is whoever keeps
    no book.
    """

    # The rows come from postings, which name nothing that is not there: the database need not ask again.
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="flows", db_constraint=False)
    giver = models.ForeignKey(
        Book, null=True, blank=True, on_delete=models.PROTECT, related_name="given", db_index=False, db_constraint=False
    )
    receiver = models.ForeignKey(
        Book,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="received",
        db_index=False,
        db_constraint=False,
    )
    kind = models.CharField(max_length=16, choices=[(kind.value, name) for kind, name in KINDS.items()])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    amount = models.BigIntegerField()
    # The event's: a period is looked up by it.
    booked_on = models.DateField()

    class Meta:
        verbose_name = _("flow")
        verbose_name_plural = _("flows")
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="flow_not_zero"),
            models.CheckConstraint(
                condition=Q(giver__isnull=False) | Q(receiver__isnull=False), name="flow_is_of_a_book"
            ),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="flow_between_two"),
        ]
        indexes = [
            models.Index(fields=["giver", "booked_on"], name="flow_given"),
            models.Index(fields=["receiver", "booked_on"], name="flow_received"),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on}: {self.giver_id} → {self.receiver_id} {self.kind} {self.amount}"
