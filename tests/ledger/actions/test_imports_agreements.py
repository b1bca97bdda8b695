"""Books that come in speak of agreements that do not: what is agreed here gets other names."""

import pytest

from ledger.models import Agreement, Book, Claim
from tests import make
from tests.barters import accepted, bags
from tests.cast import Cast
from tests.ledger.actions.test_imports import elsewhere, load

pytestmark = pytest.mark.django_db


def test_leaves_agreements_that_the_books_speak_of_their_names():
    spoken_of: list[str] = []

    def agree() -> None:
        cast = Cast.assemble()
        spoken_of.append(bags(accepted(cast), cast).agreement.code)

    load(elsewhere(agree))

    book = Book.objects.select_related("organization", "unit").first()
    new = Agreement.objects.create(
        key=make.uuid.uuid4(), kind="barter", proposer=book.organization, unit=book.unit, agreed_on=make.DAY
    )
    assert not Claim.objects.filter(agreement=new.code).exists()
    assert new.pk == int(spoken_of[0].removeprefix("P-")) + 1
