"""What the database refuses about co-productions, in sentences; `refusals` knows them with all others."""

from django.utils.translation import gettext_lazy as _

from network.errors import DomainError


class PartsAreTheWhole(DomainError):
    """The parts come to exactly the whole, among those who agree."""

    message = _(
        "The parts of a co-production come to exactly the whole, and each stage is done by one of those who agree."
    )


class CoproducedStays(DomainError):
    """What all agreed on stays, and so does what was told and confirmed."""

    message = _("What was agreed or told of a co-production is not changed. Undo it, and write it anew.")


class SharedAmongAll(DomainError):
    """What concerns all is told of a co-production that runs, and its parts are all of it."""

    message = _("What is shared is all of it, among those who make it, while the co-production runs.")


class MoreThanThePrice(DomainError):
    """No more is invoiced than was agreed."""

    message = _(
        "That is more than is left of the price to invoice. Invoice what was agreed, and agree on the rest anew."
    )


class MoreThanInvoiced(DomainError):
    """The customer pays what it was invoiced."""

    message = _(
        "That is more than the customer was invoiced and has not paid. An advance is invoiced first, as a part of the"
        " price."
    )


class PostedAsShared(DomainError):
    """The books say what all confirmed."""

    message = _("What goes into the books is not what all have said that it was. Nothing was written.")


class StageGoesForward(DomainError):
    """A stage goes forward, up to its end."""

    message = _("How far a stage is goes forward, up to 100 per cent, as whoever does it says.")


#: Where the program's role has no right: table → what the user reads.
NO_RIGHT_ON: dict[str, type[DomainError]] = {
    "ledger_sharedact": CoproducedStays,
    "ledger_sharedpart": CoproducedStays,
    "ledger_stageprogress": CoproducedStays,
}

#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    "parts_are_the_whole": PartsAreTheWhole,
    "coproduced_stays": CoproducedStays,
    "shared_among_all": SharedAmongAll,
    "invoiced_within_price": MoreThanThePrice,
    "collected_within_invoiced": MoreThanInvoiced,
    "posted_as_shared": PostedAsShared,
    "stage_goes_forward": StageGoesForward,
}
