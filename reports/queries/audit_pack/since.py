"""What changed since the pack before: worked out anew from the books up to its cut-off, not read from the old paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from ledger.core.owing import BRACKETS
from ledger.models import Entry, Event, Unit
from network.models import Organization
from reports.models import Report
from reports.queries.audit_pack import credit, debts, findings, scope
from reports.queries.audit_pack.credit import Position
from reports.queries.audit_pack.debts import Debts
from reports.queries.audit_pack.findings import Found
from reports.queries.audit_pack.scope import Scope

KIND = "audit-pack"
#: So many late entries, and so many debts that changed, are printed.
SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """A figure then and now, in minor units of a unit, or a number."""

    then: int
    now: int

    @property
    def more(self) -> int:
        """By how much it is more now."""
        return self.now - self.then


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What is owed in a unit, then and now."""

    unit: Unit
    all: Both
    #: Older than the last bracket of ages.
    oldest: Both
    #: Debtor and creditor → what one owes the other, where that is no longer the same; what moved most first.
    pairs: tuple[tuple[tuple[int, int], Both], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How far below zero a position may go, then and now; minor units of its credit."""

    position: Position
    lowest: Both


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What is otherwise than in the pack before."""

    before: Report
    #: Whether that one was of the same days: then this one stands in its place.
    replaces: bool
    joined: tuple[Organization, ...]
    left: tuple[Organization, ...]
    open_findings: Both
    opened: tuple[Found, ...]
    settled: tuple[Found, ...]
    owed: tuple[Owed, ...]
    #: Those that were set otherwise since.
    limits: tuple[Limit, ...]
    #: What was written later of facts of its days, or undoes what it told: how many, and the first of them.
    late: int
    late_shown: tuple[Entry, ...]


def previous(*, body: Organization, now: Scope) -> Report | None:
    """Return the pack before: of an earlier last day, or of the same one with an earlier cut-off.

    Asked for before this one was first asked for, in whatever language: so the answer never changes. At the console,
    where nobody asks for one, every pack counts that was.
    """
    packs = Report.objects.filter(kind=KIND, organization=body)
    asked = packs.filter(starts_on=now.starts_on, ends_on=now.ends_on, cutoff_event=now.event).order_by("pk").first()
    if asked is not None:
        packs = packs.filter(pk__lt=asked.pk)
    earlier = Q(ends_on__lt=now.ends_on) | Q(ends_on=now.ends_on, cutoff_event__lt=now.event)
    return packs.filter(earlier, cutoff_event__lte=now.event).order_by("-ends_on", "-cutoff_event", "-pk").first()


def since(
    now: Scope,
    *,
    body: Organization,
    owed: tuple[Debts, ...],
    found: tuple[Found, ...],
    positions: tuple[Position, ...],
    before: Report | None,
) -> Since | None:
    """Return what changed since the pack before, None if this is the first."""
    if before is None:
        return None
    book = next(each for each in now.books if each.organization_id == body.pk)
    then = scope.scope(book=book, starts_on=before.starts_on, ends_on=before.ends_on, cutoff_event=before.cutoff_event)
    known_before = findings.findings(then)
    then_open = {each.finding.pk for each in known_before if each.closed_at is None}
    now_open = {each.finding.pk for each in found if each.closed_at is None}
    everybody = {each.pk: each for each in (*then.organizations, *now.organizations)}
    late, shown = _late(then, now)
    return Since(
        before=before,
        replaces=(before.starts_on, before.ends_on) == (now.starts_on, now.ends_on),
        joined=tuple(each for pk, each in everybody.items() if pk not in then.everybody),
        left=tuple(each for pk, each in everybody.items() if pk not in now.everybody),
        open_findings=Both(then=len(then_open), now=len(now_open)),
        opened=tuple(each for each in found if each.finding.pk in now_open - then_open),
        settled=tuple(each for each in known_before if each.finding.pk in then_open - now_open),
        owed=_owed(debts.all_debts(then), owed),
        limits=_limits(credit.positions(then), positions),
        late=late,
        late_shown=shown,
    )


def _owed(then: tuple[Debts, ...], now: tuple[Debts, ...]) -> tuple[Owed, ...]:
    units = {each.unit.pk: each.unit for each in (*now, *then)}
    sums = [{each.unit.pk: each for each in side} for side in (then, now)]
    found = []
    for pk, unit in units.items():
        sides = [side.get(pk) or Debts(unit=unit, pairs=(), pegs={}) for side in sums]
        (old, new), cells = (side.all for side in sides), [side.cells for side in sides]
        found.append(
            Owed(
                unit=unit,
                all=Both(then=old.amount, now=new.amount),
                oldest=Both(then=old.ages[len(BRACKETS)], now=new.ages[len(BRACKETS)]),
                pairs=_moved(*cells),
            )
        )
    return tuple(found)


def _limits(then: tuple[Position, ...], now: tuple[Position, ...]) -> tuple[Limit, ...]:
    before = {each.account.pk: each.lowest for each in then}
    both = [Limit(position=each, lowest=Both(then=before.get(each.account.pk, 0), now=each.lowest)) for each in now]
    return tuple(each for each in both if each.lowest.more)


def _moved(
    then: Mapping[tuple[int, int], int], now: Mapping[tuple[int, int], int]
) -> tuple[tuple[tuple[int, int], Both], ...]:
    both = {pair: Both(then=then.get(pair, 0), now=now.get(pair, 0)) for pair in {*then, *now}}
    moved = [(pair, each) for pair, each in both.items() if each.more]
    return tuple(sorted(moved, key=lambda item: (-abs(item[1].more), item[0])))


def _late(then: Scope, now: Scope) -> tuple[int, tuple[Entry, ...]]:
    """Return what is told now and was not then, of facts of days that were told then, or against what was told."""
    of_those_days = Q(event__happened_on__lte=then.ends_on)
    undoes = then.cut.told("event__reverses") & Q(event__reverses__isnull=False)
    late = Entry.objects.filter(
        now.cut.told(),
        then.cut.not_told(),
        of_those_days | undoes,
        book__in=[book.pk for book in now.books],
        booked_on__lte=now.ends_on,
    )
    rows = late.select_related("book__organization", "event").order_by("event", "book")
    # An event stands in several books: its first entry tells of it.
    first: dict[int, Entry] = {}
    for entry in rows[: SHOWN * 4]:
        first.setdefault(entry.event_id, entry)
    count = Event.objects.filter(pk__in=late.values("event")).count()
    return count, tuple(first.values())[:SHOWN]
