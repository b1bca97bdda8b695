"""The way in: a second factor is set up and used, with an application and with a passkey; sessions are ended."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.utils import timezone
from playwright.sync_api import expect

from network.actions import second_factor
from network.actions.sessions import end_sessions
from network.models import User
from tests import make
from tests.cast import Cast
from tests.journeys.conftest import Arrive
from tests.journeys.people import Person
from tests.make import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

#: What a telephone has: it keeps passkeys and knows its owner's finger.
TELEPHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
NOT_USED = "The passkey was not used: it was cancelled, or this device does not have it. Try again, or use another way."


def give_a_telephone(person: Person) -> Any:
    """Let the browser have what keeps passkeys, as a telephone has it; return how to speak of it."""
    session = person.context.new_cdp_session(person.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": TELEPHONE})
    return session


def write_password(person: Person, user: User) -> None:
    person.page.locator("input[name=login]").fill(user.email)
    person.page.locator("input[name=password]").fill(PASSWORD)
    person.press("Log in", within=person.page.locator("main form").first)


class TestPasskey:
    def test_is_added_and_then_opens_by_itself(self, cast: Cast, person: Arrive):
        ana = person(cast.ana, width=360)
        give_a_telephone(ana)

        ana.follow("Ana")
        ana.follow("Second factor")
        ana.follow("Add a passkey")
        ana.prove()
        ana.page.locator("input[name=passwordless]").check()
        ana.press("Add the passkey")
        expect(ana.page).to_have_url(f"{ana.site}/accounts/2fa/recovery-codes/")
        ana.press("Log out")
        ana.go("/accounts/login/")
        ana.press("Log in with a passkey")

        expect(ana.page).to_have_url(f"{ana.site}/coop/grafica/")
        ana.go("/accounts/2fa/webauthn/")
        ana.look_at_the_width()

    def test_is_a_second_factor_beside_the_password(self, cast: Cast, person: Arrive):
        ana = person(cast.ana)
        give_a_telephone(ana)
        ana.go("/accounts/2fa/webauthn/add/")
        ana.prove()
        ana.press("Add the passkey")
        ana.press("Log out")

        ana.go("/accounts/login/")
        write_password(ana, cast.ana)
        ana.sees("Another way")
        ana.press("Use a passkey")

        expect(ana.page).to_have_url(f"{ana.site}/coop/grafica/")

    def test_that_is_not_there_is_told_on_the_page(self, cast: Cast, person: Arrive):
        nobody = person()
        nobody.go("/accounts/login/")

        nobody.page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new DOMException('no')) }")
        nobody.page.locator("#passkey_login").click()

        nobody.sees(NOT_USED)


class TestApplication:
    def test_is_set_up_by_an_officer_who_needs_it_and_then_asked_for(self, cast: Cast, person: Arrive):
        make.second_factor(president := make.officer("Pilar", cast.grafica.organization, office="president"))
        second_factor.decide(
            organization=cast.grafica.organization,
            is_required=True,
            by=president,
            on=timezone.localdate(),
            at=timezone.now(),
        )
        ana = person(cast.ana, width=360, javascript=False)

        ana.follow("Set up a second factor")
        ana.follow("Set up the application")
        ana.prove()
        secret = ana.page.locator("#authenticator_secret").input_value()
        ana.page.locator("input[name=code]").fill(code(secret))
        with ana.page.expect_navigation():
            ana.page.locator("main form button").first.click()
        assert Authenticator.objects.filter(user=cast.ana, type="totp").exists()
        ana.go("/coop/grafica/")
        expect(ana.page.get_by_text(ana.read("Set up a second factor"))).to_have_count(0)
        ana.press("Log out")

        ana.go("/")
        write_password(ana, cast.ana)
        ana.page.locator("input[name=code]").fill(code(secret, later=1))
        ana.press("Log in", within=ana.page.locator("main form").first)

        expect(ana.page).to_have_url(f"{ana.site}/coop/grafica/")


def code(secret: str, *, later: int = 0) -> str:
    """Return the six digits that the application shows; a code is good once, so the next ones come later."""
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + later)))


class TestSessions:
    def test_that_were_ended_lead_to_the_login_on_the_next_click(self, cast: Cast, person: Arrive):
        telephone, computer, beto = person(cast.ana, width=360), person(cast.ana), person(cast.beto)

        end_sessions(user=cast.ana)

        for each in (telephone, computer):
            each.follow("Journal")
            expect(each.page).to_have_url(f"{each.site}/accounts/login/?next=/coop/grafica/journal/")
        beto.follow("Journal")
        expect(beto.page).to_have_url(f"{beto.site}/coop/grafica/journal/")

    def test_are_listed_and_the_others_ended(self, cast: Cast, person: Arrive):
        telephone, computer = person(cast.ana, width=360), person(cast.ana)

        computer.follow("Ana")
        computer.follow("Where you are logged in")
        computer.press("End all others")
        telephone.follow("Journal")

        telephone.sees("The books of your cooperative, and what it exchanges with others.")


class TestTrace:
    def test_of_the_auditor_is_seen_by_the_cooperative(self, cast: Cast, person: Arrive):
        silvia, beto = person(cast.silvia), person(cast.beto, width=360)

        silvia.go("/coop/federacion/")
        silvia.follow("Gráfica")
        silvia.follow("Journal")
        beto.go("/network/grafica/")
        beto.follow("Who has looked at our books")

        expect(beto.page.get_by_role("row").filter(has_text="Silvia")).to_have_count(2)


class TestPolicy:
    def test_lets_every_page_work_without_a_word_in_the_console(self, cast: Cast, person: Arrive):
        nobody, ana = person(), person(cast.ana)
        nobody.go("/accounts/login/")
        ana.go("/accounts/2fa/webauthn/add/")
        ana.prove()
        pages = ["/", "/coop/grafica/", "/coop/grafica/barter/new/", "/reports/grafica/", "/me/", "/accounts/2fa/"]
        pages += ["/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/", "/accounts/sessions/"]

        for page in pages:
            ana.go(page)

        assert ana.problems + nobody.problems == []
        ana.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
        assert any("Content Security Policy" in problem for problem in ana.problems), "the listening itself works"
        ana.problems.clear()

    def test_lets_the_admin_work_too(self, cast: Cast, person: Arrive):
        root = person(User.objects.create_superuser("raiz@example.org", PASSWORD, name="Raquel"))

        for page in ("", "network/organization/", "network/user/", "network/user/add/", "ledger/event/"):
            root.go(f"/admin/{page}")
