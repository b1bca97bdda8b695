"""Counts of workers and milestones of a recuperation: note one, withdraw one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from network.actions import history
from network.errors import DomainError
from network.models.history import Milestone, WorkerCount
from network.queries import history as read
from network.web.access import only_sent
from network.web.callers import Caller, caller, editing
from network.web.forms import CountForm, MilestoneForm

PAGE = 25
#: Refusals that are about one field.
_FIELDS: dict[type[DomainError], str] = {
    history.SourceIsMissing: "source",
    history.WorkersAreTooMany: "workers",
    history.LinkIsWrong: "link",
    history.PaperIsMissing: "paper",
}


@login_required
@require_GET
def counts(request: HttpRequest, code: str) -> HttpResponse:
    at = caller(request, code)
    page = Paginator(read.counts_of(at.organization), PAGE).get_page(request.GET.get("page"))
    return render(request, "network/history/counts.html", {"at": at, "shown": at.organization, "page": page})


@login_required
@require_GET
def milestones(request: HttpRequest, code: str) -> HttpResponse:
    at = caller(request, code)
    page = Paginator(read.milestones_of(at.organization), PAGE).get_page(request.GET.get("page"))
    return render(request, "network/history/milestones.html", {"at": at, "shown": at.organization, "page": page})


@login_required
def add_count(request: HttpRequest, code: str) -> HttpResponse:
    at = editing(request, code)
    form = CountForm(request.POST if request.method == "POST" else None, initial={"counted_on": at.on})
    if form.is_bound and form.is_valid():
        try:
            history.count_workers(
                organization=at.organization, by=at.user, on=at.on, at=timezone.now(), **form.cleaned_data
            )
        except DomainError as refusal:
            form.add_error(_FIELDS.get(type(refusal), "counted_on"), str(refusal))
        else:
            return _back(request, at, _("The count is noted."))
    return _shown(request, at, form, gettext_lazy("How many work there"))


@login_required
def add_milestone(request: HttpRequest, code: str) -> HttpResponse:
    at = editing(request, code)
    form = MilestoneForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            history.add_milestone(
                organization=at.organization, by=at.user, on=at.on, at=timezone.now(), **form.cleaned_data
            )
        except DomainError as refusal:
            field = _FIELDS.get(type(refusal), "happened" if isinstance(refusal, history.DayIsStillToCome) else None)
            form.add_error(field, str(refusal))
        else:
            return _back(request, at, _("The milestone is noted."))
    return _shown(request, at, form, gettext_lazy("A milestone of the recuperation"))


@login_required
@only_sent
def withdraw_count(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    return _withdraw(request, code, WorkerCount, pk)


@login_required
@only_sent
def withdraw_milestone(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    return _withdraw(request, code, Milestone, pk)


def _withdraw(request: HttpRequest, code: str, table: type[WorkerCount] | type[Milestone], pk: int) -> HttpResponse:
    at = editing(request, code)
    noted: Any = get_object_or_404(table, pk=pk, organization=at.organization)
    try:
        history.withdraw(noted=noted, by=at.user, on=at.on, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("network:organization", code)
    return _back(request, at, _("Withdrawn. It stays readable, and counts no longer."))


def _back(request: HttpRequest, at: Caller, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("network:organization", at.organization.code)


def _shown(request: HttpRequest, at: Caller, form: forms.Form, title: Promise) -> HttpResponse:
    context = {"form": form, "shown": at.organization, "title": title}
    return render(request, "network/history/form.html", context, status=422 if form.errors else 200)
