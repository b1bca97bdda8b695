"""Whether the books add up: the last runs, what is open, and a button to look again."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ledger.actions import reconciliation
from ledger.models.reconciliation import Reconciliation
from ledger.queries import findings
from ledger.web.access import desk

SHOWN = 20


@login_required
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    if request.method == "POST":
        job = reconciliation.request(full="full" in request.POST, by=at.user, at=timezone.now())
        if job.requested_by_id == at.user.pk:
            return redirect("ledger:job", job.pk)
        return redirect("ledger:reconciliation", code)
    books = findings.books_in_sight(at.organization, on=at.on, oversees=at.oversees)
    only = findings.only(severity=request.GET.get("severity", ""), age=request.GET.get("age", ""), at=timezone.now())
    context = at.context("home") | {
        "health": findings.health(books=books, only=only),
        "is_some": only is not None,
        "closed": findings.closed(books=books),
        "going_on": findings.going_on(),
        "runs": Reconciliation.objects.filter(finished_at__isnull=False).order_by("-pk")[:SHOWN],
    }
    return render(request, "ledger/reconciliation/index.html", context)
