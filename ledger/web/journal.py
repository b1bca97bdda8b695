"""The journal of a book: its entries by day, and one entry."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ledger.actions import own_entries
from ledger.models.journal import Event
from ledger.queries import economies, journal
from ledger.web.access import desk
from ledger.web.economies import ClassForm
from network.web.fields import DayField

PAGE = 25


class DaysForm(forms.Form):
    """From which day to which day."""

    starts_on = DayField(label=_("From"), required=False)
    ends_on = DayField(label=_("To"), required=False)


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    form = DaysForm(request.GET or None)
    days = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = journal.entries(book=at.book, starts_on=days.get("starts_on"), ends_on=days.get("ends_on"))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    entries = journal.written(list(page.object_list), book=at.book)
    context = at.context("journal") | {"form": form, "page": page, "entries": entries}
    return render(request, "ledger/journal/list.html", context)


@login_required
@require_GET
def entry(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    at = desk(request, code)
    found = get_object_or_404(journal.entries(book=at.book), year=year, number=number)
    event = Event.objects.select_related("reverses").get(pk=found.event_id)
    stands = economies.classified(event, book=at.book)
    reversed_by = journal.entries(book=at.book).filter(event__reverses=event).first()
    context = at.context("journal") | {
        "written": journal.written([found], book=at.book)[0],
        "event": event,
        "reverses": journal.entries(book=at.book).filter(event=event.reverses_id).first(),
        "reversed_by": reversed_by,
        "classified": stands,
        "class_form": ClassForm(place=stands.place) if at.can_log and event.reverses_id is None else None,
        "may_reverse": at.can_confirm and event.kind == own_entries.KIND and reversed_by is None,
    }
    return render(request, "ledger/journal/detail.html", context)
