"""The accounts of a book: sumas y saldos, and the lines of one account."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ledger.models.accounts import Account
from ledger.queries import balances, claims, journal
from ledger.web.access import desk
from network.web.fields import DayField

PAGE = 50


class DayForm(forms.Form):
    """At the end of which day; empty means now."""

    at = DayField(label=_("At the end of the day"), required=False)


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    form = DayForm(request.GET or None)
    day = form.cleaned_data["at"] if form.is_bound and form.is_valid() else None
    context = at.context("accounts") | {
        "book": at.book,
        "form": form,
        "day": day,
        "page": Paginator(balances.trial_balance(book=at.book, day=day), PAGE).get_page(request.GET.get("page")),
        "totals": balances.totals(book=at.book, day=day),
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
