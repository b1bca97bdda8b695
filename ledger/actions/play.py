"""Play a scenario: dated steps in the words of the actions, all of them or none, and look whether it ends as told."""

from dataclasses import dataclass
from itertools import chain

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ledger.actions.plays import (
    answers,
    barter,
    books,
    cast,
    community,
    coproductions,
    credit,
    disputes,
    expectations,
    fund,
    loans,
    machines,
    purchases,
    referrals,
    toll_work,
)
from ledger.actions.plays.stage import Act, Play, Stage
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.core import scenarios
from ledger.core.play import Result
from ledger.core.scenarios import Problem, Scenario, ScenarioIsUnreadable
from ledger.core.vocabulary import markdown
from ledger.models.agreements import Agreement
from ledger.models.contributions import Contribution
from ledger.models.credited import CreditAct
from ledger.models.funded import FundAct
from ledger.queries import play as left
from network.errors import DomainError
from network.models.organizations import Organization

#: Verb → what it is. A kind of exchange is a module of `plays` with its steps, and its name here.
VOCABULARY: dict[str, type[Play]] = {
    each.verb: each
    for each in chain(
        *(cast.STEPS, books.STEPS, barter.STEPS, referrals.STEPS, coproductions.STEPS, toll_work.STEPS, loans.STEPS),
        *(purchases.STEPS, machines.STEPS),
        *(credit.STEPS, fund.STEPS, disputes.STEPS, answers.STEPS, community.STEPS, expectations.STEPS),
    )
}

#: What is wrong with a file → what the reader reads, after the number of the line.
SENTENCES = {
    Problem.NOT_YAML: _("this is no YAML (%(said)s)."),
    Problem.REFERENCE: _("anchors, references and deep nesting have no place in a scenario: write it out."),
    Problem.NOT_A_SCENARIO: _("a scenario has a “title” and a list of “steps”."),
    Problem.NOT_A_STEP: _("a step begins with what is done, then its fields, each with a name."),
    Problem.UNKNOWN_STEP: _("there is no step “%(word)s”. Did you mean “%(meant)s”?"),
    Problem.UNKNOWN_FIELD: _("“%(of)s” has no field “%(word)s”. Did you mean “%(meant)s”?"),
    Problem.UNKNOWN_NAME: _("nothing before is called “%(word)s”. Did you mean “%(meant)s”?"),
    Problem.NAME_TAKEN: _("“%(word)s” is something else already. Give it another name."),
    Problem.FIELD_TWICE: _("“%(word)s” stands twice in one step."),
    Problem.FIELD_MISSING: _("“%(of)s” needs the field “%(word)s”."),
    Problem.WRONG_SHAPE: _("“%(of)s” is not as it should be: “%(text)s”. It is written like this: %(example)s"),
    Problem.NO_BOOK: _("%(word)s keeps no book."),
    Problem.TOO_FINE: _("%(word)s has more decimals than %(unit)s are counted with (%(scale)s)."),
    Problem.NO_DAY_YET: _("the first step names its day: “on: 2023-11-20”."),
    Problem.DAY_GOES_BACK: _(
        "%(day)s is before %(before)s, the day of the step before. What happened earlier and is noted later says so in"
        " “happened”."
    ),
}
#: The same where nothing is like what was written.
WITHOUT_GUESS = {
    Problem.UNKNOWN_STEP: _("there is no step “%(word)s”. docs/scenarios.md names them all."),
    Problem.UNKNOWN_FIELD: _("“%(of)s” has no field “%(word)s”. It has: %(names)s."),
    Problem.UNKNOWN_NAME: _("nothing before is called “%(word)s”."),
}


class ScenarioCannotBeRead(DomainError):
    """A scenario is read whole before anything is played; what it names is there."""

    message = _("Line %(line)s: %(problem)s")


class BooksAreReal(DomainError):
    """Made-up facts do not get among real ones by accident."""

    message = _(
        "This database holds organizations that are not made up. Play the scenario elsewhere, or say that it is to be"
        " played here all the same."
    )


class PlayedOtherwise(DomainError):
    """A file stands for the same facts each time."""

    message = _(
        "A scenario of this file name was played here before, with other steps. Play it into another database, or under"
        " another name."
    )


def vocabulary() -> list[str]:
    """Return the lines of docs/scenarios.md that tell of each step."""
    return list(markdown(VOCABULARY.values()))


@dataclass(frozen=True, slots=True)
class Played:
    """How it went."""

    title: str
    #: What was there already and is used as it is.
    said: list[str]
    #: What did not come as it was told; if anything, nothing is kept.
    differences: list[str]
    #: Whether everything was played here before, so that nothing has changed.
    is_again: bool
    result: Result


def play(*, file: str, text: str, keep: bool, among_real_books: bool) -> Played:
    """Play a scenario as one transaction, and return how it went; with a difference, or `keep` false, nothing is kept.

    `file` is its name without folders: keys follow from it, so that twice is the same as once.

    :raises ScenarioCannotBeRead: if something in it cannot be read, or a name stands for nothing.
    :raises BooksAreReal: if there are organizations that are not made up, and it was not said to play among them.
    :raises PlayedOtherwise: if the file was played here before with other steps.
    """
    try:
        scenario = scenarios.read(text, VOCABULARY)
        with transaction.atomic():
            played = _play(scenario, file, among_real_books=among_real_books)
            transaction.set_rollback(bool(played.differences) or not keep)
    except ScenarioIsUnreadable as problem:
        raise ScenarioCannotBeRead(line=problem.line, problem=_sentence(problem)) from None
    return played


def _sentence(problem: ScenarioIsUnreadable) -> str:
    guesses = problem.values.get("meant") or problem.problem not in WITHOUT_GUESS
    sentence = (SENTENCES if guesses else WITHOUT_GUESS)[problem.problem]
    return str(sentence) % problem.values


def _play(scenario: Scenario, file: str, *, among_real_books: bool) -> Played:
    if not among_real_books and Organization.objects.filter(is_fictional=False).exists():
        raise BooksAreReal
    stage = Stage(file=file)
    steps: list[Play] = scenario.steps
    stage.is_again = _was_played(steps, stage)
    for step in steps:
        if stage.is_again and not _is_looked_for(step):
            continue
        if not _goes_as_told(step, stage):
            break
    # What is numbered as it comes goes by its name: the number depends on what was there before.
    names = {agreement.code: name for name, agreement in stage.all_of(Agreement).items()}
    names |= {gift.code: name for name, gift in stage.all_of(Contribution).items()}
    names |= {act.code: name for name, act in stage.all_of(CreditAct).items()}
    names |= {act.code: name for name, act in stage.all_of(FundAct).items()}
    return Played(
        title=scenario.title,
        said=[] if stage.is_again else stage.said,
        differences=stage.differences,
        is_again=stage.is_again,
        result=left.result(
            organizations=list(stage.all_of(Organization).values()),
            starts_on=steps[0].on,
            ends_on=steps[-1].on,
            names=names,
        ),
    )


def _was_played(steps: list[Play], stage: Stage) -> bool:
    """Say whether everything that the file makes is there.

    :raises PlayedOtherwise: if only some of it is.
    """
    keys: dict[type[Model], list[object]] = {}
    for step in steps:
        if step.makes is not None and not _refusal(step):
            keys.setdefault(step.makes, []).append(stage.key(step))
    there = sum(kind._default_manager.filter(key__in=found).count() for kind, found in keys.items())
    if there and there != sum(map(len, keys.values())):
        raise PlayedOtherwise
    return there > 0


def _is_looked_for(step: Play) -> bool:
    """Whether a step finds again what it made; what else was done is done, and what was expected was so then."""
    return step.is_cast or (step.makes is not None and not _refusal(step))


def _refusal(step: Play) -> str:
    return step.refusal if isinstance(step, Act) else ""


def _goes_as_told(step: Play, stage: Stage) -> bool:
    """Play a step, and say whether the next one may follow: not where it was refused against what was told."""
    expected = _refusal(step)
    found = None
    try:
        with transaction.atomic():
            step.play(stage)
    except DomainError as refusal:
        if stage.is_again and isinstance(refusal, KeyWasUsedForSomethingElse):
            raise PlayedOtherwise from refusal
        found = refusal
    if (found.code if found else "") == expected:
        return True
    words = {"line": step.line, "step": step.verb, "expected": expected}
    if found is None:
        sentence = gettext("Line %(line)s: %(step)s: was to be refused as %(expected)s, and was not.")
    else:
        words |= {"found": found.code, "sentence": str(found)}
        sentence = gettext("Line %(line)s: %(step)s: refused as %(found)s: %(sentence)s")
    stage.differences.append(sentence % words)
    return False
