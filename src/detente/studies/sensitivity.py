"""Which inputs carry a headline number, where it would change its answer, and what is worth finding out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from detente.case.model import Case
from detente.methods.uncertainty.crossing import crossing
from detente.methods.uncertainty.information import FOLDS, knowing
from detente.methods.uncertainty.rank_indices import GROUPS, first_order
from detente.studies.question import Question
from detente.studies.uncertain import Uncertain, uncertain
from detente.studies.worlds import Screened, Watch, Worlds, answer, sample, screen, unwatched

WORLDS = 200
"""Worlds drawn over all ranges at once. Judgement: shares of variance then err by about 0.1."""
SEEDS = 3
"""Further seeds of the lens with which the largest swings are measured again. Judgement."""
SURE = 4.0
"""Standard errors from which an input that moves nothing alone is listed all the same: among dozens of inputs
some stray by three. Judgement."""
SHOWN = 6
"""Inputs whose swings are measured again and whose flips are looked for. Judgement."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much a study looks at.

    Parameters
    ----------
    worlds : int
        Worlds drawn over all ranges at once; 0 leaves out shares of spread and the worth of knowing.
    seed : int
        Of the worlds; the lens has its own.
    shown : int
        Inputs whose swings are measured again and whose flips are looked for, the largest swing first.
    basis : tuple of str
        Only inputs known so ("guess"); all where empty.
    """

    worlds: int = WORLDS
    seed: int = 1
    shown: int = SHOWN
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flip:
    """Where the headline changes its answer as one input moves.

    Parameters
    ----------
    at : float
        In the input's own unit.
    upwards : bool
        Whether it changes as the input rises past that value, not as it falls.
    inside : bool
        Whether the value lies in the range the case states; else beyond it, but on the scale.
    """

    at: float
    upwards: bool
    inside: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A number and its standard error."""

    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Row:
    """One input that moves the number.

    Parameters
    ----------
    input : Uncertain
    at_low, at_high : float or None
        The number with the input at either end of its stated range, all else as on file.
    error : float or None
        Standard error of the larger swing over seeds of the lens; None where not measured again.
    share : Told or None
        First-order share of the variance over all worlds; None without worlds.
    flip : Flip or None
        None where no value on the scale changes the answer, or none was looked for.
    sought : bool
        Whether a flip was looked for.
    drop : Told or None
        How much less often the headline would be misjudged if the input were known.
    """

    input: Uncertain
    at_low: float | None
    at_high: float | None
    error: float | None
    share: Told | None
    flip: Flip | None
    sought: bool
    drop: Told | None

    def swing(self, base: float) -> float:
        """Return how far the number moves at the end that moves it most."""
        return Screened(self.input, self.at_low, self.at_high).swing(base)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The study.

    Parameters
    ----------
    question : Question
    rows : tuple of Row
        The largest swing first.
    idle : int
        Inputs that move nothing, alone.
    worlds, seed : int
    answers : int
        Worlds in which the number exists.
    floor : float
        Share of variance that chance alone exceeds in one study of twenty.
    wrong : float or None
        Chance of misjudging the headline as things stand; None without a threshold.
    yes : float or None
        Share of worlds at or above the threshold.
    """

    question: Question
    rows: tuple[Row, ...]
    idle: int
    worlds: int
    seed: int
    answers: int
    floor: float
    wrong: float | None
    yes: float | None


def sensitivity(
    case: Case, question: Question, effort: Effort | None = None, watch: Watch = unwatched
) -> Sensitivity:
    """Vary each uncertain input behind a headline number alone, then all of them together.

    Parameters
    ----------
    case : Case
    question : Question
    effort : Effort, optional
    watch : callable
        Told of progress.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> from detente.studies.question import Asked, question
    >>> case = load_case("minsk-2015")
    >>> found = sensitivity(case, question(case, Asked(options=("draws=50",))), Effort(worlds=0))
    >>> len(found.rows) + found.idle > 0
    True
    """
    effort = effort or Effort()
    worlds, seed = effort.worlds, effort.seed
    inputs = [u for u in uncertain(case, question.measure) if not effort.basis or u.basis in effort.basis]
    moving = screen(case, question, inputs, watch)
    # All inputs are drawn, those that move nothing alone too: two may matter only together.
    sampled = sample(case, question, inputs, (worlds, seed), watch)
    shares, known = _shares(sampled, question)
    moved = {s.input.name for s in moving}
    base = question.measure.value
    alone = [Screened(u, base, base) for u in inputs if u.name not in moved and _matters(u, shares, known)]
    rows = []
    for k, s in enumerate((*moving, *alone)):
        flip = _flip(case, question, s) if k < effort.shown else None
        rows.append(
            Row(
                s.input,
                s.at_low,
                s.at_high,
                _error(case, question, s) if k < effort.shown else None,
                shares.get(s.input.name),
                flip,
                k < effort.shown and question.threshold is not None,
                known.get(s.input.name),
            )
        )
        watch("Looking for flips", k + 1, len(moving))
    wrong, yes = _calls(sampled, question)
    answers = int(sampled.known.sum())
    floor = first_order(np.zeros((answers, 1)), np.zeros(answers)).floor if shares else 0.0
    return Sensitivity(
        question, tuple(rows), len(inputs) - len(rows), worlds, seed, answers, floor, wrong, yes
    )


def _shares(found: Worlds, question: Question) -> tuple[dict[str, Told], dict[str, Told]]:
    """Return, by the name of the input, shares of variance and drops in wrong calls."""
    x, y = found.x[found.known], found.y[found.known]
    shares: dict[str, Told] = {}
    known: dict[str, Told] = {}
    names = [u.name for u in found.inputs]
    if len(y) >= 2 * GROUPS and x.shape[1]:
        told = first_order(x, y)
        shares = _named(names, told.share, told.error)
    if len(y) >= 2 * FOLDS and x.shape[1] and question.threshold is not None:
        worth = knowing(x, y >= question.threshold)
        known = _named(names, worth.drop, worth.error)
    return shares, known


def _matters(u: Uncertain, *told: dict[str, Told]) -> bool:
    """Return whether an input that moves nothing alone clearly counts once all are drawn."""
    return any(u.name in t and t[u.name].value > SURE * t[u.name].error for t in told)


def _named(names: Sequence[str], values: Iterable[float], errors: Iterable[float]) -> dict[str, Told]:
    return {n: Told(float(v), float(e)) for n, v, e in zip(names, values, errors, strict=True)}


def _calls(found: Worlds, question: Question) -> tuple[float | None, float | None]:
    y = found.y[found.known]
    if question.threshold is None or not len(y):
        return None, None
    yes = float((y >= question.threshold).mean())
    return min(yes, 1 - yes), yes


def _error(case: Case, question: Question, s: Screened) -> float | None:
    """Return the standard error of the swing over further seeds of the lens; None where it has no seed."""
    if question.seed is None:
        return None
    base = question.measure.value or 0.0
    end = max((s.at_low, s.at_high), key=lambda v: abs((base if v is None else v) - base))
    value = s.input.low if end == s.at_low else s.input.high
    found = []
    for seed in range(question.seed + 1, question.seed + 1 + SEEDS):
        moved, still = answer(case, question, [s.input], [value], seed), question.ask(case, seed)
        if moved is not None and still is not None:
            found.append(moved - still)
    return float(np.std(found, ddof=1)) if len(found) > 1 else None


def _flip(case: Case, question: Question, s: Screened) -> Flip | None:
    """Return where the headline changes its answer: in the stated range if anywhere, else on the scale."""
    if question.threshold is None or question.says is None:
        return None
    u = s.input

    def above(value: float) -> bool:
        return told(answer(case, question, [u], [value]))

    def told(number: float | None) -> bool:
        # A value without a number changes no answer: the halving looks for a change elsewhere.
        return bool(question.says if number is None else question.holds(number))

    ends = {u.low: told(s.at_low), u.high: told(s.at_high)}
    for near, far in ((u.low, u.high), (u.high, u.most), (u.low, u.least)):
        if far is None or far == near:
            continue
        last = ends[far] if far in ends else above(far)
        found = crossing(above, (near, ends[near]), (far, last))
        if found is not None:
            higher = last if far > near else ends[near]
            return Flip(found.at, higher != question.says, u.low <= found.at <= u.high)
    return None
