"""What was given once: the list, writing one down, its page, and what each side says to it."""

import uuid
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actions import contributions as actions
from ledger.actions import countersignatures
from ledger.actions.contributions import Gift
from ledger.models.contributions import ChargedTo, Contribution, ContributionKind, PaidFrom
from ledger.models.deliveries import DeliveryState
from ledger.models.units import Unit
from ledger.queries import contributions, hosting
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.fields import KeyField, NumberField, minor
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.resolutions import Resolution
from network.queries import assemblies
from network.web.fields import ActField, CountField, DayField

PAGE = 25


class GivenForm(forms.Form):
    """What every gift is: to whom, what, when."""

    key = KeyField()
    what = forms.CharField(label=_("What you gave"), max_length=120)
    receiver = forms.ModelChoiceField(
        queryset=Organization.objects.none(),
        label=_("To whom"),
        required=False,
        empty_label=_("somebody who is not in the register"),
    )
    receiver_name = forms.CharField(
        label=_("Their name, if they are not in the register"), max_length=120, required=False
    )
    happened_on = DayField(label=_("Day"))

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Organization]", self.fields["receiver"]).queryset = self.receivers(at)

    def receivers(self, at: Desk) -> Any:
        """Return to whom it can be given."""
        return hosting.bodies().exclude(pk=at.organization.pk)

    def count(self, name: str, unit: Unit) -> None:
        """Turn what was written into minor units of a unit."""
        if self.cleaned_data.get(name) is not None:
            try:
                self.cleaned_data[name] = minor(self.cleaned_data[name], unit)
            except forms.ValidationError as error:
                self.add_error(name, error)

    def gift(self) -> Gift:
        """Return what was written."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return Gift(**data | {"kind": ContributionKind(data.get("kind", ContributionKind.WORK))})


class GiftForm(GivenForm):
    """Money or goods, out of the results or a fund, by a resolution."""

    amount = NumberField(label=_("What it is worth, in pesos"))
    kind = forms.ChoiceField(
        label=_("What for"), choices=[each for each in ContributionKind.choices if each[0] != ContributionKind.WORK]
    )
    resolution = ActField(
        label=_("Resolution that allows it"),
        queryset=Resolution.objects.none(),
        required=False,
        help_text=_("Goods out of the results of the year need none; everything else is decided by the assembly."),
    )
    charged_to = forms.ChoiceField(label=_("Out of what"), choices=ChargedTo.choices)
    paid_from = forms.ChoiceField(label=_("What went out"), choices=PaidFrom.choices)
    field_order = ["key", "what", "amount", "receiver", "receiver_name", "kind", "resolution"]

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, at=at, **kwargs)
        self.unit = at.book.unit
        acts = cast("forms.ModelChoiceField[Resolution]", self.fields["resolution"])
        acts.queryset = assemblies.latest(at.organization)

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.count("amount", self.unit)
        return self.cleaned_data


class WorkForm(GivenForm):
    """Hours of work, counted and never priced."""

    hours = NumberField(label=_("Hours in all"))
    people = CountField(label=_("How many people gave them"), min_value=1, max_value=actions.PEOPLE_MAX)
    field_order = ["key", "what", "hours", "people", "receiver", "receiver_name"]

    def receivers(self, at: Desk) -> Any:
        """Return the community, and sister cooperatives for what they do in their neighborhood."""
        return Organization.objects.exclude(pk=at.organization.pk).order_by("name")

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.count("hours", Unit.objects.get(code="HORA"))
        return self.cleaned_data


FORMS: dict[str, type[GivenForm]] = {"gift": GiftForm, "work": WorkForm}


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    found = contributions.of_organization(at.organization)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "ledger/contributions/list.html", at.context("community") | {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str, form: str) -> HttpResponse:
    at = desk(request, code)
    if not at.can_log or at.book is None:  # a 404 of its own where there is no book
        raise Http404
    written = FORMS[form](request.POST or None, at=at, initial={"key": uuid.uuid4(), "happened_on": at.on})
    if written.is_valid():
        try:
            saved = actions.log(
                key=written.cleaned_data["key"], giver=at.organization, gift=written.gift(), by=at.user, on=at.on
            )
        except DomainError as refusal:
            written.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted. It counts once it is counter-signed."))
            return redirect("ledger:gift", code, saved.pk)
    context = at.context("community") | {"form": written, "is_work": form == "work"}
    return render(request, "ledger/contributions/form.html", context, status=422 if written.errors else 200)


def _contribution(at: Desk, pk: int) -> Contribution:
    return get_object_or_404(contributions.of_organization(at.organization), pk=pk)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    given = _contribution(at, pk)
    speaks = contributions.speaks_for_itself(given, on=at.on)
    is_giver = given.giver_id == at.organization.pk
    waits, counts = given.state == DeliveryState.LOGGED, given.state == DeliveryState.CONFIRMED
    context = at.context("community") | {
        "given": given,
        "is_giver": is_giver,
        "unit": given.giver.book.unit,
        "speaks": speaks,
        "may_confirm": waits and not is_giver and at.can_confirm,
        "may_reject": waits and (at.can_log if not is_giver else at.can_log and not speaks),
        "may_acknowledge": waits and is_giver and not speaks and at.can_confirm,
        "may_undo": counts and at.can_confirm and given.reversal_asked_by_id != at.organization.pk,
    }
    return render(request, "ledger/contributions/detail.html", context)


@login_required
@only_sent
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    given: dict[str, Any] = {"contribution": _contribution(at, pk), "by": at.user, "on": at.on}
    try:
        match request.POST.get("answer"):
            case "confirm":
                countersignatures.confirm(**given)
                messages.success(request, _("Counter-signed. Thank you."))
            case "acknowledge":
                countersignatures.acknowledge(receipt=said(request, "receipt"), **given)
                messages.success(request, _("Noted. It is in your book now."))
            case "reject":
                countersignatures.reject(reason=said(request), **given)
                messages.success(request, _("Noted. The other side can read why, and write it anew."))
            case "undo":
                undone = countersignatures.undo(organization=at.organization, reason=said(request), **given)
                is_done = undone.state == DeliveryState.REVERSED
                asked = _("Asked. It is undone once the other side agrees.")
                messages.success(request, _("Reversed.") if is_done else asked)
            case "keep":
                countersignatures.keep(organization=at.organization, **given)
                messages.success(request, _("It stands as it was."))
            case _other:
                messages.error(request, _("Choose one of the answers of the page."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:gift", code, pk)
