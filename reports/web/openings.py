"""An organization's own page about its public one: open it, write its story, publish a report, close it again."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ledger.web.access import Desk, desk, only_sent
from network.errors import DomainError
from network.models import Resolution
from network.queries import assemblies
from network.web.fields import ActField, whole_number
from reports.actions import openings as acting
from reports.models import Opening, Publication, Report
from reports.queries import openings


class OpeningForm(forms.Form):
    """What anybody reads of the organization beside its figures."""

    story = forms.CharField(
        label=_("Your story"),
        max_length=acting.STORY_MAX,
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What you make, how you came to own it, what the neighborhood finds with you. Name no person."),
    )
    shows_address = forms.BooleanField(
        label=_("Show the street address: it is the plant's, and nobody's home"), required=False
    )
    resolution = ActField(label=_("Resolution of your assembly"), queryset=Resolution.objects.none(), required=False)

    def __init__(self, *args: Any, at: Desk, standing: Opening | None, **kwargs: Any) -> None:
        if standing is not None:
            kwargs["initial"] = {
                "story": standing.story,
                "shows_address": standing.shows_address,
                "resolution": standing.resolution_id,
            }
        super().__init__(*args, **kwargs)
        acts = cast("forms.ModelChoiceField[Resolution]", self.fields["resolution"])
        acts.queryset = assemblies.latest(at.organization)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    standing = openings.of_organization(at.organization)
    form = OpeningForm(request.POST or None, at=at, standing=standing)
    if form.is_valid():
        try:
            acting.open_page(organization=at.organization, by=at.user, on=at.on, at=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The page is open: anybody reads it now."))
            return redirect("reports:open", code)
    context = at.context("reports") | {
        "form": form,
        "standing": standing,
        "history": openings.history(at.organization),
        "published": openings.published(at.organization),
        "publishable": openings.publishable(at.organization),
    }
    return render(request, "reports/openings/index.html", context)


@login_required
@only_sent
def close(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    try:
        acting.close_page(organization=at.organization, by=at.user, on=at.on, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The page is closed: whoever opens its address finds nothing."))
    return redirect("reports:open", code)


@login_required
@only_sent
def publish(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    number = whole_number(request.POST.get("report"))
    report = get_object_or_404(Report.objects.select_related("organization"), organization=at.organization, pk=number)
    try:
        acting.publish(report=report, by=at.user, on=at.on, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The report is published."))
    return redirect("reports:open", code)


@login_required
@only_sent
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    number = whole_number(request.POST.get("publication"))
    found = Publication.objects.select_related("report__organization").filter(report__organization=at.organization)
    publication = get_object_or_404(found, pk=number)
    try:
        acting.withdraw(publication=publication, by=at.user, on=at.on, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The report is on the page no longer."))
    return redirect("reports:open", code)
