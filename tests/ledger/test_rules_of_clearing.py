"""Round Python: what a round counted stays, is not paid meanwhile, and goes into the books as it was worked out."""

import uuid
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from ledger.actions import cleared
from ledger.actions.facts import Line
from ledger.actions.refusals_clearing import ClaimIsInARound, ClearedAsSolved, RoundStays
from ledger.models import Claim, ClearingRound
from tests import make
from tests.cast import Cast
from tests.plain_sql import is_refused, is_stopped, run, stays
from tests.rounds import CALLED, POSTED, SOLVED, Circle

pytestmark = pytest.mark.django_db
#: All of a round but its key.
ROUND = (
    "INSERT INTO ledger_clearinground (key, body_id, unit_id, peg_id, consent, takes_undue, called_on, cut_off,"
    " join_until, answer_until, called_by_id, state, inputs, seed, solved, total, reason)"
    " SELECT %s, body_id, unit_id, peg_id, consent, takes_undue, called_on, cut_off, join_until, answer_until,"
    " called_by_id, 'proposed', '', '', 0, 0, '' FROM ledger_clearinground"
)
PARTY = (
    "INSERT INTO ledger_roundparty (round_id, organization_id, code, stance, reason, height, height_by_age,"
    " height_by_lot) VALUES (%s, %s, 'x', 'joined', '', 0, 0, 0)"
)
CLAIM = (
    "INSERT INTO ledger_roundclaim (round_id, claim_id, debtor_id, creditor_id, code, amount, age, left_out, cancelled)"
    " VALUES (%s, %s, %s, %s, 'x', %s, 0, %s, 0)"
)
POST = "UPDATE ledger_clearinground SET state = 'posted', posted_on = %s, event_id = %s"


@pytest.fixture
def circle(cast: Cast) -> Circle:
    return Circle(cast)


def party(found: ClearingRound, code: str) -> int:
    return found.parties.get(organization__code=code).pk


class TestRound:
    def test_begins_by_being_called(self, circle: Circle):
        circle.call()

        assert is_stopped(ROUND, uuid.uuid4().hex) is RoundStays

    def test_what_it_was_called_for_stays(self, circle: Circle):
        found, other = circle.call(), make.measure("KG", "harina")
        for change in (
            f"UPDATE ledger_clearinground SET key = '{uuid.uuid4().hex}'",
            f"UPDATE ledger_clearinground SET body_id = {circle.cast.grafica.organization_id}",
            f"UPDATE ledger_clearinground SET unit_id = {other.unit_id}",
            f"UPDATE ledger_clearinground SET peg_id = {other.pk}",
            "UPDATE ledger_clearinground SET consent = 'asked'",
            "UPDATE ledger_clearinground SET takes_undue = NOT takes_undue",
            "UPDATE ledger_clearinground SET called_on = '2026-05-03'",
            "UPDATE ledger_clearinground SET cut_off = '2026-05-03'",
            "UPDATE ledger_clearinground SET join_until = '2026-05-09'",
            "UPDATE ledger_clearinground SET answer_until = '2026-05-16'",
            f"UPDATE ledger_clearinground SET called_by_id = {circle.cast.ana.pk}",
            f"UPDATE ledger_roundparty SET organization_id = {circle.cast.federacion.pk}",
            "UPDATE ledger_roundparty SET code = 'x'",
            "DELETE FROM ledger_roundparty",
            "DELETE FROM ledger_clearinground",
        ):
            assert is_stopped(change) is RoundStays, change
        # Nor does it jump, or say more than it may.
        for change in (
            "UPDATE ledger_clearinground SET state = 'reversed', reason = 'x'",
            "UPDATE ledger_clearinground SET seed = '1'",
            "UPDATE ledger_clearinground SET state = 'cancelled', reason = 'x', total = 1",
        ):
            assert is_stopped(change) is RoundStays, change
        assert found.parties.count() == 3

    def test_what_was_counted_stays(self, circle: Circle):
        circle.owe(circle.cast.textil, circle.cast.grafica, 1_00)
        found = circle.proposed()
        spare = circle.owe(circle.cast.molino, circle.cast.grafica, 1_00)
        for change in (
            "UPDATE ledger_clearinground SET inputs = 'x'",
            "UPDATE ledger_clearinground SET state = 'called'",
            f"UPDATE ledger_roundclaim SET claim_id = {spare.pk} WHERE amount = 100",
            "UPDATE ledger_roundclaim SET debtor_id = creditor_id",
            "UPDATE ledger_roundclaim SET creditor_id = debtor_id",
            "UPDATE ledger_roundclaim SET amount = amount + 1",
            "UPDATE ledger_roundclaim SET age = age + 1",
            "UPDATE ledger_roundclaim SET code = 'x' WHERE amount = 100",
            "UPDATE ledger_roundclaim SET left_out = 'disputed', cancelled = 0",
            "DELETE FROM ledger_roundclaim",
        ):
            assert is_stopped(change) is RoundStays, change
        # Nobody comes late, and no claim.
        assert is_stopped(PARTY, found.pk, circle.cast.federacion.pk) is RoundStays
        sides = (party(found, "molino"), party(found, "grafica"))
        assert is_stopped(CLAIM, found.pk, spare.pk, *sides, 1, "") is RoundStays

    def test_what_is_in_the_books_stays(self, circle: Circle):
        found = circle.posted()
        other = make.sale(circle.cast.grafica, on=POSTED)
        for change in (
            "UPDATE ledger_clearinground SET state = 'proposed', event_id = NULL, posted_on = NULL",
            "UPDATE ledger_clearinground SET state = 'cancelled', event_id = NULL, posted_on = NULL, reason = 'x'",
            "UPDATE ledger_clearinground SET total = 1",
            f"UPDATE ledger_clearinground SET state = 'reversed', reason = 'x', event_id = {other.pk}",
            "UPDATE ledger_roundparty SET stance = 'out'",
            "UPDATE ledger_roundparty SET height = 7",
            "UPDATE ledger_roundclaim SET cancelled = 0",
        ):
            assert is_stopped(change) is RoundStays, change
        cleared.reverse(found=found, reason="Se contó mal.", by=circle.fede, on=POSTED)
        assert is_stopped("UPDATE ledger_clearinground SET state = 'posted'") is RoundStays

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no INSERT OR REPLACE")
    def test_is_not_replaced(self, circle: Circle):
        found = circle.call()
        debt = Claim.objects.get(debtor=circle.cast.grafica)
        counted = (found.pk, debt.pk, party(found, "grafica"), party(found, "molino"), 1, "")
        stays(CLAIM, *counted)
        for change, *values in (
            ("INSERT INTO ledger_clearinground SELECT * FROM ledger_clearinground",),
            ("INSERT INTO ledger_roundparty SELECT * FROM ledger_roundparty",),
            ("INSERT INTO ledger_roundclaim SELECT * FROM ledger_roundclaim",),
            (PARTY, found.pk, circle.cast.grafica.organization_id),
            (CLAIM.replace("'x'", "'y'"), *counted),
        ):
            assert is_stopped(change.replace("INSERT", "INSERT OR REPLACE"), *values) is RoundStays, change

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
    def test_is_not_emptied(self, circle: Circle):
        circle.posted()
        for table in ("ledger_clearinground", "ledger_roundparty", "ledger_roundclaim"):
            # Checks of the rows above are over, so that nothing else stands in its way.
            run("SET CONSTRAINTS ALL IMMEDIATE")
            assert is_stopped(f"TRUNCATE {table} CASCADE") is RoundStays, table


class TestClaim:
    def test_is_one_of_its_unit_between_two_of_its_parties_and_no_more_than_is_open(self, circle: Circle):
        cast, found = circle.cast, circle.call()
        debt = Claim.objects.get(debtor=cast.grafica)
        goods = make.claim(cast.molino, cast.grafica, peg=make.measure("KG", "harina"), on=CALLED)
        other = circle.call()
        ours, theirs, third = (party(found, code) for code in ("grafica", "molino", "textil"))
        for row in (
            (debt.pk, ours, theirs, 500_01, ""),
            (debt.pk, theirs, ours, 500_00, ""),
            (debt.pk, ours, third, 500_00, ""),
            (debt.pk, ours, party(other, "molino"), 500_00, ""),
            (goods.pk, ours, theirs, 0, ""),
        ):
            assert is_stopped(CLAIM, found.pk, *row) is RoundStays, row
        stays(CLAIM, found.pk, debt.pk, ours, theirs, 500_00, "")
        stays(CLAIM.replace("'x'", "'y'"), found.pk, goods.pk, ours, theirs, 0, "in_goods")

    def test_is_not_paid_while_the_round_waits_for_answers(self, circle: Circle):
        found = circle.proposed()
        debt = Claim.objects.get(debtor=circle.cast.textil)
        paid = payment(debt, 1)

        assert is_refused(paid, booked_on=SOLVED) is ClaimIsInARound

        # To owe more is no payment; nor is it kept of whoever stays out.
        make.event([*make.claim_lines(debt, 1), *goods_for(debt, 1)], on=SOLVED)
        run("UPDATE ledger_roundparty SET stance = 'out' WHERE id = %s", party(found, "textil"))
        make.event([*make.claim_lines(debt, -1), *money_for(debt, 1)], on=SOLVED)


def goods_for(debt: Claim, amount: int) -> list[Line]:
    sides = [(debt.creditor, "4103", -amount), (debt.debtor, "1301", amount)]
    return [Line(account=make.account(book, number), amount=value) for book, number, value in sides]


def money_for(debt: Claim, amount: int) -> list[Line]:
    sides = [(debt.creditor, "1102", amount), (debt.debtor, "1102", -amount)]
    return [Line(account=make.account(book, number), amount=value) for book, number, value in sides]


def payment(debt: Claim, amount: int) -> list[tuple[object, ...]]:
    lines = [*make.claim_lines(debt, -amount), *money_for(debt, amount)]
    return [(each.account, each.amount, None, None, each.claim and each.claim.pk) for each in lines]


def all_less(circle: Circle, amount: int) -> list[Line]:
    """Return each of the three debts less by an amount."""
    first = Claim.objects.filter(agreement="", debtor__in=(circle.cast.grafica, circle.cast.molino, circle.cast.textil))
    return [line for debt in first.order_by("pk")[:3] for line in make.claim_lines(debt, -amount)]


def and_a_sale(circle: Circle) -> list[Line]:
    book = circle.cast.grafica
    sold = [("1102", 1_00), ("4101", -1_00)]
    lines = [Line(account=make.account(book, number), amount=amount) for number, amount in sold]
    return [*all_less(circle, 450_00), *lines]


def another_claim(circle: Circle) -> list[Line]:
    """Return what the round worked out, but for the last debt, of which a later one is taken."""
    cast = circle.cast
    later = circle.owe(cast.textil, cast.grafica, 450_00, on=SOLVED)
    return [*all_less(circle, 450_00)[:4], *make.claim_lines(later, -450_00)]


class TestPosted:
    @pytest.mark.parametrize(
        ("lines", "kind"),
        [
            pytest.param(lambda circle: all_less(circle, 449_99), "clearing_round", id="less"),
            pytest.param(and_a_sale, "clearing_round", id="and a sale"),
            pytest.param(another_claim, "clearing_round", id="of another claim"),
            pytest.param(lambda circle: and_a_sale(circle)[-2:], "manual", id="something else"),
        ],
    )
    def test_says_what_was_worked_out(self, circle: Circle, lines: Callable[[Circle], list[Line]], kind: str):
        circle.proposed()
        told = make.event(lines(circle), on=POSTED, kind=kind)

        assert is_stopped(POST, POSTED, told.pk) is ClearedAsSolved

    @pytest.mark.parametrize(
        "before",
        [
            pytest.param("UPDATE ledger_roundclaim SET cancelled = 44999", id="more than of each claim"),
            pytest.param("UPDATE ledger_clearinground SET total = total - 1", id="more than in all"),
            pytest.param("UPDATE ledger_roundparty SET stance = 'out' WHERE id = %(textil)s", id="of one who is out"),
        ],
    )
    def test_says_it_of_those_who_take_part(self, circle: Circle, before: str):
        found = circle.proposed()
        run(before % {"textil": party(found, "textil")})
        told = make.event(all_less(circle, 450_00), on=POSTED, kind="clearing_round")

        assert is_stopped(POST, POSTED, told.pk) is ClearedAsSolved

    def test_is_reversed_as_a_whole(self, circle: Circle):
        circle.posted()

        assert is_stopped("UPDATE ledger_clearinground SET state = 'reversed', reason = 'x'") is ClearedAsSolved


class TestTables:
    def broken(self, rule: str, sql: str, *params: object) -> None:
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            stays(sql, *params)

    def test_of_rounds(self, circle: Circle):
        circle.call()
        begun, key = ROUND.replace("'proposed'", "'called'"), uuid.uuid4().hex
        self.broken("round_days_follow", swapped(begun, "join_until", "'2026-05-03'"), key)
        self.broken("round_days_follow", swapped(begun, "answer_until", "'2026-05-07'"), key)
        self.broken("round_consent_known", swapped(begun, "consent", "'perhaps'"), key)

    def test_of_parties_and_claims(self, circle: Circle):
        found = circle.call()
        ours, theirs = party(found, "grafica"), party(found, "molino")
        debt = Claim.objects.get(debtor=circle.cast.grafica)
        # SQLite says it before, because of INSERT OR REPLACE.
        self.broken("party_once|round_stays", PARTY, found.pk, circle.cast.grafica.organization_id)
        stays(CLAIM, found.pk, debt.pk, ours, theirs, 1, "disputed")
        again = CLAIM.replace("'x'", "'y'")
        self.broken("claim_once|round_stays", again, found.pk, debt.pk, ours, theirs, 1, "")
        self.broken("left_out_is_not_cancelled", "UPDATE ledger_roundclaim SET cancelled = 1")

    def test_of_results(self, circle: Circle):
        circle.proposed()
        for rule, change in (
            ("round_total_not_below_zero", "UPDATE ledger_clearinground SET total = -1"),
            ("round_ended_with_reason", "UPDATE ledger_clearinground SET state = 'cancelled'"),
            ("posted_round_has_event", "UPDATE ledger_clearinground SET posted_on = '2026-05-16'"),
            ("round_stance_known", "UPDATE ledger_roundparty SET stance = 'perhaps'"),
            ("cancelled_within_claim", "UPDATE ledger_roundclaim SET cancelled = amount + 1"),
            ("cancelled_within_claim", "UPDATE ledger_roundclaim SET cancelled = -1"),
        ):
            self.broken(rule, change)


def swapped(sql: str, column: str, value: str) -> str:
    """Return an INSERT … SELECT that takes a value where it took a column."""
    into, _, taken = sql.partition(" SELECT ")
    return f"{into} SELECT {taken.replace(column, value, 1)}"
