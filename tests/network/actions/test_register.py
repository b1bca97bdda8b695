"""The register through its actions: organizations and people."""

import pytest
from django.db import IntegrityError, transaction

from network.actions import affiliations, invitations, organizations, people
from network.models import Organization
from tests import make

TODAY = make.DAY


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
        told = {
            "resolution": make.resolution(body),
            "acceptance": make.resolution(member),
            "starts_on": TODAY,
            "by": None,
            "on": TODAY,
        }
        affiliations.affiliate(member=member, body=body, **told)

        with pytest.raises(invitations.BelongsAlready):
            affiliations.affiliate(member=member, body=body, **told)


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
