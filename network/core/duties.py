"""What falls due for an organization, and on which day: of its fiscal years, its mandates and its papers."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from network.core.mandates import months_after

YEAR_END, YEAR_CLOSING, ASSEMBLY = "year_end", "year_closing", "assembly"
SOCIAL_REPORT, AUDIT_REPORT = "social_report", "audit_report"
MANDATE, CERTIFICATE = "mandate", "certificate"

#: Duties that no row of the register shows: that they are met is noted, with a paper.
FILED = (SOCIAL_REPORT, AUDIT_REPORT)

#: Ley 20.337 art. 47: so many months after the year's end the ordinary assembly has met.
ASSEMBLY_MONTHS = 4
#: INAES Res. 189/2021: so many months after the year's end the social report is presented.
SOCIAL_REPORT_MONTHS = 6
#: Art. 81 asks for a report each quarter and names no day: a month to write it is the custom here.
AUDIT_MONTHS = 1

#: The calendar looks so far ahead and so far back: what is a year overdue has been followed by the next of its kind.
WINDOW_MONTHS = 12
#: Before the day, people are told so many days ahead.
MONTH_DAYS, WEEK_DAYS = 30, 7
#: The stages of telling, in their order.
IN_A_MONTH, IN_A_WEEK, OVERDUE = "month", "week", "overdue"

COOPERATIVES = ("work_cooperative", "other_cooperative")
#: Kinds that are cooperatives as long as the register says nothing else.
USUALLY_COOPERATIVES = ("recuperated_enterprise", "worker_cooperative")


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that an organization has to do, once."""

    kind: str
    #: The last day on which it is in time.
    due_on: dt.date
    #: Which one of its kind: the last day of the year or quarter that it is about, or the number of a row.
    about: str
    #: The last day of the year or quarter; None of a mandate or a paper.
    ends_on: dt.date | None = None
    #: Which quarter of the fiscal year, from 1 to 4; 0 where it is about no quarter.
    quarter: int = 0

    @property
    def key(self) -> str:
        """Its name within the organization, the same whenever it is asked for."""
        return f"{self.kind}-{self.about}"


class NotAYearEnd(ValueError):
    """A fiscal year ends on the last day of a month."""


def has_yearly_duties(*, kind: str, legal_form: str, country: str, is_registered: bool) -> bool:
    """Say whether Ley 20.337 binds an organization: Argentine cooperatives, of whatever tier.

    Where the register tells no legal form, enterprises of workers count as cooperatives, and so does whoever INAES
    has registered.
    """
    if country != "AR":
        return False
    if legal_form:
        return legal_form in COOPERATIVES
    return is_registered or kind in USUALLY_COOPERATIVES


# A whole network ends its years on a few days.
@lru_cache(maxsize=64)
def of_year(ends_on: dt.date) -> tuple[Duty, ...]:
    """Return the duties of the fiscal year that ends on a day, by the days on which they fall due.

    :raises NotAYearEnd: if that is not the last day of a month.
    """
    following = ends_on + dt.timedelta(days=1)
    if following.day != 1:
        raise NotAYearEnd(ends_on)
    begins_on = months_after(following, -12)
    quarters = [months_after(begins_on, 3 * number) - dt.timedelta(days=1) for number in range(1, 5)]
    year = ends_on.isoformat()
    duties = [
        Duty(AUDIT_REPORT, months_after(quarter, AUDIT_MONTHS), quarter.isoformat(), quarter, number)
        for number, quarter in enumerate(quarters, start=1)
    ]
    duties += [
        Duty(YEAR_END, ends_on, year, ends_on),
        Duty(ASSEMBLY, months_after(ends_on, ASSEMBLY_MONTHS), year, ends_on),
        # The assembly that approves the accounts closes their year.
        Duty(YEAR_CLOSING, months_after(ends_on, ASSEMBLY_MONTHS), year, ends_on),
        Duty(SOCIAL_REPORT, months_after(ends_on, SOCIAL_REPORT_MONTHS), year, ends_on),
    ]
    return tuple(sorted(duties, key=lambda duty: duty.due_on))


def of_mandate(number: int, *, until: dt.date, ended_on: dt.date | None) -> Duty:
    """Return the duty to elect again: before the mandate is over (`until` is exclusive), or when it ended early."""
    return Duty(MANDATE, ended_on or until - dt.timedelta(days=1), str(number))


def of_certificate(number: int, *, lapses_on: dt.date) -> Duty:
    """Return the duty to renew a paper that is valid up to a day."""
    return Duty(CERTIFICATE, lapses_on, str(number))


def window(on: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that the calendar shows on a day."""
    return months_after(on, -WINDOW_MONTHS), months_after(on, WINDOW_MONTHS)


def stage(due_on: dt.date, *, on: dt.date) -> str:
    """Return what people are told of an open duty on a day; nothing as long as there is time."""
    if due_on < on:
        return OVERDUE
    if due_on <= on + dt.timedelta(days=WEEK_DAYS):
        return IN_A_WEEK
    return IN_A_MONTH if due_on <= on + dt.timedelta(days=MONTH_DAYS) else ""
