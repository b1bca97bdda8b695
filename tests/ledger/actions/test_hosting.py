"""Lending rooms to the community: who agrees, on what, and how it ends."""

import uuid

import pytest

from ledger.actions import agreements, hosting
from ledger.actions.agreements import NoMandateToday, NotAParty, NotAtThisPoint, NotForYouToDo, ReasonIsMissing
from ledger.actions.endings import SomethingWaits
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.models import Agreement, HostingTerms
from network.actions import admissions
from tests import make
from tests.cast import Cast
from tests.hostings import AGREED, TOLD, propose, running, school, tell, timetable


class TestPropose:
    def test_an_officer_of_the_host_signs_by_writing_it(self, cast: Cast):
        body, _olga = school()

        agreement = propose(cast, body)

        assert agreement.state == "proposed"
        assert agreement.others(cast.grafica.organization) == [body]
        assert agreement.hosting.days == [0, 1, 2, 3]

    def test_a_member_writes_a_draft(self, cast: Cast):
        assert propose(cast, school()[0], by=cast.beto).state == "draft"

    def test_the_same_form_makes_one(self, cast: Cast):
        body, key = school()[0], uuid.uuid4()

        assert propose(cast, body, key=key) == propose(cast, body, key=key)
        with pytest.raises(KeyWasUsedForSomethingElse):
            propose(cast, body, key=key, rooms=4)

    def test_refuses_a_cooperative_in_the_place_of_the_community(self, cast: Cast):
        with pytest.raises(hosting.NotOfTheCommunity):
            propose(cast, cast.molino.organization)

    def test_refuses_whoever_is_not_of_the_host(self, cast: Cast):
        with pytest.raises(NotForYouToDo):
            propose(cast, school()[0], by=cast.mario)

    def test_refuses_a_host_that_may_not_trade(self, cast: Cast):
        body, _olga = school()
        act = make.resolution(cast.federacion, text="Se suspende.", on=AGREED)
        admissions.suspend(organization=cast.grafica.organization, resolution=act, by=None, on=AGREED)

        with pytest.raises(admissions.MayNotTrade):
            propose(cast, body)

    @pytest.mark.parametrize(
        "wrong",
        [{"weekdays": 0}, {"weekdays": 128}, {"rooms": 0}, {"ends_at": 18 * 60}, {"ends_at": 1441}, {"starts_at": -1}],
    )
    def test_refuses_a_schedule_that_is_none(self, cast: Cast, wrong: dict[str, int]):
        with pytest.raises(hosting.ScheduleIsIncomplete):
            propose(cast, school()[0], **wrong)

    def test_refuses_an_end_before_the_beginning(self, cast: Cast):
        with pytest.raises(hosting.EndsBeforeItBegins):
            propose(cast, school()[0], until=AGREED.replace(day=1))


class TestSign:
    def test_a_body_without_a_book_and_without_an_admission_signs(self, cast: Cast):
        body, elsa = school()

        assert running(cast, body, elsa).state == "accepted"

    def test_a_sister_cooperative_is_no_party(self, cast: Cast):
        agreement = propose(cast, school()[0])

        with pytest.raises(NotAParty):
            agreements.sign(agreement=agreement, organization=cast.molino.organization, by=cast.mario, on=AGREED)

    def test_a_member_of_the_body_does_not_bind_it(self, cast: Cast):
        body, _olga = school()
        agreement, pupil = propose(cast, body), make.member("Pupila", body)

        with pytest.raises(NoMandateToday):
            agreements.sign(agreement=agreement, organization=body, by=pupil, on=AGREED)


class TestRevise:
    def test_writes_the_terms_anew_as_was_asked_for(self, cast: Cast):
        body, elsa = school()
        agreement = propose(cast, body)
        agreements.ask_change(agreement=agreement, organization=body, reason="Son cuatro aulas.", by=elsa, on=AGREED)

        hosting.revise(agreement=agreement, title="Bachi", timetable=timetable(rooms=4), by=cast.ana, on=AGREED)

        assert HostingTerms.objects.get(agreement=agreement).rooms == 4
        assert Agreement.objects.get(pk=agreement.pk).state == "proposed"

    def test_refuses_once_both_have_signed(self, cast: Cast):
        agreement = running(cast, *school())

        with pytest.raises(NotAtThisPoint):
            hosting.revise(agreement=agreement, title="Bachi", timetable=timetable(), by=cast.ana, on=AGREED)


class TestEnd:
    def test_either_side_ends_it_with_a_note(self, cast: Cast):
        body, elsa = school()
        agreement = running(cast, body, elsa)

        ended = hosting.end(agreement=agreement, organization=body, reason="Nos mudamos.", by=elsa, on=TOLD)

        assert ended.state == "settled"
        assert ended.steps.latest("pk").note == "Nos mudamos."

    def test_refuses_without_a_word_or_while_something_waits(self, cast: Cast):
        agreement = running(cast, *school())
        told = {"agreement": agreement, "organization": cast.grafica.organization, "by": cast.ana, "on": TOLD}
        with pytest.raises(ReasonIsMissing):
            hosting.end(reason=" ", **told)
        tell(agreement, cast, costs=[])

        with pytest.raises(SomethingWaits):
            hosting.end(reason="Obras.", **told)
