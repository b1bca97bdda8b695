"""Barter among three: the print shop gives the mill bags, the mill gives the textile flour, the textile gives cloth."""

import uuid

import pytest

from ledger.actions import agreements, barter, deliveries, refusals_agreed, terms
from ledger.actions.deliveries import Papers
from ledger.actions.terms import LineTerms, Terms
from ledger.models import Agreement, ClaimBalance, Entry
from tests import make
from tests.barters import AGREED, BAGS_DAY, FLOUR_DAY, deliver
from tests.cast import Cast
from tests.notation import journal_of, text
from tests.plain_sql import is_stopped

pytestmark = pytest.mark.django_db


def line(giver, receiver, thing: str, *, value: int = 300_000_00) -> LineTerms:
    return LineTerms(
        giver=giver.organization,
        receiver=receiver.organization,
        thing=thing,
        unit=make.unit("UN"),
        quantity=300,
        value=value,
    )


def propose(cast: Cast, *lines: LineTerms, pegged_to_goods: bool = True, others=None) -> Agreement:
    around = [
        line(cast.grafica, cast.molino, "Bolsas"),
        line(cast.molino, cast.textil, "Harina"),
        line(cast.textil, cast.grafica, "Tela"),
    ]
    return terms.log(
        kind="barter",
        key=uuid.uuid4(),
        proposer=cast.grafica.organization,
        others=others or [cast.molino.organization, cast.textil.organization],
        terms=Terms(title="Ronda", pegged_to_goods=pegged_to_goods, agreed_on=AGREED),
        lines=lines or around,
        by=cast.ana,
        on=AGREED,
    )


def accepted(cast: Cast, **how) -> Agreement:
    agreement = propose(cast, **how)
    for book, by in ((cast.molino, cast.mario), (cast.textil, cast.carla)):
        agreement = agreements.sign(agreement=agreement, organization=book.organization, by=by, on=AGREED)
    return agreement


def bags(agreement: Agreement, cast: Cast, quantity: int = 300):
    delivery = deliver(agreement, "Bolsas", quantity, by=cast.ana, on=BAGS_DAY)
    return barter.confirm(delivery=delivery, by=cast.mario, on=BAGS_DAY)


class TestAgree:
    def test_counts_once_all_three_have_signed(self, cast: Cast):
        agreement = propose(cast)
        assert agreement.state == "proposed"

        agreement = agreements.sign(
            agreement=agreement, organization=cast.textil.organization, by=cast.carla, on=AGREED
        )
        assert agreement.state == "proposed"
        with pytest.raises(agreements.NotAtThisPoint):
            agreements.sign(agreement=agreement, organization=cast.textil.organization, by=cast.carla, on=AGREED)

        agreement = agreements.sign(
            agreement=agreement, organization=cast.molino.organization, by=cast.mario, on=AGREED
        )
        assert agreement.state == "accepted"

    def test_any_of_them_may_say_no(self, cast: Cast):
        agreement = propose(cast)

        agreement = agreements.refuse(
            agreement=agreement, organization=cast.textil.organization, reason="Sin tela", by=cast.carla, on=AGREED
        )

        assert agreement.state == "refused"

    def test_whoever_is_no_party_has_no_say(self, cast: Cast):
        agreement = propose(
            cast,
            line(cast.grafica, cast.molino, "Bolsas"),
            line(cast.molino, cast.grafica, "Harina"),
            others=[cast.molino.organization],
        )

        with pytest.raises(agreements.NotAParty):
            agreements.sign(agreement=agreement, organization=cast.textil.organization, by=cast.carla, on=AGREED)
        with pytest.raises(agreements.NotAParty):
            agreements.refuse(
                agreement=agreement, organization=cast.textil.organization, reason="No", by=cast.carla, on=AGREED
            )

    def test_each_gives_and_each_receives(self, cast: Cast):
        gives_all = [line(cast.grafica, cast.molino, "Bolsas"), line(cast.grafica, cast.textil, "Bolsas")]
        with pytest.raises(terms.EachSideGivesSomething):
            propose(cast, *gives_all)
        with pytest.raises(terms.EachSideReceivesSomething, match="Textil"):
            propose(
                cast,
                line(cast.grafica, cast.molino, "Bolsas"),
                line(cast.molino, cast.grafica, "Harina"),
                line(cast.textil, cast.grafica, "Tela"),
            )
        with pytest.raises(terms.NotBetweenParties):
            propose(cast, line(cast.grafica, cast.grafica, "Bolsas"), *gives_all, *_back(cast))
        with pytest.raises(terms.TooManyParties):
            propose(cast, others=[make.organization(f"coop-{n}") for n in range(12)])


def _back(cast: Cast) -> list[LineTerms]:
    return [line(cast.molino, cast.grafica, "Harina"), line(cast.textil, cast.grafica, "Tela")]


class TestDeliver:
    def test_writes_in_the_three_books_who_owes_whom_what(self, cast: Cast):
        agreement = accepted(cast)

        bags(agreement, cast, 100)

        assert journal_of(cast.grafica) == text("""
            2023-11-20 1202 textil UN tela 100000.00 [100]
            2023-11-20 4103               -100000.00
        """)
        assert journal_of(cast.molino) == text("""
            2023-11-20 1301                 100000.00 [100]
            2023-11-20 2102 textil UN harina -100000.00 [-100]
        """)
        assert journal_of(cast.textil) == text("""
            2023-11-20 1202 molino UN harina 100000.00 [100]
            2023-11-20 2102 grafica UN tela -100000.00 [-100]
        """)

    @pytest.mark.parametrize("pegged_to_goods", [True, False])
    def test_by_all_leaves_nothing_owed(self, cast: Cast, pegged_to_goods: bool):
        agreement = accepted(cast, pegged_to_goods=pegged_to_goods)

        bags(agreement, cast)
        flour = deliver(agreement, "Harina", 300, by=cast.mario, on=FLOUR_DAY)
        barter.confirm(delivery=flour, by=cast.carla, on=FLOUR_DAY)
        cloth = deliver(agreement, "Tela", 300, by=cast.carla, on=FLOUR_DAY)
        barter.confirm(delivery=cloth, by=cast.ana, on=FLOUR_DAY)

        agreement.refresh_from_db()
        assert agreement.state == "settled"
        assert not ClaimBalance.objects.exclude(amount=0, quantity=0).exists()

    def test_is_confirmed_by_whoever_received_it(self, cast: Cast):
        delivery = deliver(accepted(cast), "Bolsas", 300, by=cast.ana, on=BAGS_DAY)

        with pytest.raises(agreements.NoMandateToday):
            barter.confirm(delivery=delivery, by=cast.carla, on=BAGS_DAY)
        assert not Entry.objects.exists()

    def test_goes_to_one_of_the_others_at_a_time(self, cast: Cast):
        agreement = propose(
            cast, line(cast.grafica, cast.molino, "Bolsas"), line(cast.grafica, cast.textil, "Bolsas"), *_back(cast)
        )
        for book, by in ((cast.molino, cast.mario), (cast.textil, cast.carla)):
            agreement = agreements.sign(agreement=agreement, organization=book.organization, by=by, on=AGREED)

        with pytest.raises(deliveries.OneReceiverAtATime):
            deliveries.log(
                agreement=agreement,
                key=uuid.uuid4(),
                giver=cast.grafica.organization,
                quantities=dict.fromkeys(agreement.lines.filter(thing="Bolsas").values_list("pk", flat=True), 1),
                happened_on=BAGS_DAY,
                papers=Papers(),
                by=cast.ana,
                on=BAGS_DAY,
            )

    @pytest.mark.parametrize("receiver", ["grafica", "federacion"])
    def test_is_not_paid_to_nobody(self, cast: Cast, receiver: str):
        paid = {"grafica": cast.grafica.organization, "federacion": cast.federacion}[receiver]

        with pytest.raises(deliveries.PaidToNobody):
            deliveries.log_payment(
                agreement=accepted(cast),
                key=uuid.uuid4(),
                giver=cast.grafica.organization,
                receiver=paid,
                amount=1,
                happened_on=BAGS_DAY,
                papers=Papers(),
                by=cast.ana,
                on=BAGS_DAY,
            )


class TestRoundPython:
    def test_nothing_is_accepted_that_not_all_have_signed(self, cast: Cast):
        agreement = propose(cast)
        accept = "UPDATE ledger_agreement SET state = 'accepted' WHERE id = %s"

        assert is_stopped(accept, agreement.pk) is refusals_agreed.NotAgreedByAll
        agreement.parties.update(signed_by=cast.ana)
        agreement.parties.filter(number__gt=1).delete()
        assert is_stopped(accept, agreement.pk) is refusals_agreed.NotAgreedByAll

    def test_nothing_begins_as_accepted(self, cast: Cast):
        copy = (
            "INSERT INTO ledger_agreement (key, kind, state, proposer_id, title, unit_id, is_pegged_to_goods,"
            " agreed_on, resolution) SELECT %s, kind, 'accepted', proposer_id, title, unit_id, is_pegged_to_goods,"
            " agreed_on, resolution FROM ledger_agreement"
        )
        propose(cast)

        assert is_stopped(copy, "9" * 32) is refusals_agreed.NotAgreedByAll

    @pytest.mark.parametrize(
        "sql",
        [
            "DELETE FROM ledger_agreementparty WHERE agreement_id = %s",
            "UPDATE ledger_agreementparty SET signed_by_id = NULL WHERE agreement_id = %s",
            "INSERT INTO ledger_agreementparty (agreement_id, organization_id, number)"
            " SELECT %s, id, 9 FROM network_organization WHERE code = 'federacion'",
        ],
    )
    def test_whoever_agreed_stays(self, cast: Cast, sql: str):
        assert is_stopped(sql, accepted(cast).pk) is refusals_agreed.NotAgreedByAll
