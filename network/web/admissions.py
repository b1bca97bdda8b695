"""What the network decides of an organization: that a body takes it in, that it may trade, that it no longer may."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from network import permissions
from network.actions import admissions as acting
from network.actions import affiliations
from network.actions import invitations as inviting
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.resolutions import Resolution
from network.queries import admissions, assemblies, invitations, organizations
from network.web.callers import Caller, caller
from network.web.fields import BodyActField, DayField

#: So many invitations that were not accepted are shown.
OFFERED = 5


class DecidedForm(forms.Form):
    """By which resolution."""

    resolution = BodyActField(label=_("Resolution"), queryset=Resolution.objects.none())

    def __init__(self, *args: Any, at: Caller, deciding: Sequence[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organization, self.on = at.organization, at.on
        acts = cast("forms.ModelChoiceField[Resolution]", self.fields["resolution"])
        acts.queryset = assemblies.latest(*deciding)


class FromForm(DecidedForm):
    """By which resolution, and from which day on."""

    starts_on = DayField(label=_("From"))
    field_order = ("starts_on", "resolution")


class EndForm(DecidedForm):
    """By which resolution, and to which body it no longer belongs."""

    body = forms.ModelChoiceField(label=_("Body"), queryset=Organization.objects.none())
    field_order = ("body", "resolution")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = cast("forms.ModelChoiceField[Organization]", self.fields["body"])
        bodies.queryset = organizations.direct_bodies(self.organization, on=self.on)


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that can be decided: its form, what it says, and the action."""

    form: type[DecidedForm]
    title: Promise
    note: Promise
    done: Promise
    act: Callable[[Caller, dict[str, Any]], object]


def _invite(at: Caller, told: dict[str, Any]) -> object:
    body = told["resolution"].organization
    return inviting.invite(member=at.organization, body=body, by=at.user, on=at.on, **told)


def _admit(at: Caller, told: dict[str, Any]) -> object:
    return acting.admit(organization=at.organization, by=at.user, on=at.on, **told)


def _suspend(at: Caller, told: dict[str, Any]) -> object:
    return acting.suspend(organization=at.organization, by=at.user, on=at.on, **told)


def _end(at: Caller, told: dict[str, Any]) -> object:
    return affiliations.end(member=at.organization, by=at.user, on=at.on, **told)


DECISIONS = {
    "invite": Decision(
        FromForm,
        _("A federation or a network takes it in"),
        _("The body whose resolution you choose is the one that it belongs to from that day on, once it accepts."),
        _("Noted. It belongs to that body once it accepts."),
        _invite,
    ),
    "admit": Decision(
        FromForm,
        _("It may trade"),
        _("From that day on it may agree on exchanges with the others, once its book is open."),
        _("It may trade now."),
        _admit,
    ),
    "suspend": Decision(
        DecidedForm,
        _("It may trade no longer"),
        _("From today on it agrees on nothing new. What it has agreed on is carried out and settled."),
        _("It may trade no longer. What was agreed on is carried out."),
        _suspend,
    ),
    "end": Decision(
        EndForm,
        _("It no longer belongs to a body"),
        _("From today on. Whether it may trade is decided apart."),
        _("It no longer belongs to that body."),
        _end,
    ),
}


def deciding(request: HttpRequest, code: str) -> tuple[Caller, list[Organization]]:
    """Return who asks, and for whom they may note what is decided of that organization; 404 to whoever may for none."""
    at = caller(request, code)
    bodies = permissions.decides_on(at.user, at.organization, on=at.on)
    if not bodies:
        raise Http404
    return at, bodies


def with_a_say(at: Caller, bodies: Sequence[Organization]) -> list[Organization]:
    """Return those of the bodies that decide on the organization today: itself, and what it belongs to."""
    above = organizations.bodies_above(at.organization, on=at.on)
    return [body for body in bodies if body == at.organization or body.pk in above]


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, code: str) -> HttpResponse:
    at, bodies = deciding(request, code)
    chosen = request.POST.get("decision", "")
    shown = {}
    have_a_say = bool(with_a_say(at, bodies))
    for name in _offered(at, have_a_say=have_a_say):
        decision = DECISIONS[name]
        sent = request.POST if name == chosen else None
        form = decision.form(sent, at=at, deciding=bodies, auto_id=f"{name}_%s", initial={"starts_on": at.on})
        if sent is not None and form.is_valid():
            try:
                decision.act(at, form.cleaned_data)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, str(decision.done))
                return redirect("network:organization", code)
        shown[name] = (decision, form)
    if chosen and chosen not in shown:
        messages.error(request, _("That was decided meanwhile. Look at how things stand now."))
    context = {
        "at": at,
        "shown": at.organization,
        "standing": admissions.standing(at.organization, on=at.on),
        "bodies": organizations.bodies_of(at.organization, on=at.on),
        "deciding": bodies,
        "have_a_say": have_a_say,
        "offered": invitations.between(at.organization, bodies)[:OFFERED],
        "can_answer": permissions.can_answer(at.user, at.organization, on=at.on),
        "decisions": shown,
    }
    return render(request, "network/admissions/decide.html", context)


def _offered(at: Caller, *, have_a_say: bool) -> list[str]:
    """Return what can be decided as things stand: any body invites, and those that it belongs to decide."""
    if not have_a_say:
        return ["invite"]
    may_trade = admissions.standing(at.organization, on=at.on).may_trade
    offered = ["invite", "suspend" if may_trade else "admit"]
    if organizations.direct_bodies(at.organization, on=at.on).exists():
        offered.append("end")
    return offered
