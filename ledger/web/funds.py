"""Solidarity funds: those that one has to do with, one of them, how it moved; its terms, and what was decided."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ledger.actions import funds as actions
from ledger.models.accounts import Book
from ledger.models.funds import Fund
from ledger.queries import funded, funds
from ledger.web.access import Desk, desk, only_sent
from ledger.web.fund_forms import DecisionForm, TermsForm
from network.errors import DomainError
from network.web.access import with_minute

PAGE = 50
#: So many decisions on the page of a fund.
DECIDED = 20


def fund_of(at: Desk, pk: int) -> Fund:
    """Return a fund that the organization has to do with, or 404."""
    return get_object_or_404(funds.of_organization(at.organization, on=at.on), pk=pk)


def _own_fund(at: Desk, pk: int) -> Fund:
    """Return the organization's own fund, or 404."""
    return get_object_or_404(funds.all_funds(), pk=pk, book__organization=at.organization)


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    return _index(request, with_minute(desk(request, code)))


def _index(request: HttpRequest, at: Desk, form: TermsForm | None = None) -> HttpResponse:
    found = list(funds.of_organization(at.organization, on=at.on))
    book = Book.objects.filter(organization=at.organization).first()
    could_open = book is not None and at.organization.is_of_members and at.can_minute
    opens = could_open and book is not None and all(fund.pk != book.pk for fund in found)
    context: dict[str, Any] = at.context("fund") | {
        "funds": found,
        "form": (form or TermsForm(at=at, initial={"since": at.on})) if opens else None,
    }
    return render(request, "ledger/funds/list.html", context, status=422 if form is not None and form.errors else 200)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = with_minute(desk(request, code))
    return _page(request, at, fund_of(at, pk))


def _page(
    request: HttpRequest,
    at: Desk,
    fund: Fund,
    *,
    terms_form: TermsForm | None = None,
    decision_form: DecisionForm | None = None,
) -> HttpResponse:
    context: dict[str, Any] = at.context("fund") | {
        "fund": fund,
        "unit": fund.book.unit,
        "terms": funds.terms(fund.book, on=at.on),
        "is_own": fund.book.organization_id == at.organization.pk,
    }
    if context["is_own"]:
        context |= {
            "page": Paginator(funds.shares(fund), PAGE).get_page(request.GET.get("page")),
            "decisions": funds.decisions(fund)[:DECIDED],
            "terms_form": terms_form or TermsForm(at=at, prefix="terms", initial={"since": at.on}),
            "decision_form": decision_form or DecisionForm(at=at, prefix="decision"),
        }
    else:
        share = funds.share_of(fund, at.organization)
        context |= {"share": share, "to_pay": funded.to_pay(fund, at.organization) if share is not None else []}
    is_wrong = any(form is not None and form.errors for form in (terms_form, decision_form))
    return render(request, "ledger/funds/detail.html", context, status=422 if is_wrong else 200)


@login_required
@require_GET
def movements(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    fund = fund_of(at, pk)
    page = Paginator(funds.lines(fund, at.organization), PAGE).get_page(request.GET.get("page"))
    context = at.context("fund") | {"fund": fund, "unit": fund.book.unit, "page": page}
    return render(request, "ledger/funds/movements.html", context)


@login_required
@only_sent
def set_terms(request: HttpRequest, code: str) -> HttpResponse:
    at = with_minute(desk(request, code))
    book = at.book
    fund = funds.all_funds().filter(pk=book.pk).first()
    if not at.organization.is_of_members:
        raise Http404
    form = TermsForm(request.POST, at=at, prefix="terms" if fund is not None else None)
    if form.is_valid():
        data = form.cleaned_data
        terms = {"purpose": data["purpose"], "since": data["since"], "resolution": data["resolution"]}
        try:
            actions.set_terms(book=book, basis_points=data["percent"], by=at.user, on=at.on, **terms)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted, as the assembly decided."))
            return redirect("ledger:fund", code, book.pk)
    return _page(request, at, fund, terms_form=form) if fund is not None else _index(request, at, form)


@login_required
@only_sent
def decide(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = with_minute(desk(request, code))
    fund = _own_fund(at, pk)
    form = DecisionForm(request.POST, at=at, prefix="decision")
    if form.is_valid():
        try:
            actions.decide(fund=fund, by=at.user, on=at.on, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted, as the assembly decided."))
            return redirect("ledger:fund", code, pk)
    return _page(request, at, fund, decision_form=form)
