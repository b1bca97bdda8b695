"""Programs that we did not write find every export right, and add up the same balances to the last minor unit."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings

from ledger.actions.facts import Line
from ledger.queries import exports
from ledger.queries.scope import Scope
from tests import ledgers, make, oracles
from tests.cast import Cast
from tests.ledgers import START, Ledger


def expect_right(scope: Scope, folder: Path) -> None:
    """Let beancount and hledger check an export and compare their balances with ours at its end."""
    expected = oracles.ours(Scope(scope.book, None, scope.ends_on))
    file = folder / "all.journal"
    file.write_text("".join(exports.journal("hledger", scope)), encoding="utf-8")
    assert oracles.of_hledger(file) == expected
    assert oracles.of_beancount("".join(exports.journal("beancount", scope))) == expected


@pytest.mark.django_db
class TestRandomLedgers:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(steps=ledgers.STEPS)
    @example(steps=ledgers.EVERYTHING)
    def test_are_added_up_alike(self, tmp_path: Path, steps):
        with transaction.atomic():
            ledger = Ledger.play(steps)
            connection.check_constraints()
            expect_right(Scope(), tmp_path)
            expect_right(Scope(ledger.books[0]), tmp_path)
            expect_right(Scope(None, START + dt.timedelta(days=2), START + dt.timedelta(days=5)), tmp_path)
            expect_right(Scope(ledger.books[1], START + dt.timedelta(days=1)), tmp_path)
            # The next example starts from an empty database.
            transaction.set_rollback(True)


class TestJournal:
    def test_in_hledger_reads_like_a_journal(self, cast: Cast):
        flour = make.claim(cast.molino, cast.grafica, peg=make.measure("KG", "harina"))
        lines = make.claim_lines(flour, 600_000_00, 2_000_000)
        make.event(
            [
                *lines,
                Line(account=make.account(cast.molino, "4103"), amount=-600_000_00),
                Line(account=make.account(cast.grafica, "1301"), amount=600_000_00),
            ],
            memo="Harina; primera entrega",
        )

        text = "".join(exports.journal("hledger", Scope(cast.molino)))

        owed = "Assets:Molino:1202-Deudores-Intercooperativos:ARS:Grafica:KG:Harina"
        assert (
            f"""
2026-05-04 * (molino 2026/1) Harina, primera entrega
    ; event:{flour.postings.first().event_id}
    ; kind:manual
    {owed}  600000.00 ARS  ; quantity:2000.000 KG-HARINA, claim:{flour.pk}
    Income:Molino:4103-Ventas-Por-Permuta:ARS  -600000.00 ARS

2026-05-04 * Saldos que lleva Trama
    {owed}  0.00 ARS = 600000.00 ARS
"""
            in text
        )
        assert 'commodity 1000.000 "KG-HARINA"  ; kilogramos: harina\n' in text

    def test_in_beancount_keeps_what_was_counted_as_an_amount(self, cast: Cast):
        flour = make.claim(cast.molino, cast.grafica, peg=make.measure("KG", "harina"))
        make.event(
            [
                *make.claim_lines(flour, 600_000_00, 2_000_000),
                Line(account=make.account(cast.molino, "4103"), amount=-600_000_00),
                Line(account=make.account(cast.grafica, "1301"), amount=600_000_00),
            ]
        )

        text = "".join(exports.journal("beancount", Scope(cast.grafica)))

        assert (
            """:Molino:KG:Harina  -600000.00 ARS
    quantity: -2000.000 KG-HARINA
"""
            in text
        )
        assert "2026-05-05 balance Assets:Grafica:1301-Materias-Primas-E-Insumos:ARS  600000.00 ~ 0 ARS\n" in text

    def test_says_nothing_of_a_book_that_is_not_asked_for(self, cast: Cast):
        make.delivery(cast.grafica, cast.molino)
        make.sale(cast.textil, memo="Nadie más lo sabe")

        for language in exports.LANGUAGES:
            text = "".join(exports.journal(language, Scope(cast.grafica)))
            assert "Textil" not in text
            assert "Nadie" not in text

    def test_finds_a_balance_that_was_changed_from_outside(self, cast: Cast, tmp_path: Path):
        make.sale(cast.grafica)
        file = tmp_path / "all.journal"
        text = "".join(exports.journal("hledger", Scope())).replace("0.00 ARS = 100.00", "0.00 ARS = 100.01")
        file.write_text(text)

        with pytest.raises(AssertionError, match="balance assertion"):
            oracles.of_hledger(file)
        with pytest.raises(AssertionError):
            oracles.of_beancount("".join(exports.journal("beancount", Scope())).replace("100.00 ~ 0", "100.01 ~ 0"))

    def test_of_nothing_is_right_too(self, cast: Cast, tmp_path: Path):
        expect_right(Scope(), tmp_path)
        expect_right(Scope(cast.grafica, make.DAY, make.DAY), tmp_path)
        make.sale(cast.grafica)
        expect_right(Scope(cast.molino), tmp_path)
        expect_right(Scope(cast.grafica, make.DAY + dt.timedelta(days=1)), tmp_path)
        expect_right(Scope(cast.grafica, None, make.DAY - dt.timedelta(days=1)), tmp_path)


class TestLines:
    def test_are_a_row_each_and_run_nothing(self, cast: Cast):
        make.delivery(cast.grafica, cast.molino, memo="=1+1")

        header, *rows = [line.strip() for line in exports.lines(Scope(cast.molino))]

        assert header.startswith("book,year,number,booked_on,happened_on,event,kind,memo,")
        assert [row.split(",")[7] for row in rows] == ["'=1+1", "'=1+1"]
        assert ",Materias primas e insumos,,,100.00,,ARS,,,," in rows[0]
        assert ",Acreedores intercooperativos,grafica,ARS,,100.00,ARS,,,," in rows[1]


class TestBalances:
    def test_are_those_at_the_end_of_a_day(self, cast: Cast):
        make.sale(cast.grafica, 100_00)
        make.sale(cast.grafica, 50_00, on=make.DAY + dt.timedelta(days=1))

        def bank(scope: Scope) -> str:
            return next(line for line in exports.balances(scope) if "1102" in line).strip()

        assert next(exports.balances(Scope())) == "account,unit,balance\n"
        assert bank(Scope()) == "Assets:Grafica:1102-Banco:ARS,ARS,150.00"
        assert bank(Scope(cast.grafica, None, make.DAY)) == "Assets:Grafica:1102-Banco:ARS,ARS,100.00"
        assert bank(Scope(None, None, make.DAY - dt.timedelta(days=1))) == "Assets:Grafica:1102-Banco:ARS,ARS,0.00"
