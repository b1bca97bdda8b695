"""Round Python: no more is lent than was agreed, only an assembly forgives, the books say what was told."""

import pytest

from ledger.actions import thresholds
from ledger.actions.lent import What
from ledger.actions.refusals_agreed import SignedByResolution
from ledger.actions.refusals_lent import (
    ForgivenByResolution,
    LentAsTold,
    LentByTwo,
    LentStays,
    LoanIsOpen,
    MoreIsGivenBack,
    MoreThanAgreedToLend,
)
from network.models import Resolution
from tests import make
from tests.barters import propose as barter
from tests.cast import Cast
from tests.lendings import (
    AGREED,
    accepted,
    flour,
    forgive,
    give_back,
    goods,
    lend,
    lent_out,
    money,
    propose,
    things,
)
from tests.plain_sql import is_stopped, run, stays

pytestmark = pytest.mark.django_db

CONFIRM = "UPDATE ledger_delivery SET state = 'confirmed', event_id = %s WHERE id = %s"


class TestTerms:
    def test_are_of_two_until_a_day_and_of_one_thing(self, cast: Cast):
        accept = "UPDATE ledger_agreement SET state = 'accepted' WHERE id = %s"
        for loan, wrong in (
            (money(cast), "UPDATE ledger_agreement SET due_on = NULL"),
            (money(cast), "UPDATE ledger_loanterms SET money = NULL"),
            (things(cast), "UPDATE ledger_loanterms SET money = 1"),
            (things(cast), "DELETE FROM ledger_agreementline"),
            # A loan is no sale.
            (things(cast), "UPDATE ledger_agreementline SET vat_rate = 2100"),
            (
                money(cast, back=goods("Bolsas", "UN", 1, 16_000_00, 2100)),
                "UPDATE ledger_agreementline SET value = 1652894",
            ),
        ):
            agreement = propose(cast, loan)
            run("UPDATE ledger_agreementparty SET signed_by_id = %s", cast.mario.pk)
            run(wrong)
            assert is_stopped(accept, agreement.pk) is LentByTwo
            run("UPDATE ledger_agreement SET state = 'refused'")
            run("DELETE FROM ledger_agreementline")
        terms = "INSERT INTO ledger_loanterms (agreement_id, lender_id, borrower_id) VALUES (%s, %s, %s)"
        sides = (cast.molino.organization_id, cast.grafica.organization_id)
        assert is_stopped(terms, barter(cast).pk, *sides) is LentByTwo

    def test_stay_once_both_have_signed(self, cast: Cast):
        accepted(cast, money(cast))
        for change in ("UPDATE ledger_loanterms SET money = 1", "DELETE FROM ledger_loanterms"):
            assert is_stopped(change) is LentStays

    def test_beyond_the_limit_both_sign_with_a_resolution(self, cast: Cast):
        propose(cast, money(cast))
        signed = "UPDATE ledger_agreementparty SET signed_by_id = %s, resolution_id = %s WHERE organization_id = %s"
        for book, by in ((cast.molino, cast.mario), (cast.grafica, cast.ana)):
            decided = make.resolution(book.organization)
            thresholds.set_threshold(book=book, amount=19_999_99, resolution=decided, by=by, on=AGREED, at=make.NOON)
            assert is_stopped(signed, by.pk, None, book.organization_id) is SignedByResolution
            stays(signed, by.pk, decided.pk, book.organization_id)


class TestActs:
    def test_no_more_is_lent_than_was_agreed(self, cast: Cast):
        for loan, change in (
            (money(cast), "UPDATE ledger_delivery SET money = 2000001 WHERE id = %s"),
            (things(cast), "UPDATE ledger_deliveryitem SET quantity = 1000001 WHERE delivery_id = %s"),
        ):
            told = lend(accepted(cast, loan), cast, loan.money or flour().quantity)
            run(change, told.pk)

            assert is_stopped(CONFIRM, make.sale(cast.molino).pk, told.pk) is MoreThanAgreedToLend

    def test_are_in_the_books_as_they_were_told(self, cast: Cast):
        agreement = accepted(cast, things(cast))
        lent_out(agreement, cast, 500_000)
        other = make.sale(cast.molino)
        for told in (
            lend(agreement, cast, 500_000),
            give_back(agreement, cast, What(quantity=100_000)),
            forgive(agreement, cast, What(quantity=100_000)),
        ):
            run("UPDATE ledger_deliveryitem SET value = 1, vat = 0 WHERE delivery_id = %s", told.pk)
            assert is_stopped(CONFIRM, other.pk, told.pk) is LentAsTold

    def test_only_the_lenders_assembly_forgives(self, cast: Cast):
        agreement = accepted(cast, money(cast))
        lent_out(agreement, cast, 20_000_00)
        told = forgive(agreement, cast, What(money=1))
        decide = "UPDATE ledger_delivery SET giver_resolution_id = %s WHERE id = %s"
        theirs: list[Resolution | None] = [None, make.resolution(cast.grafica.organization)]
        late = make.resolution(cast.molino.organization, on=make.DAY)

        for resolution in (*theirs, late):
            assert is_stopped(decide, resolution and resolution.pk, told.pk) is ForgivenByResolution
        paid = give_back(agreement, cast, What(money=1))
        assert is_stopped("UPDATE ledger_delivery SET act = 'forgiven' WHERE id = %s", paid.pk) is ForgivenByResolution

    def test_nobody_but_the_borrower_owes(self, cast: Cast):
        agreement = accepted(cast, money(cast))
        claim = (
            "INSERT INTO ledger_claim (creditor_id, debtor_id, unit_id, peg_id, agreement, opened_on)"
            " VALUES (%s, %s, %s, %s, %s, %s)"
        )
        rest = (cast.molino.unit_id, make.measure().pk, agreement.code, AGREED)

        assert is_stopped(claim, cast.grafica.pk, cast.molino.pk, *rest) is MoreIsGivenBack
        stays(claim, cast.molino.pk, cast.grafica.pk, *rest)

    def test_it_ends_with_nothing_owed(self, cast: Cast):
        agreement = accepted(cast, money(cast))
        lent_out(agreement, cast, 1)

        assert is_stopped("UPDATE ledger_agreement SET state = 'settled' WHERE id = %s", agreement.pk) is LoanIsOpen
