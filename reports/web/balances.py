"""The papers of a balance confirmation: a member's letter, for itself and for the body; and the body's summary."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from ledger.models.balance_confirmations import BalanceConfirmation
from ledger.queries import balance_confirmations
from ledger.web.access import desk
from network.errors import DomainError
from network.models.organizations import Organization
from reports.actions import balances


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
    return _paper(
        request,
        code,
        found,
        found.body,
        lambda address, language: balances.summary(
            found=found, address=address, language=language, on=at.on, at=timezone.now()
        ),
    )


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
    return _paper(
        request,
        code,
        found,
        member,
        lambda address, language: balances.letter(
            found=found, member=member, address=address, language=language, at=timezone.now()
        ),
    )


def _paper(
    request: HttpRequest,
    code: str,
    found: BalanceConfirmation,
    whose: Organization,
    compose: Callable[[str, str], bytes],
) -> HttpResponse:
    """Return a paper that leads to the page of whose it is."""
    address = request.build_absolute_uri(reverse("ledger:balances-call", args=[whose.code, found.pk]))
    try:
        paper = compose(address, get_language() or "es")
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("ledger:balances-call", code, found.pk)
    name = slugify(f"circularizacion {whose.code} {found.code}")
    return HttpResponse(
        paper,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )
