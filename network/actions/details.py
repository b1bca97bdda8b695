"""Say in words what is wrong with what the register is told of an organization."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.core.organizations import Details, put_right
from network.errors import DomainError
from network.queries.register import FIELDS, PROBLEMS


class TaxIdIsWrong(DomainError):
    """The last digit of a CUIT checks the others; a NIT has from seven to twelve digits."""

    message = _("“%(tax_id)s” is not a CUIT: check its eleven digits.")


class DetailsAreWrong(DomainError):
    """Something that the register is told does not fit; `field` says where."""

    message = _("%(column)s: %(problem)s")

    def __init__(self, *, field: str, column: str | Promise, problem: str | Promise) -> None:
        """Keep the field beside the sentence."""
        super().__init__(column=column, problem=problem)
        self.field = field


def checked(details: Details) -> Details:
    """Return the details as they are kept.

    :raises TaxIdIsWrong: if the CUIT's check digit does not fit.
    :raises DetailsAreWrong: if anything else does not.
    """
    kept, problems = put_right(details)
    if problems.get("tax_id") == "wrong_cuit":
        raise TaxIdIsWrong(tax_id=details.tax_id)
    for field, problem in problems.items():
        raise DetailsAreWrong(field=field, column=FIELDS[field], problem=PROBLEMS[problem])
    return kept
