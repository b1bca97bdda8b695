"""What is refused about paper vouchers, in sentences; `refusals` knows them with all others."""

from django.utils.translation import gettext_lazy as _

from network.errors import DomainError


class VoucherStays(DomainError):
    """What was printed is on paper."""

    message = _("A voucher that was printed stays as it is. Print another one, and void this one with a reason.")


class VoucherOfAnother(DomainError):
    """A voucher tells of what it was printed for, while it counts."""

    message = _("This voucher was printed for something else, or was voided. Nothing was written.")


class VoucherIsEntered(DomainError):
    """A voucher is entered once."""

    message = _("Voucher %(code)s was entered already: what it tells is on the page of its agreement.")


class VoucherIsVoid(DomainError):
    """Whoever voided it said why."""

    message = _("Voucher %(code)s was voided: “%(reason)s”. It can be entered no more.")


#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    "voucher_stays": VoucherStays,
    "voucher_of_another": VoucherOfAnother,
}
NO_RIGHT_ON: dict[str, type[DomainError]] = {"ledger_voucher": VoucherStays}
