"""A photo is added by an officer, of something in the book, with the word of those shown; taken away, it is gone."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ledger.actions.agreements import NoMandateToday
from network import rules
from reports.actions import files, photos
from reports.actions import refusals_photos as refused
from reports.actions.refusals import RULES
from reports.core import photos as core
from reports.models import Photo
from reports.queries import photo_subjects
from reports.queries import photos as reading
from tests import hostings, pictures
from tests.cast import Cast
from tests.opened import Neighborhood, photographed
from tests.plain_sql import stays

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _surroundings(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2026, 11, 23, 15, tzinfo=dt.UTC))


@pytest.fixture
def evenings(cast: Cast) -> str:
    """The evenings of the school, of which April was told: their short name."""
    neighborhood = Neighborhood(cast)
    neighborhood.april()
    return neighborhood.agreement.code


def withdrawn(photo: Photo, cast: Cast, **changes: object) -> Photo:
    told = {"reason": "Lo pidió alguien de la foto.", "by": cast.ana, "on": TODAY, "at": timezone.now()}
    return photos.withdraw(photo=photo, **(told | changes))


class TestAdd:
    def test_keeps_the_picture_and_who_added_it(self, cast: Cast, evenings: str):
        photo = photographed(cast, evenings, caption="  El aula,\nde noche ")

        assert (photo.noted_by, photo.caption, photo.width, photo.height) == (cast.ana, "El aula, de noche", 60, 40)
        assert files.photo_of(photo).read_bytes() == core.anew(pictures.from_a_telephone()).content
        assert files.photo_of(photo).stem == photo.sha256
        assert list(reading.standing(cast.grafica.organization)) == [photo]

    def test_of_something_given_once(self, cast: Cast):
        gift = Neighborhood(cast).by_hand()

        assert photographed(cast, gift.code).activity == gift.code

    def test_only_by_whoever_binds_it(self, cast: Cast, evenings: str):
        for person in (cast.beto, cast.mario, cast.silvia):
            with pytest.raises(NoMandateToday):
                photographed(cast, evenings, by=person)

    def test_not_without_the_word_of_those_shown(self, cast: Cast, evenings: str):
        with pytest.raises(refused.ThoseShownMustAgree):
            photographed(cast, evenings, is_agreed=False)

    @pytest.mark.parametrize("activity", ["", "P-999", "C-1", "cualquiera"])
    def test_not_of_what_is_not_in_the_book(self, cast: Cast, evenings: str, activity: str):
        with pytest.raises(refused.NotAnActivityOfYours):
            photographed(cast, activity)

    def test_of_what_was_told_in_the_last_months(self, cast: Cast, evenings: str):
        told = hostings.TOLD

        for on, found in ((told, [evenings]), (told.replace(year=2028), [evenings]), (dt.date(2028, 11, 23), [])):
            assert [deed.activity for deed in photo_subjects.subjects(cast.grafica, on=on)] == found

    def test_not_of_what_another_gave(self, cast: Cast, evenings: str):
        with pytest.raises(refused.NotAnActivityOfYours):
            photos.add(
                organization=cast.molino.organization,
                content=pictures.file(),
                activity=evenings,
                taken_on=TODAY,
                caption="El aula",
                is_agreed=True,
                by=cast.mario,
                on=TODAY,
                at=timezone.now(),
            )

    def test_not_of_tomorrow(self, cast: Cast, evenings: str):
        with pytest.raises(refused.TakenInTheFuture):
            photographed(cast, evenings, taken_on=TODAY + dt.timedelta(days=1))

    def test_not_without_a_caption_nor_with_a_long_one(self, cast: Cast, evenings: str):
        with pytest.raises(refused.CaptionIsMissing):
            photographed(cast, evenings, caption=" \n ")
        with pytest.raises(refused.CaptionIsTooLong):
            photographed(cast, evenings, caption="a" * 161)

    @pytest.mark.parametrize(
        "caption", ["DNI 12.345.678", "Escribile a elsa@example.org", "Tel. 4301-1234", "Rosa Gómez en el aula"]
    )
    def test_not_with_what_belongs_to_a_person(self, cast: Cast, evenings: str, caption: str):
        cast.beto.name = "Rosa Gómez"
        cast.beto.save()

        with pytest.raises(refused.PhotoTellsOfAPerson):
            photographed(cast, evenings, caption=caption)

    def test_not_a_file_that_is_too_large(self, cast: Cast, evenings: str):
        with pytest.raises(refused.PhotoIsTooLarge):
            photographed(cast, evenings, content=pictures.file() + bytes(photos.FILE_MAX))

    def test_not_what_is_no_photo(self, cast: Cast, evenings: str):
        with pytest.raises(refused.NotAPhoto):
            photographed(cast, evenings, content=b"%PDF-1.7")

    def test_not_with_too_many_pixels(self, cast: Cast, evenings: str, monkeypatch):
        monkeypatch.setattr(core, "PIXELS_MAX", 60 * 40 - 1)
        with pytest.raises(refused.PhotoHasTooManyPixels):
            photographed(cast, evenings)

    def test_not_the_same_twice(self, cast: Cast, evenings: str):
        photographed(cast, evenings)
        with pytest.raises(refused.PhotoIsThereAlready):
            photographed(cast, evenings, caption="Otra vez")

    def test_what_is_refused_leaves_no_file(self, cast: Cast, evenings: str, tmp_path: Path):
        with pytest.raises(refused.NotAPhoto):
            photographed(cast, evenings, content=b"nada")

        assert not list(tmp_path.rglob("*"))


class TestWithdraw:
    def test_deletes_the_file_and_the_caption_and_leaves_who_and_why(self, cast: Cast, evenings: str, tmp_path: Path):
        photo = withdrawn(photographed(cast, evenings), cast)

        assert not [path for path in tmp_path.rglob("*") if path.is_file()]
        photo.refresh_from_db()
        assert (photo.caption, photo.withdrawn_by) == ("", cast.ana)
        assert photo.reason == "Lo pidió alguien de la foto."
        assert not reading.standing(cast.grafica.organization).exists()
        assert list(reading.noted(cast.grafica.organization)) == [photo]

    def test_twice_is_once(self, cast: Cast, evenings: str):
        photo = photographed(cast, evenings)
        withdrawn(photo, cast)

        assert withdrawn(photo, cast, reason="Otra razón").reason == "Lo pidió alguien de la foto."

    def test_it_may_be_brought_again(self, cast: Cast, evenings: str):
        withdrawn(photographed(cast, evenings), cast)

        assert files.photo_of(photographed(cast, evenings)).is_file()

    def test_only_by_whoever_binds_it_and_with_a_reason(self, cast: Cast, evenings: str):
        photo = photographed(cast, evenings)
        with pytest.raises(NoMandateToday):
            withdrawn(photo, cast, by=cast.mario)
        with pytest.raises(refused.SayWhyItGoes):
            withdrawn(photo, cast, reason="  ")
        with pytest.raises(refused.PhotoTellsOfAPerson):
            withdrawn(photo, cast, reason="DNI 12.345.678 lo pidió")
        assert files.photo_of(photo).is_file()


class TestOfAReport:
    def begun(self, photo: Photo) -> list[tuple[str, dt.date]]:
        return [(photo.activity, dt.date(2026, 4, 1))]

    def test_two_of_an_activity_the_latest_days_first(self, cast: Cast, evenings: str):
        first, second, third = (
            photographed(
                cast,
                evenings,
                content=pictures.file(of=pictures.picture(color=color)),
                taken_on=dt.date(2026, 4, day),
            )
            for day, color in ((3, "red"), (9, "green"), (6, "blue"))
        )
        days = {"starts_on": dt.date(2026, 4, 1), "ends_on": dt.date(2026, 4, 30)}

        assert reading.of_report(first.organization, self.begun(first), **days) == (second, third)
        withdrawn(second, cast)
        assert reading.of_report(first.organization, self.begun(first), **days) == (third, first)

    @pytest.mark.parametrize(("taken", "is_in"), [((4, 1), True), ((4, 30), True), ((3, 31), False), ((5, 1), False)])
    def test_those_of_its_days(self, cast: Cast, evenings: str, taken: tuple[int, int], is_in: bool):
        photo = photographed(cast, evenings, taken_on=dt.date(2026, *taken))
        days = {"starts_on": dt.date(2026, 4, 1), "ends_on": dt.date(2026, 4, 30)}

        assert bool(reading.of_report(photo.organization, self.begun(photo), **days)) is is_in

    def test_those_of_a_month_that_was_told_late(self, cast: Cast, evenings: str):
        photo = photographed(cast, evenings)
        days = {"starts_on": dt.date(2026, 5, 1), "ends_on": dt.date(2026, 5, 31)}

        assert reading.of_report(photo.organization, self.begun(photo), **days) == (photo,)
        assert reading.of_report(photo.organization, [("C-9", dt.date(2026, 4, 1))], **days) == ()
        assert reading.of_report(photo.organization, [], **days) == ()


def stopped_by(sql: str, *params: object) -> str:
    """Run plain SQL, and return the name of the rule that stops it."""
    with pytest.raises(IntegrityError) as stopped, transaction.atomic():
        stays(sql, *params)
    return rules.said_by(stopped.value)


INSERT = (
    "INSERT INTO reports_photo"
    " (organization_id, activity, taken_on, caption, is_agreed, sha256, width, height, reason, noted_at)"
    " VALUES (%s, %s, %s, 'El aula', %s, %s, %s, 40, '', '2026-11-23 15:00:00+00:00')"
)


class TestRoundPython:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE reports_photo SET caption = 'Otra'",
            "UPDATE reports_photo SET sha256 = 'a'",
            "UPDATE reports_photo SET taken_on = '2020-01-01'",
            "UPDATE reports_photo SET reason = 'porque sí'",
            "DELETE FROM reports_photo",
        ],
    )
    def test_what_was_added_stays(self, cast: Cast, evenings: str, sql: str):
        photographed(cast, evenings)

        assert stopped_by(sql) == "noted_stays"

    def test_what_was_taken_away_is_not_put_back(self, cast: Cast, evenings: str):
        withdrawn(photographed(cast, evenings), cast)

        back = "UPDATE reports_photo SET withdrawn_at = NULL, withdrawn_by_id = NULL, reason = '', caption = 'El aula'"
        assert stopped_by(back) == "noted_stays"

    @pytest.mark.parametrize("left", ["caption = 'El aula', reason = 'x'", "caption = '', reason = ''"])
    def test_none_is_taken_away_with_its_caption_or_without_a_reason(self, cast: Cast, evenings: str, left: str):
        photographed(cast, evenings)

        away = f"UPDATE reports_photo SET withdrawn_at = '2027-01-01 12:00:00+00:00', withdrawn_by_id = %s, {left}"
        assert stopped_by(away, cast.ana.pk) == "photo_has_caption_or_reason"

    def test_only_of_its_own_activities(self, cast: Cast, evenings: str):
        pk = cast.molino.organization.pk

        assert stopped_by(INSERT, pk, evenings, "2026-04-20", True, "a", 60) == "photo_of_own_activity"

    def test_only_of_days_that_came_small_and_agreed(self, cast: Cast, evenings: str):
        pk, taken = cast.grafica.organization.pk, photographed(cast, evenings).sha256

        assert stopped_by(INSERT, pk, evenings, "2026-11-25", True, "a", 60) == "photo_of_a_day_that_came"
        assert stopped_by(INSERT, pk, evenings, "2026-11-20", True, "a", 1601) == "photo_is_small"
        assert stopped_by(INSERT, pk, evenings, "2026-11-20", False, "a", 60) == "photo_is_agreed"
        once = stopped_by(INSERT, pk, evenings, "2026-11-20", True, taken, 60)
        assert RULES[once] is refused.PhotoIsThereAlready
