"""What took place in lent rooms: the host tells of a month, the body of the community says whether it was so."""

import datetime as dt
import re
import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actions import deliveries, hosted
from ledger.actions.hosted import COSTS_MAX, Cost, CountEachTime, Held
from ledger.core import fiscal
from ledger.models.agreements import Agreement
from ledger.models.hosting import CostAccount, HostingTerms, HowCounted
from ledger.models.units import Unit
from ledger.queries import hosting
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.fields import KeyField, NumberField, editable, minor
from ledger.web.hosting import agreement_of
from ledger.web.voucher_key import key_for
from network.errors import DomainError
from network.web.fields import CountField, DayField

ROWS, MORE_ROWS = 3, 2
NOT_COUNTS = _("Write numbers of people, with spaces between them: 68 70 66; or one number, if as many came each time.")


class CountsField(forms.CharField):
    """How many people came each time; becomes a list of whole numbers."""

    def clean(self, value: Any) -> list[int]:
        text = super().clean(value) or ""
        found = re.split(r"[\s,;·+-]+", text.strip())
        if not all(re.fullmatch("[0-9]{1,4}", each) for each in found):
            raise forms.ValidationError(NOT_COUNTS)
        return [int(each) for each in found]


class PeriodForm(forms.Form):
    """What took place; how long and in how many rooms is as agreed, unless somebody says otherwise."""

    key = KeyField()
    starts_on = DayField(label=_("From which day"))
    ends_on = DayField(label=_("To which day"))
    sessions = CountField(label=_("How many times was there activity"), min_value=1, max_value=31)
    people = CountsField(
        label=_("How many people came each time"),
        max_length=240,
        help_text=_("No names: 68 70 66; or one number, if as many came each time."),
    )
    counted = forms.ChoiceField(label=_("How you know it"), choices=HowCounted.choices, initial=HowCounted.COUNTED)
    hours = NumberField(label=_("Hours each time"))
    rooms = CountField(label=_("Rooms"), min_value=1)
    papers = forms.CharField(label=_("Sheet of use and attendance"), max_length=40, required=False)

    @property
    def opens_folded(self) -> bool:
        """Whether something in what is folded is wrong."""
        return self.is_bound and any(name in self.errors for name in ("hours", "rooms", "papers"))

    def clean_hours(self) -> int:
        """Return minutes."""
        minutes = self.cleaned_data["hours"] * 60
        if minutes != int(minutes) or minutes > 24 * 60:
            raise forms.ValidationError(_("Write hours like 4 or 1,5."))
        return int(minutes)

    def took_place(self) -> Held:
        """Return what was written; one count stands for every time."""
        data = self.cleaned_data
        people, sessions = data["people"], data["sessions"]
        return Held(
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            sessions=sessions,
            minutes=data["hours"],
            rooms=data["rooms"],
            people=people * sessions if len(people) == 1 else people,
            counted=data["counted"],
        )


class CostForm(forms.Form):
    """One cost really borne; a row that is left empty is left out."""

    what = forms.CharField(label=_("What it was"), max_length=80, required=False)
    account = forms.ChoiceField(label=_("Where it stands in your book"), choices=CostAccount.choices)
    quantity = NumberField(label=_("How much of it"), required=False)
    price = NumberField(label=_("Price of one"), required=False)
    amount = NumberField(label=_("Or the amount, in pesos"), required=False)

    def __init__(self, *args: Any, money: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whatever is counted is written with three decimals at most, as kilograms are.
        self.money, self.counted = money, Unit(scale=3, name_es="unidades", name_en="units")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written in the row."""
        return not any(self.cleaned_data.get(name) for name in ("what", "quantity", "price", "amount"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        written = [name for name in ("what", "quantity", "price", "amount") if data.get(name) or name in self.errors]
        if not written:
            return data
        if "what" not in written:
            self.add_error("what", _("Complete this, or empty the whole row."))
        is_reckoned, is_an_amount = {"quantity", "price"} <= set(written), "amount" in written
        if is_reckoned == is_an_amount or ("quantity" in written) != ("price" in written):
            self.add_error("amount", _("Write the amount; or how much of it, and the price of one."))
        for name in ("price", "amount"):
            self._count(name)
        self._count_quantity()
        return data

    def _count(self, name: str) -> None:
        value: Decimal | None = self.cleaned_data.get(name)
        if value is not None:
            try:
                self.cleaned_data[f"{name}_minor"] = minor(value, self.money)
            except forms.ValidationError as error:
                self.add_error(name, error)

    def _count_quantity(self) -> None:
        value: Decimal | None = self.cleaned_data.get("quantity")
        if value is not None:
            try:
                self.cleaned_data["quantity_minor"] = minor(value, self.counted)
            except forms.ValidationError as error:
                self.add_error("quantity", error)

    def cost(self) -> Cost:
        """Return what was written."""
        data = self.cleaned_data
        told = {"what": data["what"], "account": data["account"]}
        if data.get("amount") is not None:
            return Cost(**told, amount=data["amount_minor"])
        return Cost(**told, quantity=data["quantity_minor"], price=data["price_minor"])


class CostRows(forms.BaseFormSet):  # type: ignore[type-arg]  # generic only for the type checker
    """The costs of a month."""

    default_error_messages = {
        "missing_management_form": _(
            "This page is not whole. Open it again from the start page, and write it once more."
        ),
        "too_many_forms": _("At most %(num)d costs are told at a time."),
    }


CostFormSet = forms.formset_factory(
    CostForm, formset=CostRows, extra=0, max_num=COSTS_MAX, absolute_max=2 * COSTS_MAX, validate_max=True
)


def _begun(agreement: Agreement, key: uuid.UUID, on: dt.date) -> dict[str, Any]:
    """Return the month after the last one that was told of, as the schedule has it, as far as it has passed."""
    terms: HostingTerms = agreement.hosting
    last = hosting.periods(agreement, with_costs=False).exclude(state__in=["rejected", "reversed"]).first()
    starts_on = last.hosted.ends_on + dt.timedelta(days=1) if last else terms.since
    if not terms.schedule.sessions(starts_on, fiscal.last_day_of_month(starts_on)):
        # Nothing is left of that month.
        starts_on = fiscal.last_day_of_month(starts_on) + dt.timedelta(days=1)
    ends_on = min(filter(None, (fiscal.last_day_of_month(starts_on), terms.until, on)))
    hours = Decimal(terms.schedule.minutes) / 60
    return {
        "key": key,
        "starts_on": starts_on,
        "ends_on": max(starts_on, ends_on),
        "sessions": terms.schedule.sessions(starts_on, ends_on) or None,
        "hours": editable(int(hours * 100), Unit.objects.get(code="HORA")),
        "rooms": terms.rooms,
    }


def _with_more_rows(posted: QueryDict) -> QueryDict:
    data = posted.copy()
    count = data.get("costs-TOTAL_FORMS", "0")
    number = int(count) if re.fullmatch("[0-9]{1,4}", count or "") else 0
    data["costs-TOTAL_FORMS"] = str(min(COSTS_MAX, number + MORE_ROWS))
    return data


@login_required
@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = agreement_of(at, pk)
    if not at.can_log or agreement.proposer_id != at.organization.pk:
        raise Http404
    posted: QueryDict | None = request.POST if request.method == "POST" else None
    wants_more = posted is not None and "more" in posted
    if posted is not None and wants_more:
        posted = _with_more_rows(posted)
    form = PeriodForm(posted, initial=_begun(agreement, key_for(request, agreement), at.on))
    rows: list[dict[str, Any]] = [{} for _row in range(ROWS)]
    costs = CostFormSet(posted, prefix="costs", initial=rows, form_kwargs={"money": agreement.unit})
    status = 200
    if posted is not None and not wants_more:
        if all([form.is_valid(), costs.is_valid()]) and _is_told(at, agreement, form, costs):
            messages.success(request, _("Noted. It counts once the other side has said that it was so."))
            return redirect("ledger:hosting", code, pk)
        status = 422
    context = at.context("community") | {
        "agreement": agreement,
        "body": agreement.others(at.organization)[0],
        "form": form,
        "costs": costs,
        "show_errors": status == 422,
        "unfold_costs": wants_more or (posted is not None and bool(costs.total_error_count())),
    }
    return render(request, "ledger/hosting/tell.html", context, status=status)


def _is_told(at: Desk, agreement: Agreement, form: PeriodForm, costs: Any) -> bool:
    """Tell of it, or put the refusal where it belongs."""
    try:
        hosted.log(
            agreement=agreement,
            key=form.cleaned_data["key"],
            took_place=form.took_place(),
            costs=[row.cost() for row in costs if not row.is_empty],
            papers=form.cleaned_data["papers"],
            by=at.user,
            on=at.on,
        )
    except CountEachTime as refusal:
        form.add_error("people", str(refusal))
        return False
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Lead to the agreement: what took place has no page of its own."""
    told = get_object_or_404(hosting.told(desk(request, code).organization), pk=pk)
    return redirect("ledger:hosting", code, told.agreement_id)


@login_required
@only_sent
def confirm(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    delivery = get_object_or_404(hosting.told(at.organization), pk=pk)
    try:
        match request.POST.get("answer"):
            case "confirm":
                hosted.confirm(delivery=delivery, by=at.user, on=at.on)
                messages.success(request, _("Counter-signed. Thank you."))
            case "reject":
                deliveries.reject(delivery=delivery, reason=said(request), by=at.user, on=at.on)
                messages.success(request, _("Noted. The other side can read why, and write it anew."))
            case _other:
                messages.error(request, _("Choose one of the answers of the page."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:hosting", code, delivery.agreement_id)
