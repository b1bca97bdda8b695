"""The papers of a balance confirmation: a member's letter, for itself and for the body; and the body's summary."""

from collections.abc import Callable
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from ledger.models.balance_confirmations import BalanceConfirmation
from ledger.queries import balance_confirmations
from ledger.web.access import desk
from network.models.organizations import Organization
from reports.actions import balances
from reports.web.printed import handed_over


@login_required
@require_GET
def own(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give a member its letter, and the body that asked its summary."""
    at = desk(request, code)
    found = balance_confirmations.of_party(at.organization).filter(pk=pk).first()
    if found is not None:
        return _letter(request, code, found, at.organization)
    found = get_object_or_404(balance_confirmations.of_body(at.organization), pk=pk)
    if not at.oversees:
        raise Http404
    compose = partial(balances.summary, found=found, on=at.on)
    return _paper(request, compose, code=code, found=found, whose=found.body)


@login_required
@require_GET
def letter(request: HttpRequest, code: str, pk: int, member: str) -> HttpResponse:
    """Give the body the letter to one of those it asked."""
    at = desk(request, code)
    found = get_object_or_404(balance_confirmations.of_body(at.organization), pk=pk)
    if not at.oversees:
        raise Http404
    return _letter(request, code, found, get_object_or_404(balance_confirmations.asked_members(found), code=member))


def _letter(request: HttpRequest, code: str, found: BalanceConfirmation, member: Organization) -> HttpResponse:
    compose = partial(balances.letter, found=found, member=member)
    return _paper(request, compose, code=code, found=found, whose=member)


def _paper(
    request: HttpRequest, compose: Callable[..., bytes], *, code: str, found: BalanceConfirmation, whose: Organization
) -> HttpResponse:
    """Return a paper that leads to the page of whose it is."""
    address = request.build_absolute_uri(reverse("ledger:balances-call", args=[whose.code, found.pk]))
    return handed_over(
        request,
        partial(compose, address=address, at=timezone.now()),
        name=f"circularizacion {whose.code} {found.code}",
        back=reverse("ledger:balances-call", args=[code, found.pk]),
    )
