"""What a cooperative lends the community rooms for: the list, the terms, the agreement with what took place."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actions import hosting as actions
from ledger.actions.hosting import ROOMS_MAX, Timetable
from ledger.core import hosting as core
from ledger.models.accounts import Book
from ledger.models.agreements import Agreement, AgreementState
from ledger.queries import agreements, contributions, hosting
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.fields import KeyField
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.particulars import Activity
from network.web.fields import CountField, DayField

PAGE, PERIODS, LATEST = 25, 12, 5
#: What is folded away until somebody wants it, or something in it is wrong.
MORE = ("since", "until", "title", "papers", "resolution")


class HourField(forms.TimeField):
    """An hour of the day; becomes minutes after midnight."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
        options.setdefault("input_formats", ["%H:%M", "%H.%M", "%H"])
        options.setdefault("error_messages", {"invalid": _("That is not an hour. Write it like 18:30.")})
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        hour = super().clean(value)
        return None if hour is None else hour.hour * 60 + hour.minute


class HostingForm(forms.Form):
    """For whom, for what, when and where; the rest is folded."""

    key = KeyField()
    body = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label=_("To whom do you lend rooms"), empty_label=_("Choose one")
    )
    activity = forms.ChoiceField(label=_("What for"), choices=Activity.choices)
    weekdays = forms.MultipleChoiceField(
        label=_("On which days"),
        choices=[(day, capfirst(name)) for day, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    starts_at = HourField(label=_("From what hour"))
    ends_at = HourField(label=_("Until what hour"))
    rooms = CountField(label=_("How many rooms"), min_value=1, max_value=ROOMS_MAX)
    since = DayField(label=_("From which day on"))
    until = DayField(label=_("Last day"), required=False, help_text=_("Empty: until one of the two ends it."))
    title = forms.CharField(label=_("What you call it"), max_length=120, required=False)
    papers = forms.CharField(
        label=_("Written agreement (convenio)"),
        max_length=80,
        required=False,
        help_text=_("Number, and where it is filed."),
    )
    resolution = forms.CharField(
        label=_("Resolution that allows it"),
        max_length=80,
        required=False,
        help_text=_("Number and day of the act of the council or the assembly."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Organization]", self.fields["body"]).queryset = hosting.bodies()

    @property
    def folded(self) -> list[forms.BoundField]:
        """What one may leave as it is."""
        return [self[name] for name in MORE]

    @property
    def opens_folded(self) -> bool:
        """Whether something in what is folded is wrong."""
        return any(name in self.errors for name in MORE) if self.is_bound else False

    def told(self) -> dict[str, Any]:
        """Return what was written, as the actions take it."""
        data = self.cleaned_data
        timetable = Timetable(
            activity=data["activity"],
            rooms=data["rooms"],
            weekdays=core.weekdays(map(int, data["weekdays"])),
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            since=data["since"],
            until=data["until"],
            papers=data["papers"],
        )
        # What nobody named is called as what it is.
        title = data["title"].strip() or str(Activity(data["activity"]).label)
        return {"timetable": timetable, "title": title, "resolution": data["resolution"]}


@dataclass(frozen=True, slots=True)
class May:
    """One flag a button of the agreement's page. The actions themselves refuse by the same rules."""

    sign: bool
    answer: bool
    refuse: bool
    edit: bool
    tell: bool
    confirm: bool
    reject: bool
    reverse: bool
    end: bool


def open_to(at: Desk, agreement: Agreement) -> May:
    """Return what the person may do, by where the agreement stands and whom they speak for."""
    state, is_host = agreement.state, agreement.proposer_id == at.organization.pk
    before = {AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.CHANGES_ASKED}
    is_asked = state == AgreementState.PROPOSED and not is_host
    runs = state == AgreementState.ACCEPTED
    return May(
        sign=at.can_confirm and (is_asked or (is_host and state == AgreementState.DRAFT)),
        answer=at.can_log and is_asked,
        refuse=at.can_confirm and is_asked,
        edit=at.can_log and is_host and state in before,
        tell=at.can_log and is_host and runs,
        confirm=at.can_confirm and not is_host and state in {AgreementState.ACCEPTED, AgreementState.SETTLED},
        reject=at.can_log and not is_host and state in {AgreementState.ACCEPTED, AgreementState.SETTLED},
        reverse=at.can_confirm and state in {AgreementState.ACCEPTED, AgreementState.SETTLED},
        end=at.can_confirm and runs,
    )


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    book = Book.objects.select_related("unit").filter(organization=at.organization).first()
    found = hosting.of_organization(at.organization)
    context = at.context("community") | {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "book": book,
        "given": hosting.given(book=book, on=at.on) if book else None,
        "latest": hosting.told(at.organization)[:LATEST],
        "gifts": contributions.of_organization(at.organization)[:LATEST],
    }
    return render(request, "ledger/hosting/list.html", context)


def agreement_of(at: Desk, pk: int) -> Agreement:
    """Return one of the hostings of the organization, or 404."""
    return get_object_or_404(hosting.of_organization(at.organization), pk=pk)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = agreement_of(at, pk)
    is_host = agreement.proposer_id == at.organization.pk
    context = at.context("community") | {
        "agreement": agreement,
        "terms": agreement.hosting,
        "is_host": is_host,
        "days": [WEEKDAYS[day] for day in agreement.hosting.days],
        "page": Paginator(hosting.periods(agreement, with_costs=is_host), PERIODS).get_page(request.GET.get("page")),
        "steps": agreements.latest_steps(agreement),
        "may": open_to(at, agreement),
    }
    return render(request, "ledger/hosting/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    return _write(request, code, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    return _write(request, code, pk)


def _write(request: HttpRequest, code: str, pk: int | None) -> HttpResponse:
    at = desk(request, code)
    if not at.can_log or at.book is None:  # a 404 of its own where there is no book
        raise Http404
    agreement = None if pk is None else agreement_of(at, pk)
    if agreement is not None and agreement.proposer_id != at.organization.pk:
        raise Http404
    form = HostingForm(request.POST or None, initial=_written(agreement, at.on))
    if agreement is not None:
        form.fields["body"].disabled = True
    if form.is_valid():
        try:
            saved = _save(form, at, agreement)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. Here is what you lend."))
            return redirect("ledger:hosting", code, saved.pk)
    context = at.context("community") | {"form": form, "agreement": agreement}
    return render(request, "ledger/hosting/form.html", context, status=422 if form.errors else 200)


def _save(form: HostingForm, at: Desk, agreement: Agreement | None) -> Agreement:
    told = form.told() | {"by": at.user, "on": at.on}
    if agreement is not None:
        return actions.revise(agreement=agreement, **told)
    data = form.cleaned_data
    return actions.propose(key=data["key"], host=at.organization, body=data["body"], **told)


def _written(agreement: Agreement | None, on: dt.date) -> dict[str, Any]:
    if agreement is None:
        return {"key": uuid.uuid4(), "since": on, "rooms": 1}
    terms = agreement.hosting
    return {
        "key": agreement.key,
        "body": agreement.others(agreement.proposer)[0].pk,
        "activity": terms.activity,
        "weekdays": [str(day) for day in terms.days],
        "starts_at": terms.opens,
        "ends_at": terms.closes,
        "rooms": terms.rooms,
        "since": terms.since,
        "until": terms.until,
        "title": agreement.title,
        "papers": terms.papers,
        "resolution": agreement.resolution,
    }


@login_required
@only_sent
def end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = agreement_of(at, pk)
    try:
        actions.end(agreement=agreement, organization=at.organization, reason=said(request), by=at.user, on=at.on)
        messages.success(request, _("Ended. What took place stays noted."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:hosting", code, pk)
