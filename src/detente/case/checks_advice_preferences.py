"""Warnings about preferences: unsourced orders, odd win-sets, issues nobody weighs, gaps."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.checks_finding import Finding, Names
from detente.case.model import Case
from detente.case.preferences import Preference
from detente.case.sources import Evidence
from detente.case.yamlfile_spot import Spot
from detente.words import listed

_DOUBTFUL = 4  # Admiralty scale: 4 doubtful, 5 improbable, 6 cannot be judged
_UNSOURCED = {"inferred": "an inferred order", "guess": "a guessed order"}
_NARROW, _WIDE = "stated", "flexible"  # the usual names of the two readings of red lines


def _views(case: Case) -> Iterator[tuple[Spot, Preference]]:
    for actor, by_issue in case.preferences.items():
        for issue, view in by_issue.items():
            yield ("preferences", actor, issue), view


def support(case: Case, names: Names) -> Iterator[Finding]:
    """Yield orders that cite nothing, and stated ones that rest on one doubtful item."""
    items = {item.id: item for item in case.evidence}
    for spot, view in _views(case):
        cited = [items[name] for name in view.evidence if name in items]
        if not view.evidence and view.basis == "stated":
            remedy = "cite the item that states it, or call it inferred or guess"
            yield _warning(spot, "called stated, but cites no evidence", remedy)
        elif not view.evidence:
            message = f"{_UNSOURCED[view.basis]} that cites no evidence"
            yield _warning(spot, message, "cite what it follows from")
        elif view.basis == "stated" and cited and _one_origin(cited):
            best = min(item.credibility for item in cited)
            if best >= _DOUBTFUL:
                said = f"called stated, but rests on one origin, {listed([item.id for item in cited])}, "
                remedy = "find a second origin, or call it inferred"
                yield _warning(
                    (*spot, "evidence"), f"{said}of credibility {best} on the scale 1 to 6", remedy
                )


def _one_origin(items: list[Evidence]) -> bool:
    """Whether all items go back to the first, directly or through each other."""
    reached, size = {items[0].id}, 0
    while len(reached) > size:
        size = len(reached)
        reached |= {i.id for i in items if reached & set(i.same_origin)}
        reached |= {other for i in items if i.id in reached for other in i.same_origin}
    return all(item.id in reached for item in items)


def win_sets(case: Case, names: Names) -> Iterator[Finding]:
    """Yield win-sets that skip a better option, accept nothing, or leave a reading out."""
    for spot, view in _views(case):
        for reading, accepted in view.accepts.items():
            at = (*spot, "accepts", reading)
            if not accepted:
                yield _warning(at, "accepts no option, so no deal is possible", "name what could be accepted")
            for worse, better in _skipped(view, accepted):
                message = f"accepts `{worse}` but not `{better}`, which the order ranks higher or equal"
                yield _warning(at, message, "accept the better option too, or change the order")
        absent = [reading for reading in case.readings if reading not in view.accepts]
        if view.accepts and absent:
            message = f"no red line under {listed([f'`{reading}`' for reading in absent])}: everything goes"
            yield _warning((*spot, "accepts"), message, "name the options accepted under every reading")
        narrow, wide = (view.accepts.get(reading, ()) for reading in (_NARROW, _WIDE))
        ranked = {option for tier in view.tiers for option in tier}
        lost = [o for o in narrow if o in ranked and o not in wide] if _WIDE in view.accepts else []
        if lost:
            message = f"{_WIDE} is narrower than {_NARROW}: it lacks {listed([f'`{o}`' for o in lost])}"
            yield _warning((*spot, "accepts", _WIDE), message, "add them, or exchange the two readings")


def _skipped(view: Preference, accepted: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the lowest accepted option with each option left out above or beside it."""
    ranked = [(depth, option) for depth, tier in enumerate(view.tiers) for option in tier]
    taken = [(depth, option) for depth, option in ranked if option in accepted]
    if taken:
        lowest, worst = max(taken, key=lambda place: place[0])
        yield from ((worst, o) for depth, o in ranked if depth <= lowest and o not in accepted)


def weights(case: Case, names: Names) -> Iterator[Finding]:
    """Yield saliences without any width, and issues that matter to nobody."""
    for spot, view in _views(case):
        if view.salience.low == view.salience.high:
            message = f"the salience {view.salience.low:g} is given as if it were known exactly"
            yield _warning((*spot, "salience"), message, "give a range: who knows the number?")
    for issue in case.issues:
        views = [by_issue[issue.id] for by_issue in case.preferences.values() if issue.id in by_issue]
        if not any(view.salience.high > 0 for view in views):
            remedy = "give somebody's preference on it, or remove the issue"
            yield _warning(("issues", issue.id), "nobody weighs this issue", remedy)


def gaps(case: Case, names: Names) -> Iterator[Finding]:
    """Yield actors about whom too little is said."""
    for actor in case.actors:
        views = case.preferences.get(actor.id, {})
        missing = [issue.id for issue in case.issues if issue.id not in views]
        if not views:
            message = f"no preference of {actor.name} is given on any issue"
            yield _warning(("actors", actor.id), message, "add some, or expect to see this actor nowhere")
        elif actor.consent and missing:
            message = f"{actor.name} must consent, but has no preference on {listed(missing)}"
            yield _warning(("preferences", actor.id), message, "add them: without, any option is accepted")


def _warning(spot: Spot, message: str, remedy: str) -> Finding:
    return Finding(spot, message, remedy, "warning")
