"""Pages: ask for a report, see it being made, take it home."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ledger.models.jobs import JobState
from ledger.web.access import only_sent
from ledger.web.jobs import STOP_ASKING
from network.errors import DomainError
from network.models import Organization, User
from network.web.visits import let_in
from reports.actions import files, requests
from reports.actions import statement as paper
from reports.actions.kinds import AUDIT_PACK, KINDS, SOCIAL, STATEMENT, Kind
from reports.models import Report
from reports.queries import flows, journal
from reports.queries.requests import reports_of
from reports.web.periods import PaperForm

PER_PAGE = 25


class ReportForm(PaperForm):
    """Which report, of which days, in which language."""

    kind = forms.ChoiceField(label=_("Report"), initial=STATEMENT.code)
    field_order = ("kind",)

    def __init__(self, *args: Any, kinds: list[Kind], on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        kind = cast("forms.ChoiceField", self.fields["kind"])
        kind.choices = [(each.code, each.title) for each in kinds]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest, code: str) -> HttpResponse:
    organization, on = _organization(request, code), timezone.localdate()
    readable = [kind for kind in KINDS.values() if kind.is_open_to(_user(request), organization, on=on)]
    offered = [kind for kind in readable if kind.fits(organization)]
    form = ReportForm(request.POST or None, kinds=offered, on=on)
    if form.is_valid():
        try:
            report = requests.request(
                organization=organization,
                by=_user(request),
                on=on,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("reports:detail", code=code, pk=report.pk)
    found = reports_of(organization).filter(kind__in=[kind.code for kind in readable])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "organization": organization,
        "section": "reports",
        "form": form,
        "page": page,
        "rows": [(report, KINDS[report.kind].title) for report in page],
        "kinds": offered,
        "declares": SOCIAL in offered,
        "offers_batches": AUDIT_PACK in offered,
    }
    return render(request, "reports/requests/list.html", context)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    report = _report(request, code, pk)
    return render(request, "reports/requests/detail.html", _progress_of(report) | {"section": "reports"})


@login_required
@require_GET
def progress(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    context = _progress_of(_report(request, code, pk))
    status = 200 if context["is_waiting"] else STOP_ASKING
    return render(request, "reports/requests/_progress.html", context, status=status)


@login_required
@only_sent
def again(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    report = _report(request, code, pk)
    requests.try_again(report=report, by=_user(request), on=timezone.localdate(), at=timezone.now())
    return redirect("reports:detail", code=code, pk=pk)


@login_required
@only_sent
def call_off(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    report = _report(request, code, pk)
    requests.call_off(report=report, by=_user(request), on=timezone.localdate(), at=timezone.now())
    return redirect("reports:detail", code=code, pk=pk)


@login_required
@require_GET
def download(request: HttpRequest, code: str, pk: int) -> HttpResponse | FileResponse:
    report = _report(request, code, pk)
    try:
        path = files.file_of(report)
    except files.FileIsGone:
        # The page says so, and offers to make it again.
        return redirect("reports:detail", code=code, pk=pk)
    name = slugify(f"{KINDS[report.kind].title} {code} {report.starts_on} {report.ends_on}")
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{name}.pdf", content_type="application/pdf")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  # behind login_required; for the type checker
    return request.user


def _organization(request: HttpRequest, code: str) -> Organization:
    """Return the organization, which for an outsider does not exist; an auditor leaves a trace."""
    organization = get_object_or_404(Organization.objects.select_related("book__unit"), code=code)
    let_in(request, organization)
    return organization


def _report(request: HttpRequest, code: str, pk: int) -> Report:
    organization = _organization(request, code)
    report = get_object_or_404(Report.objects.select_related("job"), pk=pk, organization=organization)
    if not KINDS[report.kind].is_open_to(_user(request), organization, on=timezone.localdate()):
        raise Http404
    report.organization = organization
    return report


def _progress_of(report: Report) -> dict[str, Any]:
    state = report.job.state if report.job else JobState.DONE
    context: dict[str, Any] = {
        "organization": report.organization,
        "report": report,
        "title": KINDS[report.kind].title,
        "is_waiting": state in {JobState.QUEUED, JobState.RUNNING},
        "is_failed": state == JobState.FAILED,
        "is_stopped": state == JobState.STOPPED,
        "is_lost": files.is_lost(report),
    }
    if report.kind == STATEMENT.code and state == JobState.DONE and not context["is_lost"]:
        context |= _picture_of(report)
    return context


def _picture_of(report: Report) -> dict[str, Any]:
    """Return the picture that the paper has, and its figures, for the page."""
    book = report.organization.book
    until = journal.cutoff(book=book, event=report.cutoff_event)
    if until is None:
        return {}
    rows = flows.exchanged(book=book, starts_on=report.starts_on, ends_on=report.ends_on, until=until)
    found = flows.by_partner(rows, unit=book.unit)
    return {"flows": found, "chart": paper.chart(found, book=book, prefix=f"report-{report.pk}") if found else ""}
