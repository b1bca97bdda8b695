"""What is asked of whoever calls a clearing round, and of whoever joins one that is held with a credit."""

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ledger.actions.clearing import Call
from ledger.models.accounts import Book
from ledger.models.clearing import Consent, RoundParty
from ledger.models.units import Unit, UnitKind
from ledger.queries import credit
from ledger.web.access import Desk
from ledger.web.fields import FromZeroField, KeyField, NumberField, editable, minor
from network.models.resolutions import Resolution
from network.queries import assemblies
from network.web.fields import ActField, DayField

MORE = ("cut_off", "takes_undue")
WITH_CREDIT = ("credit", "credit_most", "resolution")


class MoneyField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """A choice of money, by its name."""

    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


class CallForm(forms.Form):
    """In which money, who takes part, and until when one answers."""

    key = KeyField()
    unit = MoneyField(
        label=_("In which money"), queryset=Unit.objects.filter(kind=UnitKind.MONEY).order_by("pk"), empty_label=None
    )
    consent = forms.ChoiceField(label=_("Who takes part"), choices=Consent.choices, widget=forms.RadioSelect)
    join_until = DayField(
        label=_("Until when one says whether one takes part"),
        help_text=_("The day after, the debts are counted, and it is worked out what is cancelled."),
    )
    answer_until = DayField(
        label=_("Until when one may stay out, knowing the result"),
        help_text=_("The day after, it can be written into the books; before, once all have accepted."),
    )
    cut_off = DayField(label=_("Debts count as they stood on"))
    takes_undue = forms.BooleanField(label=_("Also what is not yet due"), required=False)
    credit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label=_("In which credit"),
        required=False,
        empty_label=_("Without credit"),
        help_text=_("Each member says how much of its debts it pays in it, and how much it takes. Nobody has to."),
    )
    credit_most = NumberField(label=_("How much of it in all, at most"), required=False)
    resolution = ActField(label=_("Resolution that decided on it"), queryset=Resolution.objects.none(), required=False)

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        book = Book.objects.filter(organization=at.organization).first()
        credits = credit.credits_of(book) if book else Unit.objects.none()
        if not credits:
            for name in WITH_CREDIT:
                del self.fields[name]
            return
        cast("forms.ModelChoiceField[Unit]", self.fields["credit"]).queryset = credits
        acts = cast("forms.ModelChoiceField[Resolution]", self.fields["resolution"])
        acts.queryset = assemblies.latest(at.organization)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("credit") and "credit_most" in data:
            try:
                data["credit_most"] = minor(data["credit_most"] or Decimal(), data["credit"])
            except forms.ValidationError as problem:
                self.add_error("credit_most", problem)
        return data

    def shown(self) -> list[forms.BoundField]:
        """Return what is asked of everybody."""
        return [field for field in self.visible_fields() if field.name not in MORE + WITH_CREDIT]

    @property
    def folded(self) -> list[forms.BoundField]:
        """What one may leave as it is."""
        return [self[name] for name in MORE]

    @property
    def with_credit(self) -> list[forms.BoundField]:
        """Return what is asked of a body that issues a credit."""
        return [self[name] for name in WITH_CREDIT if name in self.fields]

    @property
    def is_credit_open(self) -> bool:
        """Whether something was written of it, or is wrong with it."""
        return any(field.errors or (self.is_bound and field.data) for field in self.with_credit)

    def told(self) -> Call:
        """Return what was written, as the action takes it; without a credit, nothing of one."""
        data = self.cleaned_data
        names = Call.__slots__ if data.get("credit") else [name for name in Call.__slots__ if name not in WITH_CREDIT]
        return Call(**{name: data[name] for name in names})


class JoinForm(forms.Form):
    """How much of what one owes one pays in the credit of the round, and how much one takes for what one is owed."""

    pays = FromZeroField(
        label=_("Of what you owe, pay in credit at most"),
        required=False,
        help_text=_("Your position goes down by what is paid, no further than your limit. Empty: nothing."),
    )
    takes = FromZeroField(
        label=_("Of what you are owed, take in credit at most"),
        required=False,
        help_text=_("Your position goes up by it, and you spend it with other members. Empty: nothing."),
    )

    def __init__(self, *args: Any, party: RoundParty, **kwargs: Any) -> None:
        unit = party.round.credit
        kept = {"pays": party.pays_most, "takes": party.takes_most}
        begun = {name: editable(amount, unit) for name, amount in kept.items() if amount and unit}
        super().__init__(*args, **(kwargs | {"initial": begun}))
        self.unit = unit

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("pays", "takes"):
            if data.get(name) and self.unit:
                try:
                    data[name] = minor(data[name], self.unit)
                except forms.ValidationError as problem:
                    self.add_error(name, problem)
        return data

    def said(self) -> dict[str, int]:
        """Return what was written, in minor units of the credit."""
        return {name: int(self.cleaned_data[name] or 0) for name in ("pays", "takes")}
