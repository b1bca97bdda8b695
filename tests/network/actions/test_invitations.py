"""Nobody belongs to a body against its will: the body takes in, and the organization itself accepts."""

import datetime as dt

import pytest

from network import permissions
from network.actions import admissions, invitations, refusals
from network.models import Affiliation, Invitation, Organization, Resolution, User
from network.queries import organizations
from tests import make
from tests.plain_sql import is_stopped

pytestmark = pytest.mark.django_db

TODAY = make.DAY


@pytest.fixture
def grafica() -> Organization:
    return make.organization("grafica")


@pytest.fixture
def union() -> Organization:
    return make.organization("union", kind="federation")


@pytest.fixture
def elsa(union: Organization) -> User:
    """President of the federation that would take the print shop in."""
    return make.officer("Elsa", union, office="president")


@pytest.fixture
def offered(grafica: Organization, union: Organization, elsa: User) -> Invitation:
    act = make.resolution(union, on=TODAY)
    return invitations.invite(member=grafica, body=union, starts_on=TODAY, resolution=act, by=elsa, on=TODAY)


def accept(offered: Invitation, by: User | None, acceptance: Resolution | None = None) -> Affiliation:
    return invitations.accept(invitation=offered, acceptance=acceptance, by=by, on=TODAY)


class TestInvite:
    def test_gives_nobody_any_right(self, offered: Invitation, grafica: Organization, elsa: User, union: Organization):
        assert organizations.bodies_above(grafica, on=TODAY) == set()
        assert not permissions.can_read_book(elsa, grafica, on=TODAY)
        assert not permissions.can_minute(elsa, grafica, on=TODAY)
        with pytest.raises(refusals.AdmittedByItsBody):
            admissions.admit(
                organization=grafica, starts_on=TODAY, resolution=make.resolution(union), by=elsa, on=TODAY
            )

    def test_once_at_a_time(self, offered: Invitation):
        told = {"member": offered.member, "body": offered.body, "resolution": offered.resolution}

        with pytest.raises(refusals.InvitedAlready):
            invitations.invite(**told, starts_on=TODAY, by=None, on=TODAY)


class TestAccept:
    def test_by_its_officer(self, offered: Invitation, grafica: Organization, elsa: User):
        ana = make.officer("Ana", grafica)

        accept(offered, ana)

        assert permissions.can_read_book(elsa, grafica, on=TODAY)
        offered.refresh_from_db()
        assert (offered.answer, offered.answered_by, offered.answered_on) == ("accepted", ana, TODAY)

    def test_not_by_anybody_else(self, offered: Invitation, grafica: Organization, elsa: User):
        beto = make.member("Beto", grafica)
        act = make.resolution(grafica)

        for somebody in (elsa, beto, make.user("Nadie")):
            with pytest.raises(invitations.NotYoursToAnswer):
                accept(offered, somebody, act)

    def test_by_the_paper_that_an_operator_notes_where_nobody_speaks_for_it(
        self, offered: Invitation, grafica: Organization
    ):
        olga = make.user("Olga")
        olga.is_staff = True

        with pytest.raises(invitations.AcceptanceIsMissing):
            accept(offered, olga)
        accept(offered, olga, make.resolution(grafica))

        assert organizations.bodies_above(grafica, on=TODAY) == {offered.body_id}

    def test_not_by_an_operator_where_somebody_does(self, offered: Invitation, grafica: Organization):
        make.officer("Ana", grafica)
        olga = make.user("Olga")
        olga.is_staff = True

        with pytest.raises(invitations.NotYoursToAnswer):
            accept(offered, olga, make.resolution(grafica))

    def test_once(self, offered: Invitation, grafica: Organization):
        ana = make.officer("Ana", grafica)
        accept(offered, ana)

        with pytest.raises(refusals.InvitationStays):
            invitations.decline(invitation=offered, reason="No", by=ana, on=TODAY)


class TestDecline:
    def test_says_why_and_may_be_asked_again(self, offered: Invitation, grafica: Organization):
        ana = make.officer("Ana", grafica)

        with pytest.raises(invitations.ReasonIsMissing):
            invitations.decline(invitation=offered, reason=" ", by=ana, on=TODAY)
        invitations.decline(invitation=offered, reason="Todavía no", by=ana, on=TODAY)

        assert not grafica.affiliations.exists()
        told = {"member": grafica, "body": offered.body, "resolution": offered.resolution}
        assert invitations.invite(**told, starts_on=TODAY, by=None, on=TODAY).answer == ""


class TestRoundPython:
    def test_the_database_stops_an_affiliation_that_was_not_accepted(self, offered: Invitation):
        insert = (
            "INSERT INTO network_affiliation (member_id, body_id, starts_on, resolution_id, invitation_id)"
            " VALUES (%s, %s, %s, %s, %s)"
        )
        told = (offered.member_id, offered.body_id, TODAY, offered.resolution_id)

        for invitation in (None, offered.pk):
            assert is_stopped(insert, *told, invitation) is refusals.WantedByBoth

    def test_and_whoever_answers_for_another(self, offered: Invitation, elsa: User):
        answer = (
            "UPDATE network_invitation SET answer = 'accepted', answered_on = %s, answered_by_id = %s,"
            " acceptance_id = %s WHERE id = %s"
        )
        beto = make.member("Beto", offered.member)

        for somebody, act in ((elsa.pk, None), (beto.pk, None), (None, offered.resolution_id)):
            assert is_stopped(answer, TODAY, somebody, act, offered.pk) is refusals.WantedByBoth

    def test_and_whoever_rewrites_one(self, offered: Invitation, grafica: Organization):
        moved = "UPDATE network_invitation SET starts_on = %s WHERE id = %s"
        assert is_stopped(moved, TODAY + dt.timedelta(days=1), offered.pk) is refusals.InvitationStays
        accept(offered, make.officer("Ana", grafica))

        back = "UPDATE network_invitation SET answer = '', answered_on = NULL, answered_by_id = NULL WHERE id = %s"
        assert is_stopped(back, offered.pk) is refusals.InvitationStays
        assert is_stopped("DELETE FROM network_invitation WHERE id = %s", offered.pk) is refusals.InvitationStays
