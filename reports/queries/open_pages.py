"""What anybody reads of an organization that opened its page: what it does for its neighborhood, and since when.

No money, no entry, nobody's name: what is read here for the page is taken away here, so that no template can show it.
"""

import datetime as dt
from dataclasses import dataclass, replace

from ledger.core.hosting import Schedule
from ledger.core.personal import signs
from ledger.models import Agreement
from ledger.models.agreements import AgreementState
from ledger.models.hosting import HOSTING
from network.core.mandates import months_after
from network.models import Organization, User
from reports.models import Opening
from reports.queries import journal, open_factory
from reports.queries.given import Deed, Given, apart

#: Figures are of so many whole months, and of the month that runs.
MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """What goes on week by week under one agreement: its hours where it still runs, and what it came to."""

    code: str
    what: str
    category: str
    partner: str
    schedule: Schedule | None
    given: Given


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What an organization gave since a day, up to another."""

    since: dt.date
    until: dt.date
    given: Given
    going: tuple[Going, ...]

    @property
    def activities(self) -> set[str]:
        """The short names of all that the page tells of."""
        return {deed.activity for deed in self.given.deeds} | {each.code for each in self.going}

    @property
    def once(self) -> tuple[Deed, ...]:
        """What was given once, the latest first."""
        return tuple(reversed([deed for deed in self.given.deeds if not deed.is_standing]))


def since(on: dt.date) -> dt.date:
    """Return the first day that pages tell of."""
    return months_after(on.replace(day=1), -MONTHS)


def shown(opening: Opening, *, on: dt.date) -> Shown:
    """Return what anybody reads of an organization on a day; the same questions for much and for little."""
    organization = opening.organization
    book = organization.book
    book.organization = organization
    until = journal.cutoff(book=book, event=journal.last_event(book=book, until=on))
    names = people(organization)
    given = Given()
    if until is not None:
        found = open_factory.deeds(book=book, starts_on=since(on), ends_on=on, until=until)
        # What brought a commercial return is not told here: it was not given.
        told, _sponsored = apart(found)
        given = Given(deeds=tuple(_plain(deed, names) for deed in told.deeds))
    return Shown(since=since(on), until=on, given=given, going=_going(organization, given, names, on=on))


def people(organization: Organization) -> list[str]:
    """Return the names of those who are or were of it: none of them stands on the page."""
    of_it = User.objects.filter(memberships__organization=organization) | User.objects.filter(
        mandates__organization=organization
    )
    return list(of_it.distinct().values_list("name", flat=True))


def _plain(deed: Deed, names: list[str]) -> Deed:
    """Return it without money and papers, and without words that look like somebody's."""
    what = "" if signs(deed.what, names=names) else deed.what
    return replace(deed, what=what, costs=(), charged_to="", papers="")


def _going(organization: Organization, given: Given, names: list[str], *, on: dt.date) -> tuple[Going, ...]:
    of: dict[str, list[Deed]] = {}
    for deed in given.deeds:
        if deed.is_standing:
            of.setdefault(deed.activity, []).append(deed)
    running = Agreement.objects.filter(kind=HOSTING, proposer=organization, state=AgreementState.ACCEPTED)
    found = {
        each.code: Going(
            code=each.code,
            what="" if signs(each.title, names=names) else each.title,
            category=each.hosting.activity,
            partner=", ".join(other.name for other in each.others(organization)),
            schedule=each.hosting.schedule,
            given=Given(deeds=tuple(of.get(each.code, ()))),
        )
        for each in running.select_related("hosting").prefetch_related("parties__organization")
        if each.hosting.until is None or each.hosting.until >= on
    }
    for code, deeds in of.items():
        if code not in found:
            last = deeds[-1]
            found[code] = Going(
                code=code,
                what=last.what,
                category=last.category,
                partner=last.partner,
                schedule=None,
                given=Given(deeds=tuple(deeds)),
            )
    return tuple(sorted(found.values(), key=lambda each: (each.schedule is None, each.what, each.code)))
