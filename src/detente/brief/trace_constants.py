"""Finds the constants a lens's numbers may pass through by reading its code, so that none can be left out."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import detente

_ROOT = Path(next(iter(detente.__path__)))
_FOLLOWED = ("detente.lenses.", "detente.table.", "detente.methods.")
_NAME = re.compile(r"_?[A-Z][A-Z0-9_]*")


@dataclass(frozen=True, slots=True)
class Constant:
    """A number written in code rather than in a case.

    Parameters
    ----------
    name : str
        As in the code.
    value : str
        As in the code.
    reason : str
        What it means and where it comes from; "" where the code does not say.
    where : str
        File and line, from the package's folder.

    Examples
    --------
    >>> print(Constant("SHOWN", "4", "Deals shown. Judgement.", "lenses/x/run.py:9"))
    SHOWN = 4: Deals shown. Judgement.
    """

    name: str
    value: str
    reason: str
    where: str

    def __str__(self) -> str:
        return f"{self.name} = {self.value}: {self.reason or 'no reason is given in the code'}"


@cache
def constants_of(module: str) -> tuple[Constant, ...]:
    """Return the constants in a module, its package and everything of ours that they import.

    The set is by module: a number need not pass through each of them, but through no others.

    Parameters
    ----------
    module : str
        Where the lens is defined, such as ``detente.lenses.settlement``.

    Examples
    --------
    >>> found = constants_of("detente.lenses.settlement")
    >>> "SHOWN" in [c.name for c in found if c.where.startswith("lenses/settlement")]
    True
    """
    files = _reached(module)
    tables = dict.fromkeys(t for path in files for t in sorted(path.parent.glob("data/*.[cj]s*")))
    return (*(found for path in files for found in _in_file(path)), *map(_table, tables))


def _reached(module: str) -> list[Path]:
    """Return the files of a lens, then those they import, nearest first."""
    folder = _ROOT.joinpath(*module.split(".")[1:])
    waiting = sorted(folder.glob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]
    seen: dict[Path, None] = {}
    while waiting:
        path = waiting.pop(0)
        if path in seen or not path.is_file():
            continue
        seen[path] = None
        waiting += [found for name in _imports(path) if (found := _file(name)) and found not in seen]
    return list(seen)


def _table(path: Path) -> Constant:
    """Return a table of figures shipped with a method; its README says where each comes from."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    where = path.relative_to(_ROOT).as_posix()
    return Constant(
        path.name, f"SHA-256 {digest}", f"figures; sources in {path.parent.name}/README.md", where
    )


@cache
def _imports(path: Path) -> tuple[str, ...]:
    found: list[str] = []
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return tuple(found)


def _file(name: str) -> Path | None:
    """Return the file of one of our modules; None for others and for names inside modules."""
    if not name.startswith(_FOLLOWED):
        return None
    path = _ROOT.joinpath(*name.split(".")[1:])
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return file if file.is_file() else None


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _in_file(path: Path) -> Iterator[Constant]:
    body = _tree(path).body
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    words = dict(_texts(body))
    for position, node in enumerate(body):
        name, value = _assigned(node)
        if value is None or not _NAME.fullmatch(name) or not _is_number(value):
            continue
        reason = _docstring(body, position) or _comment(lines[node.lineno - 1])
        where = f"{path.relative_to(_ROOT).as_posix()}:{node.lineno}"
        if isinstance(value, ast.Call):
            yield _described(name, [_said(part, words) for part in value.args], where)
        else:
            written = ast.get_source_segment(text, value) or ast.unparse(value)
            yield Constant(name, " ".join(written.split()), reason, where)


def _assigned(node: ast.stmt) -> tuple[str, ast.expr | None]:
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id, node.value
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id, node.value
    return "", None


def _is_number(value: ast.expr) -> bool:
    """Whether an expression is a number, numbers in brackets, or a record called Constant."""
    if isinstance(value, ast.Call):
        called = value.func
        return isinstance(called, ast.Name) and called.id == "Constant" and len(value.args) == 5
    if isinstance(value, ast.Constant):
        return isinstance(value.value, int | float) and not isinstance(value.value, bool)
    if isinstance(value, ast.UnaryOp):
        return _is_number(value.operand)
    if isinstance(value, ast.BinOp):
        return _is_number(value.left) and _is_number(value.right)
    if isinstance(value, ast.Tuple | ast.List):
        return bool(value.elts) and all(map(_is_number, value.elts))
    return isinstance(value, ast.Dict) and bool(value.values) and all(map(_is_number, value.values))


def _docstring(body: list[ast.stmt], position: int) -> str:
    """Return the text that follows an assignment, on one line."""
    after = body[position + 1] if position + 1 < len(body) else None
    said: Any = (
        after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
    )
    return " ".join(said.split()) if isinstance(said, str) else ""


def _comment(line: str) -> str:
    return line.partition("  # ")[2].strip().removesuffix(".")


def _described(name: str, parts: list[str], where: str) -> Constant:
    """Return a record of name, text, low, high and source, as the ratification method writes them."""
    _, text, low, high, source = parts
    return Constant(name, low if low == high else f"{low} to {high}", f"{text}. Source: {source}", where)


def _texts(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Yield the module's own texts by name."""
    for node in body:
        name, value = _assigned(node)
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield name, value.value


def _said(part: ast.expr, words: dict[str, str]) -> str:
    """Return a text or number as a reader sees it; names of the module's texts are replaced by them."""
    if isinstance(part, ast.Constant):
        return str(part.value)
    if isinstance(part, ast.JoinedStr):
        return "".join(_said(value, words) for value in part.values)
    if isinstance(part, ast.FormattedValue):
        return _said(part.value, words)
    return words.get(part.id, part.id) if isinstance(part, ast.Name) else ast.unparse(part)
