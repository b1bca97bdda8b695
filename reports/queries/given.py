"""What was given, deed by deed, and what several deeds come to: each in its own measure, as it may be told."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from ledger.models.contributions import ChargedTo
from ledger.models.hosting import HowCounted
from reports.core.counts import NOBODY, Count, total
from reports.queries.community import MENTORING
from reports.queries.journal import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A month of a hosting, or something given once: minor units of the book's money, hundredths of an hour."""

    #: An `Activity` of a hosting, or a `ContributionKind`.
    category: str
    #: What goes on under one agreement is one activity, whatever the number of its months.
    activity: str
    #: Empty where the words look like a person's data.
    what: str
    starts_on: dt.date
    ends_on: dt.date
    is_standing: bool
    #: A name of the register; empty where the name was written by hand, and might be a person's.
    partner: str
    is_countersigned: bool
    papers: str
    entry: Number
    sessions: int = 0
    room_hours: int = 0
    #: Whoever came twice stands there twice.
    visits: Count = NOBODY
    #: A `HowCounted`, as whoever wrote it down said; empty where nobody did.
    how: str = ""
    #: Hours of its own people, and how many of them.
    hours: int = 0
    workers: Count = NOBODY
    #: Of mentoring: whoever learned, each once; and manuals handed over.
    learners: Count = NOBODY
    manuals: int = 0
    #: (account that it was taken from, amount), in the order of the chart.
    costs: tuple[tuple[str, int], ...] = ()
    #: The account that bears it: the results of the year, or a fund.
    charged_to: str = ""

    @property
    def cost(self) -> int:
        """What was really borne."""
        return sum(amount for _account, amount in self.costs)

    @property
    def has_return(self) -> bool:
        """Whether it was sponsorship, paid back in advertising: no gift."""
        return self.charged_to == ChargedTo.SPONSORSHIP


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What several deeds come to, each in its own measure."""

    deeds: tuple[Deed, ...] = ()

    @property
    def activities(self) -> int:
        """How many: the months of one hosting are one."""
        return len({deed.activity for deed in self.deeds})

    @property
    def standing(self) -> int:
        """How many of them go on week by week."""
        return len({deed.activity for deed in self.deeds if deed.is_standing})

    @property
    def countersigned(self) -> int:
        """How many of what is told was counter-signed by whoever received it; of the rest there is a receipt."""
        return sum(deed.is_countersigned for deed in self.deeds)

    @property
    def partners(self) -> int:
        """How many organizations of the register took part."""
        return len({deed.partner for deed in self.deeds if deed.partner})

    @property
    def sessions(self) -> int:
        """How often rooms were open."""
        return sum(deed.sessions for deed in self.deeds)

    @property
    def room_hours(self) -> int:
        """Hundredths."""
        return sum(deed.room_hours for deed in self.deeds)

    @property
    def work_hours(self) -> int:
        """Hours of work of its own people, but for mentoring; hundredths."""
        return sum(deed.hours for deed in self.deeds if deed.category != MENTORING)

    @property
    def mentoring_hours(self) -> int:
        """Hundredths."""
        return sum(deed.hours for deed in self.deeds if deed.category == MENTORING)

    @property
    def visits(self) -> Count:
        """Whoever came, as often as they came."""
        return total(deed.visits for deed in self.deeds)

    @property
    def room_visits(self) -> Count:
        """Those of the visits that were to rooms that were lent."""
        return total(deed.visits for deed in self.deeds if deed.is_standing)

    @property
    def event_visits(self) -> Count:
        """Those of the visits that were to events."""
        return total(deed.visits for deed in self.deeds if not deed.is_standing)

    @property
    def counted(self) -> Count:
        """Those of the visits that were counted at the door."""
        return self._known(HowCounted.COUNTED)

    @property
    def estimated(self) -> Count:
        """Those of the visits that were estimated."""
        return self._known(HowCounted.ESTIMATED)

    @property
    def declared(self) -> Count:
        """Those of the visits that one side declared."""
        return self._known(HowCounted.DECLARED)

    def _known(self, how: HowCounted) -> Count:
        return total(deed.visits for deed in self.deeds if deed.how == how)

    @property
    def learners(self) -> Count:
        """Whoever learned, in each mentoring once."""
        return total(deed.learners for deed in self.deeds)

    @property
    def manuals(self) -> int:
        """Manuals, patterns, plans that were handed over."""
        return sum(deed.manuals for deed in self.deeds)

    @property
    def cost(self) -> int:
        """Money, and what was paid for what stood in the book: pesos alone, no hour is priced."""
        return sum(deed.cost for deed in self.deeds)

    @property
    def by_component(self) -> list[tuple[str, int]]:
        """What was given, by the account that it was taken from."""
        return sums((account, amount) for deed in self.deeds for account, amount in deed.costs)

    @property
    def by_bearer(self) -> list[tuple[str, int]]:
        """What was given, by the account that bears it."""
        return sums((deed.charged_to, deed.cost) for deed in self.deeds if deed.costs)

    @property
    def by_category(self) -> list[tuple[str, "Given"]]:
        """The same for each category, in the order of their names as codes."""
        ordered = sorted(self.deeds, key=lambda deed: deed.category)
        return [(code, Given(deeds=tuple(of))) for code, of in groupby(ordered, key=lambda deed: deed.category)]


def sums(parts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return what each account comes to, in the order of the chart."""
    found: dict[str, int] = {}
    for account, amount in parts:
        found[account] = found.get(account, 0) + amount
    return sorted(found.items())


def apart(deeds: Iterable[Deed]) -> tuple[Given, Given]:
    """Return what was given, and apart from it what brought a commercial return."""
    found = tuple(deeds)
    return (
        Given(deeds=tuple(deed for deed in found if not deed.has_return)),
        Given(deeds=tuple(deed for deed in found if deed.has_return)),
    )
