"""Bring a spreadsheet of barters: the upload, its dry run with repair, and the start of loading."""

import re

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.actions import loading, uploads
from ledger.models.loading import RowState
from ledger.queries import uploads as uploads_read
from ledger.web.access import Desk, desk, only_sent
from network.errors import DomainError

PAGE = 20


class FileForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("Spreadsheet (CSV)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )


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
                content=file.read(uploads.SIZE_MAX + 1),
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
            cells, left_out = _written(request)
            uploads.repair(upload=kept, cells=cells, left_out=left_out, by=at.user, on=at.on)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Saved. All rows were looked at again."))
        return redirect(request.get_full_path())
    found = kept.rows.order_by("number")
    counts = uploads_read.counts(kept)
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


def _written(request: HttpRequest) -> tuple[dict[int, dict[str, str]], list[int]]:
    """Return the cells that were sent by row number, and the rows to leave out; fields are named `12.quantity`."""
    cells: dict[int, dict[str, str]] = {}
    left_out = []
    for name, text in request.POST.items():
        number, _point, column = name.partition(".")
        if not re.fullmatch("[0-9]{1,9}", number):
            continue
        if column == "left_out":
            left_out.append(int(number))
        else:
            cells.setdefault(int(number), {})[column] = str(text).replace("\x00", "")[:200]
    return cells, left_out


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
