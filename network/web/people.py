"""The members of an organization: seen by its own people, written down by those who speak for it."""

from typing import cast

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from network import permissions
from network.actions import people as acting
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import Membership, User
from network.queries import people
from network.web.access import Desk, only_sent, say_refusals, sit, with_minute
from network.web.fields import DayField

PAGE = 50


class MemberForm(forms.Form):
    """Who comes in, and from when on."""

    name = forms.CharField(label=_("Name"), max_length=80)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    starts_on = DayField(label=_("Member since"))


def _desk(request: HttpRequest, code: str) -> Desk:
    return with_minute(sit(Desk, request, code, enter=_enter))


def _enter(request: HttpRequest, organization: Organization) -> None:
    user, on = cast(User, request.user), timezone.localdate()
    if not (permissions.is_own(user, organization, on=on) or permissions.can_minute(user, organization, on=on)):
        raise Http404


@login_required
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = _desk(request, code)
    form = MemberForm(request.POST if request.method == "POST" else None, initial={"starts_on": at.on})
    if form.is_bound and form.is_valid():
        try:
            made = acting.take_in(organization=at.organization, by=at.user, on=at.on, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            _welcome(request, made)
            return redirect("network:people", code)
    say_refusals(request, at, form)
    page = Paginator(people.members(at.organization, on=at.on), PAGE).get_page(request.GET.get("page"))
    context = at.context("people") | {"page": page, "form": form}
    return render(request, "network/people/list.html", context, status=422 if form.errors else 200)


def _welcome(request: HttpRequest, made: Membership) -> None:
    """Say that it is done; to somebody who has no password yet goes the letter by which one is set."""
    if made.user.has_usable_password():
        messages.success(request, _("Noted. The person logs in as before."))
        return
    letter = ResetPasswordForm({"email": made.user.email})
    if letter.is_valid():
        letter.save(request)
    messages.success(request, _("Noted. A letter to set a password is on its way to the person's address."))


@login_required
@only_sent
def end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = _desk(request, code)
    membership = get_object_or_404(Membership.objects.filter(organization=at.organization), pk=pk)
    try:
        acting.end(membership=membership, by=at.user, on=at.on)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Noted: no longer a member."))
    return redirect("network:people", code)
