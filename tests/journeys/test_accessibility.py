"""axe finds nothing to complain of on any page, for any role, in either language, on a phone and on a desk."""

import datetime as dt

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.utils import timezone
from django.utils.http import int_to_base36

from ledger.actions import demurrage, reminders
from ledger.models import Entry, Listing, Unit
from ledger.queries import duties as calendar
from network.actions import assemblies, duties, register, second_factor
from network.models.duties import CertificateKind
from tests import make, offers
from tests.journeys.addresses import pages_of
from tests.journeys.world import World
from tests.network.register import AT, ON, file, operator, row
from tests.network.web.test_organizations import told
from tests.papers import ISSUED

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


class TestDoor:
    def test_is_open_to_all(self, world: World, inspector):
        someone = inspector()
        ana = world.cast.ana
        key = f"{int_to_base36(ana.pk)}-{default_token_generator.make_token(ana)}"

        someone.visit("/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/")
        someone.visit("/accounts/password/reset/key/done/", "/accounts/signup/", "/accounts/inactive/")
        someone.visit(f"/accounts/password/reset/key/{key}/", "/accounts/password/reset/key/1-abc/")
        someone.visit("/nada/", status=404)
        someone.visit("/accounts/login/")
        someone.page.locator("input[name=login]").fill("nadie@example.org")
        someone.page.locator("input[name=password]").fill("mal")
        someone.page.locator("main form button").first.click()
        someone.page.wait_for_load_state("networkidle")
        someone.inspect()

    def test_of_the_pages_that_anybody_reads(self, world: World, inspector):
        inspector().visit("/open/", "/open/grafica/", "/verify/", f"/verify/{ISSUED}/")
        ana = inspector(world.cast.ana)
        ana.visit("/reports/grafica/open/", "/reports/grafica/open/photos/", "/reports/grafica/declared/")

    def test_of_ones_own_login(self, world: World, inspector):
        someone = inspector(world.cast.ana)

        someone.visit("/accounts/password/change/", "/accounts/logout/", "/accounts/email/")
        someone.visit("/accounts/reauthenticate/", "/accounts/2fa/", "/accounts/2fa/totp/activate/")
        someone.person.prove()
        someone.visit(
            "/accounts/2fa/totp/activate/",
            "/accounts/2fa/webauthn/",
            "/accounts/2fa/webauthn/add/",
            "/accounts/sessions/",
        )
        someone.visit("/me/", "/me/visits/")

    def test_of_whoever_has_a_second_factor(self, world: World, inspector):
        make.second_factor(world.cast.carla)
        someone = inspector(world.cast.carla)

        someone.inspect()
        someone.visit("/accounts/2fa/authenticate/")
        someone.page.locator("input[name=code]").fill("000000")
        someone.page.locator("main form button").first.click()
        someone.page.wait_for_load_state("networkidle")
        someone.inspect()

    def test_when_one_has_tried_too_often(self, world: World, inspector):
        someone = inspector()
        for _try in range(6):
            someone.page.goto(f"{someone.person.site}/accounts/login/")
            someone.page.locator("input[name=login]").fill("nadie@example.org")
            someone.page.locator("input[name=password]").fill("mal")
            with someone.page.expect_navigation():
                someone.page.locator("main form button").first.click()
        someone.person.sees("Too many tries")
        someone.inspect()

    def test_of_people_of_none_and_of_many(self, world: World, inspector):
        both = make.officer("Olga", world.cast.grafica.organization, office="secretary")
        make.Membership.objects.create(user=both, organization=world.cast.molino.organization, starts_on=make.DAY)

        inspector(make.user("Nadie")).visit("/")
        inspector(both).visit("/")


class TestPages:
    def test_of_the_cooperative_that_proposes(self, world: World, inspector):
        ana = inspector(world.cast.ana)

        ana.visit(*pages_of(world, "grafica"), "/network/", "/network/federacion/", "/network/grafica/")
        ana.visit("/coop/molino/", status=404)

    def test_of_assemblies_and_the_council(self, world: World, inspector):
        ana, grafica = inspector(world.cast.ana), world.cast.grafica.organization
        today = timezone.localdate()
        told = {"organization": grafica, "kind": "ordinary", "entitled": 45, "by": None, "on": today}
        called = assemblies.call(**told, held_on=today, agenda=["Balance"])
        met = assemblies.call(**told, held_on=today, agenda=["Memoria", "Elección"])
        assemblies.meet(assembly=met, present=30, is_second_call=False, by=None, on=today)
        later = assemblies.call(**told, held_on=today + dt.timedelta(days=9), agenda=["Balance"])

        ana.visit(*(f"/coop/grafica/assemblies/{each.pk}/" for each in (called, met, later)))
        ana.visit("/coop/grafica/assemblies/", "/coop/grafica/assemblies/new/", "/coop/grafica/resolutions/")
        ana.visit("/coop/grafica/council/", "/coop/grafica/council/rules/", "/tiers/?at=ayer")

    def test_of_what_the_network_decides(self, world: World, inspector):
        ana = inspector(world.cast.ana)

        ana.visit("/coop/grafica/people/", "/network/grafica/decide/", "/network/grafica/leave/")
        ana.visit("/coop/grafica/threshold/")
        ana.page.locator("main form button").last.click()
        ana.page.wait_for_load_state("networkidle")
        ana.inspect()

    def test_of_entries_of_ones_own(self, world: World, inspector):
        own = Entry.objects.get(book=world.cast.grafica, event__kind="own_entry")
        ana = inspector(world.cast.ana)

        ana.visit(f"/coop/grafica/journal/{own.year}/{own.number}/", "/coop/grafica/journal/new/")
        ana.page.locator("[name=rows-0-account]").select_option("5101")
        ana.page.locator("[name=rows-0-debit]").fill("700000")
        ana.page.locator("[name=rows-1-debit]").fill("x")
        ana.page.locator("main form button").last.click()
        ana.page.wait_for_load_state("networkidle")
        ana.person.sees("Something is missing or not right: look at the fields marked below. What you wrote is kept.")
        ana.inspect()
        inspector(world.cast.beto).visit("/coop/grafica/journal/new/")

    def test_of_duties(self, world: World, inspector):
        grafica, today = world.cast.grafica.organization, timezone.localdate()
        told = {"organization": grafica, "by": None, "on": today, "at": timezone.now()}
        for days in (-3, 20):
            duties.certify(
                **told,
                kind=CertificateKind.OTHER,
                name=f"Caldera {days}",
                issued_by="Municipalidad",
                valid_from=today - dt.timedelta(days=300),
                lapses_on=today + dt.timedelta(days=days),
            )
        report = next(each for each in calendar.calendar(grafica, on=today).overdue if each.duty.kind == "audit_report")
        ana = inspector(world.cast.ana)

        ana.visit(f"/coop/grafica/duties/{report.duty.key}/")
        duties.file(**told, duty=report.duty, presented_on=today, paper="Folio 3")
        reminders.remind(on=today, clock=timezone.now)
        ana.visit("/coop/grafica/duties/", "/coop/grafica/certificates/", "/coop/grafica/certificates/new/")
        ana.visit("/me/reminders/")
        inspector(world.cast.silvia).visit("/coop/federacion/duties/below/")

    def test_of_the_other_cooperative(self, world: World, inspector):
        inspector(world.cast.mario).visit(*pages_of(world, "molino"))

    def test_of_members_without_office(self, world: World, inspector):
        for user, code in ((world.cast.beto, "grafica"), (world.cast.nora, "molino")):
            pages = [page for page in pages_of(world, code) if "/barter/" in page]
            inspector(user).visit(f"/coop/{code}/", *pages)

    def test_of_the_register(self, world: World, inspector):
        told(world.cast)
        olga = operator()
        kept = register.upload(
            content=file(row("Bien"), row("Mal", tax_id="1")), file_name="registro.csv", by=olga, on=ON, at=AT
        )
        of_an_officer = ("", "edit/", "counts/add/", "milestones/add/")

        inspector(world.cast.ana).visit(*(f"/network/grafica/{page}" for page in of_an_officer))
        operators = inspector(olga)
        operators.visit("/network/", "/network/?q=nadie", "/register/new/", "/network/grafica/edit/", "/register/load/")
        operators.visit(f"/register/load/{kept.pk}/", f"/register/load/{kept.pk}/?state=ready")
        operators.visit("/network/nadie/", status=404)

    def test_of_offers_and_needs(self, world: World, inspector):
        beto, offered = inspector(world.cast.beto), Listing.objects.get(organization__code="molino", kind="offer")
        old = offers.publish(world.cast.grafica.organization, world.cast.beto, "need", "Tinta")
        places = (
            "",
            "?q=nada",
            "?far=1&kind=offer",
            "own/",
            "own/?show=closed",
            "new/",
            f"{offered.pk}/",
            f"{old.pk}/",
        )

        beto.visit(*(f"/coop/grafica/offers/{each}" for each in places))
        beto.visit(*(f"/coop/grafica/offers/{each.pk}/" for each in world.listings))
        beto.visit(f"/coop/grafica/offers/{old.pk}/edit/", f"/coop/grafica/barter/new/?listing={offered.pk}")

    def test_of_what_is_made_together(self, world: World, inspector):
        ana, running = inspector(world.cast.ana), f"/coop/grafica/coproductions/{world.products['running'].pk}/"

        ana.visit(*(f"{running}{each}/" for each in ("tell", "buy", "invoice", "collect", "settle", "pay")))
        ana.visit("/coop/grafica/coproductions/new/")
        ana.visit(f"/coop/grafica/coproductions/{world.products['draft'].pk}/edit/")
        for button in ("calculate", "more"):
            ana.page.locator(f"main form button[name={button}]").click()
            ana.page.wait_for_load_state("networkidle")
            ana.inspect()

    def test_of_what_is_given_to_the_community(self, world: World, inspector):
        ana, running = inspector(world.cast.ana), world.hostings["running"].pk
        code = world.hostings["running"].others(world.cast.grafica.organization)[0].code

        ana.visit(*(f"/coop/grafica/community/{each.pk}/" for each in world.hostings.values()))
        ana.visit(*(f"/coop/grafica/community/gifts/{each.pk}/" for each in world.gifts.values()))
        of_the_school = inspector(world.elsa)
        of_the_school.visit(f"/coop/{code}/", f"/coop/{code}/community/", f"/coop/{code}/community/{running}/")
        of_the_school.visit(
            *(f"/coop/{code}/community/gifts/{world.gifts[each].pk}/" for each in ("confirmed", "waiting"))
        )

    def test_of_disputes(self, world: World, inspector):
        ana = inspector(world.cast.ana)

        ana.visit(f"/coop/grafica/deliveries/{world.disputes['open'].delivery_id}/contest/")
        ana.page.locator("main form button").last.click()
        ana.page.wait_for_load_state("networkidle")
        ana.inspect()

    def test_of_shared_customers(self, world: World, inspector):
        ana, pages = inspector(world.cast.ana), "/coop/grafica/customers/"

        ana.visit(pages, f"{pages}work/", *(f"{pages}{each.pk}/" for each in world.referrals.values()))
        inspector(world.cast.carla).visit(f"/coop/textil/customers/{world.referrals['running'].pk}/")

    def test_of_a_networks_credit(self, world: World, inspector):
        mia = Unit.objects.get(code="MIA")
        rosa = make.officer("Rosa", mia.issuer.organization, office="secretary")
        decided = make.resolution(mia.issuer.organization)
        told = {"issuer": mia.issuer, "unit": mia, "resolution": decided, "by": rosa, "on": timezone.localdate()}
        demurrage.set_rate(basis_points=100, idle_days=60, **told)

        inspector(rosa).visit("/coop/red/credit/", f"/coop/red/credit/{mia.pk}/demurrage/")

    def test_of_the_federations_auditor(self, world: World, inspector):
        silvia = inspector(world.cast.silvia)
        running = world.barters["running"].pk

        silvia.visit("/coop/federacion/", "/coop/federacion/reconciliation/", "/reports/federacion/flows/")
        sides = f"{world.cast.grafica.organization.pk}/barter/{world.cast.molino.organization.pk}"
        silvia.visit("/coop/federacion/reconciliation/?severity=error&age=0", f"/reports/federacion/flows/{sides}/")
        silvia.visit("/coop/federacion/council/", "/coop/federacion/assemblies/", "/coop/grafica/council/")
        silvia.visit("/coop/grafica/", f"/coop/grafica/barter/{running}/", "/coop/grafica/journal/")
        assert world.batch is not None
        silvia.visit("/reports/federacion/batches/", f"/reports/federacion/batches/{world.batch.pk}/")
        silvia.visit("/me/visits/")
        inspector(world.cast.beto).visit("/network/grafica/visits/", "/network/grafica/second-factor/")

    def test_of_an_officer_who_lacks_the_second_factor(self, world: World, inspector):
        make.second_factor(president := make.officer("Pilar", world.cast.grafica.organization, office="president"))
        second_factor.decide(
            organization=world.cast.grafica.organization,
            is_required=True,
            by=president,
            on=timezone.localdate(),
            at=timezone.now(),
        )

        inspector(world.cast.ana).visit("/coop/grafica/", "/network/grafica/second-factor/")
