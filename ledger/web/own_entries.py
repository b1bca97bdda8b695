"""A cooperative's own entries: write one, and reverse one."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ledger.actions import own_entries
from ledger.actions.own_entries import Counted, OwnLine
from ledger.core.chart import chart_account
from ledger.models.accounts import Book
from ledger.models.journal import Event
from ledger.models.units import Unit
from ledger.queries import journal
from ledger.queries.accounts import own_units
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.fields import KeyField, NumberField, UnitField, minor
from ledger.web.rows import with_more
from network.errors import DomainError
from network.web.fields import DayField

ROWS = 4
ROWS_MAX = own_entries.LINES_MAX


class EntryForm(forms.Form):
    """What an entry says besides its lines."""

    key = KeyField()
    happened_on = DayField(label=_("Day of the fact"))
    memo = forms.CharField(
        label=_("What happened"), max_length=200, help_text=_("For example: flour given to the members.")
    )
    papers = forms.CharField(
        label=_("Papers"), max_length=200, required=False, help_text=_("Kind and number: invoice, receipt, list.")
    )
    resolution = forms.CharField(
        label=_("Resolution that allows it"),
        max_length=80,
        required=False,
        help_text=_("Number and day of the act of the council or the assembly."),
    )


class RowForm(forms.Form):
    """One account, debited or credited; a row that is left empty is left out."""

    account = forms.ChoiceField(label=_("Account"), required=False)
    debit = NumberField(label=_("Debit"), required=False)
    credit = NumberField(label=_("Credit"), required=False)
    quantity = NumberField(label=_("Quantity"), required=False)
    unit = UnitField(label=_("Unit"), required=False)
    thing = forms.CharField(label=_("Of what"), max_length=80, required=False)

    def __init__(self, *args: Any, kept_in: dict[str, Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept_in = kept_in
        self.fields["account"].choices = [("", _("Choose one")), *_choices(kept_in)]  # type: ignore[attr-defined]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written in the row."""
        return not any(self.cleaned_data.get(name) for name in ("account", "debit", "credit", "quantity", "thing"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors or self.is_empty:
            return data
        if not data["account"]:
            self.add_error("account", _("Complete this, or empty the whole row."))
        elif bool(data["debit"]) == bool(data["credit"]):
            self.add_error("debit", _("Write an amount on one side: debit or credit."))
        else:
            side = "debit" if data["debit"] else "credit"
            self._count(side, self.kept_in[data["account"]])
        if data["quantity"] and data["unit"] and data["thing"]:
            self._count("quantity", data["unit"])
        elif data["quantity"] or data["thing"]:
            self.add_error("quantity", _("Write how much, in which unit, and of what."))
        return data

    def _count(self, name: str, unit: Unit) -> None:
        try:
            self.cleaned_data[f"{name}_minor"] = minor(self.cleaned_data[name], unit)
        except forms.ValidationError as error:
            self.add_error(name, error)

    @property
    def amount(self) -> int:
        """What was written, in minor units of the account's unit, debit above zero."""
        data = self.cleaned_data
        return int(data["debit_minor"] if data["debit"] else -data["credit_minor"])

    def line(self) -> OwnLine:
        """Return what was written."""
        data = self.cleaned_data
        counted = None
        if data["quantity"]:
            counted = Counted(quantity=data["quantity_minor"], unit=data["unit"], thing=data["thing"])
        return OwnLine(number=data["account"], amount=self.amount, counted=counted)


def _choices(kept_in: dict[str, Unit]) -> list[tuple[str, str]]:
    language = get_language() or ""
    return [
        (number, f"{number} {chart_account(number).name_in(language)} ({unit.symbol})")
        for number, unit in kept_in.items()
    ]


class Rows(forms.BaseFormSet):  # type: ignore[type-arg]  # generic only for the type checker
    """The lines of the entry."""

    default_error_messages = {
        "missing_management_form": _(
            "This page is not whole. Open it again from the start page, and write it once more."
        ),
        "too_many_forms": _("One entry has at most %(num)d lines. Split it in two."),
    }


RowFormSet = forms.formset_factory(
    RowForm, formset=Rows, extra=0, max_num=ROWS_MAX, absolute_max=2 * ROWS_MAX, validate_max=True
)


@dataclass(frozen=True, slots=True)
class Sum:
    """Debits and credits of what is written in one unit, above zero."""

    unit: Unit
    debit: int
    credit: int

    @property
    def missing(self) -> int:
        """By how much the two differ."""
        return abs(self.debit - self.credit)


class _Draft:
    """The form of an entry and its rows, filled from a request or empty."""

    def __init__(self, request: HttpRequest, at: Desk, book: Book) -> None:
        posted = request.POST if request.method == "POST" else None
        if posted is not None and "more" in posted:
            posted = with_more(posted, "rows", most=ROWS_MAX)
        self.kept_in = own_units(book=book)
        self.form = EntryForm(posted, initial={"key": uuid.uuid4(), "happened_on": at.on})
        self.rows = RowFormSet(
            posted, prefix="rows", initial=[{} for _row in range(ROWS)], form_kwargs={"kept_in": self.kept_in}
        )

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.rows.is_valid()])

    @property
    def written(self) -> list[RowForm]:
        """The rows in which something stands that is right by itself."""
        if not self.rows.is_bound:
            return []
        return [row for row in self.rows if row.is_valid() and not row.is_empty]

    @property
    def unbalanced(self) -> list[Sum]:
        """The sums that differ, unit by unit."""
        sums: dict[str, Sum] = {}
        for row in self.written:
            unit = self.kept_in[row.cleaned_data["account"]]
            before = sums.get(unit.code, Sum(unit, 0, 0))
            amount = row.amount
            sums[unit.code] = Sum(unit, before.debit + max(amount, 0), before.credit + max(-amount, 0))
        return [each for each in sums.values() if each.missing]


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    if not at.can_log:
        raise Http404
    draft = _Draft(request, at, at.book)
    status = 200
    if request.method == "POST" and "more" not in request.POST:
        if draft.is_valid():
            try:
                event = _save(draft, at)
            except DomainError as refusal:
                draft.form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Written. Here is the entry."))
                return _entry(at, event)
        status = 422
    context = at.context("journal") | {
        "form": draft.form,
        "rows": draft.rows,
        "unbalanced": draft.unbalanced,
        "show_errors": status == 422,
    }
    return render(request, "ledger/own_entries/form.html", context, status=status)


def _save(draft: _Draft, at: Desk) -> Event:
    told = dict(draft.form.cleaned_data)
    lines = [row.line() for row in draft.written]
    return own_entries.write(book=at.book, lines=lines, by=at.user, on=at.on, **told)


def _entry(at: Desk, event: Event) -> HttpResponse:
    entry = journal.entries(book=at.book).get(event=event)
    return redirect("ledger:entry", at.organization.code, entry.year, entry.number)


@login_required
@only_sent
def reverse(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    at = desk(request, code)
    found = get_object_or_404(journal.entries(book=at.book), year=year, number=number)
    try:
        undone = own_entries.reverse(event=found.event, reason=said(request), by=at.user, on=at.on)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("ledger:entry", code, year, number)
    messages.success(request, _("Reversed with a new entry. Here it is."))
    return _entry(at, undone)
