"""Barter among more than two: choose who takes part, then write what each gives to whom."""

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
from ledger.actions.terms import LineTerms
from ledger.models.agreements import Agreement
from ledger.queries import agreements as agreements_read
from ledger.web.access import Desk, desk
from ledger.web.agreements import ROWS_MAX, LineForm, LineRows, TermsForm, line_written, terms_written
from ledger.web.rows import with_more
from network.errors import DomainError
from network.models.organizations import Organization
from network.queries import admissions

#: How many others can be chosen on the first page.
CHOICES = 4


class WhoForm(forms.Form):
    """With whom: two others at least."""

    def __init__(self, *args: Any, partners: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, CHOICES + 1):
            self.fields[f"with-{number}"] = forms.ModelChoiceField(
                queryset=partners,
                required=number <= 2,  # with one other it is a barter of two
                label=_("Another cooperative"),
                empty_label=_("Choose one"),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = [each for each in data.values() if each]
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError(_("The same cooperative is chosen twice. Choose different ones."))
        return data

    def chosen(self) -> list[Organization]:
        """Return the others, in the order in which they were chosen."""
        return [each for each in self.cleaned_data.values() if each]


class AmongForm(TermsForm):
    """What is agreed among several besides the lines."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["partner"]


class RingLineForm(LineForm):
    """One thing that one of them gives another."""

    giver = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label=_("Who gives"), required=False, empty_label=_("Choose one")
    )
    receiver = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label=_("To whom"), required=False, empty_label=_("Choose one")
    )
    field_order = ["giver", "receiver"]

    def __init__(self, *args: Any, parties: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("giver", "receiver"):
            cast("forms.ModelChoiceField[Organization]", self.fields[name]).queryset = parties

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if any(data.get(name) for name in ("thing", "quantity", "value")):
            for name in ("giver", "receiver"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Complete this, or empty the whole row."))
        return data

    def told(self) -> LineTerms:
        """Return what was written."""
        return self.line(self.cleaned_data["giver"], self.cleaned_data["receiver"])


RingFormSet = forms.formset_factory(
    RingLineForm, formset=LineRows, extra=0, max_num=ROWS_MAX, absolute_max=2 * ROWS_MAX, validate_max=True
)


@login_required
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """Ask who takes part."""
    at = _writing(request, code)
    partners = admissions.traders(on=at.on).filter(book__isnull=False).exclude(pk=at.organization.pk)
    form = WhoForm(request.GET if "with-1" in request.GET else None, partners=partners)
    if form.is_valid():
        return _write(request, at, [at.organization, *form.chosen()], None)
    context = at.context("barter") | {"form": form}
    return render(request, "ledger/barter/who.html", context, status=422 if form.errors else 200)


@login_required
def edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Write the terms anew."""
    at = _writing(request, code)
    agreement = get_object_or_404(agreements_read.of_organization(at.organization), pk=pk)
    if agreement.proposer_id != at.organization.pk:
        raise Http404
    return _write(request, at, [at.organization, *agreement.others(at.organization)], agreement)


def _writing(request: HttpRequest, code: str) -> Desk:
    at = desk(request, code)
    if not at.can_log or at.book is None:
        raise Http404
    return at


def _write(request: HttpRequest, at: Desk, parties: list[Organization], agreement: Agreement | None) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    wants_more = posted is not None and "more" in posted
    if wants_more:
        posted = with_more(posted, "lines", most=ROWS_MAX)
    initial: dict[str, Any] = {"key": uuid.uuid4(), "agreed_on": at.on}
    rows: list[dict[str, Any]] = [{"giver": each.pk} for each in parties]
    if agreement is not None:
        initial = terms_written(agreement)
        lines = agreement.lines.select_related("measure__unit").order_by("number")
        rows = [
            line_written(line, agreement) | {"giver": line.giver_id, "receiver": line.receiver_id} for line in lines
        ]
    form = AmongForm(posted, initial=initial, proposer=at.organization, on=at.on)
    among = Organization.objects.filter(pk__in=[each.pk for each in parties]).order_by("name")
    lines_form = RingFormSet(posted, prefix="lines", initial=rows, form_kwargs={"parties": among})
    status = 200
    if posted is not None and not wants_more:
        if all([form.is_valid(), lines_form.is_valid()]):
            try:
                saved = _save(form, lines_form, at, parties, agreement)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Saved. Here is what you agreed."))
                return redirect("ledger:barter-detail", at.organization.code, saved.pk)
        status = 422
    context = at.context("barter") | {
        "form": form,
        "lines": lines_form,
        "parties": parties,
        "agreement": agreement,
        "show_errors": status == 422,  # what was sent could not be taken
    }
    return render(request, "ledger/barter/ring.html", context, status=status)


def _save(form: AmongForm, rows: Any, at: Desk, parties: list[Organization], agreement: Agreement | None) -> Agreement:
    lines = [row.told() for row in rows if not row.is_empty]
    if agreement is not None:
        return agreed.revise(agreement=agreement, terms=form.terms(), lines=lines, by=at.user, on=at.on)
    return agreed.log(
        kind="barter",
        key=form.cleaned_data["key"],
        proposer=at.organization,
        others=parties[1:],
        terms=form.terms(),
        lines=lines,
        by=at.user,
        on=at.on,
    )
