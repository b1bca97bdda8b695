"""Co-production: write down who makes what for which part of the price, and write it anew.

Signing, asking for a change, refusing and withdrawing are those of any agreement (`agreements`); what happens then is
told in `stages`, `shared` and `settlements`. Whoever receives a solidarity levy agrees on it as a party of its own.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import agreements, endings, products, refusals
from ledger.actions.products import ProductTerms, StageTerms, plain
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.terms import AgreedInTheFuture, PartnerKeepsNoBook
from ledger.models.accounts import Book
from ledger.models.agreements import Agreement, AgreementParty, AgreementState
from ledger.models.coproductions import COPRODUCTION, CoproductionStage, CoproductionTerms
from ledger.models.history import Verb
from ledger.queries import shares
from network.actions import admissions
from network.errors import DomainError
from network.models.organizations import TIERS, Organization
from network.models.people import User

PARTIES_MAX = 12


class SeveralMakeIt(DomainError):
    """A co-production has at least two parties."""

    message = _("Several make one product: name at least two cooperatives, in the stages or as the one that invoices.")


class TooManyMakeIt(DomainError):
    """People still see through it."""

    message = _("At most %(most)s cooperatives make one product together. Split it.")


class TakesNoPart(DomainError):
    """Whoever proposes does something in it."""

    message = _("%(organization)s does no stage and does not invoice: it has nothing to agree on here.")


class FundTakesNoPart(DomainError):
    """A levy is for the network, and not for one of those who pay it."""

    message = _("%(organization)s cannot receive the levy: choose a federation or a network that makes no stage of it.")


class SomethingIsOpen(DomainError):
    """What was begun is finished before it ends."""

    message = _("The customer or one of you still owes something. It ends once that is settled.")


@transaction.atomic
def propose(
    *,
    key: uuid.UUID,
    proposer: Organization,
    terms: ProductTerms,
    stages: Sequence[StageTerms],
    by: User,
    on: dt.date,
) -> Agreement:
    """Write a co-production down and return it; the same key returns the first one.

    Those agree who do a stage, who leads and who receives the levy. It is a draft until an officer of the proposer
    signs it, at once where an officer writes it; it counts once all have.

    :raises NotForYouToDo: if the person is not of the proposer.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    :raises SeveralMakeIt, TooManyMakeIt, TakesNoPart: if those who agree are not right.
    :raises ProductIsIncomplete, StageIsIncomplete, SharesAreNotWhole, RateIsNotRight: if the terms are not.
    :raises LevyNeedsItsFund, FundTakesNoPart: if the levy is not.
    :raises AgreedInTheFuture: if the day of the agreement has not come.
    :raises PartnerKeepsNoBook, MayNotTrade: if one keeps no book or is not admitted.
    """
    agreements.require_log(by=by, organization=proposer, on=on)
    # Held, so that the same form sent twice at once is answered one after the other.
    book = Book.objects.select_for_update(of=("self",), no_key=True).filter(organization=proposer).first()
    if (earlier := _proposed_before(key, proposer, terms, stages)) is not None:
        return earlier
    if book is None:
        raise PartnerKeepsNoBook(organization=proposer.name)
    parties = _parties(proposer, terms, stages, on=on)
    agreement = Agreement.objects.create(
        key=key,
        kind=COPRODUCTION,
        proposer=proposer,
        unit_id=book.unit_id,
        is_pegged_to_goods=False,
        **terms.of_agreement(stages),
    )
    _write(agreement, parties, stages)
    with refusals.from_database():
        CoproductionTerms.objects.create(agreement=agreement, **terms.row())
    agreements.remember(agreement=agreement, verb=Verb.LOGGED, by=by, organization=proposer, on=on)
    if agreements.may_sign_at_once(agreement, by=by, on=on):
        agreements.write_signature(agreement, proposer, by=by, on=on)
    return agreement


def _proposed_before(
    key: uuid.UUID, proposer: Organization, terms: ProductTerms, stages: Sequence[StageTerms]
) -> Agreement | None:
    earlier = Agreement.objects.filter(key=key).select_related("coproduction").first()
    if earlier is None:
        return None
    written = getattr(earlier, "coproduction", None)
    told = {"proposer_id": proposer.pk, **terms.of_agreement(stages)}
    if (
        written is None
        or any(getattr(earlier, name) != value for name, value in told.items())
        or any(getattr(written, name) != value for name, value in terms.row().items())
        or list(earlier.stages.values_list("party", "what", "part", "due_on"))
        != [(stage.party.pk, plain(stage.what, 80), stage.part, stage.due_on) for stage in stages]
    ):
        raise KeyWasUsedForSomethingElse
    return earlier


@transaction.atomic
def revise(
    *, agreement: Agreement, terms: ProductTerms, stages: Sequence[StageTerms], by: User, on: dt.date
) -> Agreement:
    """Write the terms anew, as was asked for; whoever had signed signs again.

    :raises NotAtThisPoint: if all have already accepted, or it was refused.
    """
    agreement = agreements.locked(
        agreement, AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.CHANGES_ASKED
    )
    proposer = agreement.proposer
    agreements.require_log(by=by, organization=proposer, on=on)
    parties = _parties(proposer, terms, stages, on=on)
    for name, value in terms.of_agreement(stages).items():
        setattr(agreement, name, value)
    agreement.state = AgreementState.DRAFT
    agreement.save()
    agreement.parties.all().delete()
    agreement.stages.all().delete()
    _write(agreement, parties, stages)
    CoproductionTerms.objects.filter(agreement=agreement).update(**terms.row())
    agreements.remember(agreement=agreement, verb=Verb.REVISED, by=by, organization=proposer, on=on)
    if agreements.may_sign_at_once(agreement, by=by, on=on):
        agreements.write_signature(agreement, proposer, by=by, on=on)
    return agreement


def _write(agreement: Agreement, parties: Sequence[Organization], stages: Sequence[StageTerms]) -> None:
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, organization=each, number=number)
        for number, each in enumerate(parties, start=1)
    )
    CoproductionStage.objects.bulk_create(
        CoproductionStage(
            agreement=agreement,
            number=number,
            party=stage.party,
            what=plain(stage.what, 80),
            part=stage.part,
            due_on=stage.due_on,
        )
        for number, stage in enumerate(stages, start=1)
    )


def _parties(
    proposer: Organization, terms: ProductTerms, stages: Sequence[StageTerms], *, on: dt.date
) -> list[Organization]:
    """Return who agrees, the proposer first, once everything about them and about the terms is right."""
    products.check(terms, stages)
    making = list(dict.fromkeys([terms.lead, *(stage.party for stage in stages)]))
    if len(making) < 2:  # several
        raise SeveralMakeIt
    if len(making) > PARTIES_MAX:
        raise TooManyMakeIt(most=PARTIES_MAX)
    if proposer not in making:
        raise TakesNoPart(organization=proposer.name)
    fund = terms.fund
    if fund is not None and (fund in making or fund.kind not in TIERS):
        raise FundTakesNoPart(organization=fund.name)
    parties = list(dict.fromkeys([proposer, *making, *([fund] if fund else [])]))
    keeping = set(Book.objects.filter(organization__in=parties).values_list("organization", flat=True))
    for each in parties:
        if each.pk not in keeping:
            raise PartnerKeepsNoBook(organization=each.name)
    if terms.agreed_on > on:
        raise AgreedInTheFuture
    admissions.require_trade(*parties, on=on)
    return parties


@transaction.atomic
def end(*, agreement: Agreement, organization: Organization, reason: str, by: User, on: dt.date) -> Agreement:
    """End it today though less was invoiced than agreed, with a note; an officer of any of those who agree may.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises NotAtThisPoint, NotAParty: if it does not run, or runs among others.
    :raises ReasonIsMissing: if nothing is said.
    :raises SomethingWaits, SomethingIsOpen: if something waits, the customer owes something, or one of them does.
    """
    told: dict[str, Any] = {"organization": organization, "reason": reason, "by": by, "on": on}
    agreement = endings.begin(agreement=agreement, **told)
    if not shares.standing(agreement).is_quits:
        raise SomethingIsOpen
    return endings.finish(agreement=agreement, **told)
