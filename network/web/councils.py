"""The council: who holds which seat and until when, what is vacant; electing, recalling, giving back."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from network.actions import councils as acting
from network.errors import DomainError
from network.models.bylaws import Bylaws, Office
from network.models.councils import Mandate
from network.models.organizations import TIERS, Organization
from network.models.people import User
from network.models.resolutions import Resolution
from network.queries import assemblies, councils, organizations
from network.web.access import Desk, desk, only_sent, say_refusals
from network.web.fields import ActField, CountField, DayField, whole_number

PAGE = 25


class MandateField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """One of the mandates."""

    def label_from_instance(self, obj: Mandate) -> str:
        return f"{obj.get_office_display()}: {obj.user.name}"


class Decided(forms.Form):
    """Which resolution stands behind it."""

    resolution = ActField(label=_("Resolution"), queryset=Resolution.objects.none())

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("resolution", assemblies.latest(at.organization))

    def _offer(self, name: str, queryset: QuerySet[Any]) -> None:
        cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = queryset


class ElectForm(Decided):
    """Whom, to which seat, from when until when."""

    user = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none())
    office = forms.ChoiceField(label=_("Office"), choices=Office.choices)
    seat = CountField(
        label=_("Which of several"), min_value=1, max_value=50, initial=1, help_text=_("1 where there is only one.")
    )
    starts_on = DayField(label=_("From"))
    until = DayField(label=_("Until"), help_text=_("On that day it no longer holds."))
    delegate_of = forms.ModelChoiceField(label=_("Delegate of"), queryset=Organization.objects.none(), required=False)
    field_order = ("user", "delegate_of", "office", "seat", "starts_on", "until", "resolution")

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, at=at, **kwargs)
        if at.organization.kind in TIERS:
            self._offer("delegate_of", organizations.direct_members(at.organization, on=at.on))
            self.fields["delegate_of"].required = True
        else:
            del self.fields["delegate_of"]
        self._offer("user", organizations.electable(at.organization, on=at.on))


class EndForm(Decided):
    """Whose mandate ends, and why."""

    mandate = MandateField(label=_("Mandate"), queryset=Mandate.objects.none())
    field_order: Sequence[str] = ("mandate", "resolution")

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, at=at, **kwargs)
        self._offer("mandate", councils.in_force(at.organization, on=at.on))


class CancelForm(forms.Form):
    """Which mandate that has not begun, and why nothing comes of it."""

    mandate = MandateField(label=_("Mandate"), queryset=Mandate.objects.none())
    reason = forms.CharField(label=_("Why"), max_length=acting.REASON_MAX)

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        upcoming = councils.upcoming(at.organization, on=at.on)
        cast("forms.ModelChoiceField[Mandate]", self.fields["mandate"]).queryset = upcoming


class ReplaceForm(EndForm):
    """Which alternate comes in."""

    alternate = MandateField(label=_("Alternate"), queryset=Mandate.objects.none())
    field_order = ("mandate", "alternate", "resolution")

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, at=at, **kwargs)
        self._offer("mandate", councils.replaceable(at.organization, on=at.on))
        self._offer("alternate", councils.in_force(at.organization, on=at.on).filter(office=Office.ALTERNATE))


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, desk(request, code))


@login_required
@only_sent
def elect(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    form = ElectForm(request.POST, at=at)
    if form.is_valid():
        try:
            acting.elect(organization=at.organization, by=at.user, on=at.on, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The mandate is noted."))
            return redirect("network:council", code)
    return _page(request, at, elect_form=form)


@login_required
@only_sent
def recall(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    form = EndForm(request.POST, at=at, auto_id="recall_%s")
    if form.is_valid():
        try:
            ended = acting.recall(by=at.user, on=at.on, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Recalled. From this moment it no longer holds, anywhere."))
            return redirect("network:council" if ended.user != at.user else "network:organization", code)
    return _page(request, at, recall_form=form)


@login_required
@only_sent
def replace(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    form = ReplaceForm(request.POST, at=at, auto_id="replace_%s")
    if form.is_valid():
        try:
            acting.replace(by=at.user, on=at.on, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The alternate holds the seat from today on."))
            return redirect("network:council", code)
    return _page(request, at, replace_form=form)


@login_required
@only_sent
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    form = CancelForm(request.POST, at=at, auto_id="cancel_%s")
    if form.is_valid():
        try:
            acting.cancel(by=at.user, on=at.on, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The mandate is cancelled. It stays readable below."))
            return redirect("network:council", code)
    return _page(request, at, cancel_form=form)


@login_required
@only_sent
def resign(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    held = councils.in_force(at.organization, on=at.on).filter(
        user=at.user, pk=whole_number(request.POST.get("mandate"))
    )
    mandate = held.first()
    if mandate is None:
        messages.error(request, _("That mandate is not yours, or has ended."))
        return redirect("network:council", code)
    acting.resign(mandate=mandate, resolution=None, by=at.user, on=at.on)
    messages.success(request, _("You gave the mandate back. It ends today."))
    return redirect("network:organization", code)


def _page(
    request: HttpRequest,
    at: Desk,
    *,
    elect_form: ElectForm | None = None,
    recall_form: EndForm | None = None,
    replace_form: ReplaceForm | None = None,
    cancel_form: CancelForm | None = None,
) -> HttpResponse:
    say_refusals(request, at, elect_form, recall_form, replace_form, cancel_form)
    places = councils.places(at.organization, on=at.on)
    context = at.context("council") | {
        "places": places,
        "mine": [place.mandate for place in places if place.mandate and place.mandate.user_id == at.user.pk],
        "upcoming": list(councils.upcoming(at.organization, on=at.on)),
        "page": Paginator(councils.past(at.organization, on=at.on), PAGE).get_page(request.GET.get("page")),
        "bylaws": Bylaws.of(at.organization),
        "elect_form": elect_form or ElectForm(at=at, initial={"starts_on": at.on}),
        "recall_form": recall_form or EndForm(at=at, auto_id="recall_%s"),
        "replace_form": replace_form or ReplaceForm(at=at, auto_id="replace_%s"),
        "cancel_form": cancel_form or CancelForm(at=at, auto_id="cancel_%s"),
    }
    return render(request, "network/councils/detail.html", context)
