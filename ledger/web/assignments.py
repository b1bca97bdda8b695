"""Somebody else takes over what is owed: what there is to hand over, the form, and the page that all three sign on."""

import uuid
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actions import agreements
from ledger.actions import assignments as actions
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.claims import Claim
from ledger.queries import assignments, claims, thresholds
from ledger.templatetags.amounts import amount as written
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.answers import resolution_of
from ledger.web.fields import AmountField, KeyField, editable, minor
from ledger.web.thresholds import SignForm
from network.errors import DomainError
from network.models.organizations import Organization
from network.queries import admissions

PAGE = 25


class AgainstField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """What is owed the other way; empty where it is paid."""

    def label_from_instance(self, obj: Claim) -> str:
        """Return whose it is, since when, and how much of it is open."""
        return _("set off against %(amount)s between you and %(who)s, open since %(day)s") % {
            "amount": written(obj.balance.amount, obj.unit),
            "who": (obj.debtor if obj.creditor.organization == self.organization else obj.creditor).organization.name,
            "day": obj.opened_on.strftime("%d/%m/%Y"),
        }

    organization: Organization


class AssignmentForm(forms.Form):
    """Who takes it over, how much of it, and what for."""

    key = KeyField()
    taker = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label=_("Who takes it over"), empty_label=_("Choose one")
    )
    amount = AmountField(label=_("How much of it, in pesos"))
    against = AgainstField(
        queryset=Claim.objects.none(),
        label=_("How its worth is settled between you two"),
        required=False,
        empty_label=_("paid from bank to bank"),
    )

    def __init__(self, *args: Any, at: Desk, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.claim = claim
        traders = admissions.traders(on=at.on).filter(book__isnull=False)
        taking = cast("forms.ModelChoiceField[Organization]", self.fields["taker"])
        taking.queryset = traders.exclude(book__in=[claim.creditor_id, claim.debtor_id])
        against = cast("AgainstField", self.fields["against"])
        against.organization = at.organization
        # Whoever hands a claim over is owed its worth, and may owe already; whoever is rid of a debt the other way.
        other_way = {"debtor": at.book} if claim.creditor_id == at.book.pk else {"creditor": at.book}
        against.queryset = assignments.in_money(at.book).filter(**other_way).exclude(pk=claim.pk)

    def clean_amount(self) -> int:
        """Return minor units."""
        try:
            return minor(self.cleaned_data["amount"], self.claim.unit)
        except forms.ValidationError as problem:
            raise forms.ValidationError(problem.messages) from None


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    context = at.context("accounts") | {
        "open": Paginator(assignments.in_money(at.book), PAGE).get_page(request.GET.get("open")),
        "page": Paginator(assignments.of_organization(at.organization), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "ledger/assignments/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str, claim: int) -> HttpResponse:
    at = desk(request, code)
    if not at.can_log:
        raise Http404
    handed = get_object_or_404(assignments.in_money(at.book), pk=claim)
    begun = {"key": uuid.uuid4(), "amount": editable(handed.balance.amount, handed.unit)}
    form = AssignmentForm(request.POST if request.method == "POST" else None, initial=begun, at=at, claim=handed)
    if form.is_bound and form.is_valid():
        try:
            saved = actions.propose(
                organization=at.organization, claim=handed, by=at.user, on=at.on, **form.cleaned_data
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down. It is in the books once all three have signed."))
            return redirect("ledger:handover", code, saved.pk)
    context = at.context("accounts") | {"form": form, "claim": handed, "is_credit": handed.creditor == at.book}
    return render(request, "ledger/assignments/form.html", context, status=422 if form.errors else 200)


def _agreement(at: Desk, pk: int) -> Agreement:
    return get_object_or_404(assignments.of_organization(at.organization), pk=pk)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = _agreement(at, pk)
    told, parties = agreement.assignment, list(agreement.parties.all())
    has_signed = {party.organization_id: party.signed_by_id is not None for party in parties}
    is_own = agreement.proposer_id == at.organization.pk
    waits = not has_signed[at.organization.pk] and agreement.state in {AgreementState.DRAFT, AgreementState.PROPOSED}
    debts = list(claims.open_of(agreement=agreement.code))
    owes = any(debt.debtor.organization_id == at.organization.pk for debt in debts)
    has_run = agreement.state in {AgreementState.ACCEPTED, AgreementState.SETTLED}
    context = at.context("accounts") | {
        "agreement": agreement,
        "page": Paginator(assignments.payments(agreement), PAGE).get_page(request.GET.get("page")),
        "told": told,
        "parties": [(party.organization, has_signed[party.organization_id]) for party in parties],
        "steps": agreement.steps.select_related("by", "organization").order_by("pk"),
        "debts": debts,
        "sign_form": SignForm(at=at) if thresholds.exceeded(agreement, at.organization) else None,
        "may": {
            "sign": at.can_confirm and waits and is_own == (agreement.state == AgreementState.DRAFT),
            "answer": at.can_log and waits and not is_own,
            "refuse": at.can_confirm and waits and not is_own,
            "pay": at.can_log and owes,
            "confirm": at.can_confirm and has_run,
            "reject": at.can_log and has_run,
            "reverse": at.can_confirm and has_run,
            "edit": at.can_log and is_own and agreement.state in {AgreementState.DRAFT, AgreementState.PROPOSED},
        },
    }
    return render(request, "ledger/assignments/detail.html", context)


@login_required
@only_sent
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    who: dict[str, Any] = {"agreement": _agreement(at, pk), "by": at.user, "on": at.on}
    try:
        match request.POST.get("answer"):
            case "sign":
                actions.sign(organization=at.organization, resolution=resolution_of(request, at), **who)
                messages.success(request, _("Signed. It is in the books once all three have signed."))
            case "refuse":
                agreements.refuse(organization=at.organization, reason=said(request), **who)
                messages.success(request, _("Refused. The other side can read why."))
            case "withdraw":
                agreements.withdraw(reason=said(request), **who)
                messages.success(request, _("Withdrawn."))
            case _other:
                messages.error(request, _("Choose one of the answers of the page."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:handover", code, pk)
