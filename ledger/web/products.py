"""Write the terms of a co-production, and see what they come to for each before anybody signs."""

import uuid
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ledger.actions import coproductions, products
from ledger.actions.products import STAGES_MAX, ProductTerms, StageTerms
from ledger.core import coproduction as core
from ledger.core import written
from ledger.models.agreements import Agreement
from ledger.models.coproductions import Split
from ledger.models.units import Unit
from ledger.queries.coproductions import Side
from ledger.web.access import Desk, desk
from ledger.web.agreements import VAT_RATES
from ledger.web.coproductions import agreement_of
from ledger.web.fields import AmountField, KeyField, NumberField, editable, minor
from ledger.web.rows import with_more
from network.errors import DomainError
from network.models.organizations import TIERS, Organization
from network.queries import admissions
from network.web.fields import DayField

#: What is folded away until somebody wants it, or something in it is wrong.
MORE = ("costs", "costs_vat_rate", "levy", "fund", "agreed_on", "resolution")
ROWS = 3
PER_CENT = core.WHOLE // 100
TOO_FINE = _("Write a share in per cent with at most %(decimals)s decimals.")


def of_per_cent(value: Decimal, *, scale: int) -> int:
    """Return per cent as a whole number: `scale` of it to one per cent.

    :raises ValidationError: if it has more decimals than that.
    """
    parts = value * scale
    if parts != int(parts) or parts > 100 * scale:
        raise forms.ValidationError(TOO_FINE, params={"decimals": len(str(scale)) - 1})
    return int(parts)


class ProductForm(forms.Form):
    """What is made, for whom, at what price, and who invoices; the rest is folded."""

    key = KeyField()
    title = forms.CharField(label=_("What is made"), max_length=120, help_text=_("For example: 500 street lamps."))
    customer = forms.CharField(
        label=_("For which customer"),
        max_length=120,
        help_text=_("Only those who make it read the name; it stands in no book and in no export."),
    )
    price = AmountField(label=_("Price in pesos, without VAT"))
    vat_rate = forms.TypedChoiceField(label=_("VAT"), choices=VAT_RATES, coerce=int, empty_value=None, required=False)
    lead = forms.ModelChoiceField(
        queryset=Organization.objects.none(),
        label=_("Who invoices the customer for all"),
        help_text=_("It represents the others, and answers to the customer (Ley 20.337, art. 83)."),
    )
    split = forms.ChoiceField(label=_("How the price is split"), choices=Split.choices, widget=forms.RadioSelect)
    costs = AmountField(
        label=_("What you expect to buy together (pesos, without VAT)"),
        required=False,
        help_text=_("Only to calculate with: what is really bought is noted when it is."),
    )
    costs_vat_rate = forms.TypedChoiceField(
        label=_("VAT on that"), choices=VAT_RATES, coerce=int, empty_value=None, required=False
    )
    levy = NumberField(label=_("Solidarity levy, per cent of the price"), required=False)
    fund = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label=_("Who receives the levy"), required=False, empty_label=_("Nobody")
    )
    agreed_on = DayField(label=_("Day of the agreement"))
    resolution = forms.CharField(
        label=_("Resolution that allows it"),
        max_length=80,
        required=False,
        help_text=_("Number and day of the act of the council or the assembly."),
    )

    def __init__(self, *args: Any, traders: QuerySet[Organization], money: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.money = money
        self._offer("lead", traders)
        self._offer("fund", traders.filter(kind__in=TIERS))

    def _offer(self, name: str, choices: QuerySet[Organization]) -> None:
        cast("forms.ModelChoiceField[Organization]", self.fields[name]).queryset = choices

    @property
    def folded(self) -> list[forms.BoundField]:
        """What one may leave as it is."""
        return [self[name] for name in MORE]

    @property
    def opens_folded(self) -> bool:
        """Whether something in what is folded is wrong."""
        return self.is_bound and any(name in self.errors for name in MORE)

    def clean_price(self) -> int:
        """Return minor units."""
        return minor(self.cleaned_data["price"], self.money)

    def clean_costs(self) -> int:
        """Return minor units."""
        return minor(self.cleaned_data["costs"], self.money) if self.cleaned_data["costs"] else 0

    def clean_levy(self) -> int:
        """Return basis points."""
        return of_per_cent(self.cleaned_data["levy"], scale=100) if self.cleaned_data["levy"] else 0

    def terms(self) -> ProductTerms:
        """Return what was written."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return ProductTerms(**data | {"split": Split(data["split"])})


class StageForm(forms.Form):
    """One stage; a row that is left empty is left out."""

    party = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label=_("Who"), required=False, empty_label=_("Choose one")
    )
    what = forms.CharField(label=_("Does what"), max_length=80, required=False)
    part = NumberField(label=_("Part (% or pesos)"), required=False)
    due_on = DayField(label=_("Until when"), required=False)

    def __init__(self, *args: Any, traders: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Organization]", self.fields["party"]).queryset = traders

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written in the row."""
        return not any(self.cleaned_data.get(name) for name in ("what", "part", "due_on"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if any(data.get(name) or name in self.errors for name in ("what", "part", "due_on")):
            for name in ("party", "what", "part"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Complete this, or empty the whole row."))
        return data

    def stage(self, split: str, money: Unit) -> StageTerms | None:
        """Return what was written, or none with the error noted: a part in per cent, or at its price."""
        data = self.cleaned_data
        try:
            part = of_per_cent(data["part"], scale=PER_CENT) if split == Split.SHARES else minor(data["part"], money)
        except forms.ValidationError as error:
            self.add_error("part", error)
            return None
        return StageTerms(party=data["party"], what=data["what"], part=part, due_on=data["due_on"])


class StageRows(forms.BaseFormSet):  # type: ignore[type-arg]  # generic only for the type checker
    """The stages of a product."""

    default_error_messages = {
        "missing_management_form": _(
            "This page is not whole. Open it again from the start page, and write it once more."
        ),
        "too_many_forms": _("At most %(num)d stages fit in one co-production. Split it."),
    }


StageFormSet = forms.formset_factory(
    StageForm, formset=StageRows, extra=0, max_num=STAGES_MAX, absolute_max=2 * STAGES_MAX, validate_max=True
)


class _Draft:
    """The form of a product and its stages, filled from a request or from what is there."""

    def __init__(self, request: HttpRequest, at: Desk, agreement: Agreement | None) -> None:
        posted = request.POST if request.method == "POST" else None
        if posted is not None and "more" in posted:
            posted = with_more(posted, "stages", most=STAGES_MAX)
        traders = admissions.traders(on=at.on).filter(book__isnull=False)
        initial, rows = _begun(at) if agreement is None else _written(agreement)
        self.form = ProductForm(posted, initial=initial, traders=traders, money=at.book.unit)
        self.rows = StageFormSet(posted, prefix="stages", initial=rows, form_kwargs={"traders": traders})

    def told(self) -> tuple[ProductTerms, list[StageTerms]] | None:
        """Return the terms and the stages if each of them is right by itself."""
        if not all([self.form.is_valid(), self.rows.is_valid()]):
            return None
        terms = self.form.terms()
        stages = [row.stage(terms.split, self.form.money) for row in self.rows if not row.is_empty]
        return None if None in stages else (terms, [stage for stage in stages if stage is not None])


def _begun(at: Desk) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    initial = {"key": uuid.uuid4(), "agreed_on": at.on, "vat_rate": "2100", "costs_vat_rate": "2100"}
    initial |= {"lead": at.organization.pk, "split": Split.SHARES}
    return initial, [{"party": at.organization.pk}, *({} for _row in range(ROWS - 1))]


def _written(agreement: Agreement) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    terms, money = agreement.coproduction, agreement.unit
    rates = {name: getattr(terms, name) for name in ("vat_rate", "costs_vat_rate")}
    initial = {
        "key": agreement.key,
        "title": agreement.title,
        "customer": terms.customer,
        "price": editable(terms.price, money),
        "lead": terms.lead_id,
        "split": terms.split,
        "costs": editable(terms.costs, money) if terms.costs else "",
        "levy": _per_cent(terms.levy, scale=2) if terms.levy else "",
        "fund": terms.fund_id,
        "agreed_on": agreement.agreed_on,
        "resolution": agreement.resolution,
    } | {name: "" if rate is None else str(rate) for name, rate in rates.items()}
    rows = [
        {
            "party": stage.party_id,
            "what": stage.what,
            "part": _per_cent(stage.part, scale=4) if terms.split == Split.SHARES else editable(stage.part, money),
            "due_on": stage.due_on,
        }
        for stage in agreement.stages.all()
    ]
    return initial, [*rows, {}]


def _per_cent(parts: int, *, scale: int) -> str:
    return written.number(parts, scale=scale, language=get_language() or "", is_short=True)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    return _write(request, code, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    return _write(request, code, pk)


def _write(request: HttpRequest, code: str, pk: int | None) -> HttpResponse:
    at = desk(request, code)
    if not at.can_log or at.book is None:  # a 404 of its own where there is no book
        raise Http404
    agreement = None if pk is None else agreement_of(at, pk)
    if agreement is not None and agreement.proposer_id != at.organization.pk:
        raise Http404
    draft = _Draft(request, at, agreement)
    outcomes: list[Side] = []
    status = 200
    if request.method == "POST" and "more" not in request.POST:
        status = 422
        if (told := draft.told()) is not None:
            try:
                if "calculate" in request.POST:
                    outcomes, status = _calculated(*told), 200
                else:
                    saved = _save(draft, at, agreement, *told)
                    messages.success(request, _("Saved. Here is what you make together."))
                    return redirect("ledger:coproduction", code, saved.pk)
            except DomainError as refusal:
                draft.form.add_error(None, str(refusal))
    context = at.context("coproductions") | {
        "form": draft.form,
        "stages": draft.rows,
        "agreement": agreement,
        "money": at.book.unit,
        "outcomes": outcomes,
        "show_errors": status == 422,  # what was sent could not be taken
    }
    return render(request, "ledger/coproductions/form.html", context, status=status)


def _calculated(terms: ProductTerms, stages: list[StageTerms]) -> list[Side]:
    """Return what the terms come to for each, whoever leads first; nothing is written down."""
    products.check(terms, stages)
    who = {each.pk: each for each in (terms.lead, *(stage.party for stage in stages))}
    return [Side(who[each.party], has_signed=False, foreseen=each) for each in core.simulate(terms.deal(stages))]


def _save(
    draft: _Draft, at: Desk, agreement: Agreement | None, terms: ProductTerms, stages: list[StageTerms]
) -> Agreement:
    if agreement is not None:
        return coproductions.revise(agreement=agreement, terms=terms, stages=stages, by=at.user, on=at.on)
    key = draft.form.cleaned_data["key"]
    return coproductions.propose(key=key, proposer=at.organization, terms=terms, stages=stages, by=at.user, on=at.on)
