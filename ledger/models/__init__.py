"""The tables of the ledger, from the bottom up."""

from ledger.models.accounts import Account, AccountBalance, Book, CreditLimit, DayBalance
from ledger.models.agreements import Agreement, AgreementLine, AgreementParty
from ledger.models.assignments import Assignment
from ledger.models.balance_confirmations import AskedBalance, BalanceAnswer, BalanceConfirmation, BalanceExplanation
from ledger.models.cash_counts import CashCount
from ledger.models.claims import Claim, ClaimBalance
from ledger.models.clearing import ClearingRound, RoundClaim, RoundParty
from ledger.models.contributions import Contribution
from ledger.models.coproductions import CoproductionStage, CoproductionTerms, SharedAct, SharedPart, StageProgress
from ledger.models.credited import CreditAct
from ledger.models.deliveries import Delivery, DeliveryItem
from ledger.models.demurrage import DemurrageCharge, DemurrageRate
from ledger.models.disputes import Dispute
from ledger.models.economies import Classification
from ledger.models.findings import Finding, FindingStep
from ledger.models.flows import Flow
from ledger.models.funded import FundAct
from ledger.models.funds import Fund, FundDecision, FundLine, FundShare, FundTerms
from ledger.models.history import AgreementStep
from ledger.models.holds import Hold
from ledger.models.hosting import HostedCost, HostedPeriod, HostingTerms
from ledger.models.jobs import Job
from ledger.models.journal import Entry, Event, Posting
from ledger.models.loading import LoadedRow, Upload, UploadRow
from ledger.models.loans import LoanTerms
from ledger.models.machines import Machine, MachineBooking, MachineOwner, MachinePrice, MachineUse
from ledger.models.offers import ListedWord, Listing
from ledger.models.own_records import MatchPart, OwnRecord, RecordLine, RecordMatch
from ledger.models.purchases import (
    Purchase,
    PurchaseHandover,
    PurchasePart,
    PurchaseRequest,
    PurchaseTerms,
)
from ledger.models.reconciliation import Checkpoint, Reconciliation, ReconciliationPart
from ledger.models.referrals import ReferralShare, ReferralTerms, ReferredWork
from ledger.models.seals import Seal, SealedEvent, Verification, Witness
from ledger.models.sign_offs import SampledEntry, SignOff
from ledger.models.surplus import LawRate, SurplusDistribution
from ledger.models.thresholds import ApprovalThreshold
from ledger.models.toll_work import MaterialCost, MaterialMove, TollTerms
from ledger.models.units import Measure, Unit
from ledger.models.vouchers import Voucher
from ledger.models.years import Closing, YearBalance, YearClosing

__all__ = [
    "Account",
    "AccountBalance",
    "Agreement",
    "AgreementLine",
    "AgreementParty",
    "AgreementStep",
    "ApprovalThreshold",
    "AskedBalance",
    "Assignment",
    "BalanceAnswer",
    "BalanceConfirmation",
    "BalanceExplanation",
    "Book",
    "CashCount",
    "Checkpoint",
    "Claim",
    "ClaimBalance",
    "Classification",
    "ClearingRound",
    "Closing",
    "Contribution",
    "CoproductionStage",
    "CoproductionTerms",
    "CreditAct",
    "CreditLimit",
    "DayBalance",
    "Delivery",
    "DeliveryItem",
    "DemurrageCharge",
    "DemurrageRate",
    "Dispute",
    "Entry",
    "Event",
    "Finding",
    "FindingStep",
    "Flow",
    "Fund",
    "FundAct",
    "FundDecision",
    "FundLine",
    "FundShare",
    "FundTerms",
    "Hold",
    "HostedCost",
    "HostedPeriod",
    "HostingTerms",
    "Job",
    "LawRate",
    "ListedWord",
    "Listing",
    "LoadedRow",
    "LoanTerms",
    "Machine",
    "MachineBooking",
    "MachineOwner",
    "MachinePrice",
    "MachineUse",
    "MatchPart",
    "MaterialCost",
    "MaterialMove",
    "Measure",
    "OwnRecord",
    "Posting",
    "Purchase",
    "PurchaseHandover",
    "PurchasePart",
    "PurchaseRequest",
    "PurchaseTerms",
    "Reconciliation",
    "ReconciliationPart",
    "RecordLine",
    "RecordMatch",
    "ReferralShare",
    "ReferralTerms",
    "ReferredWork",
    "RoundClaim",
    "RoundParty",
    "SampledEntry",
    "Seal",
    "SealedEvent",
    "SharedAct",
    "SharedPart",
    "SignOff",
    "StageProgress",
    "SurplusDistribution",
    "TollTerms",
    "Unit",
    "Upload",
    "UploadRow",
    "Verification",
    "Voucher",
    "Witness",
    "YearBalance",
    "YearClosing",
]
