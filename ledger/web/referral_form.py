"""The form of a referral: whose order, what work, to whom, for about how much; with a fee or for nothing."""

import datetime as dt
import uuid
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ledger.actions.referrals import Referral, Share
from ledger.actions.terms import PARTIES_MAX
from ledger.core.referrals import FEE_MAX
from ledger.core.units import to_minor
from ledger.models.agreements import Agreement
from ledger.models.referrals import ReferralForm
from ledger.models.units import Unit
from ledger.web.access import Desk
from ledger.web.agreements import VAT_RATES, LineRows
from ledger.web.fields import AmountField, KeyField, NumberField, editable, minor
from ledger.web.rows import with_more
from network.models.organizations import Organization
from network.queries import admissions
from network.web.fields import DayField

#: What is folded away until somebody wants it, or something in it is wrong.
MORE = ("vat_rate", "agreed_on", "papers", "resolution")
TAKERS_MAX = PARTIES_MAX - 1


class TermsForm(forms.Form):
    """What is agreed besides the shares."""

    key = KeyField()
    way = forms.ChoiceField(label=_("What do you share?"), choices=ReferralForm.choices, widget=forms.RadioSelect)
    work = forms.CharField(
        label=_("What work is it?"),
        max_length=120,
        help_text=_("For example: 4,000 notebooks. The books of all will say this: no names of people."),
    )
    customer = forms.CharField(
        label=_("Whose order is it?"),
        max_length=120,
        help_text=_("Only the people of those who agree read it. It goes into no book and no export."),
    )
    fee = NumberField(
        label=_("Fee, per cent of what is invoiced"),
        required=False,
        help_text=_("Empty: you pass it on for nothing, as a favor that is remembered."),
    )
    vat_rate = forms.TypedChoiceField(
        label=_("VAT of the fee"), choices=VAT_RATES, coerce=int, empty_value=None, required=False
    )
    agreed_on = DayField(label=_("Day of the agreement"))
    papers = forms.CharField(
        label=_("Papers"),
        max_length=80,
        required=False,
        help_text=_("Number of the order, of the tender, of a letter."),
    )
    resolution = forms.CharField(
        label=_("Resolution that allows it"),
        max_length=80,
        required=False,
        help_text=_("Number and day of the act of the council or the assembly."),
    )

    @property
    def folded(self) -> list[forms.BoundField]:
        """What one may leave as it is."""
        return [self[name] for name in MORE]

    @property
    def opens_folded(self) -> bool:
        """Whether something in what is folded is wrong."""
        return self.is_bound and any(name in self.errors for name in MORE)

    def clean_fee(self) -> int:
        """Return basis points."""
        written = self.cleaned_data["fee"]
        if written is None:
            return 0
        try:
            rate = to_minor(written, scale=2)
        except ValueError:
            raise forms.ValidationError(_("Write the fee with at most two decimals.")) from None
        if rate > FEE_MAX:
            raise forms.ValidationError(_("A fee is between nothing and half of what is invoiced."))
        return rate


class ShareForm(forms.Form):
    """What one of the others does; a row that is left empty is left out."""

    taker = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label=_("To whom"), required=False, empty_label=_("Choose one")
    )
    expected = AmountField(label=_("About how much, without VAT"), required=False)
    does = forms.CharField(label=_("What part of it"), max_length=80, required=False)

    def __init__(self, *args: Any, takers: QuerySet[Organization], money: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Organization]", self.fields["taker"]).queryset = takers
        self.money = money

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written in the row."""
        data = self.cleaned_data
        return not any(data.get(name) for name in ("taker", "expected", "does"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if any(data.get(name) or name in self.errors for name in ("taker", "expected", "does")):
            for name in ("taker", "expected"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Complete this, or empty the whole row."))
        if data.get("expected"):
            try:
                data["expected_minor"] = minor(data["expected"], self.money)
            except forms.ValidationError as error:
                self.add_error("expected", error)
        return data

    def share(self) -> Share:
        """Return what was written."""
        data = self.cleaned_data
        return Share(taker=data["taker"], expected=data["expected_minor"], does=data["does"])


ShareFormSet = forms.formset_factory(
    ShareForm, formset=LineRows, extra=0, max_num=TAKERS_MAX, absolute_max=2 * TAKERS_MAX, validate_max=True
)


class Draft:
    """The form of a referral and the rows of its takers, filled from a request or from what is there."""

    def __init__(self, request: HttpRequest, at: Desk, agreement: Agreement | None) -> None:
        posted = request.POST if request.method == "POST" else None
        self.wants_more = posted is not None and "more" in posted
        if self.wants_more:
            posted = with_more(posted, "shares", most=TAKERS_MAX, more=1)
        takers = admissions.traders(on=at.on).filter(book__isnull=False).exclude(pk=at.organization.pk)
        initial, rows = _begun(request, takers, at.on)
        if agreement is not None:
            # Whoever it was agreed with stays, even if they may trade nothing new today.
            takers = Organization.objects.filter(pk__in=[each.pk for each in agreement.others(at.organization)])
            initial, rows = _written(agreement)
        self.form = TermsForm(posted, initial=initial)
        self.shares = ShareFormSet(
            posted, prefix="shares", initial=rows, form_kwargs={"takers": takers, "money": at.book.unit}
        )

    def is_valid(self) -> bool:
        """Say whether all of it can be taken."""
        return all([self.form.is_valid(), self.shares.is_valid()])

    def referral(self) -> Referral:
        """Return what was written."""
        data = self.form.cleaned_data
        return Referral(
            form=ReferralForm(data["way"]),
            work=data["work"],
            customer=data["customer"],
            shares=[row.share() for row in self.shares if not row.is_empty],
            agreed_on=data["agreed_on"],
            fee_rate=data["fee"],
            vat_rate=data["vat_rate"],
            papers=data["papers"],
            resolution=data["resolution"],
        )


def _begun(
    request: HttpRequest, takers: QuerySet[Organization], on: dt.date
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Begin with what the address suggests: to whom, and what work."""
    known = takers.filter(code=request.GET.get("to", "")).first()
    work = request.GET.get("work", "")[:120]
    terms = {"key": uuid.uuid4(), "way": ReferralForm.ORDER, "work": work, "vat_rate": "2100", "agreed_on": on}
    return terms, [{"taker": known.pk if known else None}]


def _written(agreement: Agreement) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    terms, per_cent = agreement.referral, Unit(scale=2, kind="money")
    shares = terms.shares.order_by("number")
    rows = [
        {"taker": share.taker_id, "does": share.does, "expected": editable(share.expected, agreement.unit)}
        for share in shares
    ]
    return {
        "key": agreement.key,
        "way": terms.form,
        "work": agreement.title,
        "customer": terms.customer,
        "fee": editable(terms.fee_rate, per_cent) if terms.fee_rate else "",
        "vat_rate": "" if terms.vat_rate is None and terms.fee_rate else str(terms.vat_rate or 2100),
        "agreed_on": agreement.agreed_on,
        "papers": terms.papers,
        "resolution": agreement.resolution,
    }, rows
