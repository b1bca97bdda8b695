"""One finding: what is wrong, where to look, what to do, who sees to it, and what was said of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ledger.actions import findings as actions
from ledger.models.accounts import Book
from ledger.models.findings import Finding
from ledger.queries import findings
from ledger.templatetags.parties import PAGES
from ledger.web.access import Desk, desk, only_sent, said
from network.errors import DomainError


def _books(at: Desk) -> QuerySet[Book]:
    return findings.books_in_sight(at.organization, on=at.on, oversees=at.oversees)


def _finding(at: Desk, pk: int) -> Finding:
    seen = findings.in_sight(_books(at))
    return get_object_or_404(seen.select_related("agreement"), pk=pk)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    finding = _finding(at, pk)
    answers = finding.closed_at is None and findings.is_answered_by(finding, at.organization, on=at.on)
    context = at.context("home") | {
        "told": findings.told(finding, books=_books(at)),
        "finding": finding,
        "steps": finding.steps.select_related("by", "organization").order_by("pk"),
        "has_page": finding.agreement is not None and finding.agreement.kind in PAGES,
        "may_take": answers and at.can_log and finding.owner_id != at.user.pk,
        "may_explain": answers and at.can_log,
        "may_accept": answers and at.can_confirm and finding.acceptance_id is None,
    }
    return render(request, "ledger/reconciliation/finding.html", context)


@login_required
@only_sent
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    finding = _finding(at, pk)
    told: dict[str, Any] = {
        "finding": finding,
        "organization": at.organization,
        "by": at.user,
        "on": at.on,
        "at": timezone.now(),
    }
    try:
        match request.POST.get("answer"):
            case "take":
                actions.take(**told)
                messages.success(request, _("Noted: you see to it."))
            case "explain":
                actions.explain(note=said(request, "note"), **told)
                messages.success(request, _("Noted. Everybody who may read the book can read it."))
            case "accept":
                actions.accept(note=said(request, "note"), **told)
                messages.success(request, _("Accepted. It is not raised again until its figures change."))
            case _other:
                messages.error(request, _("Choose one of the answers of the page."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        if note := said(request, "note").strip():
            messages.info(request, _("You had written: %(text)s") % {"text": note[:300]})
    return redirect("ledger:finding", code, pk)
