"""One headline number of one lens, asked again and again of variants of a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, get_origin

from detente.case.model import Case
from detente.errors import UsageError
from detente.lens import Lens, Measure, Result, Run, as_typed
from detente.registry import LENSES

SHARES = ("share of draws", "share", "chance", "probability")
"""Units of numbers on 0 to 1."""
COUNTS = ("deals", "packages", "count", "states", "movements")
"""Units of things that are there or not."""
EVEN = 0.5
"""More likely than not, and at least one: where a headline of these units changes its answer."""
DRAWS = 200
"""Draws inside a lens for each world of a study, which takes hundreds of worlds. Judgement."""
OPEN = (0.05, 0.95)
"""A share between these is open enough to be worth a study unasked. Judgement."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a study varies the case for.

    Parameters
    ----------
    lens : Lens
    options : pydantic model
        Of the lens; the same for every variant, so that a difference comes from the inputs.
    measure : Measure
        As the case on file has it, with these options.
    threshold : float or None
        Where the headline changes its answer; None where its unit has no such place.
    alone : float or None
        The number with the lens's own number of draws; None where these are the same.
    again : callable or None
        Gives the lens's measures for one variant after another, faster than its run; None where it has none.
    """

    lens: Lens[Any, Any]
    options: Any
    measure: Measure
    threshold: float | None
    alone: float | None = None
    again: Callable[[Case, Any], Result] | None = None

    def ask(self, case: Case, seed: int | None = None) -> float | None:
        """Return the number for a variant; None where it does not exist there."""
        return value_of(self.measures(case, seed), self.measure.name)

    def measures(self, case: Case, seed: int | None = None) -> tuple[Measure, ...]:
        """Return every headline number of the lens for a variant."""
        options = self.options if seed is None else self.options.model_copy(update={"seed": seed})
        found: tuple[Measure, ...] = (self.again or self.lens.run)(case, options).measures()
        return found

    def run(self, case: Case) -> Run[Any, Any]:
        """Return the run on a case, for its page and chains."""
        return self.lens.apply(case, self.options)

    def holds(self, value: float | None) -> bool | None:
        """Return whether a value lies at or above the threshold; None without a threshold or a value."""
        return None if self.threshold is None or value is None else value >= self.threshold

    @property
    def seed(self) -> int | None:
        """The seed of the lens, where it has one."""
        return getattr(self.options, "seed", None)

    @property
    def says(self) -> bool | None:
        """Whether the case on file lies at or above the threshold."""
        return self.holds(self.measure.value)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user asked a study about; empty names mean its own choice.

    Parameters
    ----------
    lens : str
        By default the first lens of the registry that can answer for the case.
    measure : str
        By default the first share that is neither nearly none nor nearly all, else the first number.
    threshold : float, optional
        Where the headline changes its answer.
    options : sequence of str
        Options of the lens, ``name=value`` each.
    """

    lens: str = ""
    measure: str = ""
    threshold: float | None = None
    options: Sequence[str] = ()


def value_of(measures: Sequence[Measure], name: str) -> float | None:
    """Return the value of a measure by name; None where it is missing."""
    return next((m.value for m in measures if m.name == name), None)


def question(case: Case, asked: Asked) -> Question:
    """Return the question a user asked.

    Raises
    ------
    UsageError
        If the lens, the measure or an option does not exist, or the lens cannot answer for the case.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> found = question(load_case("minsk-2015"), Asked(options=("draws=50",)))
    >>> found.lens.name, found.measure.name, found.threshold
    ('settlement', 'interests', 0.5)
    """
    lens = _lens(case, asked.lens)
    options = _options(lens, asked.options)
    if asked.threshold is not None and not isfinite(asked.threshold):
        raise UsageError(
            f"a threshold of {asked.threshold} parts nothing. Remedy: --threshold with a finite number"
        )
    measure = _measure(lens.name, lens.run(case, options).measures(), asked.measure)
    threshold = _threshold(measure) if asked.threshold is None else asked.threshold
    own = getattr(lens.options(), "draws", None)
    alone = None
    if own != getattr(options, "draws", None):
        found = lens.run(case, options.model_copy(update={"draws": own})).measures()
        alone = value_of(found, measure.name)
    return Question(lens, options, measure, threshold, alone, lens.again() if lens.again else None)


def _lens(case: Case, name: str) -> Lens[Any, Any]:
    able = {lens.name: lens for lens in LENSES if lens.in_brief and not lens.missing(case)}
    if not able:
        raise UsageError(f"no lens can answer for {case.id}. Remedy: detente check {case.id}")
    if name and name not in able:
        raise UsageError(f"{case.id} cannot be studied by '{name}'. Remedy: choose from {', '.join(able)}")
    return able[name] if name else next(iter(able.values()))


def _options(lens: Lens[Any, Any], typed: Sequence[str]) -> Any:
    """Return the options of a lens: those typed, few draws inside, and no exploratory runs."""
    fields = lens.options.model_fields
    known = {as_typed(name, info): name for name, info in fields.items()}
    pairs = [(item, *item.partition("=")) for item in typed]
    if wrong := [item for item, name, equals, _ in pairs if not equals or _plain(name) not in known]:
        said = f"{', '.join(map(repr, wrong))} {'is' if len(wrong) == 1 else 'are'} no option"
        raise UsageError(f"{said} of the {lens.name} lens. Remedy: NAME=VALUE with {', '.join(known)}")
    given: dict[str, Any] = {}
    for _, typed_name, _, value in pairs:
        name = known[_plain(typed_name)]
        many = get_origin(fields[name].annotation) is tuple
        given[name] = (*given.get(name, ()), value.strip()) if many else value.strip()
    if "draws" in fields:
        given.setdefault("draws", min(DRAWS, fields["draws"].default or DRAWS))
    # Options called so many runs feed what is exploratory, and no measure: left out, a world takes less time.
    given |= {n: 0 for n in fields if n.endswith("_runs") and n not in given}
    return lens.read_options(given, "mend --with")


def _plain(name: str) -> str:
    """Return an option's name in one spelling: `held_days` and `--held-days` are `held-days`."""
    return name.strip().lstrip("-").replace("_", "-")


def _measure(lens: str, measures: Sequence[Measure], name: str) -> Measure:
    known = {m.name: m for m in measures}
    if name and name not in known:
        raise UsageError(
            f"the {lens} lens has no number '{name}' here. Remedy: choose from {', '.join(known)}"
        )
    if name:
        return known[name]
    if not measures:
        raise UsageError(f"the {lens} lens has no headline number here. Remedy: choose another with --lens")
    low, high = OPEN
    open_ones = [m for m in measures if m.unit in SHARES and m.value is not None and low < m.value < high]
    return (open_ones or list(measures))[0]


def _threshold(measure: Measure) -> float | None:
    return EVEN if measure.unit in (*SHARES, *COUNTS) else None


def of_option(options: Any) -> Mapping[str, tuple[Any, ...]]:
    """Return the options that choose between named ways, and the ways not chosen.

    Examples
    --------
    >>> from detente.lenses.settlement import Options
    >>> of_option(Options())["no_deal"]
    ('model',)
    """
    from typing import Literal, get_args

    return {
        name: tuple(way for way in get_args(info.annotation) if way != getattr(options, name))
        for name, info in type(options).model_fields.items()
        if get_origin(info.annotation) is Literal
    }
