"""The pages of assemblies and of the book of resolutions: for those who minute, who read, and who have no business."""

import pytest
from django.test import Client
from django.utils import timezone

from network.models import Assembly, Resolution
from network.models.assemblies import AssemblyState
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says

pytestmark = pytest.mark.django_db

HERE = "/coop/grafica/assemblies/"


def call(client: Client, **changes: str) -> Assembly:
    sent = {
        "kind": "ordinary",
        "held_on": timezone.localdate().isoformat(),
        "begins_at": "18:00",
        "place": "En la planta",
        "entitled": "45",
        "agenda": "Memoria y balance\nElección de síndico",
    } | changes
    assert client.post(f"{HERE}new/", sent).status_code == 302
    return Assembly.objects.latest("pk")


def meeting(client: Client, present: str = "30") -> Assembly:
    assembly = call(client)
    client.post(f"{HERE}{assembly.pk}/meet/", {"present": present})
    assembly.refresh_from_db()
    return assembly


def ballot(assembly: Assembly, **changes: str) -> dict[str, str]:
    return {
        "item": str(assembly.agenda.get(number=1).pk),
        "text": "Se aprueba la memoria.",
        "majority": "simple",
        "in_favour": "20",
        "against": "6",
        "abstentions": "4",
    } | changes


class TestLife:
    def test_from_the_call_to_the_minutes(self, cast: Cast):
        client = browser(cast.ana)
        assembly = meeting(client)

        said = client.post(f"{HERE}{assembly.pk}/vote/", ballot(assembly), follow=True)
        assert says(said, "Carried. It is %(act)s of the book of resolutions.", act="Acta 3")
        said = client.post(f"{HERE}{assembly.pk}/vote/", ballot(assembly, in_favour="6", against="20"), follow=True)
        assert says(said, "The motion was not carried.")
        said = client.post(f"{HERE}{assembly.pk}/close/", {"minutes": "Se leyó el acta."}, follow=True)

        for sentence in ("Called by %(name)s.", "Opened by %(name)s.", "Closed by %(name)s."):
            assert says(said, sentence, name="Ana")
        assert says(said, "The assembly is closed. Nothing in it changes any more.")
        assert "Se aprueba la memoria." in client.get("/coop/grafica/resolutions/").content.decode()
        assert "45" in client.get(HERE).content.decode()

    def test_without_quorum_it_lapses_and_says_so(self, cast: Cast):
        client = browser(cast.ana)
        assembly = call(client)

        said = client.post(f"{HERE}{assembly.pk}/meet/", {"present": "22"}, follow=True)

        assert says(said, "There is no quorum: the assembly lapses. Call another one.")
        assembly.refresh_from_db()
        assert assembly.state == AssemblyState.LAPSED

    def test_is_cancelled_before_its_day(self, cast: Cast):
        client = browser(cast.ana)
        assembly = call(client, held_on="2090-01-01")
        assert says(client.get(f"{HERE}{assembly.pk}/"), "On its day the assembly is opened here, with how many came.")

        said = client.post(f"{HERE}{assembly.pk}/cancel/", follow=True)
        assert says(said, "The assembly is cancelled.")
        assert says(said, "Cancelled by %(name)s.", name="Ana")
        said = client.post(f"{HERE}{assembly.pk}/cancel/", follow=True)
        assert says(said, "This assembly is no longer waiting to meet.")


class TestWhatIsWrong:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_more_votes_than_people_is_said_and_nothing_is_lost(self, cast: Cast, language: str):
        client = browser(cast.ana, language)
        assembly = meeting(client)

        said = client.post(f"{HERE}{assembly.pk}/vote/", ballot(assembly, in_favour="30"))

        assert says(
            said,
            "%(votes)s votes, but %(present)s people are present. Count again.",
            language=language,
            votes=40,
            present=30,
        )
        assert "Se aprueba la memoria." in said.content.decode()

    @pytest.mark.parametrize(
        "changes",
        [
            {"entitled": "0"},
            {"entitled": "9" * 30},
            {"entitled": "muchos"},
            {"held_on": "ayer"},
            {"agenda": " \n "},
            {"agenda": "x" * 400},
            {"kind": "fiesta"},
            {"begins_at": "25:99"},
            {"place": "\0"},
        ],
    )
    def test_a_wrong_call_is_shown_again(self, cast: Cast, changes: dict[str, str]):
        sent = {"kind": "ordinary", "held_on": "2026-05-04", "entitled": "45", "agenda": "Balance"} | changes

        said = browser(cast.ana).post(f"{HERE}new/", sent)

        assert said.status_code == 200
        assert not Assembly.objects.exists()

    @pytest.mark.parametrize("changes", [{"item": "99999"}, {"item": "x"}, {"against": "-1"}, {"in_favour": ""}])
    def test_a_wrong_vote_is_shown_again(self, cast: Cast, changes: dict[str, str]):
        client = browser(cast.ana)
        assembly = meeting(client)

        assert client.post(f"{HERE}{assembly.pk}/vote/", ballot(assembly, **changes)).status_code == 200
        assert not assembly.motions.exists()

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_what_somebody_else_closed_meanwhile_is_said_and_nothing_is_lost(self, cast: Cast, language: str):
        client = browser(cast.ana, language)
        assembly = meeting(client)
        client.post(f"{HERE}{assembly.pk}/close/", {"minutes": "Las de la presidenta."})

        for what, sent in (
            ("close", {"minutes": "Las mías."}),
            ("vote", ballot(assembly)),
            ("meet", {"present": "31"}),
        ):
            said = client.post(f"{HERE}{assembly.pk}/{what}/", sent)
            page = said.content.decode()
            assert says(said, "What you wrote was not saved", language=language)
            assert 'class="flash flash--error"' in page
            assert any(text in page for text in ("Las mías.", "Se aprueba la memoria.</textarea>", "31</textarea>"))

    def test_what_was_not_sent_leads_back(self, cast: Cast):
        client = browser(cast.ana)
        assembly = call(client)

        for what in ("meet", "cancel", "vote", "close"):
            assert client.get(f"{HERE}{assembly.pk}/{what}/").headers["location"] == "../"


class TestBook:
    def test_takes_over_from_paper(self, cast: Cast):
        sent = {"text": "Se fija la cuota.", "resolved_on": "2024-03-01", "paper": "Libro 1, folio 8"}

        said = browser(cast.ana).post("/coop/grafica/resolutions/", sent, follow=True)

        assert says(said, "It is %(act)s of this book.", act="Acta 3")
        assert "Libro 1, folio 8" in said.content.decode()

    def test_goes_on_from_a_number_of_the_paper_book(self, cast: Cast):
        operator = make.user("Olga")
        operator.is_staff = True
        operator.save()
        make.organization("nueva")
        sent = {"text": "x", "resolved_on": "2024-03-01", "paper": "y", "number": "148"}

        browser(operator).post("/coop/nueva/resolutions/", sent)

        assert Resolution.objects.get(organization__code="nueva").number == 148

    def test_asks_few_questions_of_a_long_book(self, cast: Cast, django_assert_max_num_queries):
        for _ in range(60):
            make.resolution(cast.grafica.organization)
        client = browser(cast.ana)
        client.get("/coop/grafica/resolutions/")

        with django_assert_max_num_queries(16):
            client.get("/coop/grafica/resolutions/")


class TestOutsiders:
    @pytest.mark.parametrize("page", [HERE, f"{HERE}new/", "/coop/grafica/resolutions/", "/coop/grafica/council/"])
    def test_see_nothing(self, cast: Cast, page: str):
        assert Client().get(page).status_code == 302
        for stranger in (cast.carla, cast.mario, make.user("Xul")):
            assert browser(stranger).get(page).status_code == 404

    def test_members_and_the_federations_auditor_read_and_write_nothing(self, cast: Cast):
        assembly = meeting(browser(cast.ana))

        for reader in (cast.beto, cast.silvia):
            client = browser(reader)
            assert client.get(f"{HERE}{assembly.pk}/").status_code == 200
            assert not says(client.get(f"{HERE}{assembly.pk}/"), "Note the vote")
            client.post(f"{HERE}{assembly.pk}/vote/", ballot(assembly))
            client.post(f"{HERE}{assembly.pk}/close/", {"minutes": "x"})
            client.post("/coop/grafica/resolutions/", {"text": "x", "resolved_on": "2024-03-01", "paper": "y"})
        assembly.refresh_from_db()
        assert assembly.state == AssemblyState.MEETING
        assert not assembly.motions.exists()
        assert cast.grafica.organization.resolutions.count() == 2

    def test_another_cooperatives_assembly_is_not_here(self, cast: Cast):
        assembly = call(browser(cast.ana))

        assert browser(cast.mario).get(f"/coop/molino/assemblies/{assembly.pk}/").status_code == 404
