"""Clearing rounds: call one, say whether one takes part, look at what it cancels, write it into the books."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actions import cleared
from ledger.actions import clearing as actions
from ledger.core import clearing_file
from ledger.models.clearing import ClearingRound, Consent, RoundParty, RoundState, Stance
from ledger.models.units import Unit, UnitKind
from ledger.queries import clearing, credit, forecasts
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.clearing_forms import CallForm, JoinForm
from network.errors import DomainError
from network.models.organizations import TIERS

PAGE = 50
#: So long one usually has to join, and then to look at the result.
JOIN, ANSWER = dt.timedelta(days=7), dt.timedelta(days=14)
SAID = {
    "join": _("Noted: you take part."),
    "out": _("Noted: you stay out of this round."),
    "propose": _("Worked out. Each one can look at its own statement now, and stay out until the day."),
    "anew": _("Worked out anew. Whoever stands otherwise now looks at it again."),
    "post": _("It is in the books of all who take part."),
    "call_off": _("Called off. The debts are as they were."),
    "reverse": _("Reversed as a whole: every debt is what it was."),
}


def _is_body(at: Desk) -> bool:
    return at.organization.kind in TIERS


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    context = at.context("clearing") | {
        "is_body": _is_body(at),
        "called": Paginator(clearing.of_body(at.organization), PAGE).get_page(request.GET.get("page"))
        if _is_body(at)
        else None,
        "parts": Paginator(clearing.of_party(at.organization), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "ledger/clearing/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Call a round; the page says what it would cancel today if all took part."""
    at = desk(request, code)
    if not (at.oversees and at.can_confirm):
        raise Http404
    begun = {"key": uuid.uuid4(), "consent": Consent.STANDING, "cut_off": at.on}
    begun |= {"join_until": at.on + JOIN, "answer_until": at.on + ANSWER}
    form = CallForm(request.POST if request.method == "POST" else None, initial=begun, at=at)
    if form.is_valid():
        try:
            called = actions.call(
                key=form.cleaned_data["key"], body=at.organization, what=form.told(), by=at.user, on=at.on
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Called. Each member with a book finds it on its start page."))
            return redirect("ledger:clearing-round", code, called.pk)
    unit = Unit.objects.filter(kind=UnitKind.MONEY).order_by("pk")[0]
    context = at.context("clearing") | {
        "form": form,
        "unit": unit,
        "forecast": forecasts.forecast(at.organization, unit=unit, on=at.on),
    }
    return render(request, "ledger/clearing/new.html", context, status=422 if form.errors else 200)


def _round(at: Desk, pk: int) -> tuple[ClearingRound, RoundParty | None]:
    """Return a round of the body, or one that the organization may take part in, with its part; or 404."""
    party = clearing.of_party(at.organization).filter(round=pk).first()
    if party is not None:
        return party.round, party
    return get_object_or_404(clearing.of_body(at.organization), pk=pk), None


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    found, party = _round(at, pk)
    if party is not None:
        return _mine(request, at, party)
    oversees = at.oversees
    context = at.context("clearing") | {
        "found": found,
        "unit": found.unit,
        "page": Paginator(clearing.of_parties(found), PAGE).get_page(request.GET.get("page")) if oversees else None,
        "left_out": clearing.left_out(found),
        "circles": forecasts.circles(found) if oversees and found.solved and not found.lent else [],
        "may_act": at.can_confirm,
    }
    return render(request, "ledger/clearing/detail.html", context)


def _mine(request: HttpRequest, at: Desk, party: RoundParty, *, form: JoinForm | None = None) -> HttpResponse:
    """Show a party its part, with what it wrote on joining where that was not right."""
    found = party.round
    is_open = found.state in {RoundState.CALLED, RoundState.PROPOSED}
    is_called = found.state == RoundState.CALLED
    until = found.join_until if is_called else found.answer_until
    position = credit.positions(books=[at.book.pk], credit=found.credit)[:1] if found.credit else []
    may_say = is_called and bool(position)
    context = at.context("clearing") | {
        "found": found,
        "unit": found.unit,
        "party": party,
        "told": clearing.statement(party) if not is_called else None,
        "may_answer": is_open and at.can_confirm and at.on <= until,
        "may_join": is_open and (may_say or party.stance in _joins(found)),
        "may_leave": is_open and party.stance != Stance.OUT,
        "until": until,
        "position": position[0] if position else None,
        "stands_then": position[0].amount + party.takes - party.pays if position else None,
        "form": form or (JoinForm(party=party) if may_say else None),
    }
    return render(request, "ledger/clearing/mine.html", context, status=422 if form is not None else 200)


def _joins(found: ClearingRound) -> set[str]:
    """Return of which stance one may say yes: before the result to taking part, then to the result."""
    return {Stance.ASKED, Stance.OUT} if found.state == RoundState.CALLED else {Stance.JOINED}


@login_required
@only_sent
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take what a party says, or what the body does."""
    at = desk(request, code)
    found, party = _round(at, pk)
    what = request.POST.get("answer", "")
    form = None
    if what == "join" and party is not None and found.credit is not None and found.state == RoundState.CALLED:
        form = JoinForm(request.POST, party=party)
        if not form.is_valid():
            return _mine(request, at, party, form=form)
    acts = _of_body(request, at, found) if party is None else _of_party(request, at, found, form)
    if what not in acts:
        messages.error(request, _("Choose one of the answers of the page."))
        return redirect("ledger:clearing-round", code, pk)
    try:
        acts[what]()
        messages.success(request, cast("str", SAID[what]))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:clearing-round", code, pk)


def _of_party(
    request: HttpRequest, at: Desk, found: ClearingRound, form: JoinForm | None
) -> dict[str, Callable[[], object]]:
    whose: dict[str, Any] = {"found": found, "organization": at.organization, "by": at.user, "on": at.on}
    said_of_credit: dict[str, Any] = form.said() if form else {}
    return {
        "join": lambda: actions.take_part(**whose, **said_of_credit),
        "out": lambda: actions.stay_out(reason=said(request), **whose),
    }


def _of_body(request: HttpRequest, at: Desk, found: ClearingRound) -> dict[str, Callable[[], object]]:
    whose: dict[str, Any] = {"found": found, "by": at.user, "on": at.on}
    return {
        "propose": lambda: cleared.propose(seed=said(request, "seed"), **whose),
        "anew": lambda: cleared.anew(**whose),
        "post": lambda: cleared.post(**whose),
        "call_off": lambda: actions.call_off(reason=said(request), **whose),
        "reverse": lambda: cleared.reverse(reason=said(request), **whose),
    }


@login_required
@only_sent
def file(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give the file that anybody can check; sent by a button, since it is of all who take part, under codes."""
    at = desk(request, code)
    found, _party = _round(at, pk)
    if not found.solved:
        raise Http404
    answer = HttpResponse(clearing_file.written(clearing.told(found)), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{found.code}.json"'
    return answer
