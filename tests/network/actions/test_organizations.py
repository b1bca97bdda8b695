"""Who writes the register and what they may write; what Python refuses kindly, the database refuses in the end."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from network.actions import details as entries
from network.actions import organizations, refusals
from network.actions.details import DetailsAreWrong, TaxIdIsWrong
from network.core.organizations import Details
from network.models import CommunityProfile, CooperativeRegistration, NeighborhoodProfile, Organization
from network.queries.details import details_of
from tests import make
from tests.cast import Cast
from tests.network.register import AT, CBU, ON, operator
from tests.plain_sql import is_stopped

pytestmark = pytest.mark.django_db

VIDRIERA = Details(
    name="Vidriera Unida",
    kind="recuperated_enterprise",
    sector="glass",
    legal_form="work_cooperative",
    province="B",
    city="Lanús",
    tax_id="30-99900006-8",
    bank_key=CBU,
    national_number="25.310",
    provincial_number="104",
    website="vidriera.example",
)


def fresh(code: str) -> Organization:
    return Organization.objects.get(code=code)


class TestEnroll:
    def test_writes_all_that_is_told(self):
        made = entries.enroll(code="vidriera", details=VIDRIERA, by=(olga := operator()), at=AT)

        assert made.changes.values_list("changed_by", "changed_at", "fields").get() == (olga.pk, AT, {})
        kept = details_of(fresh(made.code))
        assert (kept.tax_id, kept.national_number, kept.provincial_number) == ("30999000068", "25310", "104")
        assert kept.website == "https://vidriera.example"
        assert kept.bank_key == CBU
        assert not kept.is_public

    def test_is_for_operators(self, cast: Cast):
        with pytest.raises(entries.RegisterIsKeptByOperators):
            entries.enroll(code="vidriera", details=VIDRIERA, by=cast.ana, at=AT)

    def test_writes_what_only_some_kinds_have(self):
        olga = operator()
        body = Details(name="Bachillerato", kind="community_body", activity="popular_high_school")
        council = Details(
            name="Junta Villa Adela", kind="neighborhood_council", country="BO", province="L", district="3",
            households=420, tax_id="1023456789",
        )  # fmt: skip

        entries.enroll(code="bachi", details=body, by=olga, at=AT)
        entries.enroll(code="junta", details=council, by=olga, at=AT)

        assert details_of(fresh("bachi")) == body
        assert details_of(fresh("junta")) == council
        assert not CooperativeRegistration.objects.exists()

    def test_refuses_what_another_has(self, cast: Cast):
        with pytest.raises(entries.CodeIsTaken):
            entries.enroll(code="grafica", details=VIDRIERA, by=operator(), at=AT)
        with pytest.raises(entries.TaxIdIsTaken):
            entries.enroll(code="otra", details=replace(VIDRIERA, tax_id="30999000017"), by=operator("Ema"), at=AT)

    def test_says_what_is_wrong_and_where(self):
        with pytest.raises(TaxIdIsWrong):
            entries.enroll(code="v", details=replace(VIDRIERA, tax_id="30999000069"), by=operator(), at=AT)
        with pytest.raises(DetailsAreWrong) as refusal:
            entries.enroll(code="v", details=replace(VIDRIERA, bank_key="123"), by=operator("Ema"), at=AT)
        assert refusal.value.field == "bank_key"
        assert not Organization.objects.exists()

    def test_takes_the_same_digits_in_two_countries(self):
        olga = operator()
        entries.enroll(code="v", details=VIDRIERA, by=olga, at=AT)
        abroad = Details(name="Textil El Alto", kind="worker_cooperative", country="BO", tax_id="30999000068")

        assert entries.enroll(code="e", details=abroad, by=olga, at=AT).country == "BO"


class TestEdit:
    def test_by_an_officer_is_about_contact(self, cast: Cast):
        grafica = cast.grafica.organization
        details = replace(details_of(grafica), phone="4201-0000", bank_key=CBU, is_public=True)

        changed = entries.edit(organization=grafica, details=details, by=cast.ana, on=ON, at=AT)

        assert sorted(changed) == ["bank_key", "is_public", "phone"]
        assert details_of(fresh("grafica")) == details

    def test_by_an_officer_is_about_nothing_else(self, cast: Cast):
        grafica = cast.grafica.organization

        with pytest.raises(entries.OnlyContactIsYours):
            entries.edit(
                organization=grafica, details=replace(details_of(grafica), name="Otra"), by=cast.ana, on=ON, at=AT
            )

    def test_is_closed_to_members_and_to_officers_of_others(self, cast: Cast):
        grafica = cast.grafica.organization
        for stranger in (cast.beto, cast.mario, cast.carla, cast.silvia):
            with pytest.raises(entries.NotYoursToEdit):
                entries.edit(organization=grafica, details=details_of(grafica), by=stranger, on=ON, at=AT)

    def test_notes_who_changed_what(self, cast: Cast):
        grafica, olga = cast.grafica.organization, operator()
        details = replace(details_of(grafica), name="Gráfica Barracas", national_number="6781")

        entries.edit(organization=grafica, details=details, by=olga, on=ON, at=AT)
        entries.edit(organization=fresh("grafica"), details=details, by=olga, on=ON, at=AT)

        change = grafica.changes.get()
        assert change.changed_by == olga
        assert change.fields == {"name": ["Gráfica", "Gráfica Barracas"], "national_number": ["", "6781"]}

    def test_takes_away_what_is_emptied(self, cast: Cast):
        made = entries.enroll(code="vidriera", details=VIDRIERA, by=(olga := operator()), at=AT)
        details = replace(details_of(made), national_number="", provincial_number="")

        entries.edit(organization=made, details=details, by=olga, on=ON, at=AT)

        assert not CooperativeRegistration.objects.exists()

    def test_refuses_the_cuit_of_another(self, cast: Cast):
        grafica = cast.grafica.organization
        with pytest.raises(entries.TaxIdIsTaken):
            entries.edit(
                organization=grafica, details=replace(details_of(grafica), tax_id="30999000025"), by=operator(),
                on=ON, at=AT,
            )  # fmt: skip

    def test_opens_the_profile(self, cast: Cast):
        entries.publish(organization=cast.grafica.organization, is_public=True, by=cast.ana, on=ON, at=AT)

        assert fresh("grafica").is_public


class TestTheDatabase:
    """Whoever goes round Python is stopped."""

    @pytest.mark.parametrize(
        "fields",
        [
            {"kind": "club"},
            {"sector": "naves"},
            {"legal_form": "rara"},
            {"country": "UY"},
            {"province": "O"},
            {"country": "BO", "province": "A", "tax_id": ""},
            {"tax_id": "3099900001"},
            {"tax_id": "3099900001X"},
            {"country": "BO", "province": "L", "tax_id": "123456"},
            {"bank_key": "123"},
            {"bank_key": "x" * 22},
            {"website": "javascript:alert(1)"},
            {"tax_id": "30999000025"},
        ],
    )
    def test_stops(self, cast: Cast, fields: dict[str, str]):
        with pytest.raises(IntegrityError), transaction.atomic():
            Organization.objects.filter(code="grafica").update(**fields)

    def test_stops_plain_sql(self, cast: Cast):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("update network_organization set province = '?' where code = 'grafica'")

    def test_stops_what_stands_beside(self, cast: Cast):
        grafica = cast.grafica.organization
        for row in (
            CooperativeRegistration(organization=grafica, national_number=""),
            CooperativeRegistration(organization=grafica, national_number="N 12"),
            CooperativeRegistration(organization=grafica, national_number="1", provincial_number="x"),
            CommunityProfile(organization=grafica, activity="rara"),
            NeighborhoodProfile(organization=grafica, households=0),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                row.save_base(raw=True)

    def test_stops_what_its_kind_has_not(self, cast: Cast):
        grafica = cast.grafica.organization.pk
        made = organizations.register(code="radio", name="Radio", kind="worker_cooperative", national_number="77")

        told = "INSERT INTO network_communityprofile (organization_id, activity) VALUES (%s, 'clinic')"
        assert is_stopped(told, grafica) is refusals.FitsAnotherKind
        changed = "UPDATE network_organization SET kind = 'union' WHERE id = %s"
        assert is_stopped(changed, made.pk) is refusals.FitsAnotherKind


def test_register_of_commands_keeps_its_signature():
    made = organizations.register(
        code="x", name="Equis", kind="federation", city="La Plata", national_number="77", is_fictional=True
    )

    assert fresh("x").is_fictional
    assert details_of(made).national_number == "77"
    with pytest.raises(entries.CodeIsTaken):
        organizations.register(code="x", name="Otra", kind="federation")
    assert make.organization("y").country == "AR"


class TestAtOneMoment:
    @pytest.mark.parametrize("same", [{"code": "grafica"}, {"code": "otra", "tax_id": "30999000017"}])
    def test_the_second_of_two_is_told_in_words(self, cast: Cast, same: dict[str, str]):
        with pytest.raises(refusals.SomebodyWasFaster), transaction.atomic(), refusals.from_database():
            Organization.objects.create(name="Otra", kind="worker_cooperative", **same)


class TestKind:
    """What has members, offices or a book stays among its own kinds."""

    @pytest.fixture
    def settled(self, cast: Cast) -> dict[str, str]:
        """Return who has members, a book, offices, and what each would become."""
        make.officer("Ema", make.organization("bachi", kind="community_body"))
        return {"federacion": "recuperated_enterprise", "grafica": "federation", "bachi": "worker_cooperative"}

    def test_does_not_change_under_what_stands_on_it(self, settled: dict[str, str]):
        olga = operator()
        for code, kind in settled.items():
            there = fresh(code)
            with pytest.raises(refusals.KindStays):
                entries.edit(organization=there, details=replace(details_of(there), kind=kind), by=olga, on=ON, at=AT)

    def test_may_be_put_right_among_its_own_or_where_nothing_stands_on_it(self, settled: dict[str, str]):
        make.organization("nueva")
        for code, kind in (("grafica", "worker_cooperative"), ("federacion", "confederation"), ("nueva", "union")):
            entries.change(
                organization=fresh(code), details=replace(details_of(fresh(code)), kind=kind), by=None, at=AT
            )
            assert fresh(code).kind == kind

    def test_in_the_database_too(self, settled: dict[str, str]):
        for code, kind in settled.items():
            sql = "UPDATE network_organization SET kind = %s WHERE code = %s"
            assert is_stopped(sql, kind, code) is refusals.KindStays
