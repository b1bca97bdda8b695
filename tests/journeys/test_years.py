"""A treasurer looks at a day of the past, closes a month, and then two years at once."""

import datetime as dt

import pytest
from django.utils import timezone

from ledger.models import YearClosing
from tests import make
from tests.cast import Cast
from tests.journeys.conftest import Arrive

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_closes_two_years_at_once(cast: Cast, person: Arrive):
    this_year = timezone.localdate().year
    for year in (this_year - 2, this_year - 1):
        make.sale(cast.molino, 100_00, on=dt.date(year, 5, 4))
    mario = person(cast.mario)

    mario.follow("Accounts")
    mario.write("At the end of the day", f"{this_year - 2}-12-31")
    mario.press("Show the balances of that day")
    mario.sees("Balance of every account (sumas y saldos) at the end of %(day)s", day=f"31/12/{this_year - 2}")
    mario.follow("Months and years")
    mario.sees("What the year %(year)s has left", year=this_year - 2)
    mario.choose("Up to and including the year", str(this_year - 1))
    mario.write("Resolution or minutes", "Acta 40")
    mario.press("Close the year")

    mario.sees("The year is closed: its result is in the surplus, and the next one is open.")
    mario.sees("Closed by %(resolution)s", resolution="Acta 40")
    mario.sees("The book is closed up to %(day)s: it takes entries of later days only.", day=f"31/12/{this_year - 1}")
    assert sorted(YearClosing.objects.values_list("year", flat=True)) == [this_year - 2, this_year - 1]
