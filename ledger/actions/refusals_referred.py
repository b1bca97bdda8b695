"""What the database refuses about customers that are shared, in sentences; `refusals` knows them with all others."""

from django.utils.translation import gettext_lazy as _

from network.errors import DomainError


class ReferredAmongAll(DomainError):
    """Whose customer it is shares it with all others who agree."""

    message = _("A customer is shared by one cooperative with all the others who agree, each with a share.")


class ReferralStays(DomainError):
    """What was agreed or told stays; a tender comes out once."""

    message = _("What was agreed or told of a shared customer is not changed. Undo it, and write it anew.")


class CustomerInTheBooks(DomainError):
    """A customer may be a person; the books name no persons."""

    message = _(
        "What the work is stands in the books of all: leave the name of the customer out of it. Whose order it is has a"
        " place of its own."
    )


class NotToInvoiceNow(DomainError):
    """Work is told under an agreement that runs, and of a tender that was won."""

    message = _("Work can be told by those who took it on, while the agreement runs and, of a tender, once it is won.")


class InvoiceToldBefore(DomainError):
    """One invoice of a cooperative counts once."""

    message = _("That invoice was told of already. Look at its number, and at what is noted in the other agreements.")


class ReferredAsTold(DomainError):
    """Both books say what was told and confirmed."""

    message = _("What goes into the books is not what was told and confirmed. Nothing was written.")


class SomethingIsOpen(DomainError):
    """Nothing is owed under what has ended."""

    message = _("Something is still owed under this agreement. It is paid first, or both undo what it is owed for.")


#: Where the program's role has no right: table → what the user reads.
NO_RIGHT_ON: dict[str, type[DomainError]] = {
    "ledger_referredwork": ReferralStays,
}

#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    "referred_among_all": ReferredAmongAll,
    "referral_stays": ReferralStays,
    "customer_in_no_book": CustomerInTheBooks,
    "referred_while_it_runs": NotToInvoiceNow,
    "invoice_told_once": InvoiceToldBefore,
    "referred_as_told": ReferredAsTold,
    "referral_ends_clear": SomethingIsOpen,
}
