"""The whole of a barter, by two cooperatives in two browsers: from the first word to nothing owed."""

import pytest
from playwright.sync_api import Locator, expect

from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = "Bolsas por harina"
BAGS = {"es-AR": "unidades", "en": "units"}
FLOUR = {"es-AR": "kilogramos", "en": "kilograms"}


def write_line(
    person: Person, side: Locator, thing: str, quantity: str, unit: dict[str, str], value: str, vat: str
) -> None:
    person.write("Thing", thing, within=side)
    person.write("Quantity", quantity, within=side)
    person.choose("Unit", unit[person.language], within=side)
    person.write("Value in pesos, without VAT", value, within=side)
    person.choose("VAT", vat, within=side)


def log_story_1(ana: Person) -> None:
    """Log 60,000 bags at 21 % for 4,000 kg of flour at 10,5 %, pegged to goods."""
    point = "," if ana.language == "en" else "."
    ana.follow("Log a barter")
    ana.choose("With which cooperative", "Molino")
    ana.write("What it is about", TITLE)
    ours = ana.group("%(name)s gives", name="Gráfica")
    write_line(ana, ours, "Bolsas impresas", f"60{point}000", BAGS, f"1{point}200{point}000", "21 %")
    theirs = ana.group("The other cooperative gives")
    write_line(ana, theirs, "Harina 000", f"4{point}000", FLOUR, "1200000", "10,5 %")
    ana.page.get_by_label(ana.read("the goods: who owes 100 kg owes 100 kg, whatever the price")).check()
    ana.press("Save")
    ana.sees("Saved. Here is what you agreed.")


def open_barter(person: Person) -> None:
    """Open the barter from the first page on which it stands."""
    person.go("/")
    person.page.get_by_role("link", name=TITLE).first.click()
    person.page.wait_for_url("**/barter/*/")
    person.look_at_the_width()


def deliver(person: Person, thing: str, quantity: str, note: str) -> None:
    person.go("/")
    person.follow("Barters")
    person.follow(TITLE)
    person.follow("Log a delivery")
    person.write(thing, quantity)
    person.write("Delivery note (remito)", note)
    person.press("Log it")
    person.sees("Logged. It counts once the other side confirms that it received it.")


def confirm(person: Person) -> None:
    open_barter(person)
    person.press("Yes, we received this")
    person.sees("Confirmed. It is now in both books.")


def pay(person: Person, amount: str) -> None:
    person.go("/")
    person.follow("Barters")
    person.follow(TITLE)
    person.follow("Log a payment")
    person.write("Amount in pesos", amount)
    person.press("Log it")


def owes_nothing(person: Person) -> None:
    person.go("/")
    person.sees("Nothing waits for you.")
    person.sees("Nothing.", within=person.region("Owed to you"))
    person.sees("Nothing.", within=person.region("You owe"))


class TestBarter:
    def test_from_the_first_word_to_nothing_owed(self, cast: Cast, person: Arrive):
        ana, mario = person(cast.ana), person(cast.mario, width=360)

        self.agree_in_two_rounds(ana, mario)
        beto, nora = person(cast.beto), person(cast.nora, width=360)
        deliver(beto, "Bolsas impresas", "60.000", "R 0001-00000412")
        confirm(mario)
        expect(mario.region("What is owed now")).to_contain_text("4.000 kg")
        expect(mario.region("What is owed now")).to_contain_text("252.000,00")
        deliver(nora, "Harina 000", "2.000", "R 0002-00001034")
        confirm(ana)
        expect(ana.region("What is owed now")).to_contain_text("2.000 kg")

        self.reject_and_log_again(ana, nora)
        self.undo_the_last_delivery(ana, mario)
        deliver(nora, "Harina 000", "2.000", "R 0002-00001036")
        confirm(ana)
        pay(nora, "126.000")
        confirm(ana)

        ana.sees("Nothing: everything was delivered and paid.")
        for each in (ana, mario):
            self.reads_the_journal(each)
            owes_nothing(each)

    def agree_in_two_rounds(self, ana: Person, mario: Person) -> None:
        log_story_1(ana)
        mario.go("/")
        mario.sees("%(who)s proposes it to you.", within=mario.region("Waiting for you"), who="Gráfica")

        open_barter(mario)
        mario.unfold("Ask for a change, or refuse")
        mario.write("Reason", "Falta el acta que lo autoriza.")
        mario.press("Ask for a change")
        mario.sees("Sent back with what you asked for.")
        ana.go("/")
        ana.sees("%(who)s asks for a change.", within=ana.region("Waiting for you"), who="Molino")
        open_barter(ana)
        expect(ana.region("History")).to_contain_text("Falta el acta que lo autoriza.")
        ana.follow("Change the terms")
        expect(ana.page.get_by_label(ana.read("Quantity")).first).to_have_value("60.000")
        ana.write("Resolution that allows it", "Acta de consejo 31")
        ana.press("Save")
        open_barter(mario)
        mario.press("Accept for %(name)s", name="Molino")
        mario.sees("Accepted. Both sides can see it now.")

    def reject_and_log_again(self, ana: Person, nora: Person) -> None:
        deliver(nora, "Harina 000", "1.500", "R 0002-00001035")
        open_barter(ana)
        ana.unfold("It was not received so")
        ana.write("What is different?", "Llegaron 1.000 kg.")
        ana.press("Tell the other side")
        ana.sees("Noted as not received. The other side can read why and log it again.")
        deliver(nora, "Harina 000", "1.000", "R 0002-00001035")
        expect(nora.region("History")).to_contain_text("Llegaron 1.000 kg.")
        confirm(ana)

    def undo_the_last_delivery(self, ana: Person, mario: Person) -> None:
        mario.go("/")
        mario.follow("Barters")
        mario.follow(TITLE)
        mario.unfold("This was a mistake")
        mario.write("Why should it be undone?", "Ese remito era de otra entrega.")
        mario.press("Ask the other side to undo it")
        mario.sees("Asked. It is undone once the other side agrees.")
        open_barter(ana)
        ana.press("Agree and reverse it")
        ana.sees("Reversed with a new entry in both books.")
        expect(ana.region("What is owed now")).to_contain_text("2.000 kg")

    def reads_the_journal(self, someone: Person) -> None:
        someone.go("/")
        someone.follow("Journal")
        entries = someone.page.locator("tr.entry")
        # Bags, three times flour, one reversal, one payment.
        expect(entries).to_have_count(6)
        expect(entries.filter(has_text=someone.read("reversal"))).to_have_count(1)
        entries.first.get_by_role("link").click()
        someone.page.wait_for_url("**/journal/*/*/")
        someone.look_at_the_width()

    @pytest.mark.parametrize(("language", "javascript"), [("en", False), ("es-AR", True)])
    def test_in_short_on_a_narrow_screen(self, cast: Cast, person: Arrive, language: str, javascript: bool):
        point = "," if language == "en" else "."
        how = {"width": 360, "language": language, "javascript": javascript}
        ana, mario = person(cast.ana, **how), person(cast.mario, **how)

        log_story_1(ana)
        open_barter(mario)
        mario.press("Accept for %(name)s", name="Molino")
        deliver(ana, "Bolsas impresas", "60000", "R 1")
        confirm(mario)
        deliver(mario, "Harina 000", f"4{point}000", "R 2")
        confirm(ana)
        pay(mario, f"126{point}000")
        confirm(ana)

        for each in (ana, mario):
            owes_nothing(each)
            for section in ("Barters", "Journal", "Accounts", "Reports", "Network"):
                each.follow(section)
                each.go("/")

    def test_without_javascript_rows_are_added_and_nothing_written_is_lost(self, cast: Cast, person: Arrive):
        ana = person(cast.ana, width=360, javascript=False)

        ana.follow("Log a barter")
        ana.write("What it is about", TITLE)
        ana.write("Thing", "Bolsas impresas", within=ana.group("%(name)s gives", name="Gráfica"))
        ana.press("More rows")
        ana.press("Save")

        expect(ana.group("Row %(number)s", number=3)).to_have_count(2)
        expect(ana.page.get_by_label(ana.read("What it is about"))).to_have_value(TITLE)
        expect(ana.page.get_by_label(ana.read("Thing")).first).to_have_value("Bolsas impresas")
        ana.sees("Something is missing or not right: look at the fields marked below. What you wrote is kept.")
        ana.sees("Complete this, or empty the whole row.")
