"""The forms of balance confirmations: what is asked, and what one has instead."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ledger.actions.balance_answers import Answer
from ledger.actions.balance_confirmations import Question
from ledger.models.balance_confirmations import AskedBalance, Said
from ledger.queries import balance_confirmations
from ledger.web.access import Desk
from ledger.web.fields import FromZeroField, KeyField, editable, minor
from network.models.organizations import Organization
from network.web.fields import DayField


class NamesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """A choice of some organizations, by their names."""

    def label_from_instance(self, obj: Organization) -> str:
        return obj.name


class CallForm(forms.Form):
    """Balances of which day, until when one answers, and of whom if not of all."""

    key = KeyField()
    as_of = DayField(
        label=_("Balances as they stood on"), help_text=_("The end of a year or month, or any day up to today.")
    )
    answer_until = DayField(label=_("Until when they answer"))
    chosen = NamesField(
        label=_("Only the balances of"),
        help_text=_("Both sides of each balance are asked. Nobody marked: those of all members."),
        queryset=Organization.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, at: Desk, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["chosen"]
        assert isinstance(field, NamesField)  # noqa: S101  # for the type checker
        field.queryset = balance_confirmations.members(at.organization, on=at.on)

    def told(self) -> Question:
        """Return what was written, as the action takes it."""
        data = self.cleaned_data
        return Question(as_of=data["as_of"], answer_until=data["answer_until"], chosen=tuple(data["chosen"]))


class DiffersForm(forms.Form):
    """What one has instead of what was asked, and why."""

    amount = FromZeroField(label=_("What is owed, as you have it"))
    quantity = FromZeroField(label=_("How much of it"))
    reason = forms.CharField(
        label=_("What is different?"),
        help_text=_("Which delivery, invoice or payment. No names of people."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, balance: AskedBalance) -> None:
        begun = {"amount": editable(balance.amount, balance.unit)}
        begun["quantity"] = editable(balance.quantity, balance.peg.unit)
        super().__init__(data, initial=begun, auto_id=f"balance-{balance.pk}-%s")
        self.balance = balance
        self.fields["amount"].help_text = _("In %(unit)s; 0 if nothing is owed.") % {"unit": balance.unit.name}
        if not balance.is_in_goods:
            del self.fields["quantity"]
        else:
            what = {"unit": balance.peg.unit.name, "thing": balance.peg.thing}
            self.fields["quantity"].help_text = (_("In %(unit)s of %(thing)s.") if what["thing"] else "%(unit)s") % what

    def clean_amount(self) -> int:
        return minor(self.cleaned_data["amount"], self.balance.unit)

    def clean_quantity(self) -> int:
        return minor(self.cleaned_data["quantity"], self.balance.peg.unit)

    def told(self) -> Answer:
        """Return what was written, as the action takes it."""
        data = self.cleaned_data
        return Answer(said=Said.DIFFERS, amount=data["amount"], quantity=data.get("quantity", 0), reason=data["reason"])
