"""Round Python: what is listed stays as others read it, and is of a thing; plain SQL is stopped by the database."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ledger.actions import offers
from ledger.actions.refusals_agreed import ListedStays, ListingIsOfAThing, ListingLastsTooLong
from ledger.models import Listing
from ledger.models.offers import Ending
from network import rules
from tests import make
from tests.cast import Cast
from tests.offers import flour
from tests.plain_sql import is_stopped, run

pytestmark = pytest.mark.django_db
COLUMNS = (
    "key", "organization_id", "kind", "thing", "measure_id", "quantity", "rhythm", "price", "money_id", "country",
    "province", "city", "note", "listed_on", "listed_by_id", "renewed_on", "expires_on", "ending", "closed_on",
)  # fmt: skip
INSERT = (
    f"INSERT INTO ledger_listing ({', '.join(each if each != 'key' else chr(34) + each + chr(34) for each in COLUMNS)})"
    f" VALUES ({', '.join(['%s'] * len(COLUMNS))})"
)


def row(cast: Cast, **changes: Any) -> list[Any]:
    """Return flour of the mill, with changes, as plain SQL writes it."""
    told = {
        "key": uuid.uuid4().hex,
        "organization_id": cast.molino.organization_id,
        "kind": "offer",
        "thing": "Harina 000",
        "measure_id": make.measure("KG", "harina 000").pk,
        "quantity": 1,
        "rhythm": "once",
        "price": None,
        "money_id": None,
        "country": "AR",
        "province": "B",
        "city": "",
        "note": "",
        "listed_on": make.DAY,
        "listed_by_id": cast.nora.pk,
        "renewed_on": make.DAY,
        "expires_on": make.DAY,
        "ending": "",
        "closed_on": None,
    }
    return list((told | changes).values())


class TestListedStays:
    @pytest.mark.parametrize(
        "change",
        [
            "quantity = quantity + 1", "thing = 'Salvado'", "kind = 'need'", "price = NULL, money_id = NULL",
            "organization_id = organization_id + 1", "listed_on = '2026-05-03'", "renewed_on = '2026-05-03'",
            "note = 'otra'", "province = 'S'", "rhythm = 'monthly'",
        ],
    )  # fmt: skip
    def test_whatever_is_changed_behind_its_back(self, cast: Cast, change: str):
        flour(cast, price=620_00)

        assert is_stopped(f"UPDATE ledger_listing SET {change}") is ListedStays

    def test_is_not_deleted(self, cast: Cast):
        flour(cast)

        assert is_stopped("DELETE FROM ledger_listing") is ListedStays

    def test_is_not_opened_again(self, cast: Cast):
        offers.close(listing=flour(cast), ending=Ending.MET, by=cast.nora, on=make.DAY)

        assert is_stopped("UPDATE ledger_listing SET closed_on = NULL, closed_by_id = NULL, ending = ''") is ListedStays


class TestWhatMayBeListed:
    def test_is_a_thing_priced_in_money(self, cast: Cast):
        pesos, kilograms = make.measure("ARS"), make.unit("KG")

        assert is_stopped(INSERT, *row(cast, measure_id=pesos.pk)) is ListingIsOfAThing
        assert is_stopped(INSERT, *row(cast, price=5, money_id=kilograms.pk)) is ListingIsOfAThing

    def test_lasts_a_year_at_most(self, cast: Cast):
        late = make.DAY + dt.timedelta(days=366)
        flour(cast)

        assert is_stopped(INSERT, *row(cast, expires_on=late)) is ListingLastsTooLong
        assert is_stopped("UPDATE ledger_listing SET expires_on = %s", late) is ListingLastsTooLong

    @pytest.mark.parametrize(
        ("changes", "rule"),
        [
            ({"kind": "gift"}, "listing_kind_known"),
            ({"rhythm": "daily"}, "listing_rhythm_known"),
            ({"thing": ""}, "listing_names_a_thing"),
            ({"quantity": 0}, "listed_quantity_above_zero"),
            ({"price": 5}, "listed_price_above_zero"),
            ({"province": "O"}, "listing_province_of_country"),
            ({"country": "UY", "province": ""}, "listing_province_of_country"),
            ({"expires_on": make.DAY - dt.timedelta(days=1)}, "listing_days_in_order"),
            ({"ending": "met"}, "listing_closed_with_its_reason"),
            ({"closed_on": make.DAY}, "listing_closed_with_its_reason"),
        ],
    )
    def test_is_checked_field_by_field(self, cast: Cast, changes: dict[str, Any], rule: str):
        values = row(cast, **changes)

        with pytest.raises(IntegrityError) as stopped, transaction.atomic():
            run(INSERT, *values)
        assert rules.said_by(stopped.value) == rule
        assert not Listing.objects.exists()

    def test_takes_what_is_right(self, cast: Cast):
        run(INSERT, *row(cast))

        assert Listing.objects.get().thing == "Harina 000"
