"""The register as a file: bring one with a dry run and repair, and take all of it away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from network.actions import register
from network.actions.uploads import SIZE_MAX
from network.core.register import HEADINGS, REQUIRED
from network.errors import DomainError
from network.models.uploads import RowState
from network.queries import register as register_read
from network.queries.uploads import counts as counts_of
from network.web.access import only_sent
from network.web.callers import operators_only, person
from network.web.uploads import FileForm, written

PAGE = 20


@operators_only
def bring(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = register.upload(
                content=file.read(SIZE_MAX + 1),
                file_name=file.name,
                by=person(request),
                on=timezone.localdate(),
                at=timezone.now(),
            )
        except DomainError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("network:register-rows", kept.pk)
    columns = [(HEADINGS[name][0], label, name in REQUIRED) for name, label in register_read.COLUMNS.items()]
    context = {"form": form, "uploads": register_read.brought()[:10], "columns": columns}
    return render(request, "network/register/new.html", context, status=422 if form.errors else 200)


@operators_only
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    kept = get_object_or_404(register_read.brought(), pk=pk)
    if request.method == "POST":
        cells, left_out = written(request)
        register.repair(upload=kept, cells=cells, left_out=left_out, by=person(request), on=timezone.localdate())
        messages.success(request, _("Saved. All rows were looked at again."))
        return redirect(request.get_full_path())
    counts = counts_of(kept.rows.all())
    state = request.GET.get("state", "")
    if state not in RowState.values:
        state = RowState.WRONG if counts[RowState.WRONG] else ""
    found = kept.rows.order_by("number")
    if state:
        found = found.filter(state=state)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "upload": kept,
        "counts": [(value, label, counts[value]) for value, label in RowState.choices if counts[value]],
        "ready": counts[RowState.READY],
        "wrong": counts[RowState.WRONG],
        "can_repair": state in {RowState.WRONG, RowState.SKIPPED},
        "state": state,
        "page": page,
        "rows": register_read.shown(page.object_list),
    }
    return render(request, "network/register/rows.html", context)


@operators_only
@only_sent
def load(request: HttpRequest, pk: int) -> HttpResponse:
    kept = get_object_or_404(register_read.brought(), pk=pk)
    try:
        done = register.load(upload=kept, by=person(request), on=timezone.localdate(), at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("network:register-rows", pk)
    sentence = ngettext(
        "%(done)s organization was written into the register.",
        "%(done)s organizations were written into the register.",
        done,
    )
    messages.success(request, sentence % {"done": done})
    return redirect("network:register-rows", pk)


@login_required
@require_GET
def export(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001  # a view's signature
    headers = {"Content-Disposition": 'attachment; filename="registro.csv"'}
    # With its mark of UTF-8, without which spreadsheets on Windows read accents wrongly.
    lines = ("\ufeff" * (number == 0) + line for number, line in enumerate(register_read.lines()))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
