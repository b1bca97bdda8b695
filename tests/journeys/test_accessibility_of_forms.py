"""axe finds nothing to complain of on any form, empty or with errors, in either language, on a phone and on a desk."""

import pytest

from tests.journeys.world import World
from tests.network import access_sent_machines, access_sent_purchases

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


class TestForms:
    def test_empty_and_with_errors(self, world: World, inspector):
        ana, running = inspector(world.cast.ana), world.barters["running"].pk
        others = [book.organization.pk for book in (world.cast.molino, world.cast.textil)]
        forms = [
            "/coop/grafica/barter/new/",
            f"/coop/grafica/barter/{world.barters['proposed'].pk}/edit/",
            f"/coop/grafica/barter/{running}/deliver/",
            f"/coop/grafica/barter/{running}/pay/",
            f"/coop/grafica/barter/{running}/adjust/",
            f"/coop/grafica/barter/new/among/?with-1={others[0]}&with-2={others[1]}",
            "/coop/grafica/barter/load/",
            "/coop/grafica/offers/new/",
            "/coop/grafica/community/lend/",
            f"/coop/grafica/community/{world.hostings['running'].pk}/tell/",
            "/coop/grafica/community/gifts/new/",
            "/coop/grafica/community/gifts/work/",
            "/coop/grafica/toll/new/",
            *[f"/coop/grafica/toll/{world.tolls['running'].pk}/{part}/" for part in ("hand-over", "goods", "adjust")],
            f"/coop/grafica/toll/{world.tolls['working'].pk}/work/",
            f"/coop/grafica/toll/{world.tolls['draft'].pk}/edit/",
            "/coop/grafica/loans/new/",
            *[f"/coop/grafica/loans/{world.loans['running'].pk}/{part}/" for part in ("lend", "forgive", "adjust")],
            f"/coop/grafica/loans/{world.loans['owing'].pk}/give-back/",
            f"/coop/grafica/loans/{world.loans['draft'].pk}/edit/",
            "/coop/grafica/vouchers/enter/",
            f"/coop/grafica/vouchers/print/{world.barters['running'].pk}/",
            *[f"/coop/grafica/fund/{world.fund.pk}/{each}/" for each in ("levy", "gift")],
            f"/coop/grafica/fund/acts/{world.funded['owed'].pk}/pay/",
            "/coop/grafica/machines/new/",
            *[f"/coop/grafica/machines/{world.machines['running'].pk}/{part}/" for part in ("book", "price")],
            f"/coop/grafica/machines/booked/{access_sent_machines.to_tell(world)['pk']}/tell/",
            "/coop/grafica/purchases/new/",
            f"/coop/grafica/purchases/{world.purchases['running'].pk}/buy/",
            f"/coop/grafica/purchases/parts/{access_sent_purchases.to_hand_over(world)['pk']}/",
            *[f"/coop/grafica/credit/{each}/" for each in ("plus", "sale")],
            "/coop/grafica/customers/new/",
            f"/coop/grafica/customers/{world.referrals['draft'].pk}/edit/",
            f"/coop/grafica/customers/{world.referrals['received'].pk}/tell/",
            f"/coop/grafica/customers/{world.referrals['received'].pk}/pay/",
            "/reports/grafica/",
        ]

        among = "/coop/grafica/barter/new/among/"
        ana.visit(among, f"/coop/grafica/vouchers/sheet/{world.vouchers[0].sheet}/")
        ana.visit(f"{among}?with-1=", status=422)
        for form in forms:
            ana.visit(form)
            for box in ana.page.locator("main input[type=text], main input[type=date]").all():
                box.fill("" if box.get_attribute("type") == "date" else "?")
            with ana.page.expect_navigation():
                ana.page.locator("main form[method=post] button:not([name=more])").last.click()
            ana.inspect()

    def test_of_the_spreadsheet_and_of_jobs(self, world: World, inspector):
        ana = inspector(world.cast.ana)

        for upload in world.uploads:
            ana.visit(*(f"/coop/grafica/barter/load/{upload.pk}/{state}" for state in ("", "?state=ready")))
        ana.visit(*(f"/jobs/{job.pk}/" for job in world.jobs))
        ana.visit(*(f"/reports/grafica/{report.pk}/" for report in world.reports))

    def test_of_photos(self, world: World, inspector):
        ana, at = inspector(world.cast.ana), "/reports/grafica/open/photos/"

        ana.visit(at)
        ana.page.locator("main article details summary").first.click()
        ana.inspect()
        with ana.page.expect_navigation():
            ana.page.locator(f"main form[action='{at}'] button").click()
        ana.inspect()

    def test_of_balance_confirmations(self, world: World, inspector):
        asked = world.asked
        assert asked is not None
        at = f"/coop/{asked.body.code}/balances/"
        body, ana = inspector(asked.called_by), inspector(world.cast.ana)

        body.visit(at, f"{at}new/", f"{at}{asked.pk}/", f"{at}{asked.pk}/members/")
        ana.visit(f"/coop/grafica/balances/{asked.pk}/")
        ana.page.locator("main section details summary").first.click()
        ana.page.locator("main section details[open] input[type=text]").first.fill("?")
        with ana.page.expect_navigation():
            ana.page.locator("main section details[open] button").first.click()
        ana.inspect()

    def test_of_a_sign_off(self, world: World, inspector):
        silvia, ana, signed = inspector(world.cast.silvia), inspector(world.cast.ana), world.signed
        assert signed is not None
        at, period = "/coop/federacion/signoffs/", "starts_on=2023-01-01&ends_on=2023-12-31&count=3&seed=4821"

        silvia.visit(at, f"{at}new/", f"{at}{signed.pk}/", f"{at}new/?member=molino&{period}")
        with silvia.page.expect_navigation():
            silvia.page.locator("main form[method=post] button").last.click()
        silvia.inspect()
        silvia.visit(f"{at}new/?member=molino&count=x", status=422)
        ana.visit(f"/coop/grafica/signoffs/{signed.pk}/")
