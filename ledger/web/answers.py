"""Answer to an agreement's terms: sign, ask for a change, refuse, withdraw."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _

from ledger.actions import agreements
from ledger.models.agreements import BARTER
from ledger.queries import agreements as agreements_read
from ledger.templatetags.parties import page
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.thresholds import SignForm
from network.errors import DomainError
from network.models.resolutions import Resolution


def resolution_of(request: HttpRequest, at: Desk) -> Resolution | None:
    """Return the resolution that was chosen; what is none of its own is none."""
    form = SignForm(request.POST, at=at)
    return form.cleaned_data["resolution"] if form.is_valid() else None


@login_required
@only_sent
def answer(request: HttpRequest, code: str, pk: int, kind: str = BARTER) -> HttpResponse:
    at = desk(request, code)
    agreement = get_object_or_404(agreements_read.of_organization(at.organization, kind=kind), pk=pk)
    reason = said(request)
    who: dict[str, Any] = {"agreement": agreement, "by": at.user, "on": at.on}
    try:
        match request.POST.get("answer"):
            case "sign":
                agreements.sign(organization=at.organization, resolution=resolution_of(request, at), **who)
                messages.success(request, _("Accepted. Both sides can see it now."))
            case "ask_change":
                agreements.ask_change(organization=at.organization, reason=reason, **who)
                messages.success(request, _("Sent back with what you asked for."))
            case "refuse":
                agreements.refuse(organization=at.organization, reason=reason, **who)
                messages.success(request, _("Refused. The other side can read why."))
            case "withdraw":
                agreements.withdraw(reason=reason, **who)
                messages.success(request, _("Withdrawn."))
            case _other:
                messages.error(request, _("Choose one of the answers of the page."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(page(agreement, at.organization))
