"""`manage.py export` and `balances`: what an outsider gets, checked with an outsider's programs."""

import csv
import datetime as dt
import io
import json
import threading
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Sum

from ledger.actions import demo
from ledger.models import Account, Posting
from ledger.queries.scope import Scope
from ledger.queries.snapshot import snapshot
from network.models import User
from tests import make, oracles
from tests.cast import Cast

UNTIL = dt.date(2026, 6, 30)
SPRING, SUMMER = dt.date(2025, 10, 1), dt.date(2026, 2, 28)
WHICH = [["--all"], ["--book", "grafica-barracas"], ["--book", "molino-los-andes"]]
DAYS = [[], ["--from", str(SPRING)], ["--to", str(SUMMER)], ["--from", str(SPRING), "--to", str(SUMMER)]]


def export(out: Path, *arguments: str, of: str) -> str:
    call_command("export", *arguments, "--format", of, "--out", str(out), stdout=io.StringIO())
    return out.read_text(encoding="utf-8")


def told(out: Path, *arguments: str) -> oracles.Balances:
    call_command("balances", *arguments, "--format", "csv", "--out", str(out), stdout=io.StringIO())
    rows = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8")))
    assert rows.fieldnames == ["account", "unit", "balance"]
    return oracles.nonzero({(row["account"], row["unit"]): Decimal(row["balance"]) for row in rows})


@pytest.mark.django_db
class TestDemoNetwork:
    """One test, for the network takes its time to load."""

    def test_is_added_up_alike_by_bean_check_and_hledger(self, tmp_path: Path):
        demo.load(seed=1, until=UNTIL)
        # What one transaction loads nobody has counted yet: PostgreSQL would plan for empty tables, for minutes.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

        for which in WHICH:
            for days in DAYS:
                at = ["--at", str(SUMMER)] if "--to" in days else []
                expected = told(tmp_path / "balances.csv", *which, *at)
                assert expected
                self.check(tmp_path, [*which, *days], expected)
        self.expect_sums(told(tmp_path / "balances.csv", "--all"))
        self.expect_nobody(tmp_path)

    def check(self, folder: Path, arguments: list[str], expected: oracles.Balances) -> None:
        export(folder / "all.beancount", *arguments, of="beancount")
        oracles.bean_check(folder / "all.beancount")
        assert oracles.of_beancount((folder / "all.beancount").read_text(encoding="utf-8")) == expected
        export(folder / "all.journal", *arguments, of="hledger")
        assert oracles.of_hledger(folder / "all.journal") == expected

    def expect_sums(self, found: oracles.Balances) -> None:
        """Compare with what nobody keeps: the sums of all lines."""
        lines = Posting.objects.values("account__book", "account__number").annotate(total=Sum("amount"))
        assert sum(1 for line in lines if line["total"]) <= len(found)
        assert sum(found.values()) == 0
        cash = Posting.objects.filter(account__number="1102").aggregate(total=Sum("amount"))["total"]
        assert sum(each for (name, _unit), each in found.items() if ":1102-" in name) * 100 == cash

    def expect_nobody(self, folder: Path) -> None:
        """No name and no address of a person is in any export."""
        people = [word for user in User.objects.all() for word in (user.name, user.email)]
        for of in ("beancount", "hledger", "csv", "jsonl"):
            text = export(folder / of, "--all", of=of)
            assert "Bolsas impresas".lower() in text.lower()
            assert "@" not in text.replace("~", "")
            assert not [word for word in people if word in text]


class TestExport:
    def test_writes_jsonl_of_one_book_without_the_others(self, cast: Cast, tmp_path: Path):
        make.delivery(cast.grafica, cast.molino)
        make.sale(cast.textil, memo="Nadie más lo sabe")

        text = export(tmp_path / "x", "--book", "molino", of="jsonl")

        records = [json.loads(line) for line in text.splitlines()]
        assert [r["book"]["id"] for r in records if "book" in r] == [cast.grafica.pk, cast.molino.pk]
        assert [r["account"]["book"] for r in records if "account" in r] == [cast.molino.pk] * Account.objects.filter(
            book=cast.molino
        ).count()
        (event,) = [r["event"] for r in records if "event" in r]
        assert [book for book, _year, _number in event["entries"]] == [cast.molino.pk]
        assert len(event["postings"]) == 2
        assert "Nadie" not in text
        assert not any("seal" in r for r in records)

    def test_writes_jsonl_from_a_day_with_what_was_there_before(self, cast: Cast, tmp_path: Path):
        make.sale(cast.grafica)
        make.sale(cast.grafica, 5_00, on=make.DAY + dt.timedelta(days=1))

        text = export(tmp_path / "x", "--all", "--from", str(make.DAY + dt.timedelta(days=1)), of="jsonl")

        records = [json.loads(line) for line in text.splitlines()]
        assert [r["opening"]["amount"] for r in records if "opening" in r] == [100_00, -100_00]
        assert [r["event"]["postings"][0][2] for r in records if "event" in r] == [5_00]

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (["--book", "nadie", "--format", "hledger"], "Ninguna organización con el código nadie"),
            (["--all", "--from", "2026-02-01", "--to", "2026-01-01", "--format", "csv"], "termina antes de empezar"),
            (["--all", "--format", "proof"], "Una prueba es de un libro entero"),
            (["--book", "molino", "--to", "2026-01-01", "--format", "proof"], "Una prueba es de un libro entero"),
            (["--format", "csv"], "--all --book"),
            (["--all", "--book", "molino", "--format", "csv"], "--book"),
            (["--all", "--from", "ayer", "--format", "csv"], "ayer"),
        ],
    )
    def test_says_what_is_wrong(self, cast: Cast, tmp_path: Path, arguments: list[str], sentence: str):
        with pytest.raises(CommandError, match=sentence):
            call_command("export", *arguments, "--out", str(tmp_path / "x"))

        assert not list(tmp_path.iterdir())

    def test_leaves_what_was_there_if_it_cannot_write(self, cast: Cast, tmp_path: Path):
        with pytest.raises(CommandError, match="No se puede escribir"):
            export(tmp_path / "no" / "x", "--all", of="csv")
        with pytest.raises(CommandError, match="No se puede escribir"):
            call_command("balances", "--all", "--format", "csv", "--out", str(tmp_path))


@pytest.mark.django_db(transaction=True)
class TestSnapshot:
    def test_sees_one_moment_and_lets_others_post(self, cast_of_its_own: Cast):
        make.sale(cast_of_its_own.grafica, 100_00)
        posted = threading.Event()

        def post() -> None:
            make.sale(cast_of_its_own.grafica, 50_00)
            posted.set()
            connection.close()

        with snapshot():
            before = oracles.ours(Scope())
            other = threading.Thread(target=post)
            other.start()
            other.join(timeout=30)
            assert posted.is_set()
            assert oracles.ours(Scope()) == before

        assert oracles.ours(Scope()) != before

    @pytest.fixture
    def cast_of_its_own(self, transactional_db: None) -> Cast:
        return Cast.assemble()
