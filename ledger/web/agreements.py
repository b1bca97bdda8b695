"""Write an agreement's terms, and write them anew."""

import datetime as dt
import uuid
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from ledger.actions import terms as agreed
from ledger.actions.terms import LineTerms, Terms
from ledger.models.agreements import BARTER, Agreement, AgreementLine
from ledger.models.units import Unit
from ledger.queries import agreements as agreements_read
from ledger.web.access import Desk, desk
from ledger.web.fields import AmountField, KeyField, NumberField, UnitField, editable, minor
from ledger.web.matches import suggested
from ledger.web.rows import with_more
from network.errors import DomainError
from network.models.organizations import Organization
from network.queries import admissions
from network.web.fields import DayField

VAT_RATES = [("2100", "21 %"), ("1050", "10,5 %"), ("2700", "27 %"), ("", _("No VAT (C paper)"))]
ROWS = 1
ROWS_MAX = agreed.LINES_MAX


class TermsForm(forms.Form):
    """What is agreed besides the lines."""

    key = KeyField()
    partner = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label=_("With which cooperative"), empty_label=_("Choose one")
    )
    title = forms.CharField(label=_("What it is about"), max_length=120, help_text=_("For example: bags for flour."))
    agreed_on = DayField(label=_("Day of the agreement"))
    due_on = DayField(label=_("Last day to deliver"), required=False)
    pegged_to_goods = forms.TypedChoiceField(
        label=_("What stays owed keeps its value in"),
        choices=[
            ("1", _("the goods: who owes 100 kg owes 100 kg, whatever the price")),
            ("0", _("pesos, at the agreed value")),
        ],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        initial="1",
    )
    resolution = forms.CharField(
        label=_("Resolution that allows it"),
        max_length=80,
        required=False,
        help_text=_("Number and day of the act of the council or the assembly."),
    )

    def __init__(self, *args: Any, proposer: Organization, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_partners(admissions.traders(on=on).filter(book__isnull=False).exclude(pk=proposer.pk))

    def offer_partners(self, partners: QuerySet[Organization]) -> None:
        """Let one of these be chosen."""
        cast("forms.ModelChoiceField[Organization]", self.fields["partner"]).queryset = partners

    def terms(self) -> Terms:
        """Return what was written."""
        data = self.cleaned_data
        return Terms(
            title=data["title"],
            pegged_to_goods=data["pegged_to_goods"],
            agreed_on=data["agreed_on"],
            due_on=data["due_on"],
            resolution=data["resolution"],
        )


class LineForm(forms.Form):
    """One thing that one side gives; a row that is left empty is left out."""

    thing = forms.CharField(label=_("Thing"), max_length=80, required=False)
    quantity = NumberField(label=_("Quantity"), required=False)
    unit = UnitField(label=_("Unit"), required=False)
    value = AmountField(label=_("Value in pesos, without VAT"), required=False)
    vat_rate = forms.TypedChoiceField(
        label=_("VAT"), choices=VAT_RATES, coerce=int, empty_value=None, required=False, initial="2100"
    )

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written in the row."""
        data = self.cleaned_data
        return not any(data.get(name) for name in ("thing", "quantity", "value"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        written = [name for name in ("thing", "quantity", "value") if data.get(name) or name in self.errors]
        if written:
            for name in ("thing", "quantity", "value"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Complete this, or empty the whole row."))
        if data.get("quantity") and data.get("unit"):
            self._count("quantity", data["unit"])
        if data.get("value"):
            self._count("value", Unit.objects.get(code="ARS"))
        return data

    def _count(self, name: str, unit: Unit) -> None:
        try:
            self.cleaned_data[f"{name}_minor"] = minor(self.cleaned_data[name], unit)
        except forms.ValidationError as error:
            self.add_error(name, error)

    def line(self, giver: Organization, receiver: Organization) -> LineTerms:
        """Return what was written."""
        data = self.cleaned_data
        return LineTerms(
            giver=giver,
            receiver=receiver,
            thing=data["thing"],
            unit=data["unit"],
            quantity=data["quantity_minor"],
            value=data["value_minor"],
            vat_rate=data["vat_rate"],
        )


class LineRows(forms.BaseFormSet):  # type: ignore[type-arg]  # generic only for the type checker
    """The rows of one side."""

    default_error_messages = {
        "missing_management_form": _(
            "This page is not whole. Open it again from the start page, and write it once more."
        ),
        "too_many_forms": _("One side has at most %(num)d rows. Split the barter in two."),
    }


LineFormSet = forms.formset_factory(
    LineForm, formset=LineRows, extra=0, max_num=ROWS_MAX, absolute_max=2 * ROWS_MAX, validate_max=True
)


class _Draft:
    """The form of an agreement and the rows of its two sides, filled from a request or from what is there."""

    def __init__(self, request: HttpRequest, at: Desk, agreement: Agreement | None) -> None:
        posted = request.POST if request.method == "POST" else None
        initial: dict[str, Any] = {"key": uuid.uuid4(), "agreed_on": at.on}
        ours: list[dict[str, Any]] = [{} for _row in range(ROWS)]
        theirs: list[dict[str, Any]] = [{} for _row in range(ROWS)]
        if agreement is not None:
            initial = terms_written(agreement)
            ours, theirs = (_rows(agreement, side) for side in (agreement.proposer, self._partner(agreement)))
        elif posted is None and (suggestion := suggested(request, at)) is not None:
            initial |= suggestion.terms
            ours, theirs = suggestion.ours or ours, suggestion.theirs or theirs
        self.form = TermsForm(posted, initial=initial, proposer=at.organization, on=at.on)
        if agreement is not None:
            # Whoever it was agreed with stays, even if they may trade nothing new today.
            self.form.offer_partners(Organization.objects.filter(pk=self._partner(agreement).pk))
            self.form.fields["partner"].disabled = True
        if posted is not None and "more" in posted:
            posted = with_more(posted, "ours", "theirs", most=ROWS_MAX)
            self.form.data = posted
        self.ours = LineFormSet(posted, prefix="ours", initial=ours)
        self.theirs = LineFormSet(posted, prefix="theirs", initial=theirs)

    @staticmethod
    def _partner(agreement: Agreement) -> Organization:
        return agreement.others(agreement.proposer)[0]

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.ours.is_valid(), self.theirs.is_valid()])

    def lines(self, at: Desk, partner: Organization) -> list[LineTerms]:
        return [
            row.line(giver, receiver)
            for giver, receiver, rows in (
                (at.organization, partner, self.ours),
                (partner, at.organization, self.theirs),
            )
            for row in rows
            if not row.is_empty
        ]


def terms_written(agreement: Agreement) -> dict[str, Any]:
    """Return the terms as the form shows them."""
    return {
        "key": agreement.key,
        "partner": agreement.others(agreement.proposer)[0].pk,
        "title": agreement.title,
        "agreed_on": agreement.agreed_on,
        "due_on": agreement.due_on,
        "pegged_to_goods": "1" if agreement.is_pegged_to_goods else "0",
        "resolution": agreement.resolution,
    }


def _rows(agreement: Agreement, side: Organization) -> list[dict[str, Any]]:
    lines = agreement.lines.filter(giver=side).select_related("measure__unit").order_by("number")
    rows: list[dict[str, Any]] = [line_written(line, agreement) for line in lines]
    return [*rows, {}]


def line_written(line: AgreementLine, agreement: Agreement) -> dict[str, Any]:
    """Return an agreed line as a row of the form shows it."""
    return {
        "thing": line.thing,
        "quantity": editable(line.quantity, line.measure.unit),
        "unit": line.measure.unit_id,
        "value": editable(line.value, agreement.unit),
        "vat_rate": "" if line.vat_rate is None else str(line.vat_rate),
    }


@login_required
def new(request: HttpRequest, code: str) -> HttpResponse:
    return _write(request, code, None)


@login_required
def edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = get_object_or_404(agreements_read.of_organization(at.organization), pk=pk)
    if agreement.proposer_id != at.organization.pk:
        raise Http404
    if len(agreement.others(at.organization)) > 1:
        return redirect("ledger:barter-edit-among", code, pk)
    return _write(request, code, agreement)


def _write(request: HttpRequest, code: str, agreement: Agreement | None) -> HttpResponse:
    at = desk(request, code)
    if not at.can_log or at.book is None:  # a 404 of its own where there is no book
        raise Http404
    draft = _Draft(request, at, agreement)
    status = 200
    if request.method == "POST" and "more" not in request.POST:
        if draft.is_valid():
            try:
                saved = _save(draft, at, agreement)
            except DomainError as refusal:
                draft.form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Saved. Here is what you agreed."))
                return redirect("ledger:barter-detail", code, saved.pk)
        status = 422
    context = at.context("barter") | {
        "form": draft.form,
        "ours": draft.ours,
        "theirs": draft.theirs,
        "agreement": agreement,
        "show_errors": status == 422,
    }
    return render(request, "ledger/barter/form.html", context, status=status)


def _save(draft: _Draft, at: Desk, agreement: Agreement | None) -> Agreement:
    terms = draft.form.terms()
    if agreement is not None:
        lines = draft.lines(at, agreement.others(at.organization)[0])
        return agreed.revise(agreement=agreement, terms=terms, lines=lines, by=at.user, on=at.on)
    partner = draft.form.cleaned_data["partner"]
    return agreed.log(
        kind=BARTER,
        key=draft.form.cleaned_data["key"],
        proposer=at.organization,
        others=[partner],
        terms=terms,
        lines=draft.lines(at, partner),
        by=at.user,
        on=at.on,
    )
