"""Disputes: contest what was confirmed, tell the other version, advise, and agree how it ends."""

import uuid
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actions import contested, mediation
from ledger.actions import disputes as actions
from ledger.models.deliveries import Delivery
from ledger.models.disputes import Contested, Dispute, Outcome
from ledger.queries import agreements, contributions, credited, disputes, funded
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.answers import resolution_of
from ledger.web.fields import KeyField
from network import permissions
from network.errors import DomainError
from network.models.councils import Mandate
from network.models.resolutions import Resolution
from network.queries import assemblies
from network.web.fields import ActField

PAGE = 25
SAID = {
    "answer": _("Noted. Both versions stand side by side now."),
    "advise": _("Noted. Both sides can read it."),
    "name": _("Noted."),
    "propose": _("Noted. It ends so once the other side agrees."),
    "agree": _("It has ended as both agree."),
}


class MediatorField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """Somebody who may mediate, and for which body."""

    def label_from_instance(self, obj: Mandate) -> str:
        return f"{obj.user.name}, {obj.organization.name} ({obj.get_office_display()})"


class CorrectionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """An act that puts something right."""

    def label_from_instance(self, obj: Delivery) -> str:
        return f"{date_format(obj.happened_on, 'SHORT_DATE_FORMAT')}: {obj.get_act_display()}, {obj.giver.name}"


class MediatorForm(forms.Form):
    """Who mediates."""

    mediator = MediatorField(
        label=_("Who mediates"),
        queryset=Mandate.objects.none(),
        required=False,
        empty_label=_("whoever stands first in this list; nobody, if it is empty"),
        help_text=_("Somebody who speaks for a federation of one of you, and belongs to neither."),
    )

    def __init__(self, *args: Any, dispute: Dispute, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = disputes.mediators(dispute.sides, on=at.on)
        cast("forms.ModelChoiceField[Mandate]", self.fields["mediator"]).queryset = able


class ContestForm(MediatorForm):
    """What happened, in one's own words."""

    key = KeyField()
    version = forms.CharField(
        label=_("What happened, as you tell it"),
        max_length=actions.VERSION_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The other side and whoever mediates read it. It stays as you write it."),
    )
    field_order = ["key", "version", "mediator"]


class OutcomeForm(forms.Form):
    """How it should end."""

    outcome = forms.ChoiceField(label=_("How it should end"), choices=Outcome.choices)
    correction = CorrectionField(
        label=_("What puts it right"),
        queryset=Delivery.objects.none(),
        required=False,
        empty_label="—",
        help_text=_(
            "Note it under the agreement first: a return, a reduction, a payment. Once both confirmed it, choose it."
        ),
    )

    resolution = ActField(
        label=_("Resolution that allows it"),
        queryset=Resolution.objects.none(),
        required=False,
        help_text=_("Needed where what is undone is worth more than your officers may decide on by themselves."),
    )

    def __init__(self, *args: Any, dispute: Dispute, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acts = cast("forms.ModelChoiceField[Resolution]", self.fields["resolution"])
        acts.queryset = assemblies.latest(at.organization)
        if dispute.delivery is None:
            # Outside an agreement nothing is put right by another act: it is undone, and written anew.
            del self.fields["correction"], self.fields["resolution"]
            ends = [each for each in Outcome.choices if each[0] != Outcome.CORRECTED]
            cast("forms.ChoiceField", self.fields["outcome"]).choices = ends
            return
        able = actions.corrections(dispute).select_related("giver")
        cast("forms.ModelChoiceField[Delivery]", self.fields["correction"]).queryset = able


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    page = Paginator(disputes.of_organization(at.organization), PAGE).get_page(request.GET.get("page"))
    return render(request, "ledger/disputes/list.html", at.context("accounts") | {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def contest(request: HttpRequest, code: str, pk: int, of: str) -> HttpResponse:
    at = desk(request, code)
    act = _act_of(at, of, pk)
    against = contested.other_side(act, at.organization)
    if not at.can_log or against is None:
        raise Http404
    begun = Dispute(raised_for=at.organization, raised_against=against, **{contested.FIELDS[type(act)]: act})
    form = ContestForm(request.POST or None, initial={"key": uuid.uuid4()}, dispute=begun, at=at)
    if form.is_valid():
        try:
            made = actions.contest(act=act, organization=at.organization, by=at.user, on=at.on, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted. It stays as it is until both of you agree how the dispute ends."))
            return redirect("ledger:dispute", code, made.pk)
    context = at.context("accounts") | {"form": form, "dispute": begun}
    return render(request, "ledger/disputes/new.html", context, status=422 if form.errors else 200)


def _act_of(at: Desk, of: str, pk: int) -> Contested:
    """Return what is to be contested, by the name of its kind, if the organization has to do with it."""
    if of == "delivery":
        delivery = get_object_or_404(Delivery.objects.select_related("agreement__unit", "giver", "receiver"), pk=pk)
        whole = agreements.of_organization(at.organization, kind=delivery.agreement.kind)
        get_object_or_404(whole, pk=delivery.agreement_id)
        return delivery
    if of == "gift":
        return get_object_or_404(contributions.of_organization(at.organization), pk=pk)
    if of == "fund":
        return get_object_or_404(funded.of_organization(at.organization), pk=pk)
    return get_object_or_404(credited.of_organization(at.organization), pk=pk)


def _dispute(at: Desk, pk: int) -> Dispute:
    return get_object_or_404(disputes.of_organization(at.organization), pk=pk)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    return _page(request, at, _dispute(at, pk))


def _page(request: HttpRequest, at: Desk, dispute: Dispute, form: OutcomeForm | None = None) -> HttpResponse:
    us, is_open = at.organization, dispute.is_open
    body = dispute.mediates_for
    mediates = dispute.mediator == at.user and body is not None
    mediator = dispute.mediator
    has_mediator = mediator is not None and body is not None and permissions.can_confirm(mediator, body, on=at.on)
    may_end = is_open and at.can_confirm
    context = at.context("accounts") | {
        "dispute": dispute,
        "is_ours": dispute.raised_for == us,
        "may_answer": is_open and at.can_log and dispute.raised_for != us and not dispute.other_version,
        "may_advise": is_open and mediates and has_mediator,
        "may_propose": may_end,
        "may_agree": may_end and dispute.proposed_for is not None and dispute.proposed_for != us,
        "mediator_form": MediatorForm(dispute=dispute, at=at) if may_end and not has_mediator else None,
        "form": form or (OutcomeForm(dispute=dispute, at=at) if may_end else None),
    }
    return render(request, "ledger/disputes/detail.html", context, status=422 if form else 200)


@login_required
@only_sent
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    dispute, what = _dispute(at, pk), request.POST.get("answer", "")
    form = OutcomeForm(request.POST, dispute=dispute, at=at) if what == "propose" else None
    if form is not None and not form.is_valid():
        return _page(request, at, dispute, form)
    try:
        _act(request, at, dispute, what, form.cleaned_data if form else {})
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        if what in SAID:
            messages.success(request, SAID[what])
        else:
            messages.error(request, _("Choose one of the answers of the page."))
    return redirect("ledger:dispute", code, pk)


def _act(request: HttpRequest, at: Desk, dispute: Dispute, what: str, told: dict[str, Any]) -> None:
    who: dict[str, Any] = {"dispute": dispute, "by": at.user, "on": at.on}
    match what:
        case "answer":
            actions.answer(organization=at.organization, version=said(request, "version"), **who)
        case "advise":
            mediation.advise(advice=said(request, "advice"), **who)
        case "name":
            form = MediatorForm(request.POST, dispute=dispute, at=at)
            mandate = form.cleaned_data["mediator"] if form.is_valid() else None
            mediation.name(organization=at.organization, mediator=mandate, **who)
        case "propose":
            actions.propose(
                organization=at.organization,
                outcome=Outcome(told["outcome"]),
                correction=told.get("correction"),
                resolution=told.get("resolution"),
                **who,
            )
        case "agree":
            actions.agree(organization=at.organization, resolution=resolution_of(request, at), **who)
        case _other:
            pass
