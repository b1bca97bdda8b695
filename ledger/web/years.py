"""Months and years of a book: up to where it is closed, what a year has left, and the closing of either."""

import datetime as dt

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ledger.actions import years as closing
from ledger.core import fiscal
from ledger.queries import years
from ledger.queries.years import Year
from ledger.web.access import Desk, desk, only_sent
from network.errors import DomainError
from network.web.fields import DayField


class MonthForm(forms.Form):
    """Up to which day."""

    through = DayField(label=_("Last day that is closed"))


class YearForm(forms.Form):
    """Up to which year, and by which resolution."""

    year = forms.TypedChoiceField(label=_("Up to and including the year"), coerce=int)
    resolution = forms.CharField(
        label=_("Resolution or minutes"),
        max_length=80,
        help_text=_("Of the assembly that approved the year's accounts."),
    )

    def __init__(self, *args: object, open_years: list[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.fields["year"].choices = [(year, str(year)) for year in open_years]  # type: ignore[attr-defined]


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, desk(request, code))


@login_required
@only_sent
def lock(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    form = MonthForm(request.POST)
    if form.is_valid():
        through: dt.date = form.cleaned_data["through"]
        try:
            closing.close_period(book=at.book, through=through, on=at.on, by=at.user)
        except DomainError as refusal:
            form.add_error("through", str(refusal))
        else:
            messages.success(request, _("Closed. From now on the book takes entries of later days only."))
            return redirect("ledger:years", code)
    return _page(request, at, month=form)


@login_required
@only_sent
def close(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    form = YearForm(request.POST, open_years=_open(years.years(book=at.book, on=at.on)))
    if form.is_valid():
        try:
            closing.close_years(
                book=at.book,
                through_year=form.cleaned_data["year"],
                resolution=form.cleaned_data["resolution"],
                on=at.on,
                by=at.user,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The year is closed: its result is in the surplus, and the next one is open."))
            return redirect("ledger:years", code)
    return _page(request, at, year=form)


def _page(
    request: HttpRequest, at: Desk, *, month: MonthForm | None = None, year: YearForm | None = None
) -> HttpResponse:
    found = years.years(book=at.book, on=at.on)
    following = next((each for each in found if each.is_next and each.has_ended), None)
    context = at.context("accounts") | {
        "years": found,
        "closed_through": years.closed_through(book=at.book),
        "following": following,
        "left": years.result(book=at.book, ends_on=following.ends_on) if following else [],
        "month_form": month or MonthForm(initial={"through": _last_month(at.on)}),
        "year_form": year or YearForm(open_years=_open(found)),
    }
    return render(request, "ledger/journal/years.html", context)


def _open(found: list[Year]) -> list[int]:
    return sorted(each.year for each in found if each.closing is None and each.has_ended)


def _last_month(on: dt.date) -> dt.date:
    return fiscal.last_day_of_month(on.replace(day=1) - dt.timedelta(days=1))
