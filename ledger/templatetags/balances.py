"""Write balances that are asked about, and what is answered, as people say them."""

from django import template
from django.utils.translation import gettext as _

from ledger.models.balance_confirmations import AskedBalance, BalanceAnswer
from ledger.templatetags import amounts

register = template.Library()


@register.filter
def figures(told: AskedBalance | BalanceAnswer) -> str:
    """Write an amount, and for how much of what where the debt keeps its value in goods.

    `$ 900,00 por 300 kg de harina`. Of an answer its balance has to be at hand, and of that its unit and peg.
    """
    balance = told.balance if isinstance(told, BalanceAnswer) else told
    amount = amounts.amount(told.amount, balance.unit)
    if not (balance.is_in_goods or told.quantity):
        return amount
    how_much = amounts.quantity(told.quantity or 0, balance.peg)
    return _("%(amount)s for %(quantity)s") % {"amount": amount, "quantity": how_much}
