"""The tables of the ledger, from the bottom up."""

from ledger.models.accounts import Account, AccountBalance, Book, CreditLimit
from ledger.models.agreements import Agreement, AgreementLine, AgreementStep, Delivery, DeliveryItem
from ledger.models.claims import Claim, ClaimBalance
from ledger.models.jobs import Job
from ledger.models.journal import Closing, Entry, Event, Posting
from ledger.models.loading import LoadedRow, Upload, UploadRow
from ledger.models.reconciliation import Checkpoint, Finding, Reconciliation
from ledger.models.seals import Seal, SealedEvent, Verification, Witness
from ledger.models.units import Measure, Unit

__all__ = [
    "Account",
    "AccountBalance",
    "Agreement",
    "AgreementLine",
    "AgreementStep",
    "Book",
    "Checkpoint",
    "Claim",
    "ClaimBalance",
    "Closing",
    "CreditLimit",
    "Delivery",
    "DeliveryItem",
    "Entry",
    "Event",
    "Finding",
    "Job",
    "LoadedRow",
    "Measure",
    "Posting",
    "Reconciliation",
    "Seal",
    "SealedEvent",
    "Unit",
    "Upload",
    "UploadRow",
    "Verification",
    "Witness",
]
