"""Read clearing rounds: those of a body, the claims that may take part, what a round comes to, for all and for one."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Sum, When

from ledger.core.clearing_round import LENT, Cleared, Lending, Round
from ledger.core.clearing_round import Claim as Arc
from ledger.models.agreements import AgreementState
from ledger.models.assignments import Assignment
from ledger.models.clearing import ClearingRound, LeftOut, RoundClaim, RoundParty, RoundState, Stance
from ledger.models.units import Measure, Unit
from ledger.queries import disputes, owing
from network.models.organizations import Organization
from network.queries import organizations


def of_body(body: Organization) -> QuerySet[ClearingRound]:
    """Return the rounds that a body called, the latest first."""
    return (
        ClearingRound.objects.filter(body=body)
        .select_related("body", "unit", "event", "credit", "resolution")
        .order_by("-pk")
    )


def next_due(body: Organization) -> ClearingRound | None:
    """Return the round of a body in which something is due first, with the day as `due_on`; None if none is open."""
    due_on = Case(When(state=RoundState.CALLED, then="join_until"), default="answer_until")
    opened = of_body(body).filter(state__in=[RoundState.CALLED, RoundState.PROPOSED])
    return opened.annotate(due_on=due_on).order_by("due_on", "pk").first()


def of_party(organization: Organization) -> QuerySet[RoundParty]:
    """Return the rounds that an organization may take part in, the latest first."""
    found = RoundParty.objects.filter(organization=organization)
    return found.select_related("round__body", "round__unit", "round__credit", "round__resolution").order_by("-round")


def waiting_for(organization: Organization) -> QuerySet[RoundParty]:
    """Return the rounds that an organization still has to say something of."""
    asked = Q(round__state=RoundState.CALLED, stance=Stance.ASKED)
    to_see = Q(round__state=RoundState.PROPOSED, stance=Stance.JOINED)
    return of_party(organization).filter(asked | to_see)


def invited(body: Organization, *, on: dt.date) -> QuerySet[Organization]:
    """Return who may take part: those below the body that keep a book."""
    return organizations.with_books_below(body, on=on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A claim between two who take part, and why it takes none. Minor units; age in days at the cut-off."""

    claim: int
    debtor: int
    creditor: int
    amount: int
    age: int
    left_out: str


def candidates(
    parties: Collection[int], *, unit: Unit, peg: Measure, cut_off: dt.date, today: dt.date, takes_undue: bool
) -> list[Candidate]:
    """Return every claim between some organizations as it stood at the end of a day, less what was settled since."""
    found = owing.claims(parties, day=cut_off, today=today).filter(
        creditor__organization__in=parties, debtor__organization__in=parties
    )
    elsewhere = RoundClaim.objects.filter(claim=OuterRef("pk"), round__state=RoundState.PROPOSED, left_out="")
    codes = disputes.contested()
    pledged = _pledged()
    rows = found.annotate(is_elsewhere=Exists(elsewhere)).order_by("pk").values_list(
        *("pk", "debtor__organization", "creditor__organization", "held", "balance__amount", "opened_on", "due_on"),
        *("agreement", "unit", "peg", "is_elsewhere"),
    )  # fmt: skip
    listed = []
    for pk, debtor, creditor, held, now, opened_on, due_on, agreement, its_unit, its_peg, is_elsewhere in rows:
        reason = LeftOut.NOT
        if (its_unit, its_peg) != (unit.pk, peg.pk):
            reason = LeftOut.IN_GOODS
        elif agreement in codes:
            reason = LeftOut.DISPUTED
        elif pk in pledged:
            reason = LeftOut.PLEDGED
        elif is_elsewhere:
            reason = LeftOut.IN_A_ROUND
        elif due_on is not None and due_on > cut_off and not takes_undue:
            reason = LeftOut.NOT_DUE
        amount = min(held, now)
        if amount > 0:
            age = max(0, (cut_off - opened_on).days)
            listed.append(
                Candidate(claim=pk, debtor=debtor, creditor=creditor, amount=amount, age=age, left_out=reason)
            )
    return listed


def _pledged() -> set[int]:
    """Return the claims that somebody is about to take over, or that are to pay for that."""
    waits = Assignment.objects.filter(
        event=None, agreement__state__in=[AgreementState.PROPOSED, AgreementState.ACCEPTED]
    )
    return {each for column in ("claim", "against") for each in waits.values_list(column, flat=True) if each}


def arcs(found: ClearingRound) -> tuple[list[RoundClaim], list[Arc]]:
    """Return the claims of a round that take part now, as rows and as the arithmetic takes them, by their codes."""
    rows = list(
        found.claims.filter(left_out="")
        .exclude(debtor__stance=Stance.OUT)
        .exclude(creditor__stance=Stance.OUT)
        .select_related("debtor", "creditor")
        .order_by("pk")
    )
    return rows, [Arc(row.code, row.debtor.code, row.creditor.code, row.amount, row.age) for row in rows]


def lending(found: ClearingRound, rows: Collection[RoundClaim]) -> Lending | None:
    """Return what may be lent into a round, by the codes of its parties; None where it was called with no credit.

    Each pays and takes no more than it said, than its limit left when it was counted, and than it owes, or is owed.
    """
    if found.credit_id is None:
        return None
    debts, owed = dict[int, int](), dict[int, int]()
    for row in rows:
        debts[row.debtor_id] = debts.get(row.debtor_id, 0) + row.amount
        owed[row.creditor_id] = owed.get(row.creditor_id, 0) + row.amount
    parties = list(found.parties.exclude(stance=Stance.OUT))
    pays = {each.code: min(each.pays_most, each.room, debts.get(each.pk, 0)) for each in parties}
    takes = {each.code: min(each.takes_most, owed.get(each.pk, 0)) for each in parties}
    return Lending(
        # Nobody can lend more than all owe, however much the body allows.
        most=min(found.credit_most, sum(debts.values())),
        pays={code: amount for code, amount in pays.items() if amount > 0},
        takes={code: amount for code, amount in takes.items() if amount > 0},
    )


def told(found: ClearingRound) -> Round:
    """Return a round as its file tells it: by codes, so that anybody may check it and nobody learns who owes whom."""
    rows, claims = arcs(found)
    parties = found.parties.exclude(stance=Stance.OUT)
    seen = {name for claim in claims for name in (claim.debtor, claim.creditor)}
    heights = {each.code: each for each in parties if each.code in seen}
    ends: dict[str, list[int]] = found.ends or {}
    lent = {f"+{name} {each.code}": getattr(each, name) for each in parties for name in ("pays", "takes")}
    lent[LENT] = found.lent
    return Round(
        unit=found.unit.code,
        cut_off=found.cut_off,
        claims=claims,
        cleared=Cleared(
            seed=found.seed,
            cancelled={row.code: row.cancelled for row in rows if row.cancelled},
            heights={code: each.height for code, each in heights.items()}
            | {end: numbers[0] for end, numbers in ends.items()},
            order={code: (each.height_by_age, each.height_by_lot) for code, each in heights.items()}
            | {end: (numbers[1], numbers[2]) for end, numbers in ends.items()},
            lent={name: amount for name, amount in lent.items() if amount},
        ),
        lending=lending(found, rows),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a round does for one party, minor units: each claim, and its debts and credits before and after."""

    owes: list[RoundClaim]
    is_owed: list[RoundClaim]
    #: By how much its position in the credit of the round rises; below zero, falls.
    rises: int = 0

    @property
    def owed_before(self) -> int:
        """What the others owed it, of what takes part."""
        return sum(each.amount for each in self.is_owed if each.takes_part)

    @property
    def owes_before(self) -> int:
        """What it owed the others, of what takes part."""
        return sum(each.amount for each in self.owes if each.takes_part)

    @property
    def cancelled(self) -> int:
        """What is cancelled of its debts: as much as of what it is owed, but for what it pays or takes in credit."""
        return sum(each.cancelled for each in self.owes)

    @property
    def collected(self) -> int:
        """What is cancelled of what it is owed."""
        return sum(each.cancelled for each in self.is_owed)

    @property
    def owed_after(self) -> int:
        """What the others still owe it."""
        return self.owed_before - self.collected

    @property
    def owes_after(self) -> int:
        """What it still owes the others."""
        return self.owes_before - self.cancelled

    @property
    def net(self) -> int:
        """What it is owed less what it owes: the same before and after, with what its position rises by."""
        return self.owed_before - self.owes_before

    @property
    def net_of_debts(self) -> int:
        """What it is owed less what it owes afterwards, without its position."""
        return self.owed_after - self.owes_after


def statement(party: RoundParty) -> Statement:
    """Return what a round does for a party, what is cancelled first."""
    rows = RoundClaim.objects.select_related("debtor__organization", "creditor__organization", "claim")
    ordered = rows.order_by("-cancelled", "-amount", "pk")
    return Statement(
        owes=list(ordered.filter(debtor=party)),
        is_owed=list(ordered.filter(creditor=party)),
        rises=party.takes - party.pays,
    )


def left_out(found: ClearingRound) -> list[tuple[str, int]]:
    """Return why claims take no part, and how many."""
    rows = found.claims.exclude(left_out="").order_by("left_out").values("left_out").annotate(times=Count("pk"))
    reasons = dict(LeftOut.choices)
    return [(str(reasons[row["left_out"]]), row["times"]) for row in rows]


def cancelled(found: ClearingRound) -> QuerySet[RoundClaim]:
    """Return the claims of which something is cancelled, in a fixed order."""
    rows = found.claims.filter(cancelled__gt=0)
    return rows.select_related("claim__peg", "debtor", "creditor").order_by("pk")


def of_parties(found: ClearingRound) -> QuerySet[Any]:
    """Return the parties of a round with what is cancelled of the debts of each, the most first."""
    parties = found.parties.select_related("organization")
    return parties.annotate(gone=Sum("owes__cancelled", default=0)).order_by("-gone", "organization__name", "pk")
