"""The figures of an audit pack: a body and all below it, up to one event of their books."""

import datetime as dt
from dataclasses import dataclass

from ledger.core.flows import WITHOUT_BOOK
from ledger.models import Book, SignOff
from network.models import Organization
from reports.queries.audit_pack import credit, debts, findings, flows, rounds, sample, since, tiers
from reports.queries.audit_pack.credit import Position
from reports.queries.audit_pack.debts import Debts
from reports.queries.audit_pack.findings import Found
from reports.queries.audit_pack.flows import Flows
from reports.queries.audit_pack.rounds import Posted
from reports.queries.audit_pack.sample import Sample
from reports.queries.audit_pack.scope import Scope, scope
from reports.queries.audit_pack.since import Since
from reports.queries.audit_pack.tiers import RolledUp
from reports.queries.told import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPack(Told):
    """Everything that the pack tells. Its `cutoff` is None: it is told up to an event, not to an entry of one book."""

    scope: Scope
    flows: tuple[Flows, ...]
    debts: tuple[Debts, ...]
    findings: tuple[Found, ...]
    rounds: tuple[Posted, ...]
    positions: tuple[Position, ...]
    sample: Sample
    sign_offs: tuple[SignOff, ...]
    tiers: tuple[RolledUp, ...]
    #: None where this is the first.
    since: Since | None
    #: Everybody whom a figure names, by number.
    named: dict[int, Organization]

    @property
    def made_at(self) -> dt.datetime:
        """The moment that the paper is dated: that of the last event it tells of."""
        if self.scope.recorded_at is not None:
            return self.scope.recorded_at.astimezone(dt.UTC).replace(microsecond=0)
        return dt.datetime.combine(self.ends_on, dt.time(), tzinfo=dt.UTC)

    @property
    def open_findings(self) -> tuple[Found, ...]:
        """What stood open, accepted or not."""
        return tuple(each for each in self.findings if each.closed_at is None)

    @property
    def settled_findings(self) -> tuple[Found, ...]:
        """What was settled since the period began."""
        return tuple(each for each in self.findings if each.closed_at is not None)


def audit_pack(*, book: Book, starts_on: dt.date, ends_on: dt.date, cutoff_event: int) -> AuditPack:
    """Return the pack of a body, told up to an event: whatever is written later does not change it."""
    whom = scope(book=book, starts_on=starts_on, ends_on=ends_on, cutoff_event=cutoff_event)
    given, owed, found = flows.all_flows(whom), debts.all_debts(whom), findings.findings(whom)
    before = since.previous(body=whom.body, now=whom)
    positions = credit.positions(whom)
    changed = since.since(whom, body=whom.body, owed=owed, found=found, positions=positions, before=before)
    return AuditPack(
        book=book,
        starts_on=starts_on,
        ends_on=ends_on,
        cutoff=None,
        head=whom.head,
        scope=whom,
        flows=given,
        debts=owed,
        findings=found,
        rounds=rounds.rounds(whom),
        positions=positions,
        sample=sample.sample(whom),
        sign_offs=sample.sign_offs(whom),
        tiers=tiers.rolled_up(whom, given, owed),
        since=changed,
        named=_named(given, owed, changed),
    )


def _named(given: tuple[Flows, ...], owed: tuple[Debts, ...], changed: Since | None) -> dict[int, Organization]:
    seen = {side for each in given for _month, flow in each.by_month for side in (flow.giver, flow.receiver)}
    seen |= {side for each in owed for pair in each.pairs for side in (pair.debtor, pair.creditor)}
    seen |= {side for each in (changed.owed if changed else ()) for pair, _both in each.pairs for side in pair}
    return Organization.objects.in_bulk(seen - {WITHOUT_BOOK})
