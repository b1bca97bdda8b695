"""Paper vouchers: print some, enter in a batch those that come back filled in, void what was lost."""

import uuid
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actions import vouchers as actions
from ledger.actions.deliveries import Papers
from ledger.core import vouchers as core
from ledger.models.agreements import AgreementState
from ledger.models.vouchers import Voucher
from ledger.queries import agreements, funds, vouchers
from ledger.queries.vouchers import Choice, Long
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.fields import KeyField, NumberField, minor
from ledger.web.funds import fund_of
from ledger.web.voucher_key import NAME
from network.errors import DomainError
from network.web.fields import CountField, DayField

PAGE = 50
#: So many are entered at a time.
ROWS = 12


class PrintForm(forms.Form):
    """How many to print."""

    key = KeyField()
    count = CountField(label=_("How many"), min_value=1, max_value=actions.MOST, initial=4)


class VoucherRow(forms.Form):
    """What one voucher tells. A row in which nothing is written is left for another day."""

    use_required_attribute = False  # of a blank row nothing is asked

    what = forms.ChoiceField(label=_("What happened"), error_messages={"required": _("Choose what the voucher tells.")})
    amount = NumberField(label=_("How much"), error_messages={"required": _("Write a number above zero.")})
    happened_on = DayField(label=_("Day"), error_messages={"required": _("Write the day that stands on the voucher.")})
    delivery_note = forms.CharField(label=_("Delivery note (remito)"), max_length=40, required=False)
    invoice = forms.CharField(label=_("Invoice (factura) or receipt"), max_length=40, required=False)

    def __init__(self, *args: Any, choices: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_code = {choice.code: choice for choice in choices}
        shown = [(choice.code, f"{choice.label} ({choice.unit.name})") for choice in choices]
        what = cast("forms.ChoiceField", self.fields["what"])
        what.choices = shown if len(shown) == 1 else [("", str(_("Choose what it tells"))), *shown]

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written; the only thing there is to choose is no writing."""
        return not any(str(self[name].value() or "").strip() for name in ("amount", "happened_on", "delivery_note"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("amount") and data.get("what"):
            try:
                data["minor"] = minor(data["amount"], self.by_code[data["what"]].unit)
            except forms.ValidationError as error:
                self.add_error("amount", error)
        return data

    def told(self) -> dict[str, Any]:
        """Return what was written, as the action takes it."""
        data = self.cleaned_data
        papers = Papers(delivery_note=data["delivery_note"], invoice=data["invoice"])
        return {
            "what": data["what"],
            "amount": data["minor"],
            "happened_on": data["happened_on"],
            "papers": papers,
        }


@dataclass(frozen=True, slots=True)
class Row:
    """A voucher that is out, with the fields for what it tells, and the pages for what takes more."""

    voucher: Voucher
    form: VoucherRow | None
    longer: list[tuple[Long, str]]


def _row(at: Desk, voucher: Voucher, posted: Any) -> Row:
    agreement = voucher.agreement
    choices = vouchers.choices(agreement, at.organization)
    # Only officers spend of a fund: to others its page is not there.
    found = [each for each in vouchers.longer_of(voucher) if at.can_confirm or each.route != "fund-spend"]
    longer = [(each, f"{_page(at, each)}?{NAME}={voucher.code}") for each in found]
    form = VoucherRow(posted, prefix=f"v-{voucher.code}", choices=choices) if choices else None
    return Row(voucher, form, longer)


def _page(at: Desk, told: Long) -> str:
    """Return the address at which something is told."""
    what = [] if told.pk is None else [told.pk]
    return reverse(f"ledger:{told.route}", args=[at.organization.code, *what])


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    shows_all = request.GET.get("show") == "all"
    found = vouchers.of(at.organization) if shows_all else vouchers.out(at.organization)
    context = at.context("vouchers") | {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "shows_all": shows_all,
        "agreements": vouchers.printable(at.organization) if at.can_log else [],
        "funds": funds.of_organization(at.organization, on=at.on) if at.can_log else [],
        "gives": at.can_log and at.book is not None,
    }
    return render(request, "ledger/vouchers/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def print_out(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    found = agreements.whatever(at.organization).filter(state=AgreementState.ACCEPTED)
    return _print_out(request, at, {"agreement": get_object_or_404(found, pk=pk)})


@login_required
@require_http_methods(["GET", "POST"])
def print_for_fund(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    return _print_out(request, at, {"fund": fund_of(at, pk)})


@login_required
@require_http_methods(["GET", "POST"])
def print_for_gifts(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    if at.book is None:  # a 404 of its own where there is no book
        raise Http404
    return _print_out(request, at, {})


def _print_out(request: HttpRequest, at: Desk, of_what: dict[str, Any]) -> HttpResponse:
    """Ask how many, and make them: for an agreement, a fund, or, with neither, for gifts."""
    if not at.can_log:
        raise Http404
    form = PrintForm(request.POST or None, initial={"key": uuid.uuid4()})
    if form.is_valid():
        sheet, count = form.cleaned_data["key"], form.cleaned_data["count"]
        try:
            told = {"organization": at.organization, "sheet": sheet, "count": count, "by": at.user, "on": at.on}
            actions.print_out(**told, **of_what)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("They are ready: take the paper from here, now or later."))
            return redirect("ledger:voucher-sheet", at.organization.code, sheet)
    context = at.context("vouchers") | of_what | {"form": form}
    return render(request, "ledger/vouchers/print.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def sheet(request: HttpRequest, code: str, sheet: uuid.UUID) -> HttpResponse:
    """Show the vouchers of one printing, with the way to their paper."""
    at = desk(request, code)
    if not (found := vouchers.of_sheet(at.organization, sheet)):
        raise Http404
    return render(request, "ledger/vouchers/sheet.html", at.context("vouchers") | {"vouchers": found, "sheet": sheet})


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """Enter those that came back: each row by itself, so that what is wrong in one holds up no other."""
    at = desk(request, code)
    if not at.can_log:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    rows = [_row(at, voucher, posted) for voucher in _asked(request, at)]
    status, entered = 200, 0
    if posted is not None:
        written = [(row.voucher, row.form) for row in rows if row.form and not row.form.is_blank]
        done = {voucher.pk for voucher, form in written if _is_entered(at, voucher, form)}
        entered = len(done)
        rows = [_blank_again(at, row) for row in rows if row.voucher.pk not in done]
        if any(row.form and row.form.is_bound for row in rows):
            status = 422
        elif not entered:
            messages.error(request, _("Nothing was written. Fill in the row of a voucher that came back."))
        if entered:
            told = ngettext("%(n)d voucher was entered.", "%(n)d vouchers were entered.", entered) % {"n": entered}
            messages.success(request, f"{told} {_('Each counts once the other side confirms it.')}")
        if status == 200:
            return redirect("ledger:vouchers-enter", code)
    context = at.context("vouchers") | {"rows": rows, "asked": request.GET.get("code", ""), "entered": entered}
    return render(request, "ledger/vouchers/enter.html", context, status=status)


def _asked(request: HttpRequest, at: Desk) -> list[Voucher]:
    """Return the one whose code was written, those that the page held, or those that are out the longest."""
    out = vouchers.out(at.organization)
    if request.method == "POST":
        return list(out.filter(code__in=request.POST.getlist("voucher")[:ROWS]))
    if written := request.GET.get("code", "").strip():
        found = list(out.filter(code=core.read(written) or ""))
        if not found:
            messages.error(request, _("No voucher of yours that is still to be entered has that code. Read it again."))
        return found
    return list(out[:ROWS])


def _is_entered(at: Desk, voucher: Voucher, form: VoucherRow) -> bool:
    """Enter it, or put the refusal on its row."""
    if not form.is_valid():
        return False
    try:
        actions.enter(voucher=voucher, by=at.user, on=at.on, **form.told())
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _blank_again(at: Desk, row: Row) -> Row:
    """Return a row in which nothing was written as it was at first: it says nothing is wrong."""
    return row if row.form and not row.form.is_blank else _row(at, row.voucher, None)


def _voucher(at: Desk, written: str) -> Voucher:
    return get_object_or_404(vouchers.of(at.organization), code=core.read(written) or "")


@login_required
@require_GET
def detail(request: HttpRequest, code: str, voucher: str) -> HttpResponse:
    """Show one: whoever reads the code on the paper with a telephone arrives here."""
    at = desk(request, code)
    found = _voucher(at, voucher)
    is_open = found.voided_on is None and not found.is_entered  # type: ignore[attr-defined]  # annotated
    context = at.context("vouchers") | {
        "voucher": found,
        "told": vouchers.told(found),
        "may_enter": is_open and at.can_log,
    }
    return render(request, "ledger/vouchers/detail.html", context)


@login_required
@only_sent
def void(request: HttpRequest, code: str, voucher: str) -> HttpResponse:
    at = desk(request, code)
    found = _voucher(at, voucher)
    try:
        actions.void(voucher=found, reason=said(request), by=at.user, on=at.on)
        messages.success(request, _("Voided. It can be entered no more."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:voucher", code, found.code)
