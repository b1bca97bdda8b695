"""What an organization offers and needs itself: its list, writing one, renewing and closing it."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actions import offers as actions
from ledger.actions.offers import Particulars
from ledger.core.offers import last_day
from ledger.models.offers import Ending, Listing, ListingKind, Rhythm
from ledger.models.units import Unit
from ledger.queries import offers
from ledger.web.access import Desk, only_sent, own_desk
from ledger.web.fields import AmountField, KeyField, NumberField, UnitField, editable, minor
from network.errors import DomainError
from network.web.fields import DayField
from network.web.forms import EMPTY, places

PAGE = 25


class ListingForm(forms.Form):
    """One thing that is offered or needed."""

    key = KeyField()
    kind = forms.ChoiceField(
        label=_("Do you offer it, or need it?"),
        choices=[(ListingKind.OFFER, _("We offer it")), (ListingKind.NEED, _("We need it"))],
        widget=forms.RadioSelect,
    )
    thing = forms.CharField(
        label=_("Thing"), max_length=80, help_text=_("Goods or work, in the words that others look for: flour 000.")
    )
    quantity = NumberField(label=_("Quantity"))
    unit = UnitField(label=_("Unit"))
    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices, widget=forms.RadioSelect)
    price = AmountField(
        label=_("Price of one unit, without VAT"), required=False, help_text=_("Empty: it is to be agreed.")
    )
    place = forms.ChoiceField(label=_("Province or department"), required=False)
    city = forms.CharField(label=_("Town or city"), max_length=80, required=False)
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, help_text=_("Quality, packing, who carries it. No names.")
    )
    expires_on = DayField(label=_("Last day"), help_text=_("Others see it until then; it can be renewed."))

    def __init__(self, *args: Any, money: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.money = money
        place, price = self.fields["place"], self.fields["price"]
        if isinstance(place, forms.ChoiceField) and isinstance(price, AmountField):
            place.choices = [*EMPTY, *places()]
            price.currency = money.code
            price.label = _("Price of one unit, in %(money)s, without VAT") % {"money": money.name}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("quantity") and data.get("unit"):
            self._count("quantity", data["unit"])
        if data.get("price"):
            self._count("price", self.money)
        return data

    def _count(self, name: str, unit: Unit) -> None:
        try:
            self.cleaned_data[f"{name}_minor"] = minor(self.cleaned_data[name], unit)
        except forms.ValidationError as error:
            self.add_error(name, error)

    def told(self) -> Particulars:
        """Return what was written; without a province, in the country whose money it is priced in."""
        data = self.cleaned_data
        country, _hyphen, letter = data["place"].partition("-")
        return Particulars(
            kind=ListingKind(data["kind"]),
            thing=data["thing"],
            unit=data["unit"],
            quantity=data["quantity_minor"],
            rhythm=Rhythm(data["rhythm"]),
            price=data.get("price_minor"),
            country=country or ("BO" if self.money.code == "BOB" else "AR"),
            province=letter,
            city=data["city"],
            note=data["note"],
            expires_on=data["expires_on"],
        )


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = own_desk(request, code)
    is_closed = request.GET.get("show") == "closed"
    found = offers.closed(at.organization) if is_closed else offers.of_organization(at.organization)
    context = at.context("offers") | {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "is_closed": is_closed,
    }
    return render(request, "ledger/offers/own.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    return _write(request, own_desk(request, code), None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = own_desk(request, code)
    return _write(request, at, _own(at, pk))


@login_required
@only_sent
def renew(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = own_desk(request, code)
    try:
        renewed = actions.renew(listing=_own(at, pk), by=at.user, on=at.on)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        day = formats.date_format(renewed.expires_on, "SHORT_DATE_FORMAT")
        messages.success(request, _("Renewed: others see it until %(day)s.") % {"day": day})
    return redirect("ledger:offer", code, pk)


@login_required
@only_sent
def close(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = own_desk(request, code)
    ending = Ending.MET if request.POST.get("ending") == Ending.MET else Ending.WITHDRAWN
    try:
        actions.close(listing=_own(at, pk), ending=ending, by=at.user, on=at.on)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken from the list."))
    return redirect("ledger:offers-own", code)


def _own(at: Desk, pk: int) -> Listing:
    found = Listing.objects.select_related("organization", "measure__unit", "money")
    return get_object_or_404(found, organization=at.organization, pk=pk)


def _write(request: HttpRequest, at: Desk, listing: Listing | None) -> HttpResponse:
    money = offers.money_of(at.organization)
    initial = _begun(request, at) if listing is None else _written(listing, at)
    form = ListingForm(request.POST if request.method == "POST" else None, money=money, initial=initial)
    if form.is_bound and form.is_valid():
        how = {"key": form.cleaned_data["key"], "told": form.told(), "by": at.user, "on": at.on}
        try:
            if listing is None:
                saved = actions.publish(organization=at.organization, **how)
            else:
                saved = actions.revise(listing=listing, **how)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is in the list. Below is who matches."))
            return redirect("ledger:offer", at.organization.code, saved.pk)
    context = at.context("offers") | {"form": form, "listing": listing}
    return render(request, "ledger/offers/form.html", context, status=422 if form.errors else 200)


def _begun(request: HttpRequest, at: Desk) -> dict[str, Any]:
    us = at.organization
    return {
        "key": uuid.uuid4(),
        "kind": request.GET.get("kind", ListingKind.OFFER),
        "rhythm": Rhythm.ONCE,
        "place": f"{us.country}-{us.province}" if us.province else "",
        "city": us.city,
        "expires_on": last_day(at.on),
    }


def _written(listing: Listing, at: Desk) -> dict[str, Any]:
    return {
        "key": uuid.uuid4(),
        "kind": listing.kind,
        "thing": listing.thing,
        "quantity": editable(listing.quantity, listing.measure.unit),
        "unit": listing.measure.unit_id,
        "rhythm": listing.rhythm,
        "price": "" if listing.money is None else editable(listing.price or 0, listing.money),
        "place": f"{listing.country}-{listing.province}" if listing.province else "",
        "city": listing.city,
        "note": listing.note,
        "expires_on": max(listing.expires_on, last_day(at.on)),
    }
