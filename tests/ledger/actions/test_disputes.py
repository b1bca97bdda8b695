"""What was confirmed is contested: both versions stay, it is frozen, somebody mediates, and it ends as both agree."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.utils import timezone

from ledger.actions import disputes, endings, mediation, reversals, thresholds
from ledger.actions.agreements import NoMandateToday, NotForYouToDo, ReasonIsMissing, ResolutionIsMissing
from ledger.actions.assignments import WhatIsOwedIsContested
from ledger.actions.deliveries import DeliveryAlreadyAnswered
from ledger.actions.disputes import (
    CannotMediate,
    ContestedAlready,
    DisputeIsOver,
    NothingPutsItRight,
    OnlyItsSidesContest,
    ProposedByYourself,
    UndoingIsAsked,
    VersionIsTold,
)
from ledger.actions.endings import SomethingIsContested
from ledger.actions.mediation import MediatorHolds, NotTheMediator
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_agreed import SignedByResolution
from ledger.actions.refusals_disputed import (
    ContestedByASide,
    ContestedIsFrozen,
    ContestedOnce,
    DisputedStays,
    DisputeIsAgreed,
    MediatedFromAbove,
)
from ledger.actions.reversals import IsContested, SettledSince
from ledger.models import Agreement, Claim, Delivery, Dispute, Event
from ledger.models.deliveries import Act
from ledger.models.disputes import Outcome
from ledger.queries import disputes as read
from network.models import User
from tests import make
from tests.assignments import propose as hand_over
from tests.barters import FLOUR_DAY, accepted, agreed, bags, flour, put_right
from tests.cast import Cast
from tests.disputes import TOLD, contest
from tests.plain_sql import is_stopped


@pytest.fixture
def mirta(cast: Cast) -> User:
    """The president of the federation that both belong to."""
    return make.officer("Mirta", cast.federacion, office="president")


@pytest.fixture
def agreement(cast: Cast, mirta: User) -> Agreement:
    """Bags were delivered, and half of the flour."""
    agreement = accepted(cast)
    bags(agreement, cast)
    return agreement


@pytest.fixture
def delivery(agreement: Agreement, cast: Cast) -> Delivery:
    return flour(agreement, cast)


def propose(dispute: Dispute, cast: Cast, outcome: Outcome, **changes: Any) -> Dispute:
    told = {"organization": cast.molino.organization, "by": cast.mario, "on": FLOUR_DAY}
    return disputes.propose(dispute=dispute, outcome=outcome, **(told | changes))


def agree(dispute: Dispute, cast: Cast, **changes: Any) -> Dispute:
    told = {"organization": cast.grafica.organization, "by": cast.ana, "on": FLOUR_DAY}
    return disputes.agree(dispute=dispute, **(told | changes))


class TestContest:
    def test_keeps_both_versions_and_names_an_officer_of_the_federation(
        self, delivery: Delivery, cast: Cast, mirta: User
    ):
        dispute = contest(delivery, cast)
        disputes.answer(
            dispute=dispute,
            organization=cast.molino.organization,
            version="Salieron 2.000 kg, pesados.",
            by=cast.nora,
            on=FLOUR_DAY,
        )

        kept = Dispute.objects.get()
        assert (kept.version, kept.other_version) == (TOLD, "Salieron 2.000 kg, pesados.")
        assert (kept.mediator, kept.mediates_for) == (mirta, cast.federacion)
        assert list(delivery.agreement.steps.values_list("verb", flat=True))[-2:] == ["contested", "answered"]
        assert read.waiting_for(cast.molino.organization) == []
        assert list(read.mediated_by(mirta)) == [dispute]

    def test_the_same_form_contests_once(self, delivery: Delivery, cast: Cast):
        key = uuid.uuid4()

        assert contest(delivery, cast, key=key) == contest(delivery, cast, key=key)
        with pytest.raises(KeyWasUsedForSomethingElse):
            contest(delivery, cast, key=key, version="Otra cosa")

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            (lambda cast: {"organization": cast.textil.organization, "by": cast.carla}, OnlyItsSidesContest),
            (lambda cast: {"by": cast.beto}, NoMandateToday),
            (lambda _cast: {"version": "  "}, ReasonIsMissing),
            (lambda cast: {"mediator": make.mandate(cast.ana)}, CannotMediate),
            (lambda cast: {"mediator": make.mandate(cast.silvia)}, CannotMediate),
        ],
    )
    def test_is_for_an_officer_of_a_side_in_words(self, delivery: Delivery, cast: Cast, changes, refusal):
        with pytest.raises(refusal):
            contest(delivery, cast, **changes(cast))

    def test_is_of_what_is_confirmed_and_not_asked_to_be_undone(self, delivery: Delivery, cast: Cast):
        contest(delivery, cast)
        with pytest.raises(ContestedAlready):
            contest(delivery, cast)
        earlier = delivery.agreement.deliveries.exclude(pk=delivery.pk).get()
        reversals.ask(
            delivery=earlier, organization=cast.grafica.organization, reason="Eran menos", by=cast.ana, on=FLOUR_DAY
        )
        with pytest.raises(UndoingIsAsked):
            contest(earlier, cast)
        reversals.keep(delivery=earlier, by=cast.mario, on=FLOUR_DAY)
        Delivery.objects.filter(pk=earlier.pk).update(state="reversed")
        with pytest.raises(DeliveryAlreadyAnswered):
            contest(earlier, cast)

    def test_without_a_federation_nobody_mediates(self, cast: Cast):
        agreement = accepted(cast)

        assert contest(bags(agreement, cast), cast).mediator is None


class TestFrozen:
    def test_what_is_contested_is_neither_undone_nor_ended_nor_handed_over(self, delivery: Delivery, cast: Cast):
        contest(delivery, cast)
        organization, claim = cast.grafica.organization, Claim.objects.filter(agreement=delivery.agreement.code)[0]

        with pytest.raises(IsContested):
            reversals.ask(delivery=delivery, organization=organization, reason="Mal", by=cast.ana, on=FLOUR_DAY)
        with pytest.raises(SomethingIsContested):
            endings.begin(
                agreement=delivery.agreement, organization=organization, reason="Listo", by=cast.ana, on=FLOUR_DAY
            )
        assert read.is_disputed(claim.agreement)
        with pytest.raises(WhatIsOwedIsContested):
            hand_over(cast, claim, amount=1_00)

    def test_in_the_database_too(self, delivery: Delivery, cast: Cast):
        dispute = contest(delivery, cast)

        assert (
            is_stopped("UPDATE ledger_delivery SET state = 'reversed' WHERE id = %s", delivery.pk) is ContestedIsFrozen
        )
        assert is_stopped("DELETE FROM ledger_dispute") is DisputedStays
        assert is_stopped("UPDATE ledger_dispute SET version = 'Otra'") is DisputedStays
        ends = "UPDATE ledger_dispute SET outcome = 'reversed', proposed_for_id = %s, closed_by_id = %s, closed_on = %s"
        ours = cast.grafica.organization_id
        for closed_by in (cast.ana.pk, cast.beto.pk, cast.carla.pk):
            assert is_stopped(ends, ours, closed_by, FLOUR_DAY) is DisputeIsAgreed
        again = (
            'INSERT INTO ledger_dispute ("key", delivery_id, raised_for_id, raised_against_id, raised_by_id, raised_on,'
            " version, other_version, advice, outcome, mediator_id, mediates_for_id)"
            " VALUES (%s, %s, %s, %s, %s, %s, 'No', '', '', '', %s, %s)"
        )
        mill = cast.molino.organization_id
        here = [uuid.uuid4().hex, delivery.pk, ours, mill, cast.ana.pk, FLOUR_DAY]
        assert is_stopped(again, *here, None, None) is ContestedOnce
        earlier = dispute.delivery.agreement.deliveries.exclude(pk=delivery.pk).get().pk
        there = [uuid.uuid4().hex, earlier, ours, mill, cast.ana.pk, FLOUR_DAY]
        assert is_stopped(again, *there, cast.mario.pk, mill) is MediatedFromAbove
        assert is_stopped(again, *there, cast.carla.pk, cast.federacion.pk) is MediatedFromAbove
        foreign = [uuid.uuid4().hex, earlier, cast.textil.organization_id, mill, cast.ana.pk, FLOUR_DAY]
        assert is_stopped(again, *foreign, None, None) is ContestedByASide
        elsewhere = [uuid.uuid4().hex, earlier, ours, cast.textil.organization_id, cast.ana.pk, FLOUR_DAY]
        assert is_stopped(again, *elsewhere, None, None) is ContestedByASide


class TestMediation:
    def test_advises_and_both_decide_by_themselves(self, delivery: Delivery, cast: Cast, mirta: User):
        dispute = contest(delivery, cast)

        advised = mediation.advise(dispute=dispute, advice="Descuenten cien kilos.", by=mirta, on=FLOUR_DAY)

        assert advised.advice == "Descuenten cien kilos."
        assert advised.is_open

    def test_is_of_whoever_was_named_while_they_hold_their_office(self, delivery: Delivery, cast: Cast, mirta: User):
        dispute, day = contest(delivery, cast), FLOUR_DAY + dt.timedelta(days=1)
        with pytest.raises(NotTheMediator):
            mediation.advise(dispute=dispute, advice="Nada", by=cast.silvia, on=FLOUR_DAY)
        other = make.mandate(make.officer("Otilia", cast.federacion, office="secretary"), on=FLOUR_DAY)
        who = {"organization": cast.grafica.organization, "by": cast.ana}
        with pytest.raises(MediatorHolds):
            mediation.name(dispute=dispute, mediator=other, on=FLOUR_DAY, **who)
        make.recall(mirta, on=day)

        with pytest.raises(NotTheMediator):
            mediation.advise(dispute=dispute, advice="Nada", by=mirta, on=day)
        assert mediation.name(dispute=dispute, mediator=other, on=day, **who).mediator.name == "Otilia"


class TestEndings:
    def test_whoever_contested_lets_it_stand(self, delivery: Delivery, cast: Cast):
        dispute = contest(delivery, cast)

        propose(dispute, cast, Outcome.STANDS, organization=cast.grafica.organization, by=cast.ana)

        assert not read.is_frozen(delivery)
        with pytest.raises(DisputeIsOver):
            agree(dispute, cast)

    def test_it_is_undone_once_the_other_agrees(self, delivery: Delivery, cast: Cast):
        dispute = contest(delivery, cast)
        propose(dispute, cast, Outcome.REVERSED)
        with pytest.raises(ProposedByYourself):
            agree(dispute, cast, organization=cast.molino.organization, by=cast.mario)
        assert read.waiting_for(cast.grafica.organization) == [dispute]

        agree(dispute, cast)

        delivery.refresh_from_db()
        assert (delivery.state, delivery.is_contested) == ("reversed", False)
        assert Event.objects.filter(reverses=delivery.event).exists()

    def test_another_act_puts_it_right(self, delivery: Delivery, cast: Cast):
        dispute = contest(delivery, cast)
        with pytest.raises(NothingPutsItRight):
            propose(dispute, cast, Outcome.CORRECTED, correction=delivery)
        back = agreed(put_right(delivery.agreement, cast, Act.RETURN, "Harina 000", 100_000), cast)

        propose(dispute, cast, Outcome.CORRECTED, correction=back)
        ended = agree(dispute, cast)

        assert (ended.outcome, ended.correction, list(back.corrects.all())) == ("corrected", back, [dispute])
        assert delivery.state == "confirmed"

    def test_each_side_tells_its_version_once(self, delivery: Delivery, cast: Cast):
        dispute = contest(delivery, cast)
        for side, by, refusal in (
            (cast.grafica, cast.ana, VersionIsTold),
            (cast.molino, cast.ana, NotForYouToDo),
            (cast.textil, cast.carla, OnlyItsSidesContest),
        ):
            with pytest.raises(refusal):
                disputes.answer(dispute=dispute, organization=side.organization, version="No", by=by, on=FLOUR_DAY)


class TestUndoing:
    def test_says_what_settled_it_since(self, agreement: Agreement, cast: Cast):
        delivered = agreement.deliveries.get()
        flour(agreement, cast)
        reversals.ask(
            delivery=delivered, organization=cast.grafica.organization, reason="Eran menos", by=cast.ana, on=FLOUR_DAY
        )

        with pytest.raises(SettledSince) as refused:
            reversals.agree(delivery=delivered, by=cast.mario, on=FLOUR_DAY)

        assert "27/11/2023" in str(refused.value)

    def test_beyond_what_officers_decide_on_is_an_exception_with_a_resolution(self, delivery: Delivery, cast: Cast):
        decided = make.resolution(cast.molino.organization, on=make.DAY)
        thresholds.set_threshold(
            book=cast.molino, amount=1_00, resolution=decided, by=None, on=make.DAY, at=timezone.now()
        )
        reversals.ask(delivery=delivery, organization=cast.grafica.organization, reason="Mal", by=cast.ana, on=make.DAY)
        with pytest.raises(ResolutionIsMissing):
            reversals.agree(delivery=delivery, by=cast.mario, on=make.DAY)
        undo = "UPDATE ledger_delivery SET state = 'reversed' WHERE id = %s"
        assert is_stopped(undo, delivery.pk) is SignedByResolution

        reversals.agree(delivery=delivery, resolution=decided, by=cast.mario, on=make.DAY)

        assert delivery.steps.get(verb="reversed").resolution == decided
