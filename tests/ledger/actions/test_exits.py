"""Only those who may trade agree on something; whoever leaves owes nothing, and nobody owes them."""

import pytest

from ledger.actions import agreements, exits, refusals_agreed
from ledger.actions.facts import Line
from network.actions import admissions
from network.models import Organization
from network.queries.admissions import standing
from tests import make
from tests.barters import AGREED, accepted, flour, propose
from tests.cast import Cast
from tests.plain_sql import is_stopped

pytestmark = pytest.mark.django_db

TODAY = make.DAY


def suspend(organization: Organization, cast: Cast) -> None:
    act = make.resolution(cast.federacion, on=AGREED)
    admissions.suspend(organization=organization, resolution=act, by=None, on=AGREED)


def leave(organization: Organization) -> None:
    exits.leave(organization=organization, resolution=make.resolution(organization), by=None, on=TODAY)


class TestWhoAgrees:
    def test_nobody_proposes_to_one_that_is_suspended(self, cast: Cast):
        suspend(cast.molino.organization, cast)

        with pytest.raises(admissions.MayNotTrade, match="Molino "):
            propose(cast)

    def test_nor_signs_once_one_of_the_two_is(self, cast: Cast):
        proposed = propose(cast)
        suspend(cast.grafica.organization, cast)

        with pytest.raises(admissions.MayNotTrade, match="Gráfica "):
            agreements.sign(agreement=proposed, organization=cast.molino.organization, by=cast.mario, on=AGREED)

    def test_what_was_agreed_on_is_carried_out(self, cast: Cast):
        running = accepted(cast)
        suspend(cast.molino.organization, cast)

        flour(running, cast, 1_000_000)

        assert running.deliveries.get().state == "confirmed"

    def test_the_database_stops_whoever_goes_round_python(self, cast: Cast):
        proposed = propose(cast)
        suspend(cast.molino.organization, cast)
        proposed.parties.update(signed_by=cast.mario)

        accept = "UPDATE ledger_agreement SET state = 'accepted' WHERE id = %s"
        assert is_stopped(accept, proposed.pk) is refusals_agreed.OneMayNotTrade


class TestLeave:
    def test_not_while_an_agreement_is_carried_out(self, cast: Cast):
        running = accepted(cast)

        with pytest.raises(exits.AgreementsAreOpen, match=running.code):
            leave(cast.molino.organization)

    def test_not_while_something_is_owed_either_way(self, cast: Cast):
        make.delivery(cast.grafica, cast.molino)

        for book, other in ((cast.molino, "Gráfica"), (cast.grafica, "Molino")):
            with pytest.raises(exits.SomethingIsOwed, match=other):
                leave(book.organization)

    def test_once_nothing_is_open(self, cast: Cast):
        owed = make.claim(cast.grafica, cast.molino)
        for amount in (100_00, -100_00):
            sign = 1 if amount > 0 else -1
            make.event(
                [
                    *make.claim_lines(owed, amount),
                    Line(account=make.account(cast.grafica, "4103"), amount=-100_00 * sign),
                    Line(account=make.account(cast.molino, "1301"), amount=100_00 * sign),
                ]
            )

        leave(cast.molino.organization)

        assert standing(cast.molino.organization, on=TODAY).code == "left"
        assert not cast.molino.organization.affiliations.in_force(TODAY).exists()

    def test_one_without_a_book_just_leaves(self, cast: Cast):
        muni = make.organization("muni", kind="municipality")
        make.admission(muni)

        leave(muni)

        assert standing(muni, on=TODAY).code == "left"

    def test_the_database_stops_whoever_goes_round_python(self, cast: Cast):
        make.delivery(cast.grafica, cast.molino)
        held = cast.molino.organization.admissions.get().pk
        act = make.resolution(cast.molino.organization).pk
        end = "UPDATE network_admission SET until = %s, ending = 'left', end_resolution_id = %s WHERE id = %s"

        assert is_stopped(end, TODAY, act, held) is refusals_agreed.LeavesWithNothingOpen

    def test_and_whoever_leaves_with_an_open_agreement(self, cast: Cast):
        accepted(cast)
        held = cast.molino.organization.admissions.get().pk
        act = make.resolution(cast.molino.organization).pk
        end = "UPDATE network_admission SET until = %s, ending = 'left', end_resolution_id = %s WHERE id = %s"

        assert is_stopped(end, TODAY, act, held) is refusals_agreed.LeavesWithNothingOpen
