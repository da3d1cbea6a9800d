"""Sentences about moves, answers and verdicts; every number and name comes from the result."""

from __future__ import annotations

from detente import words
from detente.lenses.stability.result import StabilityResult
from detente.lenses.stability.result_parts import NAMES, Hold, Jump, Move, OptionView, Story, Switch
from detente.table.verdicts import Share

CONCEPTS = {
    "nash": "Breaking it brings nobody a gain, even unanswered",
    "gmr": "Some answer open to the others takes every gain away",
    "smr": "The same, and the breaker cannot get out of it",
    "seq": "An answer the others would want to give takes every gain away",
    "sseq": "The same, and the breaker cannot get out of it",
}
"""What stability means under each concept, as a row of a table."""


def concepts(found: tuple[str, ...]) -> str:
    """Return some concepts as a few words.

    Examples
    --------
    >>> concepts(("gmr", "smr", "seq", "sseq")), concepts(()), concepts(("nash", "gmr"))
    ('all but Nash', 'none', 'Nash and general metarational')
    """
    missing = [name for c, name in NAMES.items() if c not in found]
    if not missing:
        return "all five"
    if len(missing) == 1:
        return f"all but {missing[0]}"
    return words.listed([NAMES[c] for c in found]) or "none"


ANSWERS = {
    "nash": "answers left out of account",
    "gmr": "any answer counted",
    "smr": "any answer counted that leaves no way out",
    "seq": "only answers counted that the others would want to give",
    "sseq": "only answers counted that the others would want to give and that leave no way out",
}
"""Which answers a concept counts, as part of a sentence."""

_NONE_LEFT = {
    "nash": "answers are left out of account",
    "gmr": "no answer open to the others takes the gain away",
    "smr": "no answer open to the others takes the gain away for good",
    "seq": "no answer the others would want to give takes the gain away",
    "sseq": "no answer the others would want to give takes the gain away for good",
}


def places(n: int) -> str:
    """Return a number of rank places.

    Examples
    --------
    >>> places(-1), places(3)
    ('one place', 'three places')
    """
    return words.count(abs(n), "place")


def share(of: Share) -> str:
    """Return a share of draws with its interval.

    Examples
    --------
    >>> share(Share(0.62, 0.55, 0.68))
    '62% of draws (55% to 68%)'
    """
    return f"{words.percent(of.value)} of draws ({words.percent(of.low)} to {words.percent(of.high)})"


def focus_name(result: StabilityResult) -> str:
    """Return what the focus is called."""
    if result.generated:
        return "full compliance"
    return "the status quo" if result.focus is None else f"state {result.focus.state}"


def doing(option: OptionView, switch: Switch) -> str:
    """Return one switch, to be read after "could"."""
    if option.kind == "name":
        return f"{'choose' if switch.on else 'drop'} “{option.text}”"
    if switch.on:
        return option.text
    return "return to what was signed" if option.kind == "term" else f"no longer {option.text}"


def could(result: StabilityResult, move: Move) -> str:
    """Return a move as "Russia could resume the offensive"."""
    done = [doing(result.options[s.option], s) for s in move.switches]
    return f"{result.dms[move.dm]} could {words.listed(list(dict.fromkeys(done)))}"


def state(result: StabilityResult, taken: tuple[int, ...]) -> str:
    """Return a state as who does what."""
    if not taken:
        return "Nobody breaks anything" if result.generated else "No option taken"
    by_owner: dict[int | None, list[str]] = {}
    for k in taken:
        option = result.options[k]
        text = f"“{option.text}”" if option.kind == "name" else option.text
        by_owner.setdefault(option.owner, []).append(text)
    return "; ".join(
        f"{'Given' if owner is None else result.dms[owner]}: {words.listed(texts)}"
        for owner, texts in by_owner.items()
    )


def jump(result: StabilityResult, found: Jump) -> str:
    """Return which group would leave together, and what would then stand."""
    group = words.listed([result.dms[d] for d in found.members])
    if not result.states.complete:
        return f"Together, {group} would gain by going to state {found.target}."
    pattern = result.states.pattern[int((result.states.number == found.target).argmax())]
    taken = tuple(k for k, letter in enumerate(pattern) if letter == "Y")
    where = "" if result.generated else f" (state {found.target})"
    return f"{group} would gain together if this stood{where}: {state(result, taken)}."


def story(result: StabilityResult, told: Story) -> str:
    """Return one way to leave the focus, and what becomes of it."""
    gain = "" if told.gain is None else f" and gain {words.points(told.gain)}"
    start = f"{could(result, told.move)}{gain}"
    if told.pays:
        return f"{start}; {_NONE_LEFT[result.concept]}."
    answers = ", then ".join(could(result, move) for move in told.answer)
    left = f"which leaves {result.dms[told.move.dm]} {_end(result, told)}"
    return f"{start}, but {answers}, {left}.{_escape(told)}"


def _end(result: StabilityResult, told: Story) -> str:
    than = focus_name(result)
    if told.places == 0:
        return f"no better off than {than}"
    if told.end is not None:
        return f"{words.points(told.end)} worse off than {than}"
    return f"worse off than {than}, by {places(told.places)} in its ranking"


def _escape(told: Story) -> str:
    return "" if told.escape is None else " Nothing it can do from there leaves it better off."


def temptation(result: StabilityResult, held: Hold) -> str:
    """Return the most tempting way of one decision maker to leave, or that it has none."""
    if held.stories:
        return story(result, held.stories[0])
    at = "" if held.share is None else ", at the mean of the draws"
    return f"{result.dms[held.dm]} has nothing to gain by leaving {focus_name(result)}{at}."


def hold(result: StabilityResult, held: Hold) -> str:
    """Return how the focus holds for one decision maker."""
    name = result.dms[held.dm]
    often = "" if held.share is None else f" {name} keeps to it in {share(held.share)}."
    if not held.stories:
        return f"{temptation(result, held)}{often}"
    needs = _needs(result, held)
    changes = "" if not held.changes else f" {name} would stay if it {words.listed(held.changes, 'or')}."
    counted = (
        ""
        if held.rankings is None
        else f" Of all the strict rankings {name} could have, {100 * held.rankings:.0f}% would keep it here."
    )
    return f"{story(result, held.stories[0])}{needs}{changes}{counted}{often}"


def _needs(result: StabilityResult, held: Hold) -> str:
    if not held.needs:
        if not held.stable:
            return ""
        return f" More than one answer holds {result.dms[held.dm]}: no single one has to be there."
    moves = [f"{_owner(result, k)} could {doing(result.options[k], Switch(k, True))}" for k in held.needs]
    return f" {result.dms[held.dm]} keeps to it only as long as {words.listed(moves)}."


def _owner(result: StabilityResult, option: int) -> str:
    owner = result.options[option].owner
    return "nobody" if owner is None else result.dms[owner]
