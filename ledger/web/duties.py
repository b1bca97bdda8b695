"""The calendar of duties: of one organization, of all below a body, and as a file for other calendars."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ledger.queries import duties
from network import permissions
from network.actions import duties as acting
from network.core import icalendar
from network.core.duties import FILED
from network.errors import DomainError
from network.models.duties import Filing
from network.models.organizations import TIERS
from network.queries.duties import Entry
from network.web.access import Desk, desk, only_sent, say_refusals
from network.web.fields import DayField, whole_number

PAGE = 50


class FilingForm(forms.Form):
    """When it was presented, and what shows it."""

    presented_on = DayField(label=_("Presented on"))
    paper = forms.CharField(
        label=_("Number or paper"),
        max_length=120,
        help_text=_("The number of the file, or where the paper is kept. Without names of persons."),
    )


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    context = at.context("duties") | {
        "calendar": duties.calendar(at.organization, on=at.on),
        "can_oversee": at.organization.kind in TIERS and permissions.can_oversee(at.user, at.organization, on=at.on),
    }
    return render(request, "ledger/duties/calendar.html", context)


@login_required
@require_GET
def below(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    if not permissions.can_oversee(at.user, at.organization, on=at.on):
        raise Http404
    entries = duties.below(at.organization, on=at.on)
    context = at.context("duties") | {
        "page": Paginator(entries, PAGE).get_page(request.GET.get("page")),
        "overdue": sum(each.is_overdue for each in entries),
    }
    return render(request, "ledger/duties/below.html", context)


@login_required
@require_GET
def download(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    calendar = duties.calendar(at.organization, on=at.on)
    name = gettext("%(organization)s: duties") % {"organization": at.organization.name}
    days = [_day(entry) for entry in (*calendar.overdue, *calendar.coming)]
    written = "".join(icalendar.lines(days, name=name, at=timezone.now()))
    answer = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{at.organization.code}.ics"'
    return answer


def _day(entry: Entry) -> icalendar.Day:
    return icalendar.Day(
        uid=f"{entry.organization.code}.{entry.duty.key}@trama",
        on=entry.duty.due_on,
        title=f"{entry.title} ({entry.organization.name})",
        text="\n".join(filter(None, [entry.period, str(entry.rule)])),
    )


@login_required
@require_http_methods(["GET", "POST"])
def present(request: HttpRequest, code: str, key: str) -> HttpResponse:
    at = desk(request, code)
    entry = _asked_for(at, key)
    form = FilingForm(request.POST or None, initial={"presented_on": at.on})
    if form.is_valid():
        try:
            acting.file(
                organization=at.organization,
                duty=entry.duty,
                by=at.user,
                on=at.on,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is noted as presented."))
            return redirect("ledger:duties", code)
    unsaved = say_refusals(request, at, form, are_shown=entry.filing is None)
    context = at.context("duties") | {"form": form, "entry": entry, "unsaved": unsaved}
    return render(request, "ledger/duties/present.html", context)


def _asked_for(at: Desk, key: str) -> Entry:
    for entry in duties.calendar(at.organization, on=at.on).all:
        if entry.duty.key == key and entry.duty.kind in FILED:
            return entry
    raise Http404


@login_required
@only_sent
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    filing = get_object_or_404(Filing, organization=at.organization, pk=whole_number(request.POST.get("filing")))
    try:
        acting.withdraw(noted=filing, by=at.user, on=at.on, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn. It stays readable, and counts no longer."))
    return redirect("ledger:duties", code)
