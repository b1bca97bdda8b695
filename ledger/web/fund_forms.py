"""What is asked of a solidarity fund: its terms, what was decided to spend, and each act of it."""

from typing import Any, ClassVar, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ledger.actions.funded import Told
from ledger.models.funded import FundAct, FundKind
from ledger.models.funds import Fund, FundDecision
from ledger.queries import funds
from ledger.templatetags.amounts import amount as shown
from ledger.web.access import Desk
from ledger.web.fields import AmountField, KeyField, TenthField, minor
from ledger.web.thresholds import SignForm
from network.models.organizations import Organization
from network.queries import organizations
from network.web.fields import DayField


class TermsForm(SignForm):
    """How much is levied of what somebody earns, what it is for, since when."""

    percent = TenthField(
        label=_("Per cent that each one contributes"),
        required=False,
        help_text=_("Of what it earned together with others, for example. Empty: the fund lives of gifts."),
    )
    purpose = forms.CharField(
        label=_("What it may be spent on"),
        max_length=300,
        help_text=_("As the resolution says: help for a cooperative that stands still, for example."),
    )
    since = DayField(label=_("From which day on"))
    field_order = ("percent", "purpose", "since", "resolution")


class DecisionForm(SignForm):
    """How much may be spent, for what."""

    amount = AmountField(label=_("How much may be spent, in pesos"))
    purpose = forms.CharField(label=_("What for"), max_length=120)
    field_order = ("amount", "purpose", "resolution")

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, at=at, **kwargs)
        self.unit = at.book.unit

    def clean_amount(self) -> int:
        """Return minor units."""
        return minor(self.cleaned_data["amount"], self.unit)


class DecidedField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """A decision of which something is left, with how much."""

    def label_from_instance(self, obj: FundDecision) -> str:
        left = shown(obj.amount - obj.drawn, self.unit)  # type: ignore[attr-defined]  # as the query counts it
        return _("%(what)s, %(resolution)s: %(left)s left") % {
            "what": obj.purpose,
            "resolution": obj.resolution.cited,
            "left": left,
        }


class ActForm(forms.Form):
    """What every act of a fund is: with whom, how much, when, with which paper."""

    KIND: ClassVar[FundKind]
    TITLE: ClassVar[Promise]
    LEAD: ClassVar[Promise]
    #: What stands folded below the first questions.
    LATER: ClassVar[tuple[str, ...]] = ("happened_on", "papers")

    key = KeyField()
    amount = AmountField(label=_("Amount in pesos"))
    happened_on = DayField(label=_("Day"))
    papers = forms.CharField(label=_("Number of the receipt or the invoice"), max_length=40, required=False)

    def __init__(self, *args: Any, at: Desk, fund: Fund, levy: FundAct | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at, self.fund, self.levy = at, fund, levy
        self.of_body = fund.book.organization_id == at.organization.pk
        if "other" in self.fields:
            others = cast("forms.ModelChoiceField[Organization]", self.fields["other"])
            others.queryset = self.others()
            if not self.of_body:
                del self.fields["other"]
                self.fields.pop("name", None)

    def others(self) -> Any:
        """Return with whom the fund's body may do it."""
        return organizations.with_books_below(self.at.organization, on=self.at.on)

    def asked_first(self) -> list[forms.BoundField]:
        """Return the first questions."""
        return [field for field in self.visible_fields() if field.name not in self.LATER]

    def asked_later(self) -> list[forms.BoundField]:
        """Return what is folded."""
        return [self[name] for name in self.LATER]

    @property
    def opens(self) -> bool:
        """Whether something in what is folded is wrong, or has to be seen."""
        return bool(self.errors)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("amount", "base"):
            if data.get(name):
                try:
                    data[name] = minor(data[name], self.fund.book.unit)
                except forms.ValidationError as error:
                    self.add_error(name, error)
        return data

    def told(self) -> Told:
        """Return what was written, as the actions take it."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        if not self.of_body:
            data["other"] = self.at.organization
        return Told(**data, kind=self.KIND, levy=self.levy)


class LevyForm(ActForm):
    """What somebody contributes: so much, or the fund's rate of so much."""

    KIND = FundKind.LEVY
    TITLE = _("Agree on a contribution")
    LEAD = _("It is owed to the fund from then on, and paid later. It counts once whoever contributes says yes.")
    LATER = ("base", "happened_on", "papers")

    other = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label=_("Who contributes"), empty_label=_("Choose one")
    )
    what = forms.CharField(
        label=_("What it is a contribution of"), max_length=120, help_text=_("For example: the order of May.")
    )
    base = AmountField(label=_("Or: what was earned, in pesos, of which the rate of the fund is taken"), required=False)
    field_order = ("key", "other", "what", "amount", "base")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if bool(data.get("amount")) == bool(data.get("base")) and not self.errors:
            self.add_error(
                "amount", _("Write the amount, or what was earned so that the rate is taken: one of the two.")
            )
        return data


class GiftForm(ActForm):
    """Money that somebody gives the fund."""

    KIND = FundKind.GIFT
    TITLE = _("Note a gift to the fund")
    LEAD = _("Money that somebody gave of their own accord, and that the fund has received.")

    other = forms.ModelChoiceField(
        queryset=Organization.objects.none(),
        label=_("Who gave it"),
        required=False,
        empty_label=_("somebody who is not in the register"),
    )
    name = forms.CharField(
        label=_("Its name, if it is not in the register"),
        max_length=120,
        required=False,
        help_text=_("An organization: people are not named in the books. Write the number of its receipt below."),
    )
    field_order = ("key", "other", "name", "amount")


class PaymentForm(ActForm):
    """What was paid of a contribution."""

    KIND = FundKind.PAYMENT
    TITLE = _("Note a payment")
    LEAD = _("Money that was paid to the fund for a contribution that was agreed on.")

    def told(self) -> Told:
        data = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        other = self.levy.other if self.levy is not None else None
        return Told(**data, kind=self.KIND, levy=self.levy, other=other)


class SpendingForm(ActForm):
    """Money out of the fund, by a decision."""

    KIND = FundKind.SPENDING
    TITLE = _("Spend of the fund")
    LEAD = _("Help for a member or the community, or what a supplier is paid for it: as the assembly decided.")

    decision = DecidedField(
        queryset=FundDecision.objects.none(), label=_("By which decision"), empty_label=_("Choose one")
    )
    other = forms.ModelChoiceField(
        queryset=Organization.objects.none(),
        label=_("Who receives it"),
        required=False,
        empty_label=_("somebody who is not in the register"),
    )
    name = forms.CharField(
        label=_("Its name, if it is not in the register"),
        max_length=120,
        required=False,
        help_text=_("A supplier, for example, never a person. Write the number of its invoice below."),
    )
    what = forms.CharField(label=_("What for"), max_length=120)
    field_order = ("key", "decision", "other", "name", "what", "amount")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decided = cast(DecidedField, self.fields["decision"])
        decided.queryset = funds.to_spend(self.fund)
        decided.unit = self.fund.book.unit  # type: ignore[attr-defined]  # its labels are in this money

    def others(self) -> Any:
        return Organization.objects.exclude(pk=self.at.organization.pk).order_by("name")


FORMS: dict[str, type[ActForm]] = {
    "levy": LevyForm,
    "gift": GiftForm,
    "payment": PaymentForm,
    "spending": SpendingForm,
}
