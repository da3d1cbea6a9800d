"""Puts one edit into the plain data of a case, and lets the judgement around it say so."""

from __future__ import annotations

from typing import Any

from detente.case.edits import Edit, shown
from detente.case.model import Case
from detente.case.overlay_paths import At, about, is_range
from detente.case.yamlfile_spot import Spot, below, spell

_JUDGED = ("basis", "evidence", "note")


def overlap(one: Spot, other: Spot) -> bool:
    """Whether one place is the other, or lies within it."""
    n = min(len(one), len(other))
    return one[:n] == other[:n]


def done(case: Case, data: dict[str, Any], at: At, edit: Edit) -> Edit:
    """Put one edit into the data; return it spelled in full, with what stood there.

    Parameters
    ----------
    case : Case
        On file; for the evidence it knows.
    data : dict
        The case as plain data; altered.
    at : At
        Where the edit goes.
    edit : Edit
    """
    value = edit.value
    if is_range(at.spot) and isinstance(value, int | float) and not isinstance(value, bool):
        value = [value, value]
    was = paired(at_spot(data, at.spot))
    if value != was:
        _put(data, at.spot, value)
        _only_one_worth(data, at.spot)
        _judged(case, data, at.spot, (edit, was, value))
    kept = None if _is_block(was) else was
    return edit.model_copy(update={"path": at.path, "value": value, "was": kept})


def _is_block(value: Any) -> bool:
    """Whether a value is more than one line can hold."""
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(x, dict) for x in value))


def at_spot(data: Any, spot: Spot) -> Any:
    """Return what stands at a place; None where nothing does."""
    for step in spot:
        data = below(data, step)
    return data


def _put(data: Any, spot: Spot, value: Any) -> None:
    for step in spot[:-1]:
        if isinstance(data, dict) and data.get(str(step)) is None:
            data[step] = {}
        data = data[step]
    if isinstance(data, dict) and value is None:
        data.pop(spot[-1], None)
    elif isinstance(spot[-1], int) and value is None:
        del data[spot[-1]]
    else:
        data[spot[-1]] = value


def _only_one_worth(data: dict[str, Any], spot: Spot) -> None:
    """Stating a worth of no deal takes the place of "about as good as", and the other way round."""
    if spot[:2] == ("no_deal", "worth") and len(spot) > 3 and at_spot(data, spot[:4]) is not None:
        gone = {"worth": ("like", "shift"), "like": ("worth",)}.get(str(spot[3]), ())
        for name in gone:
            data["no_deal"]["worth"][spot[2]].pop(name, None)


def _judged(case: Case, data: dict[str, Any], spot: Spot, change: tuple[Edit, Any, Any]) -> None:
    """Let the judgement around an edit say how it is known now, and what stood there before."""
    edit, was, value = change
    if spot[-1] in _JUDGED:
        return
    for n in range(len(spot) - 1, 0, -1):
        fields, part = about(spot[:n]).fields, at_spot(data, spot[:n])
        if "basis" in fields and isinstance(part, dict):
            cited = [s for s in edit.source if any(e.id == s for e in case.evidence)]
            said = f"On trial: {spell(part, spot[n:])} {shown(value)}, on file {shown(was)}."
            reason = ". ".join(s.rstrip(". ") for s in (edit.why, edit.who and f"By {edit.who}") if s)
            part["basis"] = edit.known_by
            if "evidence" in fields and cited:
                part["evidence"] = list(dict.fromkeys([*part.get("evidence", []), *cited]))
            if "note" in fields:
                whole = f"{said} {reason}." if reason else said
                part["note"] = f"{whole} {part.get('note', '')}".strip()
            return


def paired(value: Any) -> Any:
    """Return plain data as an analyst writes it: each range as `[low, high]`, 10 and not 10.0."""
    if isinstance(value, dict):
        if set(value) == {"low", "high"}:
            return [paired(value["low"]), paired(value["high"])]
        return {key: paired(item) for key, item in value.items()}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return [paired(item) for item in value] if isinstance(value, list) else value
