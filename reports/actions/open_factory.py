"""Put an open-factory report on paper: its words, its bars, the files it carries, its PDF."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ledger.core import written
from ledger.models import Account, Unit
from ledger.models.contributions import ContributionKind
from ledger.templatetags import amounts
from network.models.particulars import Activity
from reports.actions import attached_open_factory, files, papers
from reports.core import bars
from reports.models import Photo
from reports.queries.given import Deed, Given
from reports.queries.open_factory import OpenFactory
from reports.templatetags.paper import people

#: What each category is called: of hostings and of what was given once.
CATEGORIES: Mapping[str, str | Promise] = dict(ContributionKind.choices) | dict(Activity.choices)
#: What stood in an account of the chart → what it was to whoever received it; not the account's name, which says where
#: it stood in the book.
COMPONENTS: dict[str, str | Promise] = {
    "1101": gettext_lazy("Money"),
    "1102": gettext_lazy("Money"),
    "1301": gettext_lazy("Materials from stock"),
    "1303": gettext_lazy("Products of ours"),
    "5201": gettext_lazy("Members' work, as it was drawn"),
    "5301": gettext_lazy("Electricity, gas, water, telephone"),
    "5302": gettext_lazy("Wear of rooms and machines"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What goes on week by week under one agreement: its months."""

    what: str
    category: str | Promise
    partner: str
    given: Given


@dataclass(frozen=True, slots=True)
class Compared:
    """A line of the table that sets a period beside the same days of the year before."""

    what: str
    now: str
    before: str


def compose(told: OpenFactory, *, language: str) -> bytes:
    """Return it as a PDF: the same figures and language give the same bytes.

    :raises PdfLibraryIsMissing: if this machine has no Pango.
    """
    with translation.override(language):
        components = by_component(told.given)
        contents = files.photos_of(told.photos)
        drawn = {}
        # A bar alone says nothing that its number does not.
        if sum(of.visits.number > 0 for _code, of in told.given.by_category) > 1:
            drawn["visits"] = visits_chart(told.given, prefix="visits")
        if len(components) > 1:
            drawn["cost"] = cost_chart(components, told.book.unit)
        return papers.of_book(
            told,
            template="reports/open_factory.html",
            language=language,
            drawn=drawn,
            carried=attached_open_factory.of_open_factory(told),
            photos=contents,
            pictured=pictured(told, contents),
            given=told.given,
            around=told.around,
            drawings=drawn,
            categories=[(CATEGORIES[code], of) for code, of in told.given.by_category],
            components=components,
            bearers=[(Account(number=number).name, amount) for number, amount in told.given.by_bearer],
            compared=compared(told),
            ratios=ratios(told),
            standing=standing(told.given.deeds),
            once=[(CATEGORIES[deed.category], deed) for deed in told.given.deeds if not deed.is_standing],
            sponsored=told.sponsored,
            is_long=len(told.given.deeds) + len(told.sponsored.deeds) > papers.PRINTED_LINES_MAX,
        )


def pictured(told: OpenFactory, contents: Container[str]) -> list[tuple[Photo, str | Promise]]:
    """Return the photos of which there are contents, each with what its activity is called."""
    called = {deed.activity: deed.what or CATEGORIES[deed.category] for deed in told.given.deeds}
    return [(photo, called[photo.activity]) for photo in told.photos if photo.sha256 in contents]


def standing(deeds: Iterable[Deed]) -> list[Standing]:
    """Return what goes on week by week, each with its months, by name."""
    found: dict[str, list[Deed]] = {}
    for deed in deeds:
        if deed.is_standing:
            found.setdefault(deed.activity, []).append(deed)
    rows = [
        Standing(of[-1].what, CATEGORIES[of[-1].category], of[-1].partner, Given(deeds=tuple(of)))
        for of in found.values()
    ]
    return sorted(rows, key=lambda row: (row.what, row.partner))


def by_component(given: Given) -> list[tuple[str, int]]:
    """Return what was given, by what it was, each once."""
    found: dict[str, int] = {}
    for account, amount in given.by_component:
        name = str(COMPONENTS[account])
        found[name] = found.get(name, 0) + amount
    return list(found.items())


def visits_chart(given: Given, *, prefix: str) -> str:
    """Return the picture of how many visits each category had, for page and paper."""
    rows = [(str(CATEGORIES[code]), of.visits.number) for code, of in given.by_category]
    words = bars.Words(
        title=_("Visits by what they came for"),
        description=_listed(rows, number=_whole),
        others=_others,
        number=_whole,
    )
    return bars.bars(rows, words=words, prefix=prefix)


def cost_chart(components: Sequence[tuple[str, int]], unit: Unit) -> str:
    """Return the picture of what the cost was made of."""

    def number(minor: int) -> str:
        return amounts.amount(minor, unit)

    words = bars.Words(
        title=_("What it was made of"),
        description=_listed(components, number=number),
        others=_others,
        number=number,
    )
    return bars.bars(components, words=words, prefix="cost", color="#b34700")


def _others(count: int) -> str:
    return ngettext("%(count)s other", "%(count)s others", count) % {"count": count}


def _listed(rows: Sequence[tuple[str, int]], *, number: Callable[[int], str]) -> str:
    return "; ".join(f"{name}: {number(value)}" for name, value in rows if value)


def _whole(number: int) -> str:
    return written.number(number, scale=0, language=translation.get_language() or "")


def compared(told: OpenFactory) -> list[Compared]:
    """Return the measures of a period beside those of a year before; nothing where there is none, or they overlap."""
    if not told.is_one_year or not told.before.deeds:
        return []
    now, before, unit = told.given, told.before, told.book.unit
    return [
        Compared(_("Activities"), _whole(now.activities), _whole(before.activities)),
        Compared(_("Room hours lent"), amounts.hours(now.room_hours), amounts.hours(before.room_hours)),
        Compared(_("Hours of work"), amounts.hours(now.work_hours), amounts.hours(before.work_hours)),
        Compared(_("Hours of mentoring"), amounts.hours(now.mentoring_hours), amounts.hours(before.mentoring_hours)),
        Compared(_("Visits"), people(now.visits), people(before.visits)),
        Compared(_("People who learned"), people(now.learners), people(before.learners)),
        Compared(_("Cost really borne"), amounts.amount(now.cost, unit), amounts.amount(before.cost, unit)),
    ]


def ratios(told: OpenFactory) -> list[tuple[str, str]]:
    """Return each ratio that the book can give, in words: none is added to another, none is a score."""
    given, around = told.given, told.around
    hours = given.work_hours + given.mentoring_hours
    found = [
        (_("Of the income of the period, the cost borne is"), _share(given.cost, around.income)),
        (_("Of the activities, those that go on week by week are"), _share(given.standing, given.activities)),
        (_("Of what is told, counter-signed by who received it"), _share(given.countersigned, len(given.deeds))),
        (
            _("Of the visits, counted at the door (the others estimated, or declared by one side)"),
            _share(given.counted.number, given.visits.number),
        ),
        (
            _("Hours of work and mentoring for each who works there"),
            amounts.hours(hours // around.workers.workers) if around.workers and around.workers.workers else "",
        ),
    ]
    return [(what, value) for what, value in found if value]


def _share(part: int, whole: int) -> str:
    """Return a part as a percentage with two decimals, cut; nothing where there is no whole."""
    return amounts.vat(part * 10_000 // whole) if whole > 0 else ""
