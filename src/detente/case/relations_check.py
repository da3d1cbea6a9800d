"""Everything wrong with a relations block, at once: unknown ends, contradictions of sign, uneven ties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente.case.base import Range
from detente.case.checks_finding import Finding, Known, Names, names_of, nearest
from detente.case.model import Case
from detente.case.relations import Commitment, Consequence, Relations, TieChange
from detente.case.yamlfile_spot import Spot
from detente.errors import Problem

PLACE = ("relations",)


def relations_problems(case: Case, relations: Relations, file: str = "case.yaml") -> tuple[Problem, ...]:
    """Return all problems of a relations block, errors first.

    Parameters
    ----------
    case : Case
        Supplies the actors, issues and options.
    relations : Relations
    file : str
        The file as the user named it.

    Returns
    -------
    tuple of Problem
        Empty where nothing is wrong; warnings do not stop an analysis.
    """
    found = [
        Problem(file, None, ".".join(str(p) for p in f.spot), f.message, f.remedy, f.severity)
        for f in relations_findings(case, relations, names_of(case))
    ]
    return tuple(sorted(found, key=lambda p: p.severity))


def relations_findings(case: Case, relations: Relations, names: Names) -> Iterator[Finding]:
    """Yield a finding for each problem, at its place in the file.

    Parameters
    ----------
    case : Case
    relations : Relations
    names : Names
        The ids the case defines.
    """
    ends = Known(
        "actor or third party",
        (*names.actors.ids, *(t.id for t in relations.third_parties)),
        names.actors.open,
    )
    yield from _third_parties(relations, names)
    yield from _ties(relations, ends)
    yield from _commitments(case, relations, ends)
    yield from _effects(relations, names, ends)
    yield from _watched(relations, ends)
    yield from _pictures(relations, ends)


def _third_parties(relations: Relations, names: Names) -> Iterator[Finding]:
    seen: set[str] = set()
    for third in relations.third_parties:
        spot = (*PLACE, "third_parties", third.id)
        if third.id in names.actors.members:
            yield Finding(spot, f"`{third.id}` is an actor of the case", "leave it out here; use the actor")
        if third.id in seen:
            yield Finding(spot, f"`{third.id}` is given twice", "keep one of the two", twin=1)
        seen.add(third.id)
        yield from _within(third.capability, (0, 100), (*spot, "capability"), "a capability")


def _ties(relations: Relations, ends: Known) -> Iterator[Finding]:
    first: dict[frozenset[str], Range] = {}
    for number, tie in enumerate(relations.ties):
        spot = (*PLACE, "ties", number)
        yield from _pair(tie.between, (*spot, "between"), ends)
        yield from _within(tie.weight, (-100, 100), (*spot, "weight"), "a tie")
        pair = frozenset(tie.between)
        if pair in first:
            yield _twice(tie.between, first[pair], tie.weight, spot)
        first.setdefault(pair, tie.weight)


def _twice(pair: tuple[str, str], one: Range, other: Range, spot: Spot) -> Finding:
    name = " and ".join(f"`{end}`" for end in pair)
    both = f"[{one.low:g}, {one.high:g}] and [{other.low:g}, {other.high:g}]"
    if one.low > 0 > other.high or one.high < 0 < other.low:
        return Finding(
            spot, f"the tie of {name} is given with both signs: {both}", "decide which; or one range over 0"
        )
    if (one.low, one.high) != (other.low, other.high):
        return Finding(
            spot,
            f"the tie of {name} is asymmetric: {both}",
            "ties have no direction here: give one tie with a range that covers both",
        )
    return Finding(spot, f"the tie of {name} is given twice", "keep one of the two")


def _moved_twice(change: TieChange, earlier: TieChange, spot: Spot) -> Finding:
    name = " and ".join(f"`{end}`" for end in change.between)
    one, other = earlier.change, change.change
    if one.low > 0 > other.high or one.high < 0 < other.low:
        return Finding(
            spot, f"the same options move the tie of {name} both ways", "decide which; or one range over 0"
        )
    return Finding(spot, f"the same options move the tie of {name} twice", "add the two into one range")


def _commitments(case: Case, relations: Relations, ends: Known) -> Iterator[Finding]:
    able = {a.id for a in case.actors if a.capability} | {
        t.id for t in relations.third_parties if t.capability
    }
    hostile = {frozenset(t.between) for t in relations.ties if t.weight.high < 0}
    friendly = {frozenset(t.between) for t in relations.ties if t.weight.low > 0}
    seen: set[str] = set()
    for c in relations.commitments:
        spot = (*PLACE, "commitments", c.id)
        if c.id in seen:
            yield Finding(spot, f"commitment `{c.id}` is given twice", "keep one of the two", twin=1)
        seen.add(c.id)
        yield from ends.unknown(c.from_, (*spot, "from"))
        yield from ends.unknown(c.to, (*spot, "to"))
        if c.kind != "alliance":
            for end in set(c.from_) & set(c.to):
                yield Finding(spot, f"`{end}` stands on both sides", "only an alliance binds its own members")
        yield from _parts(c, able, spot)
        if c.in_force and not c.note:
            yield from _signs(c, friendly if c.kind == "sanctions" else hostile, spot)


def _signs(c: Commitment, against: set[frozenset[str]], spot: Spot) -> Iterator[Finding]:
    for one in c.from_:
        for other in c.to:
            if frozenset((one, other)) in against:
                is_ = "friendly" if c.kind == "sanctions" else "hostile"
                yield Finding(
                    spot,
                    f"{c.kind} of `{one}` for `{other}`, but their tie is {is_} over its whole range",
                    "mend the sign of the tie, or say in `note` why both hold",
                    "warning",
                )


def _parts(c: Commitment, able: set[str], spot: Spot) -> Iterator[Finding]:
    for who, part in c.from_.items():
        here = (*spot, "from", who)
        yield from _within(part.value, (0, float("inf")), (*here, "value"), "an amount")
        yield from _within(part.load, (0, 100), (*here, "load"), "a load")
        yield from _within(part.priority, (0, 100), (*here, "priority"), "a priority")
        if part.load is not None and who not in able:
            yield Finding(
                (*here, "load"),
                f"`{who}` has no capability, so it cannot be said what covers this load",
                "give its capability range, or leave the load out",
            )
    if any(part.value for part in c.from_.values()) and not c.unit:
        yield Finding(
            spot, f"the amounts of `{c.id}` have no unit", 'write unit: "EUR bn a year" or the like'
        )
    if c.kind in ("guarantee", "alliance") and not any(part.load for part in c.from_.values()):
        yield Finding(
            spot, f"nobody carries a load for `{c.id}`", "give `load` ranges, or it has no cover", "warning"
        )


def _effects(relations: Relations, names: Names, ends: Known) -> Iterator[Finding]:
    seen: dict[object, dict[frozenset[str], TieChange]] = {}
    for number, effect in enumerate(relations.effects):
        spot: Spot = (*PLACE, "effects", number)
        yield from names.choices(effect.when, (*spot, "when"))
        key = tuple(sorted((issue, tuple(sorted(options))) for issue, options in effect.when.items()))
        yield from _consequence(effect, relations, ends, (spot, seen.setdefault(key, {})))
    yield from _consequence(relations.if_talks_fail, relations, ends, ((*PLACE, "if_talks_fail"), {}))


def _consequence(
    change: Consequence,
    relations: Relations,
    ends: Known,
    at: tuple[Spot, dict[frozenset[str], TieChange]],
) -> Iterator[Finding]:
    spot, seen = at
    for number, tie in enumerate(change.ties):
        here = (*spot, "ties", number)
        yield from _pair(tie.between, (*here, "between"), ends)
        yield from _within(tie.change, (-200, 200), (*here, "change"), "a change of a tie")
        earlier = seen.setdefault(frozenset(tie.between), tie)
        if earlier is not tie:
            yield _moved_twice(tie, earlier, here)
    by_id = {c.id: c for c in relations.commitments}
    for number, c in enumerate(change.commitments):
        here = (*spot, "commitments", number)
        known = by_id.get(c.commitment)
        if known is None:
            yield Finding(here, f"there is no commitment `{c.commitment}`", nearest(c.commitment, by_id))
            continue
        bound = Known(f"member of commitment {c.commitment}:", tuple(known.from_))
        yield from bound.unknown(c.times, (*here, "times"))
        for who, times in c.times.items():
            yield from _within(times, (0, 100), (*here, "times", who), "a factor")
        if known.in_force == (c.becomes == "starts") and c.becomes != "stays":
            state = "in force already" if known.in_force else "not in force"
            yield Finding(here, f"`{c.commitment}` is {state}", "mend `becomes` or `in_force`", "warning")


def _watched(relations: Relations, ends: Known) -> Iterator[Finding]:
    known = Known("commitment", tuple(c.id for c in relations.commitments))
    changes = [t for e in (*relations.effects, relations.if_talks_fail) for t in e.ties]
    tied = {frozenset(t.between) for t in relations.ties} | {frozenset(t.between) for t in changes}
    for number, row in enumerate(relations.watched):
        spot: Spot = (*PLACE, "watched", number)
        if row.tie is not None:
            yield from _pair(row.tie, (*spot, "tie"), ends)
            if frozenset(row.tie) not in tied:
                yield Finding((*spot, "tie"), "no such tie is given", "add it under `ties` or drop the row")
        if row.actor is not None:
            yield from ends.unknown((row.actor,), (*spot, "actor"))
        yield from known.unknown(row.commitments, (*spot, "commitments"))


def _pictures(relations: Relations, ends: Known) -> Iterator[Finding]:
    if relations.poles is not None:
        yield from _pair(relations.poles, (*PLACE, "poles"), ends)
    for who, place in relations.places.items():
        spot: Spot = (*PLACE, "places", who)
        yield from ends.unknown(who, spot)
        if not all(0 <= p <= 1 for p in place):
            yield Finding(spot, "a place lies outside the picture", "give two numbers from 0 to 1")
    for who, size in relations.means.items():
        yield from ends.unknown(who, (*PLACE, "means", who))
        if size.value.low <= 0:
            yield Finding((*PLACE, "means", who), "means are not above 0", "give a range above 0")
    for number, item in enumerate(relations.context):
        spot = (*PLACE, "context", number)
        yield from _pair(item.between, (*spot, "between"), ends)
        if (item.before is None) != (item.before_year is None):
            yield Finding(spot, "`before` and `before_year` go together", "give both or neither")
        elif item.before_year is not None and item.before_year >= item.year:
            yield Finding(spot, "the year before is not before the year", "exchange the two")


def _pair(pair: Iterable[str], spot: Spot, ends: Known) -> Iterator[Finding]:
    one, other = pair
    yield from ends.unknown((one,) if one == other else (one, other), spot)
    if one == other:
        yield Finding(spot, f"`{one}` is tied to itself", "name two different ends")


def _within(value: Range | None, limits: tuple[float, float], spot: Spot, what: str) -> Iterator[Finding]:
    low, high = limits
    if value is not None and not low <= value.low <= value.high <= high:
        span = f"from {low:g} to {high:g}" if high < float("inf") else "not below 0"
        yield Finding(spot, f"{what} is [{value.low:g}, {value.high:g}]", f"give a range {span}")
