"""What a person may do with an agreement now: the page shows these buttons and no others."""

from dataclasses import dataclass

from ledger.models.agreements import AgreementState
from ledger.queries.agreements import Whole
from ledger.web.access import Desk


@dataclass(frozen=True, slots=True)
class May:
    """One flag a button. The actions themselves refuse by the same rules."""

    sign: bool
    answer: bool
    refuse: bool
    edit: bool
    deliver: bool
    pay: bool
    confirm: bool
    reject: bool
    ask_reversal: bool
    adjust: bool


def open_to(desk: Desk, whole: Whole) -> May:
    """Return what the person may do, by where the agreement stands and whom they speak for."""
    state = whole.agreement.state
    is_proposer = whole.agreement.proposer_id == desk.organization.pk
    before = {AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.CHANGES_ASKED}
    is_draft = state == AgreementState.DRAFT
    is_offer = state == AgreementState.PROPOSED and not whole.side(desk.organization).has_signed
    is_running = state == AgreementState.ACCEPTED
    has_run = state in {AgreementState.ACCEPTED, AgreementState.SETTLED}
    has_left = any(status.left for status in whole.side(desk.organization).lines)
    owes = any(debt.debtor.organization_id == desk.organization.pk for debt in whole.debts)
    return May(
        sign=desk.can_confirm and (is_offer or (is_draft and is_proposer)),
        answer=desk.can_log and is_offer,
        refuse=desk.can_confirm and is_offer,
        edit=desk.can_log and is_proposer and state in before,
        deliver=desk.can_log and is_running and has_left,
        pay=desk.can_log and is_running and owes,
        confirm=desk.can_confirm and is_running,
        reject=desk.can_log and is_running,
        ask_reversal=desk.can_confirm and has_run,
        adjust=desk.can_log and has_run,
    )
