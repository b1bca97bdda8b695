"""A gift, an act of a fund and one in network credit are contested as what stands under an agreement is."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from ledger.actions import countersignatures, credit_answers, disputes, fund_answers, reconciliation
from ledger.actions.disputes import ContestedAlready, NothingPutsItRight, OnlyItsSidesContest, UndoingIsAsked
from ledger.actions.refusals_disputed import ContestedByASide, ContestedIsFrozen, ContestedOnce, DisputedStays
from ledger.models import Dispute, Event
from ledger.models.credited import CreditKind, StockOfBuyer
from ledger.models.disputes import Contested, Outcome
from ledger.models.funded import FundKind
from ledger.queries import disputes as read
from network.models import Organization, User
from tests import make
from tests.cast import Cast
from tests.contributions import GIVEN, give, lesson
from tests.credit import limit, network
from tests.credited import log
from tests.credited import told as credit_told
from tests.disputes import contest
from tests.funds import Kept
from tests.plain_sql import is_stopped

pytestmark = pytest.mark.django_db
DAY = max(GIVEN, make.DAY)


@dataclass
class Case:
    """Something confirmed between the print shop (Ana) and another, with how it is asked to be undone."""

    act: Contested
    field: str
    table: str
    other: Organization
    who: User
    undo: Callable[..., Any]

    def again(self) -> Contested:
        self.act.refresh_from_db()
        return self.act


def gift(cast: Cast) -> Case:
    """Return a lesson that the mill counter-signed."""
    told = countersignatures.confirm(contribution=give(cast, lesson(cast.molino.organization)), by=cast.mario, on=GIVEN)

    def undo(**how: Any) -> Contested:
        return countersignatures.undo(contribution=told, **how)

    return Case(told, "contribution", "ledger_contribution", cast.molino.organization, cast.mario, undo)


def levy(cast: Cast) -> Case:
    """Return a contribution to the federation's fund that the print shop agreed to."""
    kept = Kept(cast)
    told = kept.levied(cast.grafica, 90_00)

    def undo(**how: Any) -> Contested:
        return fund_answers.undo(act=told, **how)

    return Case(told, "fund_act", "ledger_fundact", kept.book.organization, kept.fede, undo)


def sold(cast: Cast) -> Case:
    """Return something that the mill sold to the print shop in network credit."""
    red = network()
    for each in (cast.grafica, cast.molino):
        limit(each, red, 100_00, cast.ana)
    told = log(cast, cast.molino, credit_told(CreditKind.SALE, cast.grafica, 70_00, vat=0))
    told = credit_answers.confirm(act=told, by=cast.ana, on=make.DAY, stock=StockOfBuyer.values[0])

    def undo(**how: Any) -> Contested:
        return credit_answers.undo(act=told, **how)

    return Case(told, "credit_act", "ledger_creditact", cast.molino.organization, cast.mario, undo)


@pytest.fixture(params=[gift, levy, sold])
def case(request: pytest.FixtureRequest, cast: Cast) -> Case:
    made: Case = request.param(cast)
    return made


def raised(case: Case, cast: Cast, **how: Any) -> Dispute:
    return contest(case.act, cast, on=DAY, **how)


def ended(dispute: Dispute, case: Case, cast: Cast, outcome: Outcome) -> Dispute:
    """Have the other side propose how it ends, and Ana agree."""
    told = {"dispute": dispute, "on": DAY}
    disputes.propose(organization=case.other, outcome=outcome, by=case.who, **told)
    return disputes.agree(organization=cast.grafica.organization, by=cast.ana, **told)


def test_is_frozen_until_it_ends_and_stands_if_both_say_so(case: Case, cast: Cast):
    dispute = raised(case, cast)

    assert dispute.sides == (cast.grafica.organization, case.other)
    assert read.waiting_for(case.other) == [dispute]
    how = {"organization": case.other, "reason": "Otro", "by": case.who, "on": DAY}
    with pytest.raises(ContestedIsFrozen):
        case.undo(**how)
    with pytest.raises(ContestedAlready):
        raised(case, cast)

    ended(dispute, case, cast, Outcome.STANDS)
    assert (case.again().state, case.act.is_contested) == ("confirmed", False)
    assert not read.waiting_for(case.other)


def test_is_undone_as_both_agree(case: Case, cast: Cast):
    ended(raised(case, cast), case, cast, Outcome.REVERSED)

    assert case.again().state == "reversed"
    assert Event.objects.filter(reverses=case.act.event).exists()
    assert reconciliation.reconcile(full=True, clock=timezone.now).findings == 0


def test_another_act_puts_right_only_what_is_agreed_on(case: Case, cast: Cast):
    with pytest.raises(NothingPutsItRight):
        disputes.propose(
            dispute=raised(case, cast),
            organization=case.other,
            outcome=Outcome.CORRECTED,
            by=case.who,
            on=DAY,
        )


def test_is_of_its_two_sides_and_not_while_undoing_is_asked(case: Case, cast: Cast):
    with pytest.raises(OnlyItsSidesContest):
        raised(case, cast, organization=cast.textil.organization, by=cast.carla)
    case.undo(organization=case.other, reason="Otro", by=case.who, on=DAY)
    with pytest.raises(UndoingIsAsked):
        raised(case, cast)


def test_in_the_database_too(case: Case, cast: Cast):
    again = (
        f'INSERT INTO ledger_dispute ("key", {case.field}_id, raised_for_id, raised_against_id, raised_by_id,'
        " raised_on, version, other_version, advice, outcome) VALUES (%s, %s, %s, %s, %s, %s, 'No', '', '', '')"
    )
    ours, theirs, stranger = cast.grafica.organization_id, case.other.pk, cast.textil.organization_id
    for sides in ((ours, stranger), (stranger, ours)):
        row = (uuid.uuid4().hex, case.act.pk, *sides, cast.ana.pk, DAY)
        assert is_stopped(again, *row) is ContestedByASide
    raised(case, cast)

    assert is_stopped(again, uuid.uuid4().hex, case.act.pk, theirs, ours, cast.ana.pk, DAY) is ContestedOnce
    freeze = f"UPDATE {case.table} SET state = 'reversed' WHERE id = %s"
    assert is_stopped(freeze, case.act.pk) is ContestedIsFrozen
    assert is_stopped("UPDATE ledger_dispute SET raised_against_id = %s", stranger) is DisputedStays


def test_what_is_owed_to_a_fund_is_contested_with_its_levy_or_a_payment_of_it(cast: Cast):
    kept = Kept(cast)
    one, other = kept.levied(cast.grafica, 90_00), kept.levied(cast.grafica, 50_00)
    paid = kept.paid(other, 20_00)
    contest(one, cast)

    assert read.is_disputed(one.code)
    assert not read.is_disputed(other.code)
    contest(paid, cast)
    assert read.contested() == {one.code, other.code}


def test_a_gift_to_the_fund_of_whoever_is_in_no_register_has_one_side_only(cast: Cast):
    kept = Kept(cast)
    told = kept.tell(FundKind.GIFT, None, 5_00, name="Un gremio")

    with pytest.raises(OnlyItsSidesContest):
        contest(told, cast, organization=kept.book.organization, by=kept.fede)
