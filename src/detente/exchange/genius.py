"""Reads GENIUS scenarios: a domain file and one utility file per actor, in GENIUS's own meaning.

Format as in GENIUS 10.4: an option is worth weight / sum of weights x evaluation / largest evaluation of
the issue, so that a deal lies on 0 to 1, where the reservation value stands too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.exchange.scenario import MOST_OPTIONS, Imported, Names, Node, Reader, files_of
from detente.methods.space import Space

KNOWN = {"objective", "weight", "issue", "item", "evaluator", "range", "reservation", "discount_factor"}
"""Elements of a utility file that are read or noted."""

REFUSED = ("ufun", "hyperRectangle", "constraint", "rules")
"""Elements of utilities that are not weighted sums."""

SMALLEST = 1e-5
"""A largest evaluation below this counts as 0 (GENIUS 10.4)."""


@dataclass(frozen=True, slots=True)
class _Issue:
    name: str
    index: int
    kind: str
    options: tuple[str, ...]
    low: int = 0


def read_genius(folder: Path, actors: Sequence[str] | None = None) -> Imported:
    """Read a folder with a domain file and utility files, as GENIUS means them.

    Parameters
    ----------
    folder : Path
        The folder, or any file in it.
    actors : sequence of str, optional
        Names of utility files without ending; all of them by default, in the order of their names.

    Raises
    ------
    InputProblems
        If the scenario cannot be used; lists everything that is wrong with it.
    """
    reader = Reader(f"GENIUS scenario {folder.name}")
    roots = {file: reader.xml(file) for file in files_of(folder, reader, (".xml",))}
    domains = {f: r for f, r in roots.items() if r is not None and r.tag == "negotiation_template"}
    profiles = {f: r for f, r in roots.items() if r is not None and r.tag == "utility_space"}
    if actors is not None:
        chosen = {f.stem: (f, r) for f, r in profiles.items()}
        for name in [a for a in actors if a not in chosen]:
            reader.fault(
                folder, name, "there is no utility file of this name", f"choose from {sorted(chosen)}"
            )
        profiles = dict(chosen[a] for a in actors if a in chosen)
    if len(domains) != 1 or not profiles:
        count = f"{len(domains)} domain files and {len(profiles)} utility files"
        reader.refuse(
            folder, f"a scenario needs one domain file and utility files; found {count}", "add them"
        )
    (file, root), *_ = domains.items()
    issues = _issues(reader, file, root)
    columns = [_profile(reader, f, r, issues) for f, r in profiles.items()]
    reserve = np.array([_reserve(reader, f, r) for f, r in profiles.items()])
    reader.stop_if_faulty()
    points = tuple(np.column_stack([column[i] for column in columns]) for i in range(len(issues)))
    names = Names(
        tuple(i.name for i in issues), tuple(i.options for i in issues), tuple(f.stem for f in profiles)
    )
    space = Space(tuple(len(i.options) for i in issues))
    return Imported("GENIUS", folder.stem, space, points, reserve, names, tuple(reader.dropped))


def _whole(reader: Reader, file: Path, node: Node, key: str) -> int:
    return round(reader.number(node.attributes.get(key), file, f"{node.tag}.{key}", node.line))


def _issues(reader: Reader, file: Path, root: Node) -> list[_Issue]:
    nodes = sorted(root.every("issue"), key=lambda n: _whole(reader, file, n, "index"))
    issues = [_issue(reader, file, node) for node in nodes]
    if not issues:
        reader.fault(file, "", "there is no issue", "add one", root.line)
    names = [i.name for i in issues]
    for name in {n for n in names if names.count(n) > 1}:
        reader.fault(file, name, "two issues have this name", "rename one")
    return issues


def _issue(reader: Reader, file: Path, node: Node) -> _Issue:
    name = node.attributes.get("name", "")
    index = _whole(reader, file, node, "index")
    kind = next((node.attributes[k] for k in ("type", "vtype", "etype") if k in node.attributes), "discrete")
    if kind == "integer":
        return _integer(reader, file, node, name)
    if kind != "discrete":
        reader.fault(
            file, name, f"an issue of type '{kind}' has no list of options", "make it discrete", node.line
        )
    items = sorted(node.of("item"), key=lambda n: _whole(reader, file, n, "index"))
    options = tuple(item.attributes.get("value", "") for item in items)
    if len(set(options)) < len(options) or not options:
        reader.fault(file, name, "the options need names, each once", "name each option", node.line)
    return _Issue(name, index, "discrete", options)


def _integer(reader: Reader, file: Path, node: Node, name: str) -> _Issue:
    ends = next((n for n in [*node.of("range"), node] if "lowerbound" in n.attributes), node)
    low, high = _whole(reader, file, ends, "lowerbound"), _whole(reader, file, ends, "upperbound")
    if not 0 <= high - low < MOST_OPTIONS:
        reader.fault(
            file, name, f"the range {low} to {high} has no or too many options", "narrow it", node.line
        )
        high = low
    index = _whole(reader, file, node, "index")
    return _Issue(name, index, "integer", tuple(str(k) for k in range(low, high + 1)), low)


def _profile(reader: Reader, file: Path, root: Node, issues: Sequence[_Issue]) -> list[NDArray[np.float64]]:
    """Return the actor's points of every option of every issue."""
    for tag in sorted({n.tag for n in root.all()} - KNOWN - set(REFUSED)):
        reader.note(f"The element {tag} of {file.stem} is not known and left out.")
    for tag in REFUSED:
        if root.every(tag):
            reader.fault(
                file,
                tag,
                "a utility that is not a weighted sum is not read",
                "take a linear scenario",
                root.line,
            )
    weights = {_whole(reader, file, n, "index"): n for n in root.every("weight")}
    by_name = {n.attributes.get("name", ""): n for n in root.every("issue")}
    shares, values = [], []
    for issue in issues:
        node = by_name.get(issue.name)
        if node is None:
            reader.fault(file, issue.name, "the domain has this issue, the utility file has not", "add it")
            values.append(np.zeros(len(issue.options)))
            shares.append(0.0)
            continue
        weight = weights.get(_whole(reader, file, node, "index"))
        if weight is None:
            reader.fault(file, issue.name, "the issue has no weight", "add a weight", node.line)
        where = f"{issue.name}.weight"
        shares.append(
            reader.number(weight.attributes.get("value"), file, where, weight.line) if weight else 0.0
        )
        values.append(_values(reader, file, node, issue))
    for name in sorted(set(by_name) - {i.name for i in issues}):
        reader.fault(file, name, "the utility file has this issue, the domain has not", "remove it")
    if not shares or min(shares) < 0 or sum(shares) <= 0:
        reader.fault(file, "weight", "weights must not be negative, and some must be above 0", "set them")
        return values
    return [share / sum(shares) * value for share, value in zip(shares, values, strict=True)]


def _values(reader: Reader, file: Path, node: Node, issue: _Issue) -> NDArray[np.float64]:
    if issue.kind == "integer":
        return _line(reader, file, node, issue)
    items = {item.attributes.get("value", ""): item for item in node.of("item")}
    for option in [o for o in issue.options if o not in items]:
        reader.fault(file, f"{issue.name}.{option}", "the option has no evaluation", "add one", node.line)
    for option in sorted(set(items) - set(issue.options)):
        reader.fault(file, f"{issue.name}.{option}", "the domain has no such option", "remove it", node.line)
    found = np.array(
        [
            reader.number(items[o].attributes.get("evaluation"), file, f"{issue.name}.{o}", items[o].line)
            if o in items
            else 0.0
            for o in issue.options
        ]
    )
    largest = found.max(initial=0.0)
    return found / largest if largest >= SMALLEST else np.zeros(len(found))


def _line(reader: Reader, file: Path, node: Node, issue: _Issue) -> NDArray[np.float64]:
    """Evaluate a number by offset + slope x (number - lower bound), cut to 0 to 1."""
    line = next(iter(node.of("evaluator")), node)
    if line.attributes.get("ftype", "linear") != "linear":
        reader.fault(
            file, issue.name, "only linear evaluators of numbers are read", "make it linear", line.line
        )
    offset = reader.number(line.attributes.get("offset"), file, f"{issue.name}.offset", line.line)
    slope = reader.number(line.attributes.get("slope"), file, f"{issue.name}.slope", line.line)
    return np.clip(offset + slope * np.arange(len(issue.options)), 0.0, 1.0)


def _reserve(reader: Reader, file: Path, root: Node) -> float:
    for node in root.every("discount_factor"):
        if reader.number(node.attributes.get("value"), file, "discount_factor", node.line) != 1:
            reader.note(f"The discount of {file.stem} is left out: deals are judged as if struck at once.")
    nodes = root.every("reservation")
    if not nodes:
        reader.note(f"{file.stem} gives no reservation value; GENIUS takes 0.")
        return 0.0
    return reader.number(nodes[0].attributes.get("value"), file, "reservation", nodes[0].line)
