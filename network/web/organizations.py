"""The register: who is in the network, who belongs to whom, and what is written of each."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from network import permissions
from network.actions import details as actions
from network.actions.details import DetailsAreWrong, TaxIdIsWrong
from network.actions.refusals import KindStays
from network.core.organizations import Details
from network.core.register import code_from
from network.errors import DomainError
from network.models.organizations import Organization
from network.queries import admissions, history, organizations
from network.queries import details as details_read
from network.queries.register import FIELDS
from network.web.callers import Caller, caller, editing, operators_only, person
from network.web.forms import OrganizationForm, SearchForm

PAGE = 50
CHANGES = 5
ADMISSIONS = 10
#: How the form is divided.
GROUPS = {
    gettext_lazy("Who it is"): ("code", "name", "kind", "sector"),
    gettext_lazy("Before the law"): ("legal_form", "country", "tax_id", "national_number", "provincial_number"),
    gettext_lazy("Only for some kinds"): ("activity", "district", "households"),
    gettext_lazy("Where it is and how to reach it"): ("province", "city", "address", "email", "phone", "website"),
    gettext_lazy("Where it is paid, and what anybody may read"): ("bank_key", "is_public"),
}


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    found = history.with_latest_count(details_read.search(**form.words()))
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "form": form,
        "is_operator": permissions.can_register(person(request)),
    }
    return render(request, "network/organizations/list.html", context)


@login_required
@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    at = caller(request, code)
    shown = at.organization
    steps = list(admissions.of(shown)[:ADMISSIONS])
    deciding = permissions.decides_on(at.user, shown, on=at.on)
    context = {
        "at": at,
        "shown": shown,
        "details": details_read.details_of(shown),
        "story": history.of_organization(shown),
        "has_story": details_read.has_recuperation(shown),
        "bodies": organizations.bodies_of(shown, on=at.on),
        "page": Paginator(organizations.direct_members(shown, on=at.on), PAGE).get_page(request.GET.get("page")),
        "officers": organizations.officers_of(shown, on=at.on),
        "standing": admissions.standing_of(steps, on=at.on),
        "admissions": steps,
        "can_decide": bool(deciding),
        "can_minute": shown in deciding,
        "is_own": permissions.is_own(at.user, shown, on=at.on),
        "is_readable": permissions.can_read_book(at.user, shown, on=at.on),
        "changes": _told(shown) if at.can_edit else [],
    }
    return render(request, "network/organizations/detail.html", context)


def _told(shown: Organization) -> list[dict[str, Any]]:
    """Return the last changes: who, when, and what the changed fields are called."""
    return [
        {"at": each.changed_at, "by": each.changed_by, "fields": [FIELDS[name] for name in each.fields]}
        for each in details_read.changes_of(shown, most=CHANGES)
    ]


@operators_only
def new(request: HttpRequest) -> HttpResponse:
    form = OrganizationForm(_sent(request), is_new=True, is_operator=True, initial={"country": "AR"})
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"].lower() or code_from(form.cleaned_data["name"])
        try:
            made = actions.enroll(code=code, details=Details(**form.values()), by=person(request), at=timezone.now())
        except DomainError as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, _("It is in the register."))
            return redirect("network:organization", made.code)
    return _shown(request, form)


@login_required
def edit(request: HttpRequest, code: str) -> HttpResponse:
    at = editing(request, code)
    details = details_read.details_of(at.organization)
    form = OrganizationForm(
        _sent(request),
        is_new=False,
        is_operator=at.is_operator,
        initial=OrganizationForm.initial_of(details),
    )
    if form.is_bound and form.is_valid():
        try:
            actions.edit(
                organization=at.organization,
                details=replace(details, **form.values()),
                by=at.user,
                on=at.on,
                at=timezone.now(),
            )
        except DomainError as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("network:organization", code)
    return _shown(request, form, at)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _tell(form: OrganizationForm, refusal: DomainError) -> None:
    """Put a refusal beside the field that it is about."""
    field = None
    if isinstance(refusal, DetailsAreWrong):
        field = refusal.field
    elif isinstance(refusal, TaxIdIsWrong | actions.TaxIdIsTaken):
        field = "tax_id"
    elif isinstance(refusal, KindStays):
        field = "kind"
    elif isinstance(refusal, actions.CodeIsTaken | actions.CodeIsWrong):
        field = "code"
    sentence = str(refusal.values["problem"]) if isinstance(refusal, DetailsAreWrong) else str(refusal)
    form.add_error(field if field in form.fields else None, sentence)


def _shown(request: HttpRequest, form: OrganizationForm, at: Caller | None = None) -> HttpResponse:
    groups = [
        (title, [form[name] for name in names if name in form.fields])
        for title, names in GROUPS.items()
        if any(name in form.fields for name in names)
    ]
    context = {"form": form, "groups": groups, "shown": at.organization if at else None}
    return render(request, "network/organizations/form.html", context, status=422 if form.errors else 200)
