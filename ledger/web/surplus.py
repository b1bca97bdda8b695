"""What a closed year left: the project of its distribution, calculated before it is noted; and where it went."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ledger.actions import surplus as actions
from ledger.core import surplus as core
from ledger.core.chart import chart_account
from ledger.models.surplus import LawRate
from ledger.models.units import Unit
from ledger.models.years import YearClosing
from ledger.queries import surplus
from ledger.web.access import desk
from ledger.web.fields import AmountField, NumberField, minor
from ledger.web.thresholds import SignForm
from network.errors import DomainError


class SurplusForm(SignForm):
    """How much came from others, how much was worked, and what the assembly decided."""

    others = AmountField(
        label=_("How much of it came from operations with non-members (pesos)"),
        required=False,
        help_text=_("It goes to the special reserve, whole. Empty: nothing."),
    )
    hours = NumberField(
        label=_("Hours that all members worked in that year"),
        help_text=_("Together. What goes back to each follows the hours of each; nobody is named here."),
    )
    field_order = ("others", "hours", "resolution")

    def __init__(self, *args: Any, unit: Unit, left: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.left = unit, left

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, counted in (("others", self.unit), ("hours", Unit.objects.get(code="HORA"))):
            try:
                if name in data:
                    data[name] = minor(data[name], counted) if data[name] is not None else 0
            except ValidationError as problem:
                self.add_error(name, problem)
        if data.get("others", 0) > self.left and "others" not in self.errors:
            self.add_error("others", _("That is more than the year left."))
        return data

    @property
    def amounts(self) -> dict[str, int]:
        """How much came from members and from others, minor units; nothing from others while that is not known."""
        others = self.cleaned_data.get("others", 0) if self.is_bound and "others" not in self.errors else 0
        return {"with_members": self.left - others, "others": others}


@login_required
@require_http_methods(["GET", "POST"])
def distribute(request: HttpRequest, code: str, year: int) -> HttpResponse:
    at = desk(request, code)
    closing = get_object_or_404(YearClosing.objects.select_related("book__unit"), book=at.book, year=year)
    done, left = surplus.distribution(closing), surplus.left(closing)
    form = SurplusForm(request.POST if request.method == "POST" else None, at=at, unit=at.book.unit, left=left)
    if form.is_valid() and "note" in request.POST:
        told = {name: form.cleaned_data[name] for name in ("hours", "resolution")} | form.amounts
        try:
            actions.distribute(book=at.book, year=year, by=at.user, on=at.on, at=timezone.now(), **told)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Distributed. It is in the book."))
            return redirect("ledger:surplus", code, year)
    context = at.context("accounts") | {
        "closing": closing,
        "done": done,
        "left": left,
        "form": form if at.can_confirm and left and done is None else None,
        "parts": _parts(form, closing) if left and done is None else [],
        "went": done and [(posting.account, -posting.amount) for posting in done.event.postings.all()],
    }
    is_wrong = form.errors and "note" in request.POST
    return render(request, "ledger/surplus/distribute.html", context, status=422 if is_wrong else 200)


def _parts(form: SurplusForm, closing: YearClosing) -> list[tuple[str, int, LawRate | None]]:
    """Return the name of each account, how much would go there, and by which percentage of law."""
    rates = surplus.rates(on=closing.ends_on)
    by_account = {core.ACCOUNTS[share]: rate for share, rate in rates.items()}
    points = {share: rate.basis_points for share, rate in rates.items()}
    if form.is_bound:
        form.full_clean()
    return [
        (
            f"{number} {chart_account(number).name_in(get_language() or '')}",
            amount,
            by_account.get(number),
        )
        for number, amount in core.distribute(rates=points, **form.amounts).items()
    ]
