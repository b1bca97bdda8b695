"""Bring a spreadsheet of barters: the upload, its dry run with repair, and the start of loading."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.actions import loading, uploads
from ledger.queries import uploads as uploads_read
from ledger.web.access import Desk, desk, only_sent
from network.actions.uploads import SIZE_MAX
from network.errors import DomainError
from network.models.uploads import RowState
from network.queries.uploads import counts as counts_of
from network.web.uploads import FileForm, written

PAGE = 20


def _desk(request: HttpRequest, code: str) -> Desk:
    at = desk(request, code)
    if not at.can_log or at.book is None:  # a 404 of its own where there is no book
        raise Http404
    return at


@login_required
def new(request: HttpRequest, code: str) -> HttpResponse:
    at = _desk(request, code)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = uploads.upload(
                organization=at.organization,
                content=file.read(SIZE_MAX + 1),
                file_name=file.name,
                by=at.user,
                on=at.on,
                at=timezone.now(),
            )
        except DomainError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("ledger:load", code, kept.pk)
    context = at.context("barter") | {
        "form": form,
        "uploads": uploads_read.of_organization(at.organization)[:10],
    }
    return render(request, "ledger/loading/new.html", context, status=422 if form.errors else 200)


@login_required
def rows(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = _desk(request, code)
    kept = get_object_or_404(uploads_read.of_organization(at.organization), pk=pk)
    state = request.GET.get("state", "")
    if request.method == "POST":
        try:
            cells, left_out = written(request)
            uploads.repair(upload=kept, cells=cells, left_out=left_out, by=at.user, on=at.on)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Saved. All rows were looked at again."))
        return redirect(request.get_full_path())
    found = kept.rows.order_by("number")
    counts = counts_of(kept.rows.all())
    if state not in RowState.values:
        state = RowState.WRONG if counts[RowState.WRONG] else ""
    if state:
        found = found.filter(state=state)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = at.context("barter") | {
        "upload": kept,
        "counts": [(value, label, counts[value]) for value, label in RowState.choices if counts[value]],
        "ready": counts[RowState.READY],
        "wrong": counts[RowState.WRONG],
        "state": state,
        "page": page,
        "rows": uploads_read.shown(page.object_list),
    }
    return render(request, "ledger/loading/rows.html", context)


@login_required
@only_sent
def start(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = _desk(request, code)
    kept = get_object_or_404(uploads_read.of_organization(at.organization), pk=pk)
    try:
        job = loading.start(upload=kept, by=at.user, on=at.on, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("ledger:load", code, pk)
    return redirect("ledger:job", job.pk)
