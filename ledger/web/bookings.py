"""Hours of a shared machine: book them, agree to a booking or cancel it, tell what was really used."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ledger.actions import bookings as actions
from ledger.actions.deliveries import Papers
from ledger.core import machines as core
from ledger.models.machines import MachineBooking
from ledger.queries import machines
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.fields import KeyField
from ledger.web.machines import agreement_of, now
from ledger.web.voucher_key import key_for
from network.errors import DomainError
from network.web.fields import CountField, DayField


def _hour(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write an hour like 08:30.")},
    )


class BookingForm(forms.Form):
    """From when to when, and what for."""

    key = KeyField()
    day = DayField(label=_("Day"))
    starts = _hour(_("From"))
    ends = _hour(_("To"))
    last_day = DayField(label=_("Until another day"), required=False, help_text=_("Empty: it ends on the same day."))
    what = forms.CharField(
        label=_("What for"), max_length=80, required=False, help_text=_("The others read it: no names of people.")
    )

    def hours(self) -> tuple[dt.datetime, dt.datetime]:
        """Return when it begins and ends, on the clock of the wall."""
        data = self.cleaned_data
        last = data["last_day"] or data["day"]
        return dt.datetime.combine(data["day"], data["starts"]), dt.datetime.combine(last, data["ends"])


class UseForm(forms.Form):
    """How long it was really used."""

    key = KeyField()
    hours = CountField(label=_("Hours"), min_value=0, max_value=core.BOOKING_MAX // core.HOUR)
    minutes = CountField(label=_("Minutes"), min_value=0, max_value=core.HOUR - 1)
    invoice = forms.CharField(label=_("Invoice (factura) or receipt"), max_length=40, required=False)

    def used(self) -> int:
        """Return all of it in minutes."""
        return int(self.cleaned_data["hours"]) * core.HOUR + int(self.cleaned_data["minutes"])


@login_required
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = agreement_of(at, pk)
    if not at.can_log:
        raise Http404
    form = BookingForm(request.POST if request.method == "POST" else None, initial={"key": uuid.uuid4(), "day": at.on})
    if form.is_valid():
        starts, ends = form.hours()
        told = {"key": form.cleaned_data["key"], "what": form.cleaned_data["what"], "starts": starts, "ends": ends}
        try:
            made = actions.book(agreement=agreement, organization=at.organization, by=at.user, at=now(), **told)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            holds = made.state == "agreed"
            messages.success(request, _("Booked.") if holds else _("Asked for. Whoever holds it says yes or no."))
            return redirect("ledger:machine", code, pk)
    context = at.context("machines") | {"agreement": agreement, "form": form}
    return render(request, "ledger/machines/book.html", context, status=422 if form.errors else 200)


def _booking(at: Desk, pk: int) -> MachineBooking:
    """Return a booking of a machine that the organization may use, or 404."""
    found = MachineBooking.objects.select_related("machine__agreement__unit", "machine__holder", "organization")
    return get_object_or_404(found, pk=pk, machine__agreement__in=machines.of_organization(at.organization))


@login_required
@only_sent
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    booking = _booking(at, pk)
    try:
        match request.POST.get("answer"):
            case "agree":
                actions.agree(booking=booking, by=at.user, on=at.on)
                messages.success(request, _("Booked."))
            case "cancel":
                us = at.organization
                actions.cancel(booking=booking, organization=us, reason=said(request), by=at.user, at=now())
                messages.success(request, _("Cancelled. The time is free again."))
            case _other:
                messages.error(request, _("Choose one of the answers of the page."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:machine", code, booking.machine_id)


@login_required
@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    booking = _booking(at, pk)
    if not at.can_log or at.organization not in {booking.organization, booking.machine.holder}:
        raise Http404
    whole, rest = divmod(booking.minutes, core.HOUR)
    begun = {"key": key_for(request, booking.machine.agreement), "hours": whole, "minutes": rest}
    form = UseForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        told = {"key": form.cleaned_data["key"], "papers": Papers(invoice=form.cleaned_data["invoice"])}
        try:
            actions.tell(booking=booking, teller=at.organization, minutes=form.used(), by=at.user, at=now(), **told)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Logged. It counts once the other side confirms it."))
            return redirect("ledger:machine", code, booking.machine_id)
    price = machines.price_on(booking.machine, core.moment(booking.starts).date())
    owns = machines.is_owner(booking.machine, booking.organization)
    context = at.context("machines") | {
        "agreement": booking.machine.agreement,
        "slot": machines.Slot(booking),
        "hourly": price.owners if owns else price.others,
        "form": form,
    }
    return render(request, "ledger/machines/tell.html", context, status=422 if form.errors else 200)
