"""Balance confirmations: a body asks, each member answers what the books say of it, differences stand first."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actions import balance_answers
from ledger.actions import balance_confirmations as actions
from ledger.actions.balance_answers import Answer
from ledger.models.balance_confirmations import AskedBalance, BalanceConfirmation, Said
from ledger.queries import balance_confirmations as balances
from ledger.queries.balance_confirmations import Side, Told
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.balance_form import CallForm, DiffersForm
from network.errors import DomainError
from network.models.organizations import TIERS
from network.web.fields import whole_number

PAGE = 25
#: So long one usually has to answer.
ANSWER = dt.timedelta(days=14)


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    is_body = at.organization.kind in TIERS
    called = balances.of_body(at.organization) if is_body else BalanceConfirmation.objects.none()
    context = at.context("balances") | {
        "is_body": is_body,
        "called": Paginator(called, PAGE).get_page(request.GET.get("page")),
        "parts": Paginator(balances.of_party(at.organization), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "ledger/balance_confirmations/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    if not (at.oversees and at.can_confirm):
        raise Http404
    month_end = at.on.replace(day=1) - dt.timedelta(days=1)
    begun = {"key": uuid.uuid4(), "as_of": month_end, "answer_until": at.on + ANSWER}
    form = CallForm(request.POST if request.method == "POST" else None, initial=begun, at=at)
    if form.is_valid():
        try:
            called = actions.call(
                key=form.cleaned_data["key"], body=at.organization, what=form.told(), by=at.user, on=at.on
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asked. Each of them finds it on its start page; print the letters from here."))
            return redirect("ledger:balances-call", code, called.pk)
    context = at.context("balances") | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "ledger/balance_confirmations/new.html", context, status=status)


def _called(at: Desk, pk: int) -> BalanceConfirmation:
    """Return a call of the body, or 404."""
    return get_object_or_404(balances.of_body(at.organization), pk=pk)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    found = balances.of_party(at.organization).filter(pk=pk).first()
    if found is not None:
        return _mine(request, at, found)
    found = _called(at, pk)
    page = Paginator(balances.differences_first(found), PAGE).get_page(request.GET.get("page"))
    context = at.context("balances") | {
        "found": found,
        "progress": balances.progress(found),
        "is_over": at.on > found.answer_until,
        "page": page if at.oversees else None,
        "rows": balances.told(list(page)) if at.oversees else [],
        "may_explain": at.can_confirm,
    }
    return render(request, "ledger/balance_confirmations/detail.html", context)


@dataclass(frozen=True, slots=True)
class Card:
    """A balance as one of its sides reads it, with the form to say what one has instead."""

    told: Told
    ours: Side
    theirs: Side
    form: DiffersForm

    @property
    def is_owed_to_us(self) -> bool:
        """Whether the other owes it."""
        return self.ours is self.told.creditor


def _card(at: Desk, told: Told, form: DiffersForm | None) -> Card:
    is_debtor = told.debtor.organization == at.organization
    ours, theirs = told.sides if is_debtor else told.sides[::-1]
    return Card(told, ours, theirs, form or DiffersForm(balance=told.balance))


def _mine(request: HttpRequest, at: Desk, found: BalanceConfirmation, wrong: DiffersForm | None = None) -> HttpResponse:
    """Show a member its balances; where what it wrote of one is not right, that one, with what it wrote."""
    ours = balances.balances_of(found, at.organization)
    page = Paginator(ours.filter(pk=wrong.balance.pk) if wrong else ours, PAGE).get_page(request.GET.get("page"))
    context = at.context("balances") | {
        "found": found,
        "page": page,
        "cards": [_card(at, each, wrong) for each in balances.told(list(page))],
        "unanswered": balances.unanswered(found, at.organization).count(),
        "is_over": at.on > found.answer_until,
        "may_answer": at.can_confirm,
    }
    return render(request, "ledger/balance_confirmations/mine.html", context, status=422 if wrong else 200)


@login_required
@require_GET
def members(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """List who is asked, with their letters."""
    at = desk(request, code)
    found = _called(at, pk)
    if not at.oversees:
        raise Http404
    page = Paginator(balances.asked_members(found), PAGE).get_page(request.GET.get("page"))
    context = at.context("balances") | {"found": found, "page": page, "is_over": at.on > found.answer_until}
    return render(request, "ledger/balance_confirmations/members.html", context)


@login_required
@only_sent
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take what a member says of one of its balances, or of all of which it said nothing yet."""
    at = desk(request, code)
    found = get_object_or_404(balances.of_party(at.organization), pk=pk)
    what = request.POST.get("answer", "")
    if what == "all":
        return _agree_with_all(request, at, found)
    ours = balances.balances_of(found, at.organization)
    balance = ours.filter(pk=whole_number(request.POST.get("balance"))).first()
    if balance is None or what not in Said.values:
        messages.error(request, _("Choose one of the answers of the page."))
        return redirect("ledger:balances-call", code, pk)
    form = None
    told = Answer(said=Said(what))
    if what == Said.DIFFERS:
        form = DiffersForm(request.POST, balance=balance)
        if not form.is_valid():
            return _mine(request, at, found, form)
        told = form.told()
    try:
        _answer(request, at, balance, told)
    except DomainError as refusal:
        if form is not None:
            form.add_error(None, str(refusal))
            return _mine(request, at, found, form)
        messages.error(request, str(refusal))
    return redirect("ledger:balances-call", code, pk)


def _answer(request: HttpRequest, at: Desk, balance: AskedBalance, what: Answer) -> None:
    balance_answers.answer(
        balance=balance,
        organization=at.organization,
        what=what,
        instead_of=whole_number(request.POST.get("instead_of")) or None,
        by=at.user,
        on=at.on,
        at=timezone.now(),
    )
    messages.success(request, _("Noted. You can answer again; what you said before stays to be read."))


def _agree_with_all(request: HttpRequest, at: Desk, found: BalanceConfirmation) -> HttpResponse:
    whose: dict[str, Any] = {"found": found, "organization": at.organization}
    try:
        number = balance_answers.agree_with_all(**whose, by=at.user, on=at.on, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        done = ngettext("Noted: %(n)s balance is right.", "Noted: %(n)s balances are right.", number) % {"n": number}
        messages.success(request, done)
    return redirect("ledger:balances-call", at.organization.code, found.pk)


@login_required
@only_sent
def explain(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Note how a difference was explained to the body that asked."""
    at = desk(request, code)
    found = _called(at, pk)
    asked = found.balances.select_related("confirmation__body")
    balance = get_object_or_404(asked, pk=whole_number(request.POST.get("balance")))
    try:
        balance_answers.explain(balance=balance, note=said(request, "note"), by=at.user, on=at.on, at=timezone.now())
        messages.success(request, _("Noted: the difference is explained, and its finding closed."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        if note := said(request, "note").strip():
            messages.info(request, _("You had written: %(text)s") % {"text": note[:300]})
    return redirect("ledger:balances-call", code, pk)
