"""What the database refuses about agreements, listings and whoever leaves the network, in sentences."""

from django.utils.translation import gettext_lazy as _

from network.errors import DomainError


class ListedStays(DomainError):
    """Others have read it: what is listed is renewed, closed or written anew."""

    message = _("What is listed is not changed or deleted. Write it anew, or take it from the list.")


class ListingIsOfAThing(DomainError):
    """Goods or work; money has no place in the list."""

    message = _("Offers and needs are of goods or work, with a price in money. Choose another unit.")


class ListingLastsTooLong(DomainError):
    """Whoever still offers it says so once a year."""

    message = _("It can be listed for a year at most. Choose an earlier last day; it can be renewed later.")


class OneMayNotTrade(DomainError):
    """Only those who are admitted agree on something new."""

    message = _("One of those who agree may not trade in the network today. Look them up under Network.")


class NotAgreedByAll(DomainError):
    """An agreement is one once all have signed it, and then its parties stay."""

    message = _("An agreement counts once all its parties have signed it; then they stay. Write a new one.")


class SignedByResolution(DomainError):
    """Beyond the amount that its assembly set, a party signs with a resolution of its own."""

    message = _("What is given is worth more than the officers may agree on by themselves: a resolution is needed.")


class LeavesWithNothingOpen(DomainError):
    """Whoever leaves owes nothing and has nothing to carry out."""

    message = _("Something is still owed, or agreed and not carried out. Finish that first.")


class AssignedAmongThree(DomainError):
    """One of the two of a claim hands it over to a third, no more than is open."""

    message = _("What is owed is handed over by one of the two to a third, in money, and no more than is still owed.")


class AssignedAsSigned(DomainError):
    """The books say what all three signed."""

    message = _("What goes into the books is not what all three have signed. Nothing was written.")


class AssignedStays(DomainError):
    """What was written for three to sign stays."""

    message = _("What is handed over is not changed once it was written. Withdraw it, and write it anew.")


#: Where the program's role has no right: table → what the user reads.
NO_RIGHT_ON: dict[str, type[DomainError]] = {"ledger_assignment": AssignedStays, "ledger_listing": ListedStays}

#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    "agreed_by_admitted": OneMayNotTrade,
    "agreed_by_all": NotAgreedByAll,
    "party_stays": NotAgreedByAll,
    "signed_by_resolution": SignedByResolution,
    "left_owing_nothing": LeavesWithNothingOpen,
    "listed_stays": ListedStays,
    "listing_is_of_a_thing": ListingIsOfAThing,
    "listing_lasts_a_year": ListingLastsTooLong,
    "assigned_among_three": AssignedAmongThree,
    "assigned_as_signed": AssignedAsSigned,
    "assigned_stays": AssignedStays,
}
