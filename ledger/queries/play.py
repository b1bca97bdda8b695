"""Read what a scenario has left in the books, to be told as text in the active language."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ledger.core import play
from ledger.core.written import number
from ledger.models.accounts import Account, Book
from ledger.models.claims import Claim
from ledger.models.units import Measure, Unit
from ledger.queries import balances, claims, journal
from ledger.queries.journal import WrittenEntry
from network.models.organizations import Organization


def result(
    *, organizations: Sequence[Organization], starts_on: dt.date, ends_on: dt.date, names: Mapping[str, str]
) -> play.Result:
    """Return the entries of those days, the balances and the open claims of some organizations that keep books.

    `names` says what to call an agreement or a gift instead of its code, which depends on what was there before.
    """
    books = Book.objects.filter(organization__in=organizations).select_related("organization").order_by("pk")
    owed = list(claims.open_between(organizations=organizations))
    return play.Result(
        books=[_book(book, starts_on, ends_on, names) for book in books],
        claims=_("Open between them") if owed else _("Nobody of them owes another anything."),
        open=[_claim(claim, names) for claim in owed],
    )


def _book(book: Book, starts_on: dt.date, ends_on: dt.date, names: Mapping[str, str]) -> play.Book:
    words = {"name": book.organization.name, "code": book.organization.code}
    entries = list(journal.entries(book=book, starts_on=starts_on, ends_on=ends_on).reverse())
    held = balances.trial_balance(book=book).exclude(held=0, held_quantity=0)
    return play.Book(
        journal=_("Journal of %(name)s (%(code)s)") % words,
        entries=[_entry(each, names) for each in journal.written(entries, book=book)],
        accounts=_("Balances of %(name)s (%(code)s)") % words,
        balances=[
            play.Line(
                account=_name(account),
                debit=_amount(account.held, account.unit) if account.held > 0 else "",
                credit=_amount(-account.held, account.unit) if account.held < 0 else "",
                quantity=_quantity(account.held_quantity, account.peg),
            )
            for account in held
        ],
    )


def _entry(written: WrittenEntry, names: Mapping[str, str]) -> play.Entry:
    entry, event = written.entry, written.entry.event
    said = [event.memo, event.papers, names.get(event.agreement, event.agreement), event.resolution]
    if event.is_late:
        said.append(_("of %(day)s") % {"day": event.happened_on})
    return play.Entry(
        head=" · ".join(filter(None, [str(entry), str(entry.booked_on), *said])),
        lines=[
            play.Line(
                account=_name(posting.account),
                debit=_amount(posting.amount, posting.account.unit) if posting.amount > 0 else "",
                credit=_amount(-posting.amount, posting.account.unit) if posting.amount < 0 else "",
                quantity=_quantity(posting.quantity or 0, posting.measure),
            )
            for posting in written.postings
        ],
    )


def _name(account: Account) -> str:
    if account.counterparty is None or account.peg is None:
        return str(account)
    return f"{account} · {account.counterparty.organization.code} · {account.peg}"


def _amount(minor: int, unit: Unit) -> str:
    return f"{number(minor, scale=unit.scale, language=get_language() or '')} {unit.code}"


def _quantity(minor: int, measure: Measure | None) -> str:
    if not minor or measure is None:
        return ""
    return f"{_short(minor, measure.unit)} {measure}"


def _short(minor: int, unit: Unit) -> str:
    return number(minor, scale=unit.scale, language=get_language() or "", is_short=True)


def _claim(claim: Claim, names: Mapping[str, str]) -> str:
    words = {
        "debtor": claim.debtor.organization.name,
        "creditor": claim.creditor.organization.name,
        "what": _amount(claim.balance.amount, claim.unit),
        "agreement": names.get(claim.agreement, claim.agreement),
        "day": claim.opened_on,
    }
    if not claim.balance.quantity:
        return _("%(debtor)s owes %(creditor)s %(what)s (%(agreement)s, since %(day)s)") % words
    words["counted"] = _quantity(claim.balance.quantity, claim.peg)
    return _("%(debtor)s owes %(creditor)s %(counted)s, worth %(what)s (%(agreement)s, since %(day)s)") % words
