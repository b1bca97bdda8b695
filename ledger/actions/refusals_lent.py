"""What the database refuses about loans, in sentences; `refusals` knows them with all others."""

from django.utils.translation import gettext_lazy as _

from network.errors import DomainError


class LentByTwo(DomainError):
    """One lends another money or one thing, until a day."""

    message = _("A loan is agreed on by two, who lends and who gives it back: money or one thing, and until which day.")


class LentStays(DomainError):
    """What was agreed stays."""

    message = _("What was agreed of a loan is not changed. End it, and write a new one.")


class MoreThanAgreedToLend(DomainError):
    """No more is lent than was agreed."""

    message = _("That is more than is left to lend. Make a new agreement for the rest.")


class MoreIsGivenBack(DomainError):
    """No more is given back, paid or forgiven than is owed."""

    message = _(
        "That is more than is owed. Look at what was noted already, and write at most what is still to be given back."
    )


class ForgivenByResolution(DomainError):
    """The lender's assembly decides on what is forgiven."""

    message = _(
        "What is owed is forgiven by whoever lent it, by a resolution of its own assembly of that day or before."
    )


class LentAsTold(DomainError):
    """Both books say what was told and confirmed."""

    message = _("What goes into the books is not what was told of the loan. Nothing was written.")


class LoanIsOpen(DomainError):
    """A loan ends with nothing owed."""

    message = _("Something is still owed: it is given back or forgiven first.")


#: No table of its own is closed to the program.
NO_RIGHT_ON: dict[str, type[DomainError]] = {}

#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    "lent_by_two": LentByTwo,
    "loan_stays": LentStays,
    "lent_as_agreed": MoreThanAgreedToLend,
    "owed_by_the_borrower": MoreIsGivenBack,
    "forgiven_by_resolution": ForgivenByResolution,
    "lent_as_told": LentAsTold,
    "loan_ends_clear": LoanIsOpen,
}
