"""It leaves the network: with which resolution, once nothing is open."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ledger.actions import exits
from network.errors import DomainError
from network.web.admissions import DecidedForm, deciding, with_a_say


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, code: str) -> HttpResponse:
    at, bodies = deciding(request, code)
    if not (bodies := with_a_say(at, bodies)):
        raise Http404
    form = DecidedForm(request.POST if request.method == "POST" else None, at=at, deciding=bodies)
    if form.is_bound and form.is_valid():
        try:
            exits.leave(organization=at.organization, by=at.user, on=at.on, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It has left the network. What it wrote stays readable for its people."))
            return redirect("network:organization", code)
    context = {"shown": at.organization, "form": form}
    return render(request, "ledger/exits/leave.html", context, status=422 if form.errors else 200)
