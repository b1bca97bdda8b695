"""Pages: ask for the papers of all members at once, see how far they are, take them home as one ZIP."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ledger.web.access import Desk, desk, only_sent
from ledger.web.jobs import STOP_ASKING
from network.errors import DomainError
from network.models import User
from reports.actions import batches, files
from reports.models import Batch
from reports.queries import batches as read
from reports.web.periods import PaperForm

PER_PAGE = 25


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = _overseeing(request, code)
    form = PaperForm(request.POST if request.method == "POST" else None, on=at.on)
    if form.is_valid():
        try:
            batch = batches.request(
                organization=at.organization, by=_user(request), on=at.on, at=timezone.now(), **form.cleaned_data
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("reports:batch", code, batch.pk)
    page = Paginator(read.batches_of(at.organization), PER_PAGE).get_page(request.GET.get("page"))
    context = {"organization": at.organization, "section": "reports", "form": form, "page": page}
    return render(request, "reports/batches/index.html", context)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    return render(request, "reports/batches/detail.html", _told(_batch(request, code, pk)))


@login_required
@require_GET
def progress(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    context = _told(_batch(request, code, pk))
    status = 200 if context["progress"].is_waiting else STOP_ASKING
    return render(request, "reports/batches/_progress.html", context, status=status)


@login_required
@only_sent
def call_off(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    batch = _batch(request, code, pk)
    batches.call_off(batch=batch, by=_user(request), on=timezone.localdate(), at=timezone.now())
    return redirect("reports:batch", code, pk)


@login_required
@require_GET
def download(request: HttpRequest, code: str, pk: int) -> HttpResponse | FileResponse:
    batch = _batch(request, code, pk)
    try:
        path = files.archive_of(batch)
    except files.FileIsGone:
        # The page says what there is.
        return redirect("reports:batch", code, pk)
    name = slugify(f"{_('Reports')} {code} {batch.starts_on} {batch.ends_on}")
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{name}.zip", content_type="application/zip")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  # behind login_required; for the type checker
    return request.user


def _overseeing(request: HttpRequest, code: str) -> Desk:
    """Return the body's desk; for whoever may not see together what all members do there is no such page."""
    at = desk(request, code)
    if not at.oversees:
        raise Http404
    return at


def _batch(request: HttpRequest, code: str, pk: int) -> Batch:
    found = Batch.objects.select_related("organization", "spreading", "packing", "requested_by")
    return get_object_or_404(found, pk=pk, organization=_overseeing(request, code).organization)


def _told(batch: Batch) -> dict[str, Any]:
    try:
        files.archive_of(batch)
    except files.FileIsGone:
        is_there = False
    else:
        is_there = True
    return {
        "organization": batch.organization,
        "section": "reports",
        "batch": batch,
        "progress": read.progress(batch),
        "is_there": is_there,
    }
