"""What the journal refuses, in words; and the same words for what the database refuses."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, DataError, IntegrityError
from django.utils.translation import gettext_lazy as _

from ledger.actions import refusals_agreed as agreed
from ledger.actions import refusals_audited as audited
from ledger.actions import refusals_bought as bought
from ledger.actions import refusals_clearing as clearing
from ledger.actions import refusals_credit as credit
from ledger.actions import refusals_disputed as disputed
from ledger.actions import refusals_found as found
from ledger.actions import refusals_funded as funded
from ledger.actions import refusals_given as giving
from ledger.actions import refusals_lent as lent
from ledger.actions import refusals_machines as machines
from ledger.actions import refusals_records as records
from ledger.actions import refusals_referred as referred
from ledger.actions import refusals_shared as sharing
from ledger.actions import refusals_tolled as tolled
from ledger.actions import refusals_vouchers as vouchers
from network import rules
from network.actions import refusals as register
from network.errors import DomainError


class EventHasNoLines(DomainError):
    """A fact needs at least a debit and a credit."""

    message = _("Nothing was entered: an entry needs at least a debit and a credit.")


class AmountIsNotWhole(DomainError):
    """Amounts are whole numbers of minor units, not zero, within 64 bits."""

    message = _(
        "The amount %(amount)s cannot be written in the books: write a number other than zero, of reasonable size."
    )


class EntryDoesNotBalance(DomainError):
    """Debits and credits differ in at least one unit of one book."""

    message = _("The entry does not balance: debits and credits differ. Check the amounts.")


class BooksDoNotMirror(DomainError):
    """What one book shows as receivable the other must show as payable."""

    message = _("What one cooperative is owed is not what the other one owes. Check both sides.")


class LineAddedLater(DomainError):
    """An event is written once, whole."""

    message = _("An entry that was written takes no more lines. Reverse it and enter it again.")


class LineDoesNotFit(DomainError):
    """A line needs the unit, the peg and the claim of its account."""

    message = _("A line does not fit its account: check the unit, what it is pegged to, and whose debt it is.")


class DebtNeedsItsCounterparty(DomainError):
    """A debt between cooperatives says with whom, and on which side it stands."""

    message = _("A debt between cooperatives says who owes whom, and in what it keeps its value.")


class AccountIsClosed(DomainError):
    """A closed account takes no lines."""

    message = _("One of the accounts is closed. Choose another one.")


class PeriodIsClosed(DomainError):
    """A closed period takes no entries."""

    message = _("The books are closed up to that day. Enter it under a later day.")


class EntryOutOfOrder(DomainError):
    """The days of a journal never go back."""

    message = _("A book already has an entry of a later day. Enter this one under that day or later.")


class FactIsInTheFuture(DomainError):
    """Only what has happened is entered."""

    message = _("That day has not come yet. Enter the fact once it has happened.")


class KeyWasUsedForSomethingElse(DomainError):
    """One idempotency key, one event."""

    message = _("This form was already sent with other content. Open the page again and look at what was saved.")


class AlreadyReversed(DomainError):
    """An event is reversed once."""

    message = _("This was already reversed.")


class ReversalCannotBeReversed(DomainError):
    """To undo a reversal, enter the fact again."""

    message = _("A reversal is not reversed. Enter the fact again instead.")


class ClosingEntryIsNotReversed(DomainError):
    """What was carried to equity stays there."""

    message = _("The entry that closes a year is not reversed. Enter what was wrong under a later day.")


class ReversalIsNotExact(DomainError):
    """A reversal undoes the whole of its event and nothing else."""

    message = _("A reversal must undo the whole entry, line by line.")


class ClaimWouldGoBelowZero(DomainError):
    """No more of a claim is settled than is open."""

    message = _("Part of this debt was already settled, so that much is no longer open. Undo the later step first.")


class CreditBeyondLimit(DomainError):
    """Nobody goes below the limit that a resolution set."""

    message = _("This goes beyond the credit limit that the assembly set.")


class CreditNeedsItsNetwork(DomainError):
    """A network credit is held by members against the network that issues it, and by nobody else."""

    message = _("Network credit is held by members, against the network that issues it; the network itself holds none.")


class HoldIsOfCredit(DomainError):
    """Only network credit is held."""

    message = _("Only network credit can be kept aside.")


class WrittenIsWritten(DomainError):
    """Nothing in the journal is changed or deleted."""

    message = _("What is in the books is not changed or deleted. Reverse it with a new entry.")


class BalanceIsKeptByTheDatabase(DomainError):
    """Balances move with postings only."""

    message = _("Balances cannot be set by hand. They follow from the entries.")


class ClosingIsInTheFuture(DomainError):
    """Only days that have passed are closed."""

    message = _("Only days that have passed can be closed.")


class ClosingNeedsAMandate(DomainError):
    """Closing binds the organization."""

    message = _(
        "Only the president, the secretary or the treasurer of %(organization)s, with a mandate in force today,"
        " can do this."
    )


class ClosingWouldGoBack(DomainError):
    """A closed period stays closed."""

    message = _("The book is already closed up to that day or later.")


class YearsCloseInOrder(DomainError):
    """Fiscal years close one after the other, once."""

    message = _("Years are closed in their order, each with its own days, once all its days are closed.")


class AnotherYearIsNext(YearsCloseInOrder):
    """That year is closed already, or another one is to be closed first."""

    message = _("Years are closed in their order: the next one to close is %(year)s.")


#: What PostgreSQL answers to a role that may not do this at all (`ledger/roles.py`).
NO_RIGHT = "42501"


#: What other topics refuse.
_TOPICS = (
    agreed,
    bought,
    audited,
    credit,
    found,
    funded,
    giving,
    lent,
    machines,
    records,
    referred,
    sharing,
    tolled,
    disputed,
    vouchers,
    clearing,
)

#: Where the program's role has no right: table → what the user reads, if not that what is written is written.
NO_RIGHT_ON: dict[str, type[DomainError]] = {
    **register.NO_RIGHT_ON,
    **{table: refusal for topic in _TOPICS for table, refusal in topic.NO_RIGHT_ON.items()},
    "ledger_approvalthreshold": register.WhatWasDecidedStays,
    "ledger_flow": BalanceIsKeptByTheDatabase,
}

#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    **{rule: refusal for topic in _TOPICS for rule, refusal in topic.RULES.items()},
    "entry_balances": EntryDoesNotBalance,
    "books_mirror": BooksDoNotMirror,
    "no_line_added_later": LineAddedLater,
    "account_is_open": AccountIsClosed,
    "posting_fits_its_account": LineDoesNotFit,
    "own_entry_in_one_book": LineDoesNotFit,
    "sub_account_has_peg_and_role": DebtNeedsItsCounterparty,
    "role_follows_number": DebtNeedsItsCounterparty,
    "amount_is_whole": AmountIsNotWhole,
    "posting_not_zero": AmountIsNotWhole,
    "period_is_open": PeriodIsClosed,
    "entries_in_order_of_days": EntryOutOfOrder,
    "entry_by_posting_only": WrittenIsWritten,
    "append_only": WrittenIsWritten,
    "identity_is_fixed": WrittenIsWritten,
    "balance_by_posting_only": BalanceIsKeptByTheDatabase,
    "claim_not_below_zero": ClaimWouldGoBelowZero,
    "credit_within_limit": CreditBeyondLimit,
    "credit_is_mirrored": CreditNeedsItsNetwork,
    "reversal_is_exact": ReversalIsNotExact,
    "event_has_lines": EventHasNoLines,
    "hold_is_of_credit": HoldIsOfCredit,
    "year_closes_in_order": YearsCloseInOrder,
    "ledger_event_reverses_id_key": AlreadyReversed,
    "key_was_used": KeyWasUsedForSomethingElse,
    "ledger_event_key_key": KeyWasUsedForSomethingElse,
    # What PostgreSQL calls a number that no longer fits.
    "22003": AmountIsNotWhole,
}


def named(error: DatabaseError) -> type[DomainError] | None:
    """Return the refusal that stands for what the database said, if it is one of its rules."""
    said = rules.said_by(error)
    if isinstance(error, DataError) or "integer overflow" in said or "too large" in said:
        return AmountIsNotWhole
    if "ledger_event.reverses_id" in said:
        return AlreadyReversed
    if getattr(error.__cause__, "sqlstate", None) == NO_RIGHT:
        table = said.rsplit(maxsplit=1)[-1]
        if table in NO_RIGHT_ON:
            return NO_RIGHT_ON[table]
        return BalanceIsKeptByTheDatabase if "balance" in said and "year" not in said else WrittenIsWritten
    return RULES.get(said) or register.RULES.get(said)


def of(rule: str) -> DomainError:
    """Return the refusal of a rule that the database has named.

    :raises LookupError: if no sentence stands for it.
    """
    return RULES[rule](amount="")


@contextmanager
def from_database() -> Iterator[None]:
    """Turn what the database refuses into its named sentence; what has no name passes as it is."""
    try:
        yield
    except (IntegrityError, DataError, DatabaseError) as error:
        refusal = named(error)
        if refusal is None:
            raise
        raise refusal(amount="") from error
