"""Flour that was confirmed is contested, a federation's president advises, and both agree how it ends."""

import pytest

from ledger.models import Dispute
from tests import make
from tests.barters import accepted, bags
from tests.cast import Cast
from tests.journeys.conftest import Arrive

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "javascript", "width"), [("es-AR", False, 360), ("en", True, 1100)])
def test_from_the_first_word_to_the_end(cast: Cast, person: Arrive, language: str, javascript: bool, width: int):
    make.officer("Mirta", cast.federacion, office="president")
    delivery = bags(accepted(cast), cast)
    how = {"width": width, "javascript": javascript, "language": language}
    mirta = make.User.objects.get(name="Mirta")
    mario, ana, president = person(cast.mario, **how), person(cast.ana, **how), person(mirta, **how)

    mario.go(f"/coop/molino/barter/{delivery.agreement_id}/")
    mario.unfold("This was a mistake")
    mario.follow("The other side does not agree: contest it")
    mario.write("What happened, as you tell it", "Faltaban dos paquetes.")
    mario.press("Contest it")
    mario.sees("Noted. It stays as it is until both of you agree how the dispute ends.")

    here = f"disputes/{Dispute.objects.get().pk}/"
    ana.go("/coop/grafica/")
    ana.sees("%(who)s contests something. Tell your version.", who="Molino")
    ana.go(f"/coop/grafica/{here}")
    ana.write("What happened, as you tell it", "Salieron todos, contados.")
    ana.press("Tell it")
    president.go("/coop/federacion/")
    president.page.get_by_role("link", name="Bolsas por harina").click()
    president.write("What you advise them", "Cuenten juntos.")
    president.press("Save")

    ana.go(f"/coop/grafica/{here}")
    ana.unfold("Propose how it ends")
    ana.choose("How it should end", ana.read("It is undone"))
    ana.press("Propose it")
    mario.go(f"/coop/molino/{here}")
    mario.press("We agree")
    mario.sees("It has ended as both agree.")
    delivery.refresh_from_db()
    assert delivery.state == "reversed"
