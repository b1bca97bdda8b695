"""What stood in the books before a migration says afterwards what reports had said of it until then."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from ledger.models import HostedPeriod
from network import rules
from tests.cast import Cast
from tests.hostings import running, school, tell
from tests.plain_sql import run

pytestmark = pytest.mark.django_db


def test_one_number_for_every_time_was_an_estimate_and_all_others_were_counted(cast: Cast):
    agreement = running(cast, *school())
    told = {dt.date(2026, 4, 1): [70, 70], dt.date(2026, 4, 13): [70, 68], dt.date(2026, 4, 20): [70]}
    for first, people in told.items():
        last = first + dt.timedelta(days=5)
        tell(agreement, cast, costs=[], starts_on=first, ends_on=last, sessions=len(people), people=people)
    # As the columns stand right after they were added: migrate takes the rules away meanwhile.
    rules.drop()
    run("UPDATE ledger_hostedperiod SET counted = 'counted'")

    import_module("ledger.migrations.0043_who_came").say_how(apps, connection.schema_editor())

    rules.install()
    assert list(HostedPeriod.objects.order_by("starts_on").values_list("people", "counted")) == [
        ("70 70", "estimated"),
        ("70 68", "counted"),
        ("70", "counted"),
    ]
