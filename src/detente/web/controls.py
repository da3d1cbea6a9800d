"""The controls of the What-if page: the assumptions that matter most, and the levers of a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le

from detente.case.edits import shown
from detente.case.inputs import Input
from detente.case.model import Case
from detente.case.overlay import value_at
from detente.lens import Lens
from detente.web.state import State
from detente.words import sentence

_HIDDEN = ("draws", "seed", "quasi", "deal", "state")
"""Options that are no levers: how much is computed, and about which deal."""


@dataclass(frozen=True, slots=True)
class Control:
    """One assumption with what it says here and on file.

    Parameters
    ----------
    item : Input
    value : object
        Here; a list for ranges and sets.
    changed : bool
        Whether it differs from the case on file.
    low, high, step : float
        Ends and grain of its slider.
    label : str
        What it is called below the heading of its group.
    """

    item: Input
    value: Any
    changed: bool
    low: float
    high: float
    step: float
    label: str = ""

    @property
    def here(self) -> str:
        """The value in words."""
        return self._said(self.value)

    @property
    def on_file(self) -> str:
        """The value on file in words."""
        return self._said(self.item.value)

    @property
    def mid(self) -> float:
        """The middle here."""
        return (self.value[0] + self.value[1]) / 2 if self.item.kind == "range" else float(self.value)

    def _said(self, value: Any) -> str:
        names = dict(self.item.choices)
        if self.item.kind == "set":
            return "; ".join(names.get(x, x) for x in value) or "none"
        return shown(list(value)) if isinstance(value, tuple | list) else names.get(str(value), shown(value))


@dataclass(frozen=True, slots=True)
class Group:
    """Controls under one heading; `open` to begin with."""

    title: str
    under: str
    controls: tuple[Control, ...]
    open: bool = False

    @property
    def changed(self) -> int:
        """How many differ from the case on file."""
        return sum(c.changed for c in self.controls)


@dataclass(frozen=True, slots=True)
class Lever:
    """One option of a lens as a control."""

    name: str
    label: str
    kind: Literal["number", "choice", "switch"]
    value: Any
    default: Any
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    step: float = 1.0


def groups(case: Case, inputs: Mapping[str, Input], variant: Case, state: State) -> tuple[Group, ...]:
    """Return the controls: no deal, saliences and red lines of those who must agree, rules, and more."""
    found = list(_usual(case, inputs, variant))
    have = {c.item.path for group in found for c in group.controls}
    edited = variant.variant.paths() if variant.variant else ()
    more = [inputs[p] for p in dict.fromkeys((*edited, *state.shown)) if p in inputs and p not in have]
    if more:
        found.insert(0, _group(variant, "Also on this page", "", more, opened=True))
    return tuple(group for group in found if group.controls)


def _usual(case: Case, inputs: Mapping[str, Input], variant: Case) -> Iterator[Group]:
    items = list(inputs.values())
    worth = [i for i in items if i.group == "no_deal" and i.kind == "range" and _needed(case, i)]
    yield _group(variant, "What no deal is worth", _SHIFT, worth, opened=True)
    core = {issue.id for issue in case.issues if issue.core}
    for actor in case.required:
        own = [i for i in items if i.group == "preferences" and i.actor == actor.id and i.issue in core]
        weights = [i for i in own if i.path.endswith(".salience")]
        yield _group(
            variant, f"How much each issue matters to {actor.name}", "0 to 100, as a range.", weights
        )
    for actor in case.required:
        own = [i for i in items if i.group == "preferences" and i.actor == actor.id and i.issue in core]
        lines = [i for i in own if i.kind == "set"]
        yield _group(variant, f"What {actor.name} could accept", "Red lines, reading by reading.", lines)
    rules = [i for i in items if i.group == "rules" and i.path.endswith(".reading")]
    yield _group(variant, "Contested rules", "Readings are never averaged.", rules)


def _needed(case: Case, item: Input) -> bool:
    return any(actor.id == item.actor for actor in case.required)


_SHIFT = (
    "In points of each party's own scale: 100 is its best deal, 0 its worst. A shift is added to what the "
    "options that then hold are worth to it."
)


def _group(variant: Case, title: str, under: str, items: list[Input], opened: bool = False) -> Group:
    made = tuple(replace(control(variant, item), label=_short(title, item)) for item in items)
    return Group(title, under, made, opened or any(c.changed for c in made))


def _short(title: str, item: Input) -> str:
    """Return a label without what the heading of its group says already."""
    subject, _, words = item.label.partition(": ")
    who, _, issue = subject.partition(", ")
    if item.group == "preferences" and who in title:
        return issue if words == "salience" else f"{issue}: {words.removeprefix('accepts, ')}"
    if item.group == "no_deal" and words:
        return f"{subject}: {words.removeprefix('worth of no deal, ')}"
    return item.label


def control(variant: Case, item: Input) -> Control:
    """Return the control of one input as it stands in a variant."""
    edits = {e.path: e.value for e in variant.variant.edits} if variant.variant else {}
    on_file = list(item.value) if isinstance(item.value, tuple) else item.value
    value = edits.get(item.path, on_file)
    if item.path not in edits and variant.variant and any(item.path.startswith(f"{p}.") for p in edits):
        value = value_at(variant, item.path)
    if value is None:
        value = on_file
    low, high = _ends(item, value)
    return Control(item, value, value != on_file, low, high, _step(low, high), item.label)


def _ends(item: Input, value: Any) -> tuple[float, float]:
    """Return where a slider ends: at the scale's own ends, or well beyond what is said where it has none."""
    if item.kind not in ("range", "number"):
        return 0.0, 1.0
    said = [float(x) for v in (item.value, value) for x in (v if isinstance(v, tuple | list) else (v,))]
    room = max(max(said) - min(said), abs(sum(said) / len(said)), 1e-3)
    low = item.low if item.low is not None else min(said) - room
    high = item.high if item.high is not None else max(said) + room
    return min(low, *said), max(high, *said)


def _step(low: float, high: float) -> float:
    """Return a round grain, about two hundred steps.

    Examples
    --------
    >>> _step(0, 100), _step(-50, 50), _step(0, 1)
    (0.5, 0.5, 0.005)
    """
    span = max(high - low, 1e-9)
    return next(s * 10.0**e for e in range(-9, 9) for s in (1, 2, 5) if span / (s * 10.0**e) <= 250)


def levers(lens: Lens[Any, Any], state: State) -> tuple[Lever, ...]:
    """Return the options of a lens that a reader can move."""
    typed = dict(state.levers)
    found = []
    for field, info in lens.options.model_fields.items():
        kind: Any = info.annotation
        if get_origin(kind) in (Union, UnionType):
            kind = next(k for k in get_args(kind) if k is not type(None))
        if field in _HIDDEN or get_origin(kind) is tuple:
            continue
        name = info.alias or field
        label = (info.description or field).partition(":")
        words = sentence((label[2] if label[0] == "Lever" else info.description or field).strip().rstrip("."))
        said = typed.get(name, info.default)
        if get_origin(kind) is Literal:
            found.append(Lever(name, words, "choice", said, info.default, get_args(kind)))
        elif kind is bool:
            found.append(Lever(name, words, "switch", str(said).lower() == "true", info.default))
        elif kind in (int, float):
            low = next((float(m.ge) for m in info.metadata if isinstance(m, Ge)), None)  # type: ignore[arg-type]
            high = next((float(m.le) for m in info.metadata if isinstance(m, Le)), None)  # type: ignore[arg-type]
            step = 1.0 if kind is int else 0.1
            found.append(Lever(name, words, "number", said, info.default, (), low, high, step))
    return tuple(found)
