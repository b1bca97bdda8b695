"""Whether our officers need a second factor: what holds, who has one, and the button of those who decide it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from network import permissions
from network.actions import second_factor as write
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User
from network.queries import second_factor


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_organization(request: HttpRequest, code: str) -> HttpResponse:
    user, on = cast(User, request.user), timezone.localdate()
    shown = get_object_or_404(Organization, code=code)
    if not permissions.is_own(user, shown, on=on):
        raise Http404
    if request.method == "POST":
        return _decide(request, user, shown)
    context = {
        "shown": shown,
        "decision": second_factor.last_decision(shown),
        "officers": second_factor.officers(shown, on=on),
        "has_one": second_factor.has_one(user),
        "can_decide": permissions.can_confirm(user, shown, on=on),
        "lacks_second_factor": permissions.lacks_second_factor(user, shown, on=on),
    }
    return render(request, "network/second_factor/of_organization.html", context)


def _decide(request: HttpRequest, user: User, shown: Organization) -> HttpResponse:
    answer = request.POST.get("is_required", "")
    if answer not in {"yes", "no"}:
        messages.error(request, _("Choose one of the answers of the page."))
        return redirect("network:second-factor", shown.code)
    try:
        decision = write.decide(
            organization=shown, is_required=answer == "yes", by=user, on=timezone.localdate(), at=timezone.now()
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        sentence = (
            _("From now on your officers need a second factor to accept and confirm.")
            if decision.is_required
            else _("Your officers no longer need a second factor.")
        )
        messages.success(request, sentence)
    return redirect("network:second-factor", shown.code)
