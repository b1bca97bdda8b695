"""Counts of cash: the list, counting the box, and one of them."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actions import cash_counts as actions
from ledger.actions.refusals_audited import CashMovedMeanwhile
from ledger.core import cash
from ledger.models.accounts import Book
from ledger.queries import cash_counts
from ledger.web.access import desk
from ledger.web.fields import KeyField, NumberField, minor
from network.errors import DomainError
from network.web.fields import CountField

PAGE = 25


class CountForm(forms.Form):
    """How many of each note, the coins, and what one knows of a difference."""

    key = KeyField()
    # What the book said when one began to count.
    expected = forms.IntegerField(widget=forms.HiddenInput)
    rest = NumberField(label=_("Coins, in all"), required=False)
    reason = forms.CharField(
        label=_("What you know about the difference"),
        help_text=_("Only if it is not what the book says. No names of people."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, book: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.notes = book.unit, cash.NOTES.get(book.unit.code, ())
        if not self.notes:
            self.fields["rest"].label = _("How much there is, in all")
        for note in self.notes:
            label = _("Notes of %(note)s") % {"note": number_format(note, force_grouping=True)}
            self.fields[f"note_{note}"] = CountField(
                label=label, min_value=0, max_value=cash.PIECES_MAX, required=False
            )
        self.order_fields([*(f"note_{note}" for note in self.notes), "rest", "reason"])

    def clean_rest(self) -> int:
        rest = self.cleaned_data.get("rest")
        return 0 if rest is None else minor(rest, self.unit)

    def told(self) -> dict[str, Any]:
        """Return what was counted, as the action takes it."""
        data = self.cleaned_data
        pieces = {note: data[f"note_{note}"] or 0 for note in self.notes}
        return {name: data[name] for name in ("key", "rest", "expected", "reason")} | {"pieces": pieces}


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    if at.book is None:  # a 404 of its own where there is no book
        raise Http404
    context = at.context("cash") | {
        "page": Paginator(cash_counts.of_book(at.book), PAGE).get_page(request.GET.get("page")),
        "held": cash_counts.held(at.book),
        "unit": at.book.unit,
    }
    return render(request, "ledger/cash_counts/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    if not at.can_confirm or at.book is None:
        raise Http404
    held = cash_counts.held(at.book)
    form = CountForm(request.POST or None, book=at.book, initial={"key": uuid.uuid4(), "expected": held})
    if form.is_valid():
        try:
            made = actions.count(book=at.book, by=at.user, on=at.on, at=timezone.now(), **form.told())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, CashMovedMeanwhile):
                # What was counted stays on the page; it is compared with what the book says now.
                form.data = {**form.data.dict(), "expected": held}  # type: ignore[attr-defined]  # it was sent
        else:
            messages.success(request, _("Noted. The book holds what you counted."))
            return redirect("ledger:cash-count", code, made.pk)
    context = at.context("cash") | {"form": form, "held": held, "unit": at.book.unit}
    return render(request, "ledger/cash_counts/new.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    if at.book is None:
        raise Http404
    found = get_object_or_404(cash_counts.of_book(at.book), pk=pk)
    entry = found.event.entries.filter(book=at.book).first() if found.event else None
    context = at.context("cash") | {"found": found, "unit": at.book.unit, "entry": entry}
    return render(request, "ledger/cash_counts/detail.html", context)
