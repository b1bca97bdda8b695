"""The files that an audit pack carries inside: every row that it tells as tables, and all of it as data."""

from collections.abc import Mapping
from typing import Any

from ledger.core.flows import WITHOUT_BOOK
from ledger.core.written import plain
from ledger.models import Finding
from network.core.delimited import inert
from network.models import Organization
from reports.actions import attachments
from reports.core.carried import Carried
from reports.core.delimited import csv_bytes, json_bytes
from reports.queries.audit_pack.findings import Found
from reports.queries.audit_pack.pack import AuditPack

#: The number grows when a name or a meaning changes.
FORM = "trama-audit-pack-1"
FLOWS = ("month", "giver", "giver_name", "kind", "receiver", "receiver_name", "amount", "unit", "entries")
DEBTS = (
    *("debtor", "debtor_name", "creditor", "creditor_name", "peg", "quantity", "amount", "unit", "debts"),
    *("up_to_30_days", "up_to_60_days", "up_to_90_days", "older"),
)
FINDINGS = (
    *("check", "about", "book", "other", "found", "expected", "unit", "opened_at", "closed_at", "accepted"),
    "explained",
)
ROUNDS = ("round", "body", "booked_on", "reversed_on", "parties", "cancelled", "unit", "inputs", "proven")
CREDIT = ("credit", "member", "member_name", "of_members", "position", "lowest", "resolution", "within")
SAMPLE = ("place", "book", "year", "number", "booked_on", "memo")
SIGN_OFFS = ("code", "book", "body", "starts_on", "ends_on", "signed_on", "entries", "drawn", "findings")


def of_pack(pack: AuditPack) -> list[Carried]:
    """Return its tables, the public file of each clearing round, and `audit-pack.json`."""
    tables = {
        "flows": (FLOWS, _flows(pack)),
        "debts": (DEBTS, _debts(pack)),
        "findings": (FINDINGS, [_finding(each) for each in pack.findings]),
        "rounds": (ROUNDS, _rounds(pack)),
        "credit": (CREDIT, _credit(pack)),
        "sample": (SAMPLE, _sample(pack)),
        "sign-offs": (SIGN_OFFS, _sign_offs(pack)),
    }
    files = [
        Carried(name=f"{name}.csv", content=csv_bytes(columns, rows), relationship="Source")
        for name, (columns, rows) in tables.items()
    ]
    proofs = [
        Carried(name=f"round-{each.round.code}.json", content=each.file.encode(), relationship="Source")
        for each in pack.rounds
    ]
    data = _first(pack) | {
        name: [dict(zip(columns, row, strict=True)) for row in rows] for name, (columns, rows) in tables.items()
    }
    return [*files, *proofs, Carried(name="audit-pack.json", content=json_bytes(data), relationship="Data")]


def _first(pack: AuditPack) -> dict[str, Any]:
    scope = pack.scope
    return attachments.told_first(pack, FORM) | {
        "cutoff": {"event": scope.event, "recorded_at": pack.made_at.isoformat()} if scope.recorded_at else None,
        "seal": {"height": scope.head.height, "hash": scope.head.hash} if scope.head else None,
        "members": [{"code": each.code, "name": each.name} for each in scope.members],
        "without_book": [each.code for each in scope.without_book],
        "before": pack.since
        and {
            "starts_on": pack.since.before.starts_on.isoformat(),
            "ends_on": pack.since.before.ends_on.isoformat(),
            "event": pack.since.before.cutoff_event,
            "replaced": pack.since.replaces,
        },
    }


def _who(pk: int, named: Mapping[int, Organization]) -> list[str]:
    return ["", ""] if pk == WITHOUT_BOOK else [named[pk].code, inert(named[pk].name)]


def _flows(pack: AuditPack) -> list[list[str]]:
    return [
        [
            f"{month:%Y-%m}",
            *_who(flow.giver, pack.named),
            flow.kind,
            *_who(flow.receiver, pack.named),
            plain(flow.amount, scale=each.unit.scale),
            each.unit.code,
            str(flow.count),
        ]
        for each in pack.flows
        for month, flow in sorted(each.by_month, key=lambda row: (row[0], row[1].giver, row[1].kind, row[1].receiver))
    ]


def _debts(pack: AuditPack) -> list[list[str]]:
    return [
        [
            *_who(pair.debtor, pack.named),
            *_who(pair.creditor, pack.named),
            inert(str(each.pegs[pair.peg])),
            plain(pair.quantity, scale=each.pegs[pair.peg].unit.scale),
            plain(pair.owed.amount, scale=each.unit.scale),
            each.unit.code,
            str(pair.owed.count),
            *(plain(part, scale=each.unit.scale) for part in pair.owed.ages),
        ]
        for each in pack.debts
        for pair in each.pairs
    ]


def _finding(each: Found) -> list[str]:
    finding = each.finding
    return [
        finding.check_code,
        finding.scope,
        finding.book.organization.code if finding.book else "",
        finding.other.organization.code if finding.other else "",
        _figure(finding, each.found),
        _figure(finding, each.expected),
        finding.unit.code if finding.unit else "",
        finding.opened_at.isoformat(),
        each.closed_at.isoformat() if each.closed_at else "",
        inert(each.accepted),
        inert(each.explained),
    ]


def _figure(finding: Finding, minor: int) -> str:
    return plain(minor, scale=finding.unit.scale) if finding.unit else str(minor)


def _rounds(pack: AuditPack) -> list[list[str]]:
    return [
        [
            each.round.code,
            each.round.body.code,
            each.booked_on.isoformat(),
            each.reversed_on.isoformat() if each.reversed_on else "",
            str(each.parties),
            plain(each.round.total, scale=each.round.unit.scale),
            each.round.unit.code,
            each.round.inputs,
            _yes(is_so=each.is_proven),
        ]
        for each in pack.rounds
    ]


def _yes(*, is_so: bool) -> str:
    return "yes" if is_so else "no"


def _credit(pack: AuditPack) -> list[list[str]]:
    return [
        [
            each.unit.code,
            each.account.book.organization.code,
            inert(each.account.book.organization.name),
            _yes(is_so=each.is_of_members),
            plain(each.amount, scale=each.unit.scale),
            plain(each.lowest, scale=each.unit.scale),
            inert(each.limit.resolution) if each.limit else "",
            _yes(is_so=each.is_within),
        ]
        for each in pack.positions
    ]


def _sample(pack: AuditPack) -> list[list[str]]:
    return [
        [
            str(place),
            entry.book.organization.code,
            str(entry.year),
            str(entry.number),
            entry.booked_on.isoformat(),
            inert(entry.event.memo),
        ]
        for place, entry in enumerate(pack.sample.drawn, start=1)
    ]


def _sign_offs(pack: AuditPack) -> list[list[str]]:
    return [
        [
            each.code,
            each.book.organization.code,
            each.body.code,
            each.starts_on.isoformat(),
            each.ends_on.isoformat(),
            each.signed_on.isoformat(),
            str(each.entries),
            str(each.drawn),
            str(len(each.findings)),
        ]
        for each in pack.sign_offs
    ]
