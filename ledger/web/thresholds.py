"""Above which amount an agreement needs a resolution: to read, and to set once an assembly decided it."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ledger.actions import thresholds as acting
from ledger.models.accounts import Book
from ledger.queries import thresholds
from ledger.web.access import Desk, desk
from ledger.web.fields import AmountField, minor
from network.errors import DomainError
from network.models.resolutions import Resolution
from network.queries import assemblies
from network.web.access import say_refusals, with_minute
from network.web.fields import ActField

PAGE = 25


class SignForm(forms.Form):
    """The resolution behind a signature."""

    resolution = ActField(
        label=_("Resolution that allows it"),
        queryset=Resolution.objects.none(),
        error_messages={"required": _("Choose the resolution that allows it.")},
    )

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acts = cast("forms.ModelChoiceField[Resolution]", self.fields["resolution"])
        acts.queryset = assemblies.latest(at.organization)


class ThresholdForm(SignForm):
    """How much, and by which resolution."""

    amount = AmountField(
        label=_("Up to this value our officers agree by themselves (pesos, without VAT)"),
        required=False,
        help_text=_("Of what we give under one agreement. Empty: no agreement needs a resolution."),
    )
    field_order = ("amount", "resolution")

    def __init__(self, *args: Any, book: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book
        self.fields["resolution"].label = _("Resolution")

    def clean_amount(self) -> int | None:
        """Return minor units of the book's unit."""
        amount = self.cleaned_data["amount"]
        try:
            return None if amount is None else minor(amount, self.book.unit)
        except ValidationError as problem:
            raise forms.ValidationError(problem.messages) from None


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    at = with_minute(desk(request, code))
    book = at.book
    form = ThresholdForm(request.POST if request.method == "POST" else None, at=at, book=book)
    if form.is_bound and form.is_valid():
        try:
            acting.set_threshold(book=book, by=at.user, on=at.on, at=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It holds from now on. What was signed before stays signed."))
            return redirect("ledger:threshold", code)
    say_refusals(request, at, form)
    page = Paginator(thresholds.of(at.organization), PAGE).get_page(request.GET.get("page"))
    context = at.context("barter") | {"page": page, "form": form, "book": book}
    return render(request, "ledger/thresholds/edit.html", context, status=422 if form.errors else 200)
