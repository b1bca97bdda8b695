"""Where a scenario is played: who and what its names stand for, and what a step can ask."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, TypeVar

from django.db.models import Model

from ledger.core.scenarios import Problem, ScenarioIsUnreadable, Step, meant, told
from ledger.core.shapes import NAME, Kept
from ledger.core.units import to_minor
from ledger.models.accounts import Book
from ledger.models.units import Measure, Unit
from network.models.organizations import Organization
from network.models.people import User

AnyModel = TypeVar("AnyModel", bound=Model)
_KEYS = uuid.UUID("1f0c9c35-6d0e-4a53-9a0b-6a6f0f6f2f7e")


@dataclass
class Stage:
    """What was played so far."""

    #: The file's name: keys follow from it and from the number of the step.
    file: str
    #: Everything was played here before: what it made is looked for, and nothing is made.
    is_again: bool = False
    said: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    #: Whose member somebody is, by the number of the person.
    homes: dict[int, Organization] = field(default_factory=dict)
    _named: dict[type[Model], dict[str, Model]] = field(default_factory=dict)

    def keep(self, name: str, thing: Model, step: Step) -> None:
        """Let a name stand for a thing from now on.

        :raises ScenarioIsUnreadable: if it stands for another one already.
        """
        if not name:
            return
        if self._named.setdefault(type(thing), {}).get(name, thing) != thing:
            raise ScenarioIsUnreadable(Problem.NAME_TAKEN, step.line, word=name)
        self._named[type(thing)][name] = thing

    def get(self, kind: type[AnyModel], name: str, step: Step) -> AnyModel:
        """Return what a name stands for.

        :raises ScenarioIsUnreadable: if no step before has made something of that name.
        """
        found = self._named.get(kind, {})
        if name not in found:
            raise ScenarioIsUnreadable(Problem.UNKNOWN_NAME, step.line, word=name, meant=meant(name, found))
        thing = found[name]
        assert isinstance(thing, kind)  # noqa: S101  # kept under its own type
        return thing

    def get_any(self, kinds: Sequence[type[AnyModel]], name: str, step: Step) -> AnyModel:
        """Return what a name stands for, of whichever of some kinds it is; the first, where there are several.

        :raises ScenarioIsUnreadable: if no step before has made something of that name.
        """
        kind = next((kind for kind in kinds if name in self._named.get(kind, {})), None)
        if kind is not None:
            return self.get(kind, name, step)
        known = [each for kind in kinds for each in self._named.get(kind, {})]
        raise ScenarioIsUnreadable(Problem.UNKNOWN_NAME, step.line, word=name, meant=meant(name, known))

    def all_of(self, kind: type[AnyModel]) -> dict[str, AnyModel]:
        """Return everything of a kind, by name."""
        return {name: thing for name, thing in self._named.get(kind, {}).items() if isinstance(thing, kind)}

    def person(self, name: str, step: Step) -> User:
        """Return somebody of the cast."""
        return self.get(User, name, step)

    def organization(self, code: str, step: Step) -> Organization:
        """Return an organization of the cast."""
        return self.get(Organization, code, step)

    def side(self, code: str, person: User, step: Step) -> Organization:
        """Return the organization that is named, else the one that the person is a member of."""
        return self.organization(code, step) if code else self.homes[person.pk]

    def book(self, code: str, step: Step) -> Book:
        """Return the book of an organization of the cast."""
        organization = self.organization(code, step)
        found = Book.objects.select_related("organization", "unit").filter(organization=organization).first()
        if found is None:
            raise ScenarioIsUnreadable(Problem.NO_BOOK, step.line, word=code)
        return found

    def key(self, step: Step) -> uuid.UUID:
        """Return the key of what a step makes."""
        return uuid.uuid5(_KEYS, f"{self.file} {step.number}")

    def unit(self, code: str, step: Step) -> Unit:
        """Return the unit of that code."""
        found = Unit.objects.filter(code=code).first()
        if found is None:
            codes = Unit.objects.values_list("code", flat=True)
            raise ScenarioIsUnreadable(Problem.UNKNOWN_NAME, step.line, word=code, meant=meant(code, codes))
        return found

    def measure(self, kept: Kept, step: Step) -> Measure | None:
        """Return the measure in which a debt keeps its value; none where nothing was ever measured so."""
        return Measure.objects.filter(unit=self.unit(kept.unit, step), thing=kept.thing.lower()).first()

    def minor(self, number: Decimal, unit: Unit, step: Step) -> int:
        """Return a decimal number as minor units."""
        try:
            return to_minor(number, scale=unit.scale)
        except ValueError:
            raise ScenarioIsUnreadable(
                Problem.TOO_FINE, step.line, word=str(number), unit=unit.code, scale=str(unit.scale)
            ) from None


@dataclass(frozen=True, kw_only=True)
class Play(Step):
    """A step that can be played."""

    #: What it makes under its own key: played again, that is found, and nothing else is done.
    makes: ClassVar[type[Model] | None] = None
    #: It says who there is: played again, it finds them.
    is_cast: ClassVar[bool] = False

    def play(self, stage: Stage) -> None:
        """Do what the step says, through the actions that the pages use."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Act(Play):
    """What somebody does."""

    by: str = told(NAME, "Who does it: a person of the cast.")
    refusal: str = told(NAME, "The step is refused, by this name; nothing comes of it.", default="")

    def play(self, stage: Stage) -> None:
        self.act(stage, stage.person(self.by, self))

    def act(self, stage: Stage, by: User) -> None:
        """Do it for that person."""
        raise NotImplementedError


def day_of(told_day: dt.date | None, step: Step) -> dt.date:
    """Return the day of the fact: the one that is told, else that of the step."""
    return told_day or step.on
