"""Whether a headline survives other choices an analyst could have made: readings, rules, seeds and more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.case.edits import Edit, Overlay
from detente.case.inputs import adjustable
from detente.case.model import Case
from detente.case.overlay import apply
from detente.errors import DetenteError
from detente.studies.question import Question, of_option, value_of
from detente.studies.uncertain import Uncertain, below, uncertain
from detente.studies.worlds import Watch, unwatched
from detente.words import listed, number

SEEDS = 4
"""Further seeds tried. Judgement."""
WIDER = 2.0
"""How many times as wide guessed ranges are made. Judgement."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing changed, and what became of the number.

    Parameters
    ----------
    kind : str
        Seed, reading, method, rule, red line, if talks fail, consent or basis.
    what : str
        What was changed, in words.
    value : float or None
        The number then; None where it does not exist or the variant cannot be answered.
    holds : bool or None
        Whether the answer is as on file; None where it cannot be told.
    why : str
        Why there is no number.
    """

    kind: str
    what: str
    value: float | None
    holds: bool | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Robustness:
    """The study: the question, and every trial in order."""

    question: Question
    trials: tuple[Trial, ...]

    @property
    def told(self) -> tuple[Trial, ...]:
        """Trials with an answer."""
        return tuple(t for t in self.trials if t.holds is not None)

    @property
    def broken(self) -> tuple[Trial, ...]:
        """Trials in which the answer is another."""
        return tuple(t for t in self.trials if t.holds is False)


def robustness(case: Case, question: Question, watch: Watch = unwatched) -> Robustness:
    """Change one choice at a time and see whether the headline's answer stays.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> from detente.studies.question import Asked, question
    >>> case = load_case("minsk-2015")
    >>> found = robustness(case, question(case, Asked(options=("draws=50",))))
    >>> {t.kind for t in found.trials} >= {"Seed", "Consent"}
    True
    """
    trials: list[Trial] = []
    made = [*_seeds(question), *_readings(case, question), *_ways(question), *_variants(case, question)]
    for kind, what, changed in made:
        trials.append(_trial(case, question, (kind, what), changed))
        watch("Trying choices", len(trials), len(made))
    return Robustness(question, tuple(trials))


@dataclass(frozen=True, slots=True)
class _Changed:
    """What a trial changes: edits of the case, the question's seed, another measure, or another option."""

    edits: tuple[Edit, ...] = ()
    seed: int | None = None
    measure: str = ""
    option: tuple[str, str] | None = None


Made = tuple[str, str, _Changed]


def _trial(case: Case, question: Question, about: tuple[str, str], changed: _Changed) -> Trial:
    try:
        variant = apply(case, Overlay(edits=changed.edits), "this study") if changed.edits else case
        options = question.options
        if changed.seed is not None:
            options = options.model_copy(update={"seed": changed.seed})
        if changed.option is not None:
            options = options.model_copy(update=dict([changed.option]))
        lacking = question.lens.missing(variant)
        if lacking:
            return Trial(*about, None, None, lacking)
        measures = question.lens.run(variant, options).measures()
    except DetenteError as error:
        return Trial(*about, None, None, str(error).split(". Remedy")[0].splitlines()[0])
    value = value_of(measures, changed.measure or question.measure.name)
    answer = question.holds(value)
    if answer is None or question.says is None:
        return Trial(*about, value, None, "" if value is not None else "the number does not exist there")
    return Trial(*about, value, answer == question.says)


def _seeds(question: Question) -> Iterator[Made]:
    if question.seed is not None:
        for seed in range(question.seed + 1, question.seed + 1 + SEEDS):
            yield "Seed", f"seed {seed}", _Changed(seed=seed)


def _readings(case: Case, question: Question) -> Iterator[Made]:
    """Yield the same number under the case's other readings, where its name ends in one."""
    parts = question.measure.name.split(".")
    for reading, told in case.readings.items():
        if parts[-1] in case.readings and reading != parts[-1]:
            yield "Reading", told.label, _Changed(measure=".".join([*parts[:-1], reading]))


def _ways(question: Question) -> Iterator[Made]:
    """Yield the lens's other ways of counting, one option at a time."""
    for name, ways in of_option(question.options).items():
        for way in ways:
            said = f"{name.replace('_', ' ')}: {str(way).replace('_', ' ')}"
            yield "Method", said, _Changed(option=(name, way))


def _variants(case: Case, question: Question) -> Iterator[Made]:
    yield from _rules(case)
    places = question.measure.inputs
    yield from _red_lines(case, question)
    if below("no_deal", places):
        yield from _failures(case)
    yield from _consents(case)
    yield from _quorums(case)
    yield from _guesses(uncertain(case, question.measure))


def _rules(case: Case) -> Iterator[Made]:
    """Yield the other readings of each contested rule."""
    for i in adjustable(case, ("rules",)):
        for choice, said in i.choices if i.kind == "choice" else ():
            if choice != i.value:
                yield "Rule", f"{i.label} {choice}: {said}", _Changed((Edit(path=i.path, value=choice),))


def _red_lines(case: Case, question: Question) -> Iterator[Made]:
    """Yield each red line of an actor whose acceptance counts, moved by one option.

    Outwards where the headline does not hold yet, else inwards; of one reading where the number is of one.
    """
    wider, places = not question.says, question.measure.inputs
    required = {actor.id for actor in case.required} | set(case.quorum.of if case.quorum else ())
    own = [r for r in case.readings if question.measure.name.split(".")[-1] == r] or list(case.readings)
    for i in adjustable(case, ("preferences",)):
        if i.kind != "set" or i.actor not in required or not below(i.path, places):
            continue
        about, _, reading = i.label.partition(": accepts, ")
        if i.path.split(".")[-1] not in own:
            continue
        ranked = [o for tier in case.preferences[i.actor][i.issue].tiers for o in tier]
        inside = [o for o in ranked if o in i.value]
        outside = [o for o in ranked if o not in i.value]
        names = dict(i.choices)
        if wider and outside:
            what = f"{about} ({reading}): “{names[outside[0]]}” acceptable too"
            yield "Red line", what, _Changed((Edit(path=i.path, value=[*i.value, outside[0]]),))
        elif not wider and len(inside) > 1:
            kept = [o for o in i.value if o != inside[-1]]
            what = f"{about} ({reading}): “{names[inside[-1]]}” no longer acceptable"
            yield "Red line", what, _Changed((Edit(path=i.path, value=kept),))


def _failures(case: Case) -> Iterator[Made]:
    """Yield what else might hold on each core issue if talks fail."""
    core = {issue.id: issue.name for issue in case.issues if issue.core}
    for issue in case.issues:
        held = case.no_deal.options.get(issue.id)
        for option in issue.options if held is not None and issue.id in core else ():
            if option.id != held:
                edit = Edit(path=f"no_deal.options.{issue.id}", value=option.id)
                yield "If talks fail", f"{issue.name}: “{option.label}” then", _Changed((edit,))


def _consents(case: Case) -> Iterator[Made]:
    """Yield the case with one actor more whose consent is needed, or one fewer where two are left."""
    for actor in case.actors:
        asked = actor.id in case.preferences
        if not asked or (actor.consent and len(case.required) < 3):
            continue
        what = f"without the consent of {actor.name}" if actor.consent else f"{actor.name} must agree too"
        yield "Consent", what, _Changed((Edit(path=f"actors.{actor.id}.consent", value=not actor.consent),))


def _quorums(case: Case) -> Iterator[Made]:
    """Yield the case with one acceptance more that a quorum needs, and one fewer."""
    if case.quorum is None:
        return
    who = listed([case.actor(a).name for a in case.quorum.of])
    for least in (case.quorum.at_least - 1, case.quorum.at_least + 1):
        if 1 <= least <= len(case.quorum.of):
            edit = Edit(path="quorum.at_least", value=least)
            yield "Consent", f"at least {number(least)} of {who} must accept", _Changed((edit,))


def _guesses(inputs: Sequence[Uncertain]) -> Iterator[Made]:
    """Yield guessed ranges made wider, and opened to the whole of their scales where these have ends."""
    guessed = [u for u in inputs if u.basis == "guess"]
    judged = [u for u in inputs if u.basis in ("guess", "inferred")]
    for what, some in (("guessed", guessed), ("guessed and inferred", judged)):
        if some and not (what != "guessed" and len(some) == len(guessed)):
            edits = tuple(e for u in some for e in u.edits(*_widened(u)))
            yield "Basis", f"{what} ranges {WIDER:g} times as wide", _Changed(edits)
    scaled = [u for u in guessed if u.least is not None and u.most is not None]
    if scaled:
        edits = tuple(e for u in scaled for e in u.edits(float(u.least or 0.0), float(u.most or 0.0)))
        yield "Basis", "guesses dropped: their ranges opened to the whole scale", _Changed(edits)


def _widened(u: Uncertain) -> tuple[float, float]:
    """Return a range made wider about its middle, inside its scale."""
    middle, half = (u.low + u.high) / 2, WIDER * (u.high - u.low) / 2
    low, high = middle - half, middle + half
    return (
        low if u.least is None else max(low, u.least),
        high if u.most is None else min(high, u.most),
    )
