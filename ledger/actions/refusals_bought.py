"""What the database refuses about joint purchases, in sentences; `refusals` knows them with all others."""

from django.utils.translation import gettext_lazy as _

from network.errors import DomainError


class BoughtForSeveral(DomainError):
    """One buys for itself and for others, each of whom says how much."""

    message = _(
        "In a joint purchase one buys for several: besides the buyer at least one more, and each of them with how much"
        " it asks for."
    )


class PurchaseStays(DomainError):
    """What was agreed, bought and shared out stays."""

    message = _("What was asked for and bought stays as it is. Take the purchase back, and write a new one.")


class MoreThanAsked(DomainError):
    """No more is bought than was asked for."""

    message = _(
        "More was bought than is still asked for. Write what is for those who asked; enter the rest in your own book."
    )


class DearerThanAllowed(DomainError):
    """Nobody pays more than it said."""

    message = _(
        "With freight, each unit costs more than one of those who asked for it allowed. Ask them for a new agreement"
        " before you buy."
    )


class SharedOutWhole(DomainError):
    """The parts are exactly the whole."""

    message = _("The parts of a purchase are exactly what was bought, and what it cost. Nothing was written.")


class BoughtAsTold(DomainError):
    """The books say what was told."""

    message = _("What goes into the books is not what was told of the purchase. Nothing was written.")


class PartWasHanded(DomainError):
    """What was handed over is undone first, and handed over once."""

    message = _("A part of it was already handed over. If that was a mistake, undo the handover first.")


class PurchaseIsOpen(DomainError):
    """A joint purchase ends with nothing owed and nothing to hand over."""

    message = _("Something is still owed, or to be entered or handed over. It ends once that is done.")


#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    "bought_for_several": BoughtForSeveral,
    "purchase_stays": PurchaseStays,
    "bought_as_asked": MoreThanAsked,
    "bought_at_most": DearerThanAllowed,
    "shared_out_whole": SharedOutWhole,
    "bought_as_told": BoughtAsTold,
    "handed_once": PartWasHanded,
    "purchase_ends_clear": PurchaseIsOpen,
}
#: Tables on which the program has no right to change what was written → what it then reads.
NO_RIGHT_ON: dict[str, type[DomainError]] = {
    "ledger_purchase": PurchaseStays,
    "ledger_purchasepart": PurchaseStays,
    "ledger_purchasehandover": PurchaseStays,
}
