"""The page of the amount beyond which an agreement needs a resolution, and the form that asks for it."""

import pytest
from django.utils import timezone

from ledger.models import Agreement, ApprovalThreshold
from ledger.models.agreements import AgreementState
from tests import make
from tests.barters import propose
from tests.cast import Cast
from tests.ledger.actions.test_thresholds import limit
from tests.ledger.web.browser import LANGUAGES, browser, says

pytestmark = pytest.mark.django_db

HERE = "/coop/molino/threshold/"


class TestSet:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_an_amount(self, cast: Cast, language: str):
        client = browser(cast.mario, language)
        assert says(
            client.get(HERE), "The assembly has set no amount: the officers agree by themselves.", language=language
        )
        act = make.resolution(cast.molino.organization, on=timezone.localdate())

        said = client.post(HERE, {"amount": "500000", "resolution": act.pk}, follow=True)

        assert says(said, "It holds from now on. What was signed before stays signed.", language=language)
        assert ApprovalThreshold.objects.get().amount == 500_000_00

    @pytest.mark.parametrize("amount", ["nada", "-1", "0,001", "9" * 40])
    def test_refuses_what_is_none_and_keeps_it(self, cast: Cast, amount: str):
        act = make.resolution(cast.molino.organization)

        said = browser(cast.mario).post(HERE, {"amount": amount, "resolution": act.pk})

        assert said.status_code == 422
        assert f'value="{amount}"' in said.content.decode()

    def test_is_not_for_members(self, cast: Cast):
        act = make.resolution(cast.molino.organization)

        browser(cast.nora).post(HERE, {"amount": "1", "resolution": act.pk})

        assert not ApprovalThreshold.objects.exists()


class TestSign:
    def page(self, agreement: Agreement) -> str:
        return f"/coop/molino/barter/{agreement.pk}/"

    def test_asks_for_the_resolution_beyond_the_amount(self, cast: Cast):
        limit(cast.molino, 1)
        proposed, act = propose(cast), make.resolution(cast.molino.organization)
        client = browser(cast.mario)
        asked = "What you give is worth more than your officers may agree on by themselves."
        assert says(client.get(self.page(proposed)), asked)

        said = client.post(f"{self.page(proposed)}answer/", {"answer": "sign"}, follow=True)
        sentence = (
            "This is worth more than the officers of %(organization)s may agree on by themselves. Choose the"
            " resolution that allows it."
        )
        assert says(said, sentence, organization="Molino")

        client.post(f"{self.page(proposed)}answer/", {"answer": "sign", "resolution": act.pk})
        proposed.refresh_from_db()
        signed = proposed.parties.get(organization=cast.molino.organization)
        assert (proposed.state, signed.resolution) == (AgreementState.ACCEPTED, act)

    def test_asks_for_none_below_it(self, cast: Cast):
        said = browser(cast.mario).get(self.page(propose(cast)))

        assert 'name="resolution"' not in said.content.decode()
