"""Acts in network credit: a plus for the members, a sale, a position handed over; the list, and what each side says."""

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

from ledger.actions import credit_answers, credited
from ledger.actions.credited import Told
from ledger.core.credit import vat_within
from ledger.models.credited import CreditAct, CreditKind, StockOfBuyer
from ledger.models.deliveries import DeliveryState
from ledger.queries import credit
from ledger.queries import credited as reading
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.agreements import VAT_RATES
from ledger.web.fields import KeyField, NumberField, minor
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.resolutions import Resolution
from network.queries import assemblies
from network.web.fields import ActField, CountField, DayField

PAGE = 25


class ToldForm(forms.Form):
    """What every act in credit is: in which credit, when, with which papers."""

    key = KeyField()
    credit = forms.ChoiceField(label=_("In which credit"))
    happened_on = DayField(label=_("Day"))
    papers = forms.CharField(label=_("Number of the paper"), max_length=40, required=False)

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.positions = {str(each.credit.pk): each for each in credit.at_par(book=at.book, money=at.book.unit)}
        cast("forms.ChoiceField", self.fields["credit"]).choices = [
            (pk, each.credit.name) for pk, each in self.positions.items()
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("credit"):
            self.position = self.positions[data["credit"]]
            if data.get("amount"):
                self._count()
        return data

    def _count(self) -> None:
        try:
            self.minor = minor(self.cleaned_data["amount"], self.position.credit)
        except forms.ValidationError as error:
            self.add_error("amount", error)

    def told(self) -> Told:
        """Return what was written."""
        raise NotImplementedError

    def every(self) -> dict[str, Any]:
        """Return what every act has."""
        data = self.cleaned_data
        return {"credit": self.position.credit, "happened_on": data["happened_on"], "papers": data["papers"]}


class PlusForm(ToldForm):
    """How much in all, to how many members, by which resolution."""

    amount = NumberField(label=_("How much in all"))
    people = CountField(
        label=_("How many members it goes to"),
        min_value=1,
        max_value=credited.PEOPLE_MAX,
        help_text=_("They are counted, not named: the list of who gets what stays with you."),
    )
    resolution = ActField(label=_("Resolution that decided on it"), queryset=Resolution.objects.none())
    field_order = ("key", "credit", "amount", "people", "resolution")

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, at=at, **kwargs)
        acts = cast("forms.ModelChoiceField[Resolution]", self.fields["resolution"])
        acts.queryset = assemblies.latest(at.organization)

    def told(self) -> Told:
        data = self.cleaned_data
        return Told(
            kind=CreditKind.PLUS,
            other=self.at.organization,
            of_members=True,
            amount=self.minor,
            people=data["people"],
            resolution=data["resolution"],
            **self.every(),
        )


class WithOther(ToldForm):
    """An act with another member of the network."""

    other = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label=_("With which cooperative"), empty_label=_("Choose one")
    )

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, at=at, **kwargs)
        others = cast("forms.ModelChoiceField[Organization]", self.fields["other"])
        others.queryset = self.others(at)

    def others(self, at: Desk) -> Any:
        """Return with whom."""
        return credit.could_be_members(at.book, on=at.on)


class SaleForm(WithOther):
    """What was sold, to another cooperative or to the members of one."""

    buyers = forms.ChoiceField(
        label=_("Who bought"),
        choices=[("members", _("Its members, in a shop of yours")), ("itself", _("The cooperative itself"))],
        widget=forms.RadioSelect,
        initial="members",
    )
    amount = NumberField(
        label=_("How much in all, VAT included"), help_text=_("The VAT of it stays due to the tax office in pesos.")
    )
    vat_rate = forms.TypedChoiceField(
        label=_("VAT"), choices=VAT_RATES, coerce=int, empty_value=None, required=False, initial="2100"
    )
    field_order = ("key", "buyers", "other", "credit", "amount", "vat_rate")

    def others(self, at: Desk) -> Any:
        """Return the others, and oneself: one's own members buy in one's own shop."""
        return super().others(at) | Organization.objects.filter(pk=at.organization.pk)

    def told(self) -> Told:
        data = self.cleaned_data
        return Told(
            kind=CreditKind.SALE,
            other=data["other"],
            of_members=data["buyers"] == "members",
            amount=self.minor,
            vat=vat_within(self.minor, basis_points=data["vat_rate"] or 0),
            **self.every(),
        )


class HandoverForm(WithOther):
    """To whom all of the position goes."""

    field_order = ("key", "credit", "other")

    def told(self) -> Told:
        return Told(
            kind=CreditKind.HANDOVER,
            other=self.cleaned_data["other"],
            amount=abs(self.position.amount),
            **self.every(),
        )


FORMS: dict[str, type[ToldForm]] = {"plus": PlusForm, "sale": SaleForm, "handover": HandoverForm}


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    page = Paginator(reading.of_organization(at.organization), PAGE).get_page(request.GET.get("page"))
    return render(request, "ledger/credited/list.html", at.context("credit") | {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str, form: str) -> HttpResponse:
    at = desk(request, code)
    if not at.can_log or at.book is None:  # a 404 of its own where there is no book
        raise Http404
    written = FORMS[form](request.POST or None, at=at, initial={"key": uuid.uuid4(), "happened_on": at.on})
    if written.is_valid():
        key = written.cleaned_data["key"]
        try:
            act = credited.log(key=key, teller=at.organization, told=written.told(), by=at.user, on=at.on)
        except DomainError as refusal:
            written.add_error(None, str(refusal))
        else:
            alone = _("Noted. It is in your book now.")
            messages.success(
                request, _("Noted. It counts once the other side says that it was so.") if act.of_two else alone
            )
            return redirect("ledger:credit-act", code, act.pk)
    context = at.context("credit") | {"form": written, "kind": form}
    return render(request, "ledger/credited/form.html", context, status=422 if written.errors else 200)


def _act(at: Desk, pk: int) -> CreditAct:
    return get_object_or_404(reading.of_organization(at.organization), pk=pk)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    act = _act(at, pk)
    waits, counts = act.state == DeliveryState.LOGGED, act.state == DeliveryState.CONFIRMED
    answers = waits and act.other_id == at.organization.pk
    may_end = counts and at.can_confirm and not act.is_contested
    context = at.context("credit") | {
        "act": act,
        "may_confirm": answers and at.can_confirm,
        "may_reject": answers and at.can_log,
        "may_undo": may_end and act.reversal_asked_by_id != at.organization.pk,
        "may_contest": may_end and act.of_two and act.reversal_asked_by_id is None,
        "stocks": StockOfBuyer.choices if act.kind == CreditKind.SALE and not act.of_members else (),
    }
    return render(request, "ledger/credited/detail.html", context)


@login_required
@only_sent
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    told: dict[str, Any] = {"act": _act(at, pk), "by": at.user, "on": at.on}
    try:
        match request.POST.get("answer"):
            case "confirm":
                credit_answers.confirm(stock=request.POST.get("stock", ""), **told)
                messages.success(request, _("Confirmed. It is now in both books."))
            case "reject":
                credit_answers.reject(reason=said(request), **told)
                messages.success(request, _("Noted. The other side can read why, and write it anew."))
            case "undo":
                undone = credit_answers.undo(organization=at.organization, reason=said(request), **told)
                is_done = undone.state == DeliveryState.REVERSED
                asked = _("Asked. It is undone once the other side agrees.")
                messages.success(request, _("Reversed.") if is_done else asked)
            case "keep":
                credit_answers.keep(organization=at.organization, **told)
                messages.success(request, _("It stands as it was."))
            case _other:
                messages.error(request, _("Choose one of the answers of the page."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:credit-act", code, pk)
