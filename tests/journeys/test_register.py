"""An operator brings a register, repairs it and writes it; an officer tells the story of her cooperative. No script."""

from pathlib import Path

import pytest

from network.models import Organization
from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.network.register import file, operator, row

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_register_is_brought_on_a_phone(person: Arrive, cast: Cast, tmp_path: Path):
    brought = tmp_path / "registro.csv"
    brought.write_bytes(file(row("Vidriera Unida", city="Lanús"), row("Tornería", tax_id="1")))
    olga = person(operator(), width=360, javascript=False)

    olga.go("/network/")
    olga.follow("Bring a register")
    olga.page.locator("input[type=file]").set_input_files(brought)
    olga.press("Look at it")
    olga.page.locator("input[name='3.tax_id']").fill("30-99900006-8")
    olga.press("Save these rows and look again")
    olga.press("Write the rows that are ready into the register")

    assert Organization.objects.get(code="torneria").tax_id == "30999000068"
    olga.go("/network/?q=vidriera")
    olga.page.get_by_role("link", name="Vidriera Unida").click()
    olga.sees("Nobody has told its story yet.")


def test_an_officer_tells_the_story_of_her_cooperative(person: Arrive, cast: Cast):
    ana = person(cast.ana, width=360, javascript=False)

    ana.go("/network/grafica/")
    ana.follow("Add a milestone")
    ana.page.locator("select[name=kind]").select_option("occupation")
    ana.page.locator("input[name=happened]").fill("3/2002")
    ana.press("Save")
    ana.sees("Name the paper that shows it, or write a link: one of the two is needed.")
    ana.page.locator("input[name=paper]").fill("Acta 1")
    ana.press("Save")

    ana.sees("Workers in the plant")
