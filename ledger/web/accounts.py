"""The accounts of a book: sumas y saldos, and the lines of one account."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ledger.models.accounts import Account
from ledger.queries import claims, journal
from ledger.web.access import desk

PAGE = 50


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    context = at.context("accounts") | {
        "book": at.book,
        "page": Paginator(journal.trial_balance(book=at.book), PAGE).get_page(request.GET.get("page")),
        "totals": journal.totals(book=at.book),
        "owed_to": claims.owed_to(book=at.book),
        "owed_by": claims.owed_by(book=at.book),
    }
    return render(request, "ledger/journal/accounts.html", context)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    accounts = Account.objects.select_related("balance", "unit", "counterparty__organization", "peg__unit")
    account = get_object_or_404(accounts, pk=pk, book=at.book)
    page = Paginator(journal.of_account(account=account), PAGE).get_page(request.GET.get("page"))
    context = at.context("accounts") | {"account": account, "page": page}
    return render(request, "ledger/journal/account.html", context)
