"""Round Python: no material leaves that is not there, no more is lost than was agreed, the books say what was told."""

import uuid

import pytest

from ledger.actions import thresholds
from ledger.actions.refusals_agreed import SignedByResolution
from ledger.actions.refusals_tolled import (
    MaterialIsOpen,
    MoreThanOnHand,
    MoreThanToHandOver,
    MoreWasteThanAgreed,
    NotToMoveNow,
    PostedAsTold,
    TolledByTwo,
    TolledStays,
    WorkedSince,
)
from ledger.models import Agreement, Delivery
from tests import make
from tests.barters import propose as barter
from tests.cast import Cast
from tests.plain_sql import is_stopped, run, stays
from tests.tolls import HANDED, accepted, cloth, hand_over, handed, paid, propose, sew, sewn

pytestmark = pytest.mark.django_db

MOVE = (
    "INSERT INTO ledger_materialmove (delivery_id, handed, worked, waste, returned, waste_act)"
    " VALUES (%s, %s, %s, %s, %s, '')"
)
CONFIRM = "UPDATE ledger_delivery SET state = 'confirmed', event_id = %s WHERE id = %s"


def empty(agreement: Agreement, cast: Cast, *, act: str, is_worker: bool = True) -> Delivery:
    """Return a delivery that tells nothing of the material yet."""
    sides = [cast.molino.organization, cast.textil.organization]
    giver, receiver = sides if is_worker else sides[::-1]
    told = {"giver": giver, "receiver": receiver, "act": act, "happened_on": HANDED, "logged_by": cast.carla}
    return Delivery.objects.create(key=uuid.uuid4(), agreement=agreement, **told)


class TestTerms:
    def test_are_of_two_and_of_toll_work(self, cast: Cast):
        agreement = propose(cast)
        accept = "UPDATE ledger_agreement SET state = 'accepted' WHERE id = %s"
        run("UPDATE ledger_agreementparty SET signed_by_id = %s", cast.carla.pk)
        run("UPDATE ledger_agreementline SET value = 3000000001 WHERE giver_id = %s", cast.textil.organization_id)
        assert is_stopped(accept, agreement.pk) is TolledByTwo
        run("DELETE FROM ledger_agreementline WHERE giver_id = %s", cast.molino.organization_id)
        assert is_stopped(accept, agreement.pk) is TolledByTwo
        terms = (
            "INSERT INTO ledger_tollterms (agreement_id, principal_id, worker_id, material_id, material_name, quantity,"
            " allowed_waste) SELECT %s, principal_id, worker_id, material_id, '', 1, 0 FROM ledger_tollterms"
        )
        assert is_stopped(terms, barter(cast).pk) is TolledByTwo

    def test_stay_once_both_have_signed(self, cast: Cast):
        agreement = accepted(cast)
        for change in ("UPDATE ledger_tollterms SET allowed_waste = 5000", "DELETE FROM ledger_tollterms"):
            assert is_stopped(change) is TolledStays
        end = "UPDATE ledger_agreement SET state = 'settled' WHERE id = %s"
        for step in (handed, sewn):
            step(agreement, cast)
            assert is_stopped(end, agreement.pk) is MaterialIsOpen
        cloth(agreement, cast)
        paid(agreement, cast, 1_452_000_00 - 1)
        assert is_stopped(end, agreement.pk) is MaterialIsOpen

    def test_a_fee_beyond_the_limit_is_signed_with_a_resolution(self, cast: Cast):
        """Whoever owes it, too, though the goods that pay a part of it are worth less than the limit."""
        propose(cast)
        decided = make.resolution(cast.textil.organization)
        thresholds.set_threshold(
            book=cast.textil, amount=2_000_000_00, resolution=decided, by=cast.carla, on=HANDED, at=make.NOON
        )
        signed = "UPDATE ledger_agreementparty SET signed_by_id = %s, resolution_id = %s WHERE organization_id = %s"

        assert is_stopped(signed, cast.carla.pk, None, cast.textil.organization_id) is SignedByResolution
        stays(signed, cast.carla.pk, decided.pk, cast.textil.organization_id)


class TestMaterial:
    def test_goes_the_right_way_while_the_agreement_runs(self, cast: Cast):
        running, proposed = accepted(cast), propose(cast)
        handed(running, cast)

        for agreement, act, is_worker, moved in (
            (running, "material", True, (1, 0, 0, 0)),
            (running, "material", False, (0, 0, 0, 1)),
            (running, "goods", True, (0, 0, 0, 1)),
            (running, "material", True, (0, 1, 0, 0)),
            (proposed, "material", False, (1, 0, 0, 0)),
        ):
            told = empty(agreement, cast, act=act, is_worker=is_worker)
            assert is_stopped(MOVE, told.pk, *moved) is NotToMoveNow

    def test_no_more_than_was_agreed_and_is_there(self, cast: Cast):
        agreement = accepted(cast)
        handed(agreement, cast, 1_000_00)
        hand_over(agreement, cast, 500_00)
        more = empty(agreement, cast, act="material", is_worker=False)
        gone = empty(agreement, cast, act="goods")

        assert is_stopped(MOVE, more.pk, 1, 0, 0, 0) is MoreThanToHandOver
        # The second part waits for its confirmation.
        assert is_stopped(MOVE, gone.pk, 0, 980_00, 20_00, 1) is MoreThanOnHand
        assert is_stopped(MOVE, gone.pk, 0, 500_00, 20_01, 0) is MoreWasteThanAgreed
        stays(MOVE, gone.pk, 0, 980_00, 20_00, 0)

    def test_stays_as_it_was_told(self, cast: Cast):
        agreement = accepted(cast)
        handed(agreement, cast)

        for change in (
            "UPDATE ledger_materialmove SET handed = 1",
            "DELETE FROM ledger_materialmove",
            "UPDATE ledger_materialcost SET amount = 1",
            "DELETE FROM ledger_materialcost",
        ):
            assert is_stopped(change) is TolledStays

    def test_is_in_both_books_as_it_was_told(self, cast: Cast):
        agreement = accepted(cast)
        handed(agreement, cast, 1_000_00)
        told = hand_over(agreement, cast, 500_00)

        assert is_stopped(CONFIRM, make.sale(cast.textil).pk, told.pk) is PostedAsTold

    def test_is_not_undone_under_what_became_of_it(self, cast: Cast):
        agreement = accepted(cast)
        first = handed(agreement, cast, 1_000_00)
        undo = "UPDATE ledger_delivery SET state = 'reversed' WHERE id = %s"
        told = sew(agreement, cast, 10, 100_00, 0, 0)
        assert is_stopped(undo, first.pk) is MoreThanOnHand
        run("UPDATE ledger_delivery SET state = 'rejected' WHERE id = %s", told.pk)
        sewn(agreement, cast, 10, 100_00, 0, 0)

        assert is_stopped(undo, first.pk) is WorkedSince
