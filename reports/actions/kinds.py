"""The reports that there are: what each is called, where its figures come from, and who puts them on paper."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ledger.models import Book
from network import permissions
from network.models import Organization, User
from reports.actions import audit_pack, day_book, general_ledger, open_factory, social, statement, trial_balance
from reports.queries import day_book as days
from reports.queries import declarations, journal, photos
from reports.queries import general_ledger as ledger
from reports.queries import open_factory as community
from reports.queries import social as known
from reports.queries import statement as figures
from reports.queries import trial_balance as balances
from reports.queries.audit_pack import pack, scope


class MayRead(Protocol):
    """Says who may ask for a report of an organization, and read it."""

    def __call__(self, user: User, organization: Organization, /, *, on: dt.date) -> bool:
        """Return whether the person may."""


class LastEvent(Protocol):
    """Finds the event that a report is told up to."""

    def __call__(self, *, book: Book, until: dt.date) -> int:
        """Return the last event booked up to a day that the report counts, zero if there is none."""


class LastSaid(Protocol):
    """Finds up to where a report tells what the organization says beside its book."""

    def __call__(self, *, organization: Organization, starts_on: dt.date, ends_on: dt.date) -> int:
        """Return a number that grows with all that is said for a period, zero if there is nothing."""


def _anybody(_organization: Organization) -> bool:
    return True


def _bodies(organization: Organization) -> bool:
    return organization.is_of_members


def _cooperatives(organization: Organization) -> bool:
    return not organization.is_of_members and not organization.stands_for_the_community


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A report. `figures` takes book, starts_on, ends_on and cutoff_event; `compose` those and a language."""

    code: str
    title: Promise
    #: What it is for, in a sentence.
    about: Promise
    figures: Callable[..., Any]
    compose: Callable[..., bytes]
    #: Whom it can be made for, of those that keep a book.
    fits: Callable[[Organization], bool] = _anybody
    last_event: LastEvent = journal.last_event
    #: Of a report that tells what the organization says beside its book, by declarations or photos: then `figures`
    #: takes `last_said`, too.
    last_said: LastSaid | None = None
    #: Who of those that read the organization's book reads this, too; None is all of them.
    may: MayRead | None = None

    def is_open_to(self, user: User, organization: Organization, *, on: dt.date) -> bool:
        """Say whether somebody who may read the organization's book may read this report of it."""
        return self.may is None or (self.fits(organization) and self.may(user, organization, on=on))

    def said(self, *, book: Book, starts_on: dt.date, ends_on: dt.date) -> int:
        """Return up to where the report would tell now of what is said beside the book; zero where it tells of none."""
        if self.last_said is None:
            return 0
        return self.last_said(organization=book.organization, starts_on=starts_on, ends_on=ends_on)

    def told(self, *, book: Book, starts_on: dt.date, ends_on: dt.date, cutoff_event: int, last_said: int) -> Any:
        """Return its figures, told up to an event and to what was said beside the book."""
        more = {} if self.last_said is None else {"last_said": last_said}
        return self.figures(book=book, starts_on=starts_on, ends_on=ends_on, cutoff_event=cutoff_event, **more)


STATEMENT = Kind(
    code="statement",
    title=_("Statement"),
    about=_("What the cooperative gave and received, what it is owed and owes, and its journal."),
    figures=figures.statement,
    compose=statement.compose,
)
OPEN_FACTORY = Kind(
    code="open-factory",
    title=_("Open factory"),
    about=_("What was given to the community: rooms, work, mentoring, money and goods; whom it reached, what it cost."),
    figures=community.open_factory,
    compose=open_factory.compose,
    last_said=photos.last_said,
)
SOCIAL = Kind(
    code="social",
    title=_("Social report"),
    about=_("The blocks of the yearly socio-economic report, filled with what register and books answer."),
    figures=known.social,
    compose=social.compose,
    fits=_cooperatives,
    last_event=known.last_event,
    last_said=declarations.last_said,
)
AUDIT_PACK = Kind(
    code="audit-pack",
    title=_("Audit pack"),
    about=_("What all members gave and owe one another, what did not add up, and what changed since the last."),
    figures=pack.audit_pack,
    compose=audit_pack.compose,
    fits=_bodies,
    last_event=scope.last_event,
    # It tells what its members owe one another: an ordinary member of the body sees nothing of that.
    may=permissions.can_oversee,
)
KINDS = {
    kind.code: kind
    for kind in (
        STATEMENT,
        Kind(
            code="journal",
            title=_("Journal"),
            about=_("Every entry by its number, with what is carried forward from page to page."),
            figures=days.day_book,
            compose=day_book.compose,
        ),
        Kind(
            code="ledger",
            title=_("General ledger"),
            about=_("Each account with its lines and what it held after each."),
            figures=ledger.general_ledger,
            compose=general_ledger.compose,
        ),
        Kind(
            code="trial-balance",
            title=_("Trial balance"),
            about=_("What each account held, what moved in it, and what it holds."),
            figures=balances.trial_balance,
            compose=trial_balance.compose,
        ),
        OPEN_FACTORY,
        SOCIAL,
        AUDIT_PACK,
    )
}
