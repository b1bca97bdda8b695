"""Who gave whom how much work: of one cooperative, with each other one, as the book keeps it."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ledger.queries import referrals
from ledger.web.access import desk

PAGE = 25


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    page = Paginator(referrals.reciprocity(book=at.book), PAGE).get_page(request.GET.get("page"))
    pairs = referrals.pairs(page)
    context = at.context("customers") | {
        "page": page,
        "pairs": pairs,
        # The longest bar of the page.
        "most": max((pair.most for pair in pairs), default=0),
        "totals": referrals.totals(book=at.book),
    }
    return render(request, "ledger/referrals/reciprocity.html", context)
