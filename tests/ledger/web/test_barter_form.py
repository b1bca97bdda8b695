"""The form of a barter: whatever is written in it, the page answers with a sentence and keeps what was written."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from ledger.models import Agreement
from tests import make
from tests.barters import accepted, propose
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, key, says, side

pytestmark = pytest.mark.django_db
NOT_WHOLE = "This page is not whole. Open it again from the start page, and write it once more."
NEW = "/coop/grafica/barter/new/"


def form(cast: Cast, **changes: Any) -> dict[str, str]:
    """Return Story 1 as a browser sends it, with changes by field."""
    row = {"vat_rate": "2100"}
    bags = row | {"thing": "Bolsas", "quantity": "60.000", "unit": str(make.unit("UN").pk), "value": "1.200.000"}
    flour = row | {"thing": "Harina", "quantity": "4000", "unit": str(make.unit("KG").pk), "value": "1200000,00"}
    sent = {
        "key": key(),
        "partner": str(cast.molino.organization.pk),
        "title": "Bolsas por harina",
        "agreed_on": timezone.localdate().isoformat(),
        "pegged_to_goods": "1",
    }
    return sent | side("ours", bags) | side("theirs", flour) | changes


class TestNew:
    def test_saves_what_was_agreed(self, cast: Cast):
        answer = browser(cast.ana).post(NEW, form(cast), follow=True)

        assert says(answer, "Saved. Here is what you agreed.")
        assert Agreement.objects.get().lines.count() == 2

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        ("field", "text", "sentence"),
        [
            ("ours-0-quantity", "muchas", "“%(text)s” is not a number. Write it like 1500 or 1500,50."),
            ("ours-0-quantity", "9" * 5000, "“%(text)s” is not a number. Write it like 1500 or 1500,50."),
            ("ours-0-quantity", "²", "“%(text)s” is not a number. Write it like 1500 or 1500,50."),
            ("ours-0-value", "1e9", "“%(text)s” is not a number. Write it like 1500 or 1500,50."),
            ("ours-0-value", "NaN", "“%(text)s” is not a number. Write it like 1500 or 1500,50."),
            ("ours-0-value", "-5", "Write a number above zero."),
            ("ours-0-value", "0", "Write a number above zero."),
            ("ours-0-value", "9" * 20, "That number is too large. Check that no digit is too many."),
            ("ours-0-quantity", "", "Complete this, or empty the whole row."),
            ("ours-0-thing", " ", "Complete this, or empty the whole row."),
            ("agreed_on", "31/02/2026", "That is not a day. Write it like 31/12/2026."),
            ("agreed_on", "ayer", "That is not a day. Write it like 31/12/2026."),
            ("agreed_on", "2150-01-01", "The day of the agreement has not come yet."),
            ("due_on", "2001-01-01", "The last day to deliver is earlier than the day of the agreement."),
            ("key", "no-uuid", NOT_WHOLE),
            ("ours-TOTAL_FORMS", "abc", NOT_WHOLE),
            ("ours-TOTAL_FORMS", "-1", "Write at least one thing that each side gives."),
            ("ours-TOTAL_FORMS", "1000000000", "One side has at most %(num)d rows. Split the barter in two."),
            ("ours-0-thing", "", "Complete this, or empty the whole row."),
        ],
    )  # fmt: skip
    def test_says_what_is_wrong_and_keeps_the_rest(
        self, cast: Cast, language: str, field: str, text: str, sentence: str
    ):
        answer = browser(cast.ana, language).post(NEW, form(cast, **{field: text}))

        assert answer.status_code == 422
        values: dict[str, object] = (
            {"text": text} if "%(text)s" in sentence else {"num": 40} if "%(num)d" in sentence else {}
        )
        assert says(answer, sentence, language=language, **values)
        assert 'value="Bolsas por harina"' in answer.content.decode()
        assert "Harina" in answer.content.decode()
        assert not Agreement.objects.exists()

    @pytest.mark.parametrize(
        ("field", "text"),
        [
            ("partner", ""),
            ("partner", "999999"),
            ("partner", "9" * 40),
            ("partner", "molino"),
            ("partner", "\x00"),
            ("title", ""),
            ("title", "x" * 121),
            ("title", "Bolsas\x00"),
            ("pegged_to_goods", "2"),
            ("ours-0-unit", "999999"),
            ("ours-0-unit", "9" * 40),
            ("ours-0-vat_rate", "9999"),
            ("ours-0-thing", "x" * 81),
            ("resolution", "x" * 81),
            ("agreed_on", ""),
            ("key", ""),
        ],
    )
    def test_marks_what_cannot_be(self, cast: Cast, field: str, text: str):
        answer = browser(cast.ana).post(NEW, form(cast, **{field: text}))

        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
        assert not Agreement.objects.exists()

    def test_wants_something_from_each_side(self, cast: Cast):
        answer = browser(cast.ana).post(NEW, form(cast) | side("theirs", total=0))

        assert answer.status_code == 422
        assert says(answer, "Write at least one thing that each side gives.")

    def test_counts_things_in_the_decimals_of_their_unit(self, cast: Cast):
        answer = browser(cast.ana).post(NEW, form(cast, **{"ours-0-quantity": "1,5"}))

        assert says(answer, "%(unit)s are counted with at most %(scale)s decimals.", unit="Unidades", scale=0)

    def test_takes_any_script(self, cast: Cast):
        written = form(cast, title="Ñandú & <b>harina</b> 🌾 العربية")

        answer = browser(cast.ana).post(NEW, written, follow=True)

        assert answer.status_code == 200
        assert "&lt;b&gt;harina&lt;/b&gt; 🌾 العربية" in answer.content.decode()

    @pytest.mark.parametrize("count", ["abc", "²", "-3", "9" * 5000, ""])
    def test_adds_rows_to_whatever_was_sent(self, cast: Cast, count: str):
        sent = form(cast, more="1") | {"ours-TOTAL_FORMS": count}

        assert browser(cast.ana).post(NEW, sent).status_code == 200

    def test_with_nothing_at_all_asks_for_everything(self, cast: Cast):
        assert browser(cast.ana).post(NEW, {}).status_code == 422
        assert browser(cast.ana).post(NEW, {"more": "1"}).status_code == 200


class TestKey:
    def test_sent_twice_saves_once(self, cast: Cast):
        sent = form(cast)

        for _twice in range(2):
            assert says(browser(cast.ana).post(NEW, sent, follow=True), "Saved. Here is what you agreed.")
        assert Agreement.objects.count() == 1

    @pytest.mark.parametrize(
        "change", [{"title": "Otra cosa"}, {"ours-0-quantity": "50.000"}, {"due_on": "2150-01-01"}]
    )
    def test_sent_again_with_other_content_is_refused(self, cast: Cast, change: dict[str, str]):
        sent = form(cast)
        browser(cast.ana).post(NEW, sent)

        answer = browser(cast.ana).post(NEW, sent | change)

        assert says(
            answer, "This form was already sent with other content. Open the page again and look at what was saved."
        )
        assert Agreement.objects.get().title == "Bolsas por harina"

    def test_of_another_cooperative_gives_nothing_away(self, cast: Cast):
        theirs = propose(cast)

        answer = browser(cast.carla).post("/coop/textil/barter/new/", form(cast, key=str(theirs.key)))

        assert answer.status_code == 422
        assert theirs.title not in answer.content.decode().replace('value="Bolsas por harina"', "")


class TestEdit:
    def test_is_for_the_proposer(self, cast: Cast):
        agreement = propose(cast)

        assert browser(cast.mario).get(f"/coop/molino/barter/{agreement.pk}/edit/").status_code == 404
        assert browser(cast.carla).get(f"/coop/textil/barter/{agreement.pk}/edit/").status_code == 404
        assert browser(cast.ana).get("/coop/grafica/barter/99999999999999999999/edit/").status_code == 404

    def test_after_the_answer_is_refused_in_words(self, cast: Cast):
        agreement = accepted(cast)

        answer = browser(cast.ana).post(f"/coop/grafica/barter/{agreement.pk}/edit/", form(cast))

        assert answer.status_code == 422
        assert "ahora no se puede" in answer.content.decode().lower()

    def test_cannot_be_turned_to_another_partner(self, cast: Cast):
        agreement = propose(cast)
        written = form(cast, partner=str(cast.textil.organization.pk), agreed_on=dt.date(2023, 11, 1).isoformat())

        browser(cast.ana).post(f"/coop/grafica/barter/{agreement.pk}/edit/", written)

        agreement.refresh_from_db()
        assert agreement.others(cast.grafica.organization) == [cast.molino.organization]
