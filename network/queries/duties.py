"""What a duty says of itself on a page, whatever shows that it was met; and the papers that lapse."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.core import duties
from network.core.duties import Duty
from network.models.duties import Certificate, Filing
from network.models.organizations import Organization

#: So many that were withdrawn are shown.
WITHDRAWN_MOST = 20
#: Duty → what it is called, the rule behind it in one line, and whom it is for.
WORDS: dict[str, tuple[str | Promise, str | Promise, str | Promise]] = {
    duties.YEAR_END: (
        _("The fiscal year ends"),
        _("The statute fixes the day. Count what is in stock (Ley 20.337, art. 39)."),
        _("Treasurer"),
    ),
    duties.YEAR_CLOSING: (
        _("Close the fiscal year in the books"),
        _("The assembly approves the accounts, and its resolution closes the year (Ley 20.337, art. 47)."),
        _("Treasurer"),
    ),
    duties.ASSEMBLY: (
        _("Hold the ordinary assembly"),
        _("Within four months of the year's end (Ley 20.337, art. 47)."),
        _("Council"),
    ),
    duties.SOCIAL_REPORT: (
        _("Present the social report"),
        _("Within six months of the year's end (INAES, Res. 189/2021)."),
        _("Secretary"),
    ),
    duties.AUDIT_REPORT: (
        _("Report of the external auditor"),
        _("One a quarter (Ley 20.337, art. 81); here within a month of it, as the law names no day."),
        _("External auditor"),
    ),
    duties.MANDATE: (
        _("Elect again: %(what)s"),
        _("No mandate outlasts its day (Ley 20.337, arts. 63 and 76)."),
        _("Assembly"),
    ),
    duties.CERTIFICATE: (
        _("Renew: %(what)s"),
        _("The paper itself says until when it is valid."),
        _("Council"),
    ),
}


@dataclass(frozen=True, slots=True)
class FiscalYears:
    """The fiscal years of an organization around a day, as told by whoever knows its book."""

    #: Their last days.
    ends: Sequence[dt.date]
    has_book: bool = False
    #: Nothing is due for a year or quarter that ended before this day.
    since: dt.date = dt.date.min
    #: Last day of a year that is closed in the books → the day on which that was written.
    closed: Mapping[dt.date, dt.date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """A duty of an organization as of a day, and what shows that it was met."""

    organization: Organization
    duty: Duty
    on: dt.date
    #: The seat or the paper that it is about.
    what: str | Promise = ""
    #: The day on which it was met; None as long as it is open.
    done_on: dt.date | None = None
    #: The report that was presented, where that is what shows it.
    filing: Filing | None = None
    #: The day for which the assembly is called that would meet it.
    called_for: dt.date | None = None

    @property
    def title(self) -> str:
        """What is to be done, without a person's name."""
        title = str(WORDS[self.duty.kind][0])
        if self.what:
            return title % {"what": self.what}
        if self.duty.quarter:
            return gettext("%(title)s, quarter %(number)s") % {"title": title, "number": self.duty.quarter}
        return title

    @property
    def rule(self) -> str | Promise:
        """The rule behind it, in one line."""
        return WORDS[self.duty.kind][1]

    @property
    def for_whom(self) -> str | Promise:
        """Whom it is for."""
        return WORDS[self.duty.kind][2]

    @property
    def period(self) -> str:
        """What year or quarter it is about, in words; nothing of a mandate or a paper."""
        if self.duty.ends_on is None:
            return ""
        day = date_format(self.duty.ends_on, "SHORT_DATE_FORMAT")
        if self.duty.quarter:
            return gettext("quarter that ends on %(day)s") % {"day": day}
        return gettext("fiscal year that ends on %(day)s") % {"day": day}

    @property
    def is_done(self) -> bool:
        """Whether it was met, in time or late."""
        return self.done_on is not None

    @property
    def is_ripe(self) -> bool:
        """Whether it can be met already: not before the year or quarter that it is about has ended."""
        return self.duty.ends_on is None or self.duty.ends_on < self.on

    @property
    def is_late(self) -> bool:
        """Whether it was met after its day."""
        return self.done_on is not None and self.done_on > self.duty.due_on

    @property
    def stage(self) -> str:
        """How near its day is, as long as it is open: `month`, `week` or `overdue`; nothing when there is time."""
        return "" if self.is_done else duties.stage(self.duty.due_on, on=self.on)

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed without it."""
        return self.stage == duties.OVERDUE


def named() -> QuerySet[Certificate]:
    """Return papers as they are `called`, capitals aside, and whether each `is_renewed` by one of that name."""
    named = Certificate.objects.annotate(called=Lower("name"))
    longer = named.filter(
        organization=OuterRef("organization"),
        kind=OuterRef("kind"),
        called=OuterRef("called"),
        lapses_on__gt=OuterRef("lapses_on"),
        withdrawn_at=None,
    )
    return named.annotate(is_renewed=Exists(longer))


def certificates(organization: Organization) -> QuerySet[Certificate]:
    """Return its papers that lapse, also those that were renewed or withdrawn: whatever lapses last comes first."""
    of_it = named().filter(organization=organization)
    return of_it.select_related("noted_by", "withdrawn_by").order_by("-lapses_on", "-pk")


def withdrawn(organization: Organization, *, since: dt.date) -> list[Filing]:
    """Return the reports about a time from a day on that were noted as presented, and withdrawn; the latest first."""
    filings = Filing.objects.filter(organization=organization, ends_on__gte=since, withdrawn_at__isnull=False)
    return list(filings.select_related("withdrawn_by").order_by("-withdrawn_at")[:WITHDRAWN_MOST])
