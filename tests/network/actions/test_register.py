"""The register through its actions: organizations, people, mandates."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from network.actions import councils, organizations, people
from network.models import Mandate, Organization
from tests import make

TODAY = make.DAY
NEXT_YEAR = TODAY + dt.timedelta(days=365)


@pytest.mark.django_db
class TestRegister:
    def test_notes_an_organization_with_its_cuit_in_digits(self):
        noted = organizations.register(code="a", name="A", kind="worker_cooperative", tax_id="30-99900001-7")

        assert noted.tax_id == "30999000017"

    def test_refuses_a_code_that_is_taken(self):
        organizations.register(code="a", name="A", kind="federation")

        with pytest.raises(organizations.CodeIsTaken):
            organizations.register(code="a", name="B", kind="federation")

    def test_refuses_a_cuit_whose_digits_do_not_fit(self):
        with pytest.raises(organizations.TaxIdIsWrong):
            organizations.register(code="a", name="A", kind="federation", tax_id="30-99900001-8")

    def test_the_database_stops_an_unknown_kind_and_a_cuit_twice(self):
        organizations.register(code="a", name="A", kind="federation", tax_id="30999000017")

        with pytest.raises(IntegrityError), transaction.atomic():
            Organization.objects.create(code="b", name="B", kind="club")
        with pytest.raises(IntegrityError), transaction.atomic():
            Organization.objects.create(code="c", name="C", kind="federation", tax_id="30999000017")


@pytest.mark.django_db
class TestAffiliate:
    def test_refuses_to_note_it_twice(self):
        member, body = make.organization("m"), make.organization("f", kind="federation")
        organizations.affiliate(member=member, body=body, starts_on=TODAY)

        with pytest.raises(organizations.BelongsAlready):
            organizations.affiliate(member=member, body=body, starts_on=TODAY)


@pytest.mark.django_db
class TestPeople:
    def test_are_invited_once_and_admitted_once(self):
        person = people.invite(email="ema@example.org", name="Ema")
        cooperative = make.organization("m")
        people.admit(user=person, organization=cooperative, starts_on=TODAY)

        with pytest.raises(people.AddressIsTaken):
            people.invite(email="EMA@example.org", name="Otra")
        with pytest.raises(people.IsMemberAlready):
            people.admit(user=person, organization=cooperative, starts_on=TODAY)


@pytest.mark.django_db
class TestElect:
    def elect(self, office: str = "treasurer", **changes) -> Mandate:
        organization = changes.pop("organization", None) or make.organization("m")
        facts = {"starts_on": TODAY, "until": NEXT_YEAR, "resolution": "Acta de asamblea 3"} | changes
        person = make.user(f"persona{Mandate.objects.count()}")
        return councils.elect(user=person, organization=organization, office=office, **facts)

    def test_refuses_a_second_holder_of_an_office(self):
        first = self.elect()

        with pytest.raises(councils.OfficeIsHeld):
            self.elect(organization=first.organization, starts_on=NEXT_YEAR - dt.timedelta(days=1), until=NEXT_YEAR)

    def test_allows_a_successor_and_several_members_at_large(self):
        first = self.elect()

        self.elect(organization=first.organization, starts_on=NEXT_YEAR, until=NEXT_YEAR + dt.timedelta(days=1))
        self.elect("member_at_large", organization=first.organization)
        self.elect("member_at_large", organization=first.organization)

        assert Mandate.objects.count() == 4

    def test_allows_a_successor_from_the_day_of_a_recall(self):
        first = self.elect()
        councils.recall(mandate=first, on=TODAY, resolution="Acta de asamblea 4")

        assert self.elect(organization=first.organization).office == "treasurer"

    def test_wants_the_act_of_the_assembly(self):
        with pytest.raises(councils.ResolutionIsMissing):
            self.elect(resolution=" ")

    def test_wants_its_end_after_its_start(self):
        with pytest.raises(councils.MandateEndsBeforeItStarts):
            self.elect(until=TODAY)


@pytest.mark.django_db
class TestRecall:
    def test_wants_the_act_of_the_assembly(self):
        mandate = TestElect().elect()

        with pytest.raises(councils.ResolutionIsMissing):
            councils.recall(mandate=mandate, on=TODAY, resolution="")

    def test_refuses_what_has_ended(self):
        mandate = TestElect().elect()

        with pytest.raises(councils.MandateHasEnded):
            councils.recall(mandate=mandate, on=NEXT_YEAR, resolution="Acta 5")

    def test_the_database_stops_a_recall_without_an_act(self):
        mandate = TestElect().elect()

        with pytest.raises(IntegrityError), transaction.atomic():
            Mandate.objects.filter(pk=mandate.pk).update(recalled_on=TODAY)
