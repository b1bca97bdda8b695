"""Say where an entry stands in the inventory of diverse economies, and in which class of results."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.actions import economies as actions
from ledger.core import economies
from ledger.core.economies import Place
from ledger.models.economies import Enterprise, Labour, Management, Transaction
from ledger.queries import journal
from ledger.web.access import desk, only_sent
from network.errors import DomainError


class ClassForm(forms.Form):
    """Three columns of the inventory, the class of results, and why."""

    transaction = forms.ChoiceField(label=_("How it was exchanged"), choices=Transaction.choices)
    labour = forms.ChoiceField(label=_("By which labor"), choices=Labour.choices)
    enterprise = forms.ChoiceField(label=_("In which enterprise"), choices=Enterprise.choices)
    management = forms.ChoiceField(label=_("In which class of results it is shown"), choices=Management.choices)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, place: Place | None = None, **kwargs: Any) -> None:
        if place is not None:
            kwargs["initial"] = {name: getattr(place, name) for name in Place.__slots__}
        kwargs["auto_id"] = "class-%s"
        super().__init__(*args, **kwargs)

    def place(self) -> Place:
        """Return what was chosen."""
        data = self.cleaned_data
        return Place(
            economies.Transaction(data["transaction"]),
            economies.Labour(data["labour"]),
            economies.Enterprise(data["enterprise"]),
            economies.Management(data["management"]),
        )


@login_required
@only_sent
def classify(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    at = desk(request, code)
    entry = get_object_or_404(journal.entries(book=at.book), year=year, number=number)
    form = ClassForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of each list, and write a reason."))
        return redirect("ledger:entry", code, year, number)
    said = {"place": form.place(), "reason": form.cleaned_data["reason"]}
    try:
        actions.classify(event=entry.event, book=at.book, by=at.user, on=at.on, at=timezone.now(), **said)
        messages.success(request, _("Noted. The entry itself stays as it was written."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:entry", code, year, number)
