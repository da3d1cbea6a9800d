"""Checks that hold for every part alike: ids given once, texts that are not blank, evidence that exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from detente.case.base import Model
from detente.case.checks_finding import Finding, Names
from detente.case.model import Case
from detente.case.yamlfile_spot import Spot


def doubled_ids(case: Case, names: Names) -> Iterator[Finding]:
    """Yield ids that stand twice in one list."""
    seen: Counter[Spot] = Counter()
    for spot, part in names.parts:
        if not hasattr(part, "id") or any(seen[spot[:n]] > 1 for n in range(1, len(spot))):
            continue
        if seen[spot]:
            message = f"the id `{part.id}` is already taken in this list"
            yield Finding((*spot, "id"), message, "give one of the two another id", twin=seen[spot])
        seen[spot] += 1


def blank_texts(case: Case, names: Names) -> Iterator[Finding]:
    """Yield required texts that are empty."""
    for spot, part in (((), case), *names.parts):
        for name in _texts(type(part)):
            if not getattr(part, name).strip():
                yield Finding((*spot, name), f"`{name}` is empty", "fill it in; readers will see it")


@cache
def _texts(kind: type[Model]) -> tuple[str, ...]:
    """Return the names of required texts."""
    fields = kind.model_fields.items()
    return tuple(name for name, about in fields if about.is_required() and about.annotation is str)


def cited_evidence(case: Case, names: Names) -> Iterator[Finding]:
    """Yield evidence ids that sources.yaml does not define, wherever they are cited."""
    for spot, part in names.parts:
        yield from names.evidence.unknown(getattr(part, "evidence", ()), (*spot, "evidence"))


def parties(case: Case, names: Names) -> Iterator[Finding]:
    """Yield faults of actors, stakes and issues as a whole."""
    for issue in case.issues:
        yield from names.stakes.unknown(issue.stake, ("issues", issue.id, "stake"))
    if "actors" not in names.broken and not case.required:
        remedy = "write `consent: true` for those whose signature a deal needs"
        yield Finding(("actors",), "no actor's consent is required, so every deal would do", remedy)
    if names.issues.open or any(names.stakes.lacks(issue.stake) for issue in case.issues):
        return
    if not any(issue.core for issue in case.issues):
        remedy = "remove `core: false` from the issues a deal must settle"
        yield Finding(("issues",), "no issue is a core issue, so there is nothing to settle", remedy)
    used = {issue.stake for issue in case.issues}
    for stake in case.stakes:
        if stake.id not in used:
            remedy = f"put `stake: {stake.id}` on an issue, or remove the stake"
            yield Finding(("stakes", stake.id), "no issue belongs to this stake", remedy)
