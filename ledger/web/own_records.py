"""A cooperative's own record beside its book: bring it, look at what was matched and what is missing, accept, undo."""

import uuid
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actions import own_records as records
from ledger.actions import record_matches
from ledger.models.accounts import Account
from ledger.models.own_records import OwnRecord, RecordMatch, RecordState
from ledger.queries import own_records as read
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.fields import KeyField
from network.actions.uploads import SIZE_MAX
from network.errors import DomainError

PAGE = 25
SHOWN = 30


class RecordForm(forms.Form):
    """The file, and what it is of."""

    key = KeyField()
    file = forms.FileField(
        label=gettext_lazy("Your record"),
        help_text=gettext_lazy("A spreadsheet (CSV or XLSX), or a journal of beancount or hledger."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.beancount,.bean,.hledger,.journal,.ledger,.txt"}),
        error_messages={"required": gettext_lazy("Choose a file."), "empty": gettext_lazy("The file is empty.")},
    )
    account = forms.ModelChoiceField(
        Account.objects.none(),
        label=gettext_lazy("What it is of"),
        empty_label=gettext_lazy("what we gave to other cooperatives and received from them"),
        required=False,
    )

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Account]", self.fields["account"]).queryset = read.accounts_of(at.book)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    book = at.book
    if request.method == "POST":
        if not at.can_log:
            raise Http404
        form = RecordForm(request.POST, request.FILES, at=at)
        if form.is_valid() and (record := _brought(at, form)) is not None:
            return redirect("ledger:own-record", code, record.pk)
    else:
        form = RecordForm(at=at, initial={"key": uuid.uuid4()})
    context = at.context("home") | {"form": form if at.can_log else None, "records": read.of_book(book)[:SHOWN]}
    return render(request, "ledger/own_records/index.html", context, status=422 if form.errors else 200)


def _brought(at: Desk, form: RecordForm) -> OwnRecord | None:
    """Bring the file, or tell on the form why it cannot be read."""
    file = form.cleaned_data["file"]
    try:
        return record_matches.begin(
            book=at.book,
            key=form.cleaned_data["key"],
            content=file.read(SIZE_MAX + 1),
            file_name=file.name,
            account=form.cleaned_data["account"],
            by=at.user,
            on=at.on,
            at=timezone.now(),
        )
    except DomainError as refusal:
        form.add_error("file", str(refusal))
        return None


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    record = get_object_or_404(read.of_book(at.book), pk=pk)
    counts = read.counts(record)
    name = request.GET.get("table", "")
    if name not in read.SECTIONS:
        name = next((each for each in read.SECTIONS if counts[each]), "sure")
    page: Page[Any] = Paginator(read.section(record, name), PAGE).get_page(request.GET.get("page"))
    is_open = at.can_log and record.state != RecordState.CLOSED and not records.is_being_matched(record)
    context = at.context("home") | {
        "record": record,
        "table": name,
        "title": read.SECTIONS[name][0],
        "tables": [(each, title, counts[each]) for each, (title, _which) in read.SECTIONS.items() if counts[each]],
        "counts": counts,
        "page": page,
        "pairs": read.pairs(record, page.object_list) if name not in {"here", "there"} else [],
        "facts": read.facts(record, page.object_list) if name == "there" else [],
        "is_being_matched": records.is_being_matched(record),
        "is_mine": record.job is not None and record.job.requested_by_id == at.user.pk,
        "may_answer": is_open,
    }
    return render(request, "ledger/own_records/detail.html", context)


@login_required
@only_sent
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    record = get_object_or_404(read.of_book(at.book), pk=pk)
    told: dict[str, Any] = {"record": record, "by": at.user, "on": at.on, "at": timezone.now()}
    try:
        match request.POST.get("answer"):
            case "match":
                record_matches.start(**told)
            case "accept-sure":
                count = record_matches.accept_sure(**told)
                messages.success(request, _accepted(count))
            case "close":
                records.close(**told)
                messages.success(request, _("Closed. What was accepted stays."))
            case _other:
                messages.error(request, _("Choose one of the answers of the page."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:own-record", code, pk)


def _accepted(count: int) -> str:
    return ngettext("%(count)s match accepted.", "%(count)s matches accepted.", count) % {"count": count}


@login_required
@only_sent
def answer_match(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    found = get_object_or_404(RecordMatch.objects.select_related("record"), pk=pk, record__book=at.book)
    told: dict[str, Any] = {"found": found, "by": at.user, "on": at.on, "at": timezone.now()}
    try:
        match request.POST.get("answer"):
            case "accept":
                record_matches.accept(**told)
            case "undo":
                record_matches.undo(**told)
            case _other:
                messages.error(request, _("Choose one of the answers of the page."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    back = said(request, "table")
    where = reverse("ledger:own-record", args=[code, found.record_id])
    return redirect(f"{where}?table={back}" if back in read.SECTIONS else where)
