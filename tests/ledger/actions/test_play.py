"""Playing scenarios: all or nothing, twice as once, and every difference is told."""

import dataclasses
import re

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.actions import play
from ledger.actions.play import Played
from ledger.models import Agreement, Book, Delivery, Event
from network.models import Mandate, Organization, User
from tests import make
from tests.platform.house_rules import ROOT

pytestmark = pytest.mark.django_db

STORY = (ROOT / "docs" / "stories" / "bags-for-flour.yaml").read_text(encoding="utf-8")
REFUSED = (ROOT / "docs" / "stories" / "what-is-refused.yaml").read_text(encoding="utf-8")
YEAR = (ROOT / "docs" / "stories" / "surplus-of-the-year.yaml").read_text(encoding="utf-8")
METAL = """
title: A shop
steps:
  - {organization: metal, on: 2025-01-02, name: Metal, kind: recuperated_enterprise, book: ARS}
  - {person: Rosa, of: metal, office: treasurer}
  - own_entry: metal
    by: Rosa
    memo: A sale
    lines: [{debit: 1102, amount: 100.50}, {credit: 4101, amount: 100.50}]
"""


def played(text: str, *, file: str = "story.yaml", keep: bool = True, among_real_books: bool = False) -> Played:
    return play.play(file=file, text=text, keep=keep, among_real_books=among_real_books)


def counts() -> dict[str, int]:
    """Return how many rows each table of the program has."""
    models = [model for label in ("network", "ledger") for model in apps.get_app_config(label).get_models()]
    return {model.__name__: model._default_manager.count() for model in models}


class TestPlay:
    def test_makes_what_is_told(self):
        outcome = played(METAL)

        assert outcome.differences == outcome.said == []
        assert Organization.objects.get().is_fictional
        assert Mandate.objects.get().user.name == "Rosa"
        assert Event.objects.get().kind == "own_entry"
        (book,) = outcome.result.books
        assert [line.debit for line in book.balances] == ["100,50 ARS", ""]

    @pytest.mark.parametrize("story", [STORY, REFUSED, METAL])
    def test_twice_is_the_same_as_once(self, story: str):
        first = played(story)
        before = counts()

        again = played(story)

        assert counts() == before
        assert (first.is_again, again.is_again) == (False, True)
        assert again.result == first.result
        assert again.said == again.differences == []

    def test_keeps_nothing_where_it_is_only_tried(self):
        before = counts()

        outcome = played(STORY, keep=False)

        assert counts() == before
        assert outcome.result.books[0].entries

    def test_keeps_nothing_where_something_differs(self):
        before = counts()

        outcome = played(METAL + "  - {expect: balance, book: metal, account: 1102, amount: 100.49}\n")

        assert outcome.differences == ["Línea 10: metal 1102: se esperaba 100.49 ARS, y hay 100.50 ARS."]
        assert counts() == before

    def test_of_the_same_file_with_other_steps_is_refused(self):
        played(METAL)
        more = METAL + METAL[METAL.index("  - own_entry") :]

        for changed in (METAL.replace("100.50", "100.51"), METAL.replace("A sale", "Another"), more):
            with pytest.raises(play.PlayedOtherwise):
                played(changed)
        assert Event.objects.count() == 1

    def test_of_another_file_uses_who_is_there(self):
        played(METAL)

        outcome = played(METAL, file="other.yaml")

        assert outcome.said == ["Metal (metal) ya está: se usa como está."]
        assert (Organization.objects.count(), User.objects.count(), Event.objects.count()) == (1, 1, 2)

    def test_calls_agreements_by_their_names_in_the_story(self):
        heads = [entry.head for book in played(STORY).result.books for entry in book.entries]

        assert any("bags for flour" in head for head in heads)
        assert not any(Agreement.objects.get().code in head for head in heads)


class TestAmongRealBooks:
    def test_is_refused_unless_one_says_so(self):
        make.book("grafica")

        with pytest.raises(play.BooksAreReal):
            played(METAL)
        played(METAL, among_real_books=True)

        assert Book.objects.count() == 2

    def test_puts_nobody_made_up_into_a_real_organization(self):
        make.officer("Ana", make.book("metal").organization)

        outcome = played(METAL, among_real_books=True)
        theirs = played(METAL.replace("Rosa", "Ana"), among_real_books=True)

        assert "IsNotMadeUp" in outcome.differences[0]
        assert theirs.differences == []
        assert Event.objects.get().recorded_by.name == "Ana"
        assert User.objects.count() == 1

    def test_puts_nothing_made_up_into_a_real_federation(self):
        make.organization("federacion", kind="federation")
        there = "title: A shop\nsteps:\n  - {organization: federacion, on: 2025-01-02, name: F, kind: federation}\n"
        shop = "  - {organization: metal, name: Metal, kind: recuperated_enterprise, %s: federacion}\n"

        for how in ("belongs_to", "admitted_by"):
            (difference,) = played(there + shop % how, among_real_books=True).differences
            assert "IsNotMadeUp" in difference
        assert Organization.objects.count() == 1


class TestExpectations:
    """Each looks at what it says it looks at: the story with another figure differs there, and only there."""

    @pytest.mark.parametrize(
        ("written", "instead"),
        [
            ("account: 1301, amount: 0}", "account: 1301, amount: 1}"),
            (
                "amount: 600000, quantity: 2000 KG}\n  - {expect: claim",
                "amount: 600000, quantity: 2001 KG}\n  - {expect: claim",
            ),
            ("peg: ARS, amount: 189000}", "peg: ARS, amount: 189000.01}"),
            ("{credit: 1303, amount: 700000}\n\n", "{credit: 1303, amount: 700001}\n\n"),
            ("      - {credit: 2103, amount: 252000}\n", ""),
            ("amount: 1200000, quantity: 60000 UN}", "amount: 1200000, quantity: 6000 UN}"),
            (
                "{debit: 1202, with: molino, peg: ARS, amount: 252000}",
                "{debit: 1202, with: molino, peg: KG harina 000, amount: 252000}",
            ),
            ("  - expect: nothing_owed", "  - {expect: entry, book: molino, lines: [{debit: 1102, amount: 1}]}"),
        ],
    )
    def test_differ_from_another_figure(self, written: str, instead: str):
        assert STORY.count(written) == 1

        (difference,) = played(STORY.replace(written, instead)).differences

        assert difference.startswith("Línea ")

    def test_look_at_memo_accounts_in_their_own_unit(self):
        lent = """
  - own_entry: metal
    by: Rosa
    memo: Room hours
    lines: [{debit: 9201, amount: 204}, {credit: 9202, amount: 204}]
  - expect: entry
    book: metal
    lines: [{debit: 9201, amount: 204}, {credit: 9202, amount: 204}]
  - {expect: balance, book: metal, account: 9201, amount: 204}
  - {expect: balance, book: metal, account: 9201, unit: ARS, amount: 0}
"""

        assert played(METAL + lent).differences == []

    def test_tell_what_is_still_owed(self):
        story = (
            STORY[: STORY.index("  # The rest of the flour")]
            + "  - {expect: nothing_owed, between: [grafica, molino]}\n"
        )

        (difference,) = played(story).differences

        assert "molino → grafica 800000.00 KG harina 000; molino → grafica 189000.00 ARS" in difference

    def test_tell_a_refusal_that_was_not_told_and_stop(self):
        outcome = played(REFUSED.replace("things: 30001 UN bolsas, refusal: MoreThanIsLeft", "things: 30001 UN bolsas"))

        (difference,) = outcome.differences
        assert "MoreThanIsLeft" in difference
        assert "deliver" in difference

    def test_tell_a_refusal_that_did_not_come(self):
        outcome = played(METAL.replace("memo: A sale", "memo: A sale\n    refusal: EntryDoesNotBalance"))

        assert outcome.differences == [
            "Línea 6: own_entry: tenía que rechazarse como EntryDoesNotBalance, y no se rechazó."
        ]

    def test_tell_another_refusal_than_was_told(self):
        story = METAL.replace("memo: A sale", "memo: A sale\n    refusal: DebtsAreAgreed").replace("4101", "9999")

        (difference,) = played(story).differences

        assert "NotInTheChart" in difference


class TestNames:
    @pytest.mark.parametrize(
        ("written", "instead", "said"),
        [
            ("by: Rosa", "by: Rossa", "¿Quisiste decir «Rosa»?"),
            ("own_entry: metal", "own_entry: mettal", "¿Quisiste decir «metal»?"),
            ("own_entry: metal", "own_entri: metal", "¿Quisiste decir «own_entry»?"),
            ("memo: A sale", "meno: A sale", "¿Quisiste decir «memo»?"),
            ("100.50}, {credit", "100.505}, {credit", "más decimales"),
            ("amount: 100.50}]", "amount: 100.50, quantity: 5 KGS bolsas}]", "¿Quisiste decir «KG»?"),
            (", book: ARS", "", "metal no lleva libro"),
            ("{debit: 1102,", "{debit: 1102, credit: 1102,", "lines"),
        ],
    )
    def test_that_stand_for_nothing_are_told_with_the_line(self, written: str, instead: str, said: str):
        with pytest.raises(play.ScenarioCannotBeRead, match=r"^Línea [4-9]: ") as refusal:
            played(METAL.replace(written, instead, 1))

        assert said in str(refusal.value)
        assert not Organization.objects.exists()

    def test_stand_for_one_thing_only(self):
        other = "  - {organization: textil, name: Textil, kind: worker_cooperative}\n  - {person: Rosa, of: textil}\n"

        with pytest.raises(play.ScenarioCannotBeRead, match="«Rosa» ya es otra cosa"):
            played(METAL + other)

    def test_of_things_that_are_not_in_the_agreement_are_told(self):
        with pytest.raises(play.ScenarioCannotBeRead, match="Quisiste decir «UN bolsas impresas»"):
            played(STORY.replace("things: 60000 UN bolsas impresas", "things: 60000 UN bolsas"))


ODD = (
    *("x", "a b", "Ñandú 日本 🌾", "x" * 60, "'", "%(x)s", "-1", "0", "0.001", "9" * 19, "0001-01-01", "9999-12-31"),
    *("ARS", "KG", "0 KG x", "9999999999999999 KG harina 000", "1102", "{}", "[]", "[[x]]", "~", "12", "2999"),
)


class TestAnything:
    """Whatever stands in a field, there is an answer: a sentence or a difference, and never an error of the program."""

    @pytest.mark.parametrize("story", [STORY, REFUSED, YEAR], ids=["barter", "refused", "year"])
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_in_a_field_has_an_answer(self, db: None, story: str, data: st.DataObject):
        values = list(re.finditer(r"(?<=: )[^\s{\[][^,}\n]*", story))
        place = data.draw(st.sampled_from(values))
        odd = data.draw(st.sampled_from(ODD))

        def answers() -> list[str]:
            try:
                return played(story[: place.start()] + odd + story[place.end() :], keep=False).differences
            except play.ScenarioCannotBeRead as refusal:
                return [str(refusal)]

        assert all(answer.startswith("Línea ") for answer in answers())


class TestVocabulary:
    def test_declares_each_field_with_a_sentence(self):
        for kind in play.VOCABULARY.values():
            assert kind.__doc__
            for field in dataclasses.fields(kind):
                assert "says" in field.metadata or field.name in {"line", "number", "on"}, (kind, field.name)

    def test_is_what_the_documentation_says(self):
        documentation = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
        marker = "a test compares. -->\n\n"

        written = documentation[documentation.index(marker) + len(marker) :]

        assert written == "\n".join(play.vocabulary()) + "\n", "Print it anew: ./trama manage play --vocabulary"

    def test_of_the_example_in_the_documentation_is_played_to_its_end(self):
        documentation = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
        example = documentation.split("```yaml\n")[1].split("```")[0]

        assert played(example).differences == []
        assert Delivery.objects.filter(state="confirmed").count() == 3
