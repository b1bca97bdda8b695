"""How a payment was made: through the bank, or in a network credit that the payer may pay in."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ledger.models.accounts import Book
from ledger.models.units import Unit
from ledger.queries import credit
from ledger.templatetags.amounts import amount

BANK = "bank"


class MeansField(forms.ChoiceField):
    """The bank, or one of the credits in which the payer has a position; becomes the credit, None for the bank."""

    def __init__(self, *, payer: Book, money: Unit, **options: Any) -> None:
        self.positions = {str(each.credit.pk): each for each in credit.at_par(book=payer, money=money)}
        options.setdefault("label", _("How it was paid"))
        options.setdefault(
            "help_text",
            _("A credit counts one for one. It pays only what is owed, and VAT is still due in pesos."),
        )
        super().__init__(choices=self._means, **options)

    def _means(self) -> list[tuple[str, str]]:
        in_credit = gettext("In %(name)s: you can go on by %(amount)s")
        return [
            (BANK, gettext("Through the bank")),
            *(
                (pk, in_credit % {"name": each.credit.name, "amount": amount(each.room, each.credit)})
                for pk, each in self.positions.items()
            ),
        ]

    def clean(self, value: object) -> Unit | None:
        # A page from before somebody had a position does not ask: it was the bank.
        chosen = super().clean(value or BANK)
        return None if chosen == BANK else self.positions[chosen].credit


def offer(form: forms.Form, *, payer: Book, money: Unit) -> None:
    """Let a form ask how it was paid, where there is something to choose from."""
    field = MeansField(payer=payer, money=money)
    if field.positions:
        form.fields["credit"] = field
