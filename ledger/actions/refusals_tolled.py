"""What the database refuses about toll work, in sentences; `refusals` knows them with all others."""

from django.utils.translation import gettext_lazy as _

from network.errors import DomainError


class TolledByTwo(DomainError):
    """One works the material of another for a fee, part of which may be paid in goods."""

    message = _(
        "Toll work is agreed on by two: whose material it is, and who works it for a fee, of which goods pay a part or"
        " all."
    )


class TolledStays(DomainError):
    """What was agreed or told stays."""

    message = _("What was agreed or told of toll work is not changed. Undo it, and write it anew.")


class NotToMoveNow(DomainError):
    """Material is handed over by its owner, and leaves again by whoever works it, while the agreement runs."""

    message = _(
        "Material is handed over by whoever it belongs to, and what became of it is told by whoever works it, while the"
        " agreement runs."
    )


class MoreThanOnHand(DomainError):
    """Nothing is worked, lost or given back that is not there."""

    message = _(
        "That is more material than is on hand. What was handed over is confirmed first; then look at what was noted"
        " already."
    )


class MoreWasteThanAgreed(DomainError):
    """What is lost beyond the agreed waste whoever works the material makes good."""

    message = _(
        "That is more waste than was agreed on. Write as waste what was agreed, and make the rest good: hand back as"
        " much of your own, and write it with what you give back."
    )


class MoreThanToHandOver(DomainError):
    """No more is handed over than was agreed."""

    message = _("That is more material than was agreed on. Make a new agreement for the rest.")


class WorkedSince(DomainError):
    """What was handed over is not undone under what became of it."""

    message = _("Some of the material was worked or given back since. Undo that first.")


class PostedAsTold(DomainError):
    """Both books say what was told and confirmed."""

    message = _("What goes into the books is not what was told of the material. Nothing was written.")


class MaterialIsOpen(DomainError):
    """Toll work ends with nothing on hand and nothing owed."""

    message = _("Material is still on hand, or something is still owed: it is worked, given back or paid first.")


#: Where the program's role has no right: table → what the user reads.
NO_RIGHT_ON: dict[str, type[DomainError]] = {
    "ledger_materialcost": TolledStays,
    "ledger_materialmove": TolledStays,
}

#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    "tolled_by_two": TolledByTwo,
    "tolled_stays": TolledStays,
    "material_while_it_runs": NotToMoveNow,
    "material_on_hand": MoreThanOnHand,
    "waste_as_agreed": MoreWasteThanAgreed,
    "handed_as_agreed": MoreThanToHandOver,
    "worked_since": WorkedSince,
    "material_as_told": PostedAsTold,
    "toll_ends_clear": MaterialIsOpen,
}
