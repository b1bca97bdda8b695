"""Lending rooms, telling of a month and counter-signing it, page by page, as each side sees it."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ledger.actions import hosted
from ledger.actions.hosted import Cost
from ledger.models import Agreement, Delivery
from network.models import User
from tests.barters import own
from tests.cast import Cast
from tests.hostings import AGREED, TOLD, borne, running, school, tell
from tests.ledger.web.browser import LANGUAGES, browser, key, says

pytestmark = pytest.mark.django_db
NEW = "/coop/grafica/community/lend/"


@pytest.fixture
def elsa(cast: Cast) -> User:
    return school()[1]


@pytest.fixture
def agreement(cast: Cast, elsa: User) -> Agreement:
    return running(cast, elsa.memberships.get().organization, elsa)


def form(elsa: User, **changes: Any) -> dict[str, Any]:
    """Return the popular high school as a browser sends it."""
    sent = {
        "key": key(),
        "body": elsa.memberships.get().organization_id,
        "activity": "popular_high_school",
        "weekdays": ["0", "1", "2", "3"],
        "starts_at": "18:00",
        "ends_at": "22:00",
        "rooms": "3",
        "since": AGREED.isoformat(),
    }
    return sent | changes


def month(*costs: dict[str, str], **changes: Any) -> dict[str, Any]:
    """Return April as a browser sends it."""
    sent = {
        "key": key(),
        "starts_on": "2026-04-01",
        "ends_on": "2026-04-30",
        "sessions": "17",
        "people": "70",
        "counted": "counted",
        "hours": "4",
        "rooms": "3",
        "costs-TOTAL_FORMS": str(len(costs)),
        "costs-INITIAL_FORMS": "0",
    }
    for number, cost in enumerate(costs):
        sent |= {f"costs-{number}-{name}": text for name, text in cost.items()}
    return sent | changes


def page(agreement: Agreement, code: str = "grafica", part: str = "") -> str:
    return f"/coop/{code}/community/{agreement.pk}/{part}"


class TestLend:
    def test_is_proposed_and_named_after_what_it_is(self, cast: Cast, elsa: User):
        said = browser(cast.ana).post(NEW, form(elsa), follow=True)

        assert says(said, "Saved. Here is what you lend.")
        found = Agreement.objects.get()
        assert (found.title, found.state, found.hosting.starts_at) == ("Bachillerato popular", "proposed", 18 * 60)

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        ("field", "text", "sentence"),
        [
            ("starts_at", "tarde", "That is not an hour. Write it like 18:30."),
            ("ends_at", "17:00", "Choose at least one day of the week, at least one room, and an hour to begin that is"
             " before the end."),
            ("until", "2020-01-01", "The last day is earlier than the first."),
        ],
    )  # fmt: skip
    def test_says_what_is_wrong_and_keeps_what_was_written(
        self, cast: Cast, elsa: User, language: str, field: str, text: str, sentence: str
    ):
        said = browser(cast.ana, language).post(NEW, form(elsa, **{field: text}))

        assert said.status_code == 422
        assert says(said, sentence, language=language)
        assert said.context["form"]["rooms"].value() == "3"

    def test_whatever_is_sent_is_answered(self, cast: Cast, elsa: User):
        for wrong in ({"weekdays": ["9"]}, {"body": "x"}, {"rooms": "9" * 30}, {"key": "x"}, {"activity": "?"}):
            assert browser(cast.ana).post(NEW, form(elsa, **wrong)).status_code == 422
        assert browser(cast.ana).post(NEW, form(elsa, body=cast.molino.organization_id)).status_code == 422

    def test_only_where_there_is_a_book(self, cast: Cast, elsa: User):
        assert browser(elsa).get(NEW.replace("grafica", "bachillerato")).status_code == 404


class TestAnswer:
    def test_the_school_signs_on_its_page(self, cast: Cast, elsa: User):
        browser(cast.ana).post(NEW, form(elsa))
        found = Agreement.objects.get()

        home = browser(elsa).get("/coop/bachillerato/")
        said = browser(elsa).post(page(found, "bachillerato", "answer/"), {"answer": "sign"}, follow=True)

        assert says(home, "%(who)s proposes it to you.", who="Gráfica")
        assert says(said, "Accepted. Both sides can see it now.")
        assert Agreement.objects.get().state == "accepted"

    def test_either_ends_it(self, agreement: Agreement, elsa: User):
        said = browser(elsa).post(page(agreement, "bachillerato", "end/"), {"reason": "Nos mudamos."}, follow=True)

        assert says(said, "Ended. What took place stays noted.")


class TestTell:
    def test_with_its_costs(self, cast: Cast, agreement: Agreement):
        borne(cast)
        light = {"what": "Luz", "account": "5301", "quantity": "340", "price": "180"}
        wear = {"what": "Desgaste", "account": "5302", "amount": "30.000,00"}

        said = browser(cast.beto).post(page(agreement, part="tell/"), month(light, wear), follow=True)

        assert says(said, "Noted. It counts once the other side has said that it was so.")
        period = Delivery.objects.get().hosted
        assert (period.sessions, period.minutes, period.attendances) == (17, 240, 1190)
        assert period.counted == "counted"
        assert [cost.amount for cost in period.costs.order_by("number")] == [61_200_00, 30_000_00]

    def test_says_how_people_were_counted_and_the_school_reads_it(self, cast: Cast, agreement: Agreement, elsa: User):
        began = browser(cast.beto).get(page(agreement, part="tell/")).context["form"]
        wrong = browser(cast.beto).post(page(agreement, part="tell/"), month(counted="guessed"))

        browser(cast.beto).post(page(agreement, part="tell/"), month(counted="declared"))

        assert (began["counted"].value(), wrong.status_code) == ("counted", 422)
        read = browser(elsa, "en").get(page(agreement, "bachillerato")).content.decode()
        assert "(Declared by one side)" in read

    def test_begins_with_the_month_that_comes_next(self, cast: Cast, agreement: Agreement):
        tell(agreement, cast, costs=[], starts_on=AGREED, ends_on=dt.date(2026, 3, 31), sessions=18)

        began = browser(cast.beto).get(page(agreement, part="tell/")).context["form"]

        assert (began["starts_on"].value(), began["ends_on"].value()) == (dt.date(2026, 4, 1), dt.date(2026, 4, 30))
        assert (began["sessions"].value(), began["hours"].value()) == (18, "4")

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"people": "muchas"}, "Write numbers of people, with spaces between them: 68 70 66; or one number, if as"
             " many came each time."),
            ({"people": "70 71"}, "Write how many people came each time: one number for each of the %(sessions)s times,"
             " or one for all."),
            ({"hours": "0,33"}, "Write hours like 4 or 1,5."),
            ({"sessions": "19"}, "That is more than the agreed days, hours or rooms. Look at the agreement, and write"
             " what took place."),
        ],
    )  # fmt: skip
    def test_says_what_is_wrong(self, cast: Cast, agreement: Agreement, language: str, changes, sentence: str):
        changes = {name: text.replace(",", "." if language == "en" else ",") for name, text in changes.items()}
        said = browser(cast.beto, language).post(page(agreement, part="tell/"), month(**changes))

        assert said.status_code == 422
        assert says(said, sentence, language=language, sessions=17)

    @pytest.mark.parametrize(
        ("row", "sentence"),
        [
            ({"what": "Luz"}, "Write the amount; or how much of it, and the price of one."),
            ({"what": "Luz", "quantity": "3"}, "Write the amount; or how much of it, and the price of one."),
            ({"amount": "30"}, "Complete this, or empty the whole row."),
            (
                {"what": "Luz", "quantity": "0,0001", "price": "2"},
                "%(unit)s are counted with at most %(scale)s decimals.",
            ),
            ({"what": "Luz", "amount": "9" * 25}, "That number is too large. Check that no digit is too many."),
        ],
    )
    def test_says_what_is_wrong_with_a_cost(self, cast: Cast, agreement: Agreement, row: dict[str, str], sentence: str):
        said = browser(cast.beto).post(page(agreement, part="tell/"), month({"account": "5301"} | row))

        assert said.status_code == 422
        assert says(said, sentence, unit="Unidades", scale=3)

    def test_more_rows_keep_what_was_written(self, cast: Cast, agreement: Agreement):
        sent = month({"what": "Luz", "account": "5301"}, more="1")

        said = browser(cast.beto).post(page(agreement, part="tell/"), sent)

        assert said.status_code == 200
        assert len(said.context["costs"].forms) == 3
        assert b'value="Luz"' in said.content

    def test_is_the_hosts_to_do(self, agreement: Agreement, elsa: User):
        assert browser(elsa).get(page(agreement, "bachillerato", "tell/")).status_code == 404


class TestCounterSign:
    def test_the_school_sees_hours_and_people_and_no_cost(self, cast: Cast, agreement: Agreement, elsa: User):
        borne(cast)
        told = tell(agreement, cast)

        read = browser(elsa).get(page(agreement, "bachillerato"))
        own = browser(cast.beto).get(page(agreement))

        assert says(read, "Yes, it was so")
        assert b"204" in read.content
        assert b"61.200" not in read.content
        assert b"61.200" in own.content
        said = browser(elsa).post(
            f"/coop/bachillerato/community/told/{told.pk}/confirm/", {"answer": "confirm"}, follow=True
        )
        assert says(said, "Counter-signed. Thank you.")

    def test_a_sister_cooperative_finds_nothing(self, cast: Cast, agreement: Agreement):
        told = tell(agreement, cast, costs=[])

        for address in (page(agreement), page(agreement, "bachillerato"), page(agreement, "molino")):
            assert browser(cast.mario).get(address).status_code == 404
        confirm = f"/coop/molino/community/told/{told.pk}/confirm/"
        assert browser(cast.mario).post(confirm, {"answer": "confirm"}).status_code == 404

    def test_a_month_is_undone_by_both(self, cast: Cast, agreement: Agreement, elsa: User):
        told = hosted.confirm(delivery=tell(agreement, cast, costs=[]), by=elsa, on=TOLD)
        address = "/coop/{}/community/told/{}/reverse/"

        browser(cast.ana).post(address.format("grafica", told.pk), {"answer": "ask", "reason": "Fueron 16."})
        asked = browser(elsa).get("/coop/bachillerato/")
        browser(elsa).post(address.format("bachillerato", told.pk), {"answer": "agree"})

        assert says(asked, "the other side asks to undo a delivery.")
        assert Delivery.objects.get().state == "reversed"


class TestYear:
    def test_the_first_page_says_what_was_given(self, cast: Cast, elsa: User):
        today = timezone.localdate()
        every_day = running(cast, elsa.memberships.get().organization, elsa, since=today, weekdays=127)
        own(cast, cast.grafica, "Luz", "5301", "1102", 90_000_00, on=today)
        light = [Cost(what="Luz", account="5301", amount=61_200_00)]
        told = tell(every_day, cast, costs=light, starts_on=today, ends_on=today, sessions=1, on=today)
        hosted.confirm(delivery=told, by=elsa, on=today)

        said = browser(cast.beto).get("/coop/grafica/").content.decode()

        for figure in ("12", "70", "$ 61.200,00"):
            assert f"<strong>{figure}</strong>" in said.replace("\xa0", " ")


class TestCost:
    def test_a_page_costs_the_same_however_much_took_place(self, cast: Cast, agreement: Agreement, elsa: User):
        def cost(address: str) -> int:
            client = browser(cast.beto)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            return len(queries)

        def one(day: int) -> None:
            days = {"starts_on": dt.date(2026, 4, day), "ends_on": dt.date(2026, 4, day), "sessions": 1}
            hosted.confirm(delivery=tell(agreement, cast, costs=[], **days), by=elsa, on=TOLD)

        addresses = [page(agreement), "/coop/grafica/community/", "/coop/grafica/"]
        one(1)
        few = [cost(each) for each in addresses]
        for day in (2, 6, 7, 8, 9):
            one(day)

        assert [cost(each) for each in addresses] == few
