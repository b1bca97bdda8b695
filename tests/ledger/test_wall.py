"""PostgreSQL's second wall: whoever asks without naming a book reads only the books that they may."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from ledger import roles
from ledger.actions import demurrage
from ledger.models import (
    Account,
    Agreement,
    AskedBalance,
    BalanceAnswer,
    BalanceConfirmation,
    BalanceExplanation,
    Claim,
    ClearingRound,
    Entry,
    Event,
    Posting,
    RoundClaim,
    RoundParty,
    Unit,
)
from ledger.queries import credit
from ledger.queries import demurrage as reading
from network import rules
from network.models import User
from network.queries import wall
from tests import make
from tests.balances import Asked, differs
from tests.barters import propose
from tests.cast import Cast
from tests.credit import limit, network, pay
from tests.journeys.world import World
from tests.ledger.web.browser import browser
from tests.network.access_table import TABLE
from tests.network.test_access import address
from tests.roles import as_the_program
from tests.rounds import Circle

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no second wall: docs/operations.md says so"),
]


@pytest.fixture
def books(cast: Cast) -> Iterator[Cast]:
    """The three books with an entry each, one between two, and a proposal; asked about as the program's role."""
    make.delivery(cast.grafica, cast.molino)
    make.sale(cast.textil)
    propose(cast)
    with as_the_program():
        yield cast
    wall.read_all()


def seen_by(person: User | None) -> set[str]:
    """Return whose entries somebody finds who forgets to say whose they want."""
    wall.read_as(person, on=timezone.localdate())
    return set(Entry.objects.values_list("book__organization__code", flat=True))


class TestWhoReads:
    def test_members_and_officers_their_own(self, books: Cast):
        assert seen_by(books.beto) == {"grafica"}
        assert seen_by(books.ana) == {"grafica"}
        assert seen_by(books.carla) == {"textil"}

    def test_an_auditor_whatever_belongs_to_the_federation(self, books: Cast):
        assert seen_by(books.silvia) - {"casa-de-silvia"} == {"grafica", "molino"}

    def test_nobody_nothing(self, books: Cast):
        assert seen_by(None) == set()
        with connection.cursor() as cursor:
            cursor.execute("RESET trama.reads")
            cursor.execute("SET trama.reads = ''")
        assert not Event.objects.exists()

    def test_workers_everything(self, books: Cast):
        wall.read_all()

        assert set(Entry.objects.values_list("book__organization__code", flat=True)) == {"grafica", "molino", "textil"}

    def test_of_what_two_share_each_side_its_own(self, books: Cast):
        wall.read_as(books.ana, on=timezone.localdate())

        assert Event.objects.count() == Claim.objects.count() == Agreement.objects.count() == 1
        assert set(Posting.objects.values_list("account__book__organization__code", flat=True)) == {"grafica"}
        assert not Account.objects.exclude(book__organization__code="grafica").exists()
        wall.read_as(books.carla, on=timezone.localdate())
        assert not Agreement.objects.exists()

    def test_a_network_where_its_members_stand_and_nothing_else_of_theirs(self, cast: Cast):
        red = network()
        rosa = make.officer("Rosa", red.organization, office="secretary")
        for each in (cast.grafica, cast.molino):
            limit(each, red, 100_00, cast.ana)
        pay(cast.grafica, cast.molino, red, 30_00)
        mia = Unit.objects.get(code="MIA")
        decided, on = make.resolution(red.organization), timezone.localdate()
        rate = demurrage.set_rate(
            issuer=red, unit=mia, basis_points=100, idle_days=30, resolution=decided, by=rosa, on=on
        )
        with as_the_program():
            wall.read_as(rosa, on=on)
            assert credit.overview(credit=mia, on=on).spread.circulating == 30_00
            assert [each.account.balance.amount for each in credit.limits_of(red)] == [-30_00, 30_00]
            assert [each.amount for each in reading.due(rate=rate, on=on)] == [30]
            assert set(Account.objects.exclude(book=red).values_list("number", flat=True)) == {"1103"}
            wall.read_as(cast.ana, on=on)
            assert [each.room for each in credit.positions(books=[cast.grafica.pk, cast.molino.pk])] == [70_00]
        wall.read_all()

    def test_of_a_round_a_party_its_own_claims_and_whom_it_meets_in_them(self, cast: Cast):
        circle = Circle(cast)
        circle.owe(cast.molino, cast.textil, 1_00)
        aparte = make.book("aparte").organization
        make.affiliation(aparte, cast.federacion)
        stranger = make.officer("Elsa", aparte)
        circle.proposed()

        def seen(person: User) -> set[tuple[str, str]]:
            wall.read_as(person, on=timezone.localdate())
            # Names are in the register, which is open; what is walled is who owes whom.
            sides = dict(RoundParty.objects.values_list("pk", "organization__code"))
            return {(sides[d], sides[c]) for d, c in RoundClaim.objects.values_list("debtor", "creditor")}

        ours, theirs, third = ("grafica", "molino"), ("molino", "textil"), ("textil", "grafica")
        with as_the_program():
            assert seen(cast.ana) == {ours, third}
            assert seen(cast.mario) == {ours, theirs}
            assert seen(cast.carla) == {theirs, third}
            assert seen(circle.fede) == {ours, theirs, third}
            # Whoever owes nobody anything there reads that there is a round, and that it may take part.
            assert seen(stranger) == set()
            assert list(RoundParty.objects.values_list("organization__code", flat=True)) == ["aparte"]
            assert ClearingRound.objects.exists()
        wall.read_all()

    def test_of_a_balance_confirmation_each_the_balances_of_which_it_is_a_side(self, cast: Cast):
        asked = Asked(cast)
        make.affiliation(cast.textil.organization, cast.federacion)
        asked.owe(cast.molino, cast.textil, 1_00)
        stranger = make.user("Elsa")

        def seen(person: User) -> tuple[int, ...]:
            wall.read_as(person, on=timezone.localdate())
            tables = (BalanceConfirmation, AskedBalance, BalanceAnswer, BalanceExplanation)
            return tuple(table.objects.count() for table in tables)

        with as_the_program():
            wall.read_as(asked.fede, on=timezone.localdate())
            theirs = asked.call().balances.get(creditor=cast.textil)
            wall.read_as(cast.mario, on=timezone.localdate())
            asked.answer(theirs, cast.molino, differs(2_00))
            wall.read_as(asked.fede, on=timezone.localdate())
            asked.explain(theirs)
            assert seen(asked.fede) == seen(cast.silvia) == (1, 3, 1, 1)
            assert seen(cast.ana) == (1, 2, 0, 0)
            assert seen(cast.carla) == (1, 1, 1, 1)
            assert seen(stranger) == (0, 0, 0, 0)
        wall.read_all()


class TestTables:
    def test_each_is_behind_the_wall_or_open_for_a_reason(self):
        assert rules.walled() == roles.to_wall()

    def test_a_table_without_it_is_named_by_the_check(self):
        with connection.cursor() as cursor:
            cursor.execute("DROP POLICY wall ON ledger_posting")
        with as_the_program():
            told = [problem.sentence for problem in roles.problems()]

        assert any("ledger_posting stands outside" in sentence for sentence in told)


def read(client: Client, path: str) -> tuple[int, str]:
    """Return what a page says, without what is new each time."""
    with transaction.atomic():
        answer = client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    text = body.decode("latin-1")
    return answer.status_code, re.sub(r'(name="(?:csrfmiddlewaretoken|key)" value=|hx-headers=|DTSTAMP:)\S+', "", text)


class TestPages:
    # Every page there is, four times.
    @pytest.mark.timeout(600)
    def test_are_the_same_behind_it(self, cast: Cast, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        world = World.assemble(cast)
        wrong = []
        for person in (cast.ana, cast.silvia):
            client = browser(person)
            for line in TABLE:
                if line.route.startswith(("admin", "accounts", "i18n")) or not line.is_page:
                    continue
                path = address(line.route, line, world)
                with as_the_program():
                    behind = read(client, path)
                if behind != read(client, path):
                    wrong.append(f"{person.name}: {path}")
        assert not wrong
