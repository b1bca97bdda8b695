"""Fields that every app uses: a resolution of the list, or an older one by its number."""

import pytest
from django.core.exceptions import ValidationError

from network.queries.assemblies import LATEST
from network.web.fields import ActField
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import browser, says

pytestmark = pytest.mark.django_db

HERE = "/coop/grafica/threshold/"


@pytest.fixture
def full_book(cast: Cast) -> None:
    """Fill the book of the print shop beyond what a list shows."""
    for _number in range(LATEST + 1):
        make.resolution(cast.grafica.organization)


@pytest.mark.usefixtures("full_book")
class TestOlder:
    def test_is_cited_by_its_number(self, cast: Cast):
        ana = browser(cast.ana)
        assert says(ana.get(HERE), "Or an older one, by its number:")

        said = ana.post(HERE, {"amount": "900.000", "resolution-number": "1"}, follow=True)

        assert said.status_code == 200
        assert cast.grafica.thresholds.get().resolution.number == 1

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("999", "The book has no resolution of that number."),
            ("uno", "The book has no resolution of that number."),
            ("\x00", "The book has no resolution of that number."),
        ],
    )
    def test_that_is_not_there_is_said_and_kept(self, cast: Cast, typed: str, sentence: str):
        said = browser(cast.ana).post(HERE, {"amount": "900.000", "resolution-number": typed})

        assert says(said, sentence)
        assert f'value="{typed}"' in said.content.decode() or typed == "\x00"

    def test_and_one_of_the_list_are_not_both_meant(self, cast: Cast):
        latest = cast.grafica.organization.resolutions.latest("number")

        said = browser(cast.ana).post(HERE, {"amount": "9", "resolution": latest.pk, "resolution-number": "1"})

        assert says(said, "Choose one of the list, or write the number of another: not both.")
        assert not cast.grafica.thresholds.exists()


class TestShortBook:
    def test_asks_for_no_number(self, cast: Cast):
        make.resolution(cast.grafica.organization)

        assert "-number" not in browser(cast.ana).get(HERE).content.decode()

    def test_of_two_books_is_told_apart(self, cast: Cast):
        ours, theirs = make.resolution(cast.grafica.organization), make.resolution(cast.molino.organization)
        both = type(ours).objects.filter(pk__in=[ours.pk, theirs.pk])

        with pytest.raises(ValidationError) as refused:
            ActField(queryset=both).clean(f"#{ours.number}#")
        assert "Más de un libro" in refused.value.message
