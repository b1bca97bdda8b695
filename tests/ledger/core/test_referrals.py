"""The fee of a referral."""

from hypothesis import given
from hypothesis import strategies as st

from ledger.core.apportion import percentage
from ledger.core.referrals import FEE_MAX, Fee, fee


class TestFee:
    def test_five_per_cent_of_the_notebooks_and_its_vat(self):
        assert fee(before=0, amount=4_000_000_00, fee_rate=500, vat_rate=2100) == Fee(200_000_00, 42_000_00)

    def test_a_gift_is_free(self):
        assert fee(before=0, amount=4_000_000_00, fee_rate=0, vat_rate=None).owed == 0

    @given(
        amounts=st.lists(st.integers(1, 10**12), min_size=1, max_size=12),
        fee_rate=st.integers(0, FEE_MAX),
        vat_rate=st.sampled_from([None, 1050, 2100]),
    )
    def test_the_cents_of_many_invoices_make_those_of_one(self, amounts, fee_rate, vat_rate):
        rates = {"fee_rate": fee_rate, "vat_rate": vat_rate}
        parts = [fee(before=sum(amounts[:n]), amount=amount, **rates) for n, amount in enumerate(amounts)]

        assert Fee(sum(p.fee for p in parts), sum(p.vat for p in parts)) == fee(before=0, amount=sum(amounts), **rates)
        # What the database allows (`ledger/sql/*/91_referrals.sql`): less than a cent from its own share.
        for part, amount in zip(parts, amounts, strict=True):
            assert abs(part.fee - percentage(amount, basis_points=fee_rate)) <= 1
            assert abs(part.fee * 10_000 - amount * fee_rate) < 10_000
            assert abs(part.vat * 10_000 - part.fee * (vat_rate or 0)) < 10_000
