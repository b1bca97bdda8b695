"""SQLite rebuilds a table to change a column and drops its triggers: after migrate all rules are in place again."""

import pytest
from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection, models

from ledger.models import Posting
from network import rules
from tests import make


@pytest.mark.django_db(transaction=True)
def test_a_rebuilt_table_has_its_rules_again():
    make.sale(make.book("a"), 100)
    wider = models.PositiveIntegerField()
    wider.set_attributes_from_name("line")
    wider.model = Posting

    emit_pre_migrate_signal(verbosity=0, interactive=False, db="default", apps=apps, plan=[])
    with connection.schema_editor() as editor:
        editor.alter_field(Posting, Posting._meta.get_field("line"), wider, strict=True)
    without = rules.missing()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default", apps=apps, plan=[])

    assert without
    assert rules.missing() == []
    with connection.schema_editor() as editor:
        rules.drop()
        editor.alter_field(Posting, wider, Posting._meta.get_field("line"), strict=True)
    rules.install()
