"""A balance confirmation page by page: the federation asks, each member answers, differences stand first."""

import datetime as dt
import html
import re

import pytest
from django.db import connection
from django.utils import timezone

from ledger.models import BalanceAnswer, BalanceConfirmation, Finding
from tests import make
from tests.balances import Asked, differs, of_flour, of_money
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, key, says

pytestmark = pytest.mark.django_db
SAME = (
    "Only the two sides of a balance answer; and whoever says that it is another figure writes one that is not the one"
    " asked about, and why. If it is the same, answer that it is right."
)
THEIRS, DAY = "/coop/federacion/balances/", dt.timedelta(days=1)


@pytest.fixture
def asked(cast: Cast) -> Asked:
    return Asked(cast)


@pytest.fixture
def found(asked: Asked) -> BalanceConfirmation:
    today = timezone.localdate()
    return asked.call(as_of=today, answer_until=today + 14 * DAY, on=today)


def told(page) -> str:
    """Return what a page says, without its marks."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode()))
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def form(**changes: object) -> dict[str, object]:
    today = timezone.localdate()
    sent = {"key": key(), "as_of": today.isoformat(), "answer_until": (today + 7 * DAY).isoformat()}
    return sent | changes


def mine(code: str, found: BalanceConfirmation) -> str:
    return f"/coop/{code}/balances/{found.pk}/"


def send(person, code: str, found: BalanceConfirmation, language: str = "en", **said: object):
    return browser(person, language).post(f"{mine(code, found)}answer/", said, follow=True)


def number_from(table: str, first: int) -> None:
    """Let the next row of a table have this number, as in an installation that has been at work for a while."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER SEQUENCE {table}_id_seq RESTART WITH {first}")
        else:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, first - 1])


class TestCall:
    def test_asks_the_members_on_their_start_pages(self, asked: Asked):
        page = browser(asked.fede, "en").post(f"{THEIRS}new/", form(), follow=True)

        found = BalanceConfirmation.objects.get()
        assert "Each of them finds it on its start page" in told(page)
        assert "Answers asked for (both sides of 2 balances) 4" in told(page)
        home = browser(asked.cast.ana, "en").get("/coop/grafica/")
        assert "Federación asks whether 2 balances of yours are right" in told(home)
        assert mine("grafica", found) in home.content.decode()

    def test_of_some_members(self, asked: Asked):
        chosen = [asked.cast.molino.organization_id]
        page = browser(asked.fede, "en").post(f"{THEIRS}new/", form(chosen=chosen), follow=True)

        assert "Only those of 1 member" in told(page)
        assert BalanceConfirmation.objects.get().chosen == chosen

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_what_is_wrong_and_loses_nothing(self, asked: Asked, language: str):
        tomorrow = (timezone.localdate() + DAY).isoformat()
        page = browser(asked.fede, language).post(f"{THEIRS}new/", form(as_of=tomorrow))

        assert page.status_code == 422
        sentence = "Choose balances of a day up to today, and answers until a day that is not over yet."
        assert says(page, sentence, language=language)
        assert tomorrow in page.content.decode()
        for sent in ({}, form(as_of="ayer"), form(chosen=["x"]), form(chosen=[asked.cast.textil.organization_id])):
            assert browser(asked.fede).post(f"{THEIRS}new/", sent).status_code == 422
        assert not BalanceConfirmation.objects.exists()

    def test_is_for_the_officers_of_a_body(self, asked: Asked):
        for person, at in ((asked.cast.silvia, THEIRS), (asked.cast.ana, "/coop/grafica/balances/")):
            assert browser(person).get(f"{at}new/").status_code == 404
            assert browser(person).post(f"{at}new/", form()).status_code == 404


class TestAnswer:
    def test_reads_in_plain_words_from_either_side(self, asked: Asked, found: BalanceConfirmation):
        ours = told(browser(asked.cast.ana, "en").get(mine("grafica", found)))
        theirs = told(browser(asked.cast.mario, "en").get(mine("molino", found)))

        assert "you owed Molino $ 900.00 for 300 kg of harina . Is that right?" in ours
        assert "Molino owed you $ 1,200.00 . Is that right?" in ours
        assert "Gráfica owed you $ 900.00 for 300 kg of harina . Is that right?" in theirs
        assert "you owed Gráfica $ 1,200.00 . Is that right?" in theirs

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_sent_with_its_key_as_it_is_from_a_thousand_on(self, asked: Asked, language: str):
        number_from("ledger_askedbalance", 1_488)
        today = timezone.localdate()
        found = asked.call(as_of=today, answer_until=today + 14 * DAY, on=today)
        page = browser(asked.cast.mario, language).get(mine("molino", found)).content.decode()

        for balance in found.balances.all():
            assert balance.pk >= 1_488
            assert f'name="balance" value="{balance.pk}"' in page

    def test_of_all_at_once(self, asked: Asked, found: BalanceConfirmation):
        page = told(send(asked.cast.ana, "grafica", found, answer="all"))

        assert "Noted: 2 balances are right." in page
        assert "wait for your answer" not in page
        assert "Federación asks" not in told(browser(asked.cast.ana, "en").get("/coop/grafica/"))

    def test_differs_and_says_why(self, asked: Asked, found: BalanceConfirmation):
        balance = of_flour(found)
        sent = {"balance": balance.pk, "answer": "differs", "amount": "850.50", "quantity": "0"}
        page = told(send(asked.cast.ana, "grafica", found, reason="Devolvimos la harina.", **sent))

        assert "It is another figure $ 850.50 for 0 kg of harina “Devolvimos la harina.”" in page
        answer = BalanceAnswer.objects.get()
        assert (answer.amount, answer.quantity) == (850_50, 0)
        assert set(Finding.objects.values_list("expected", "found")) == {(900_00, 850_50), (300_000, 0)}

    def test_again_keeps_what_was_said_before(self, asked: Asked, found: BalanceConfirmation):
        balance = of_money(found)
        first = asked.answer(balance, asked.cast.molino, differs(1_000_00), on=timezone.localdate())
        again = {"balance": balance.pk, "answer": "agrees"}
        # From a page that had not seen it.
        assert "Somebody of yours answered meanwhile." in told(send(asked.cast.mario, "molino", found, **again))
        page = told(send(asked.cast.mario, "molino", found, instead_of=first.pk, **again))

        assert "What it said before It is another figure $ 1,000.00" in page
        assert not Finding.objects.filter(closed_at=None).exists()

    def test_of_the_other_side_is_shown_once_one_has_answered(self, asked: Asked, found: BalanceConfirmation):
        balance = of_money(found)
        asked.answer(balance, asked.cast.molino, differs(1_000_00), on=timezone.localdate())

        assert "1,000.00" not in told(browser(asked.cast.ana, "en").get(mine("grafica", found)))
        page = told(send(asked.cast.ana, "grafica", found, balance=balance.pk, answer="unknown"))

        assert "Molino: It is another figure $ 1,000.00" in page

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_what_is_wrong_and_loses_nothing(self, asked: Asked, found: BalanceConfirmation, language: str):
        balance = of_money(found)
        sent = {"balance": balance.pk, "answer": "differs", "amount": "mil", "reason": "Falta la factura 12."}
        page = send(asked.cast.mario, "molino", found, language, **sent)
        assert page.status_code == 422
        assert "Falta la factura 12." in page.content.decode()
        assert "mil" in page.content.decode()
        # The same figure is no difference.
        page = send(asked.cast.mario, "molino", found, language, **(sent | {"amount": "1200"}))
        assert page.status_code == 422
        assert says(page, SAME, language=language)
        for wrong in ({}, {"answer": "fly"}, {"answer": "agrees"}, {"answer": "agrees", "balance": "x"}):
            page = send(asked.cast.mario, "molino", found, language, **wrong)
            assert says(page, "Choose one of the answers of the page.", language=language)
        for amount in ("", "-5", "1,2,3", "9" * 30, "1.234567"):
            page = send(asked.cast.mario, "molino", found, language, **(sent | {"amount": amount}))
            assert page.status_code == 422, amount
        assert not BalanceAnswer.objects.exists()

    def test_late_says_so(self, asked: Asked, cast: Cast):
        found = asked.call()  # until May
        page = told(browser(cast.mario, "en").get(mine("molino", found)))
        assert "You did not answer all of it by" in page
        assert ", late" in told(send(cast.mario, "molino", found, answer="all"))

    def test_is_for_officers_of_that_side(self, asked: Asked, found: BalanceConfirmation):
        page = told(browser(asked.cast.nora, "en").get(mine("molino", found)))
        assert "Your president, secretary or treasurer answers." in page
        assert "Only the president" in told(send(asked.cast.nora, "molino", found, answer="all"))
        assert browser(asked.cast.carla).get(mine("molino", found)).status_code == 404
        assert browser(asked.cast.carla).get(mine("textil", found)).status_code == 404
        assert browser(asked.cast.carla).post(f"{mine('textil', found)}answer/").status_code == 404
        assert not BalanceAnswer.objects.exists()


class TestBody:
    def test_reads_how_far_it_is_differences_first(self, asked: Asked, found: BalanceConfirmation):
        today = timezone.localdate()
        asked.agree_with_all(found, asked.cast.grafica, on=today)
        asked.answer(of_money(found), asked.cast.molino, differs(1_000_00), on=today)
        for person in (asked.fede, asked.cast.silvia):
            page = told(browser(person, "en").get(f"{THEIRS}{found.pk}/"))
            assert "It is right 2 It is another figure 1" in page
            assert page.index("2. Molino owed Gráfica $ 1,200.00") < page.index("1. Gráfica owed Molino $ 900.00")
            assert "Has not answered 1" in page
            assert ("Note how it was explained" in page) is (person == asked.fede)

    def test_notes_how_a_difference_was_explained(self, asked: Asked, found: BalanceConfirmation):
        balance = of_money(found)
        asked.answer(balance, asked.cast.molino, differs(1_000_00), on=timezone.localdate())
        at, sent = f"{THEIRS}{found.pk}/explain/", {"balance": balance.pk}
        fede = browser(asked.fede, "en")

        refused = told(fede.post(at, sent | {"note": "Lo dijo ana@example.org"}, follow=True))
        assert "You had written: Lo dijo ana@example.org" in refused
        assert "Write why" in told(fede.post(at, sent, follow=True))
        assert "Only the president" in told(
            browser(asked.cast.silvia, "en").post(at, sent | {"note": "x"}, follow=True)
        )
        page = told(fede.post(at, sent | {"note": "La factura 12 llegó en mayo."}, follow=True))

        assert "“La factura 12 llegó en mayo.”" in page
        assert "Another figure, explained 1" in page
        assert not Finding.objects.filter(closed_at=None).exists()
        assert fede.post(at, {"balance": "x"}).status_code == 404
        # The other side reads it, too.
        asked.agree_with_all(found, asked.cast.grafica, on=timezone.localdate())
        assert "La factura 12" in told(browser(asked.cast.ana, "en").get(mine("grafica", found)))

    def test_lists_members_with_their_letters(self, asked: Asked, found: BalanceConfirmation):
        page = browser(asked.cast.silvia, "en").get(f"{THEIRS}{found.pk}/members/")

        assert "Gráfica 2 0 Letter to Gráfica (PDF) Molino 2 0" in told(page)
        assert f"/reports/federacion/balances/{found.pk}/molino/" in page.content.decode()

    def test_is_read_balance_by_balance_only_by_those_who_oversee(self, asked: Asked, found: BalanceConfirmation):
        ordinary = browser(make.member("Rita", asked.cast.federacion), "en")
        page = told(ordinary.get(f"{THEIRS}{found.pk}/"))
        assert "(both sides of 2 balances) 4" in page
        assert "Molino" not in page
        assert ordinary.get(f"{THEIRS}{found.pk}/members/").status_code == 404
        other = make.officer("Otra", make.organization("otra", kind="federation", name="Otra"))
        for at in (f"{THEIRS}{found.pk}/", f"/coop/otra/balances/{found.pk}/", THEIRS):
            assert browser(other).get(at).status_code == 404

    def test_costs_the_same_for_many(self, asked: Asked, django_assert_num_queries, django_assert_max_num_queries):
        cast, today = asked.cast, timezone.localdate()
        few = asked.call(as_of=today, answer_until=today, on=today)
        for thing in "abcdefghij":
            asked.owe(cast.molino, cast.grafica, 1_00, peg=make.measure("KG", thing), quantity=1_000, on=today)
        many = asked.call(as_of=today, answer_until=today, on=today)
        for found in (few, many):
            asked.agree_with_all(found, cast.molino, on=today)
        for person, at in ((asked.fede, THEIRS), (cast.ana, "/coop/grafica/balances/")):
            client = browser(person)
            client.get(f"{at}{few.pk}/")
            with django_assert_max_num_queries(40) as counted:
                client.get(f"{at}{few.pk}/")
            with django_assert_num_queries(len(counted)):
                client.get(f"{at}{many.pk}/")


class TestFinding:
    def test_leads_to_the_balances(self, asked: Asked, found: BalanceConfirmation):
        asked.answer(of_money(found), asked.cast.molino, differs(1_000_00), on=timezone.localdate())
        finding = Finding.objects.get()
        for person, code in ((asked.fede, "federacion"), (asked.cast.mario, "molino")):
            page = browser(person, "en").get(f"/coop/{code}/reconciliation/{finding.pk}/")
            assert "It shows $ 1,000.00 and should be $ 1,200.00" in told(page)
            assert f"/coop/{code}/balances/{found.pk}/" in page.content.decode()
