"""Keeps variants of a case as small files beside it, written so that they differ line by line in git."""

from __future__ import annotations

import re
from pathlib import Path

from detente.case.edits import VARIANT_NAME, Overlay
from detente.case.folders import folder_of, is_bundled
from detente.case.load import load_case
from detente.case.model import Case
from detente.case.overlay import apply
from detente.case.part_file import read_part
from detente.case.write_yaml import inline
from detente.case.yamlfile import head
from detente.errors import InputProblems, UsageError
from detente.files import write_whole

FOLDER = "variants"
"""Where variants stand inside the folder of a case."""


def variants_folder(case: str | Path, folder: str | Path | None = None) -> Path:
    """Return where the variants of a case are kept.

    Parameters
    ----------
    case : str or Path
        A case folder, or the name of a bundled case.
    folder : str or Path, optional
        Another folder the user names; needed to save variants of a bundled case.

    Examples
    --------
    >>> variants_folder("alaska-2025", "mine").as_posix()
    'mine'
    """
    return Path(folder) if folder is not None else folder_of(case) / FOLDER


def variant_names(folder: Path) -> tuple[str, ...]:
    """Return the names of all variants in a folder, in order."""
    if not folder.is_dir():
        return ()
    return tuple(
        sorted(f.stem for f in folder.glob("*.yaml") if re.match(VARIANT_NAME, f.stem) and f.is_file())
    )


def variant_titles(folder: Path) -> dict[str, str]:
    """Return name and title of all variants in a folder, without reading the whole of any."""
    return {
        name: head(folder / f"{name}.yaml", ("title",)).get("title", "") for name in variant_names(folder)
    }


def load_variant(case: str | Path, name: str, folder: str | Path | None = None) -> Case:
    """Return a case as one of its variants has it.

    Parameters
    ----------
    case : str or Path
        A case folder, or the name of a bundled case.
    name : str
        Name of a variant beside the case, or a path that ends in .yaml.
    folder : str or Path, optional
        Where to look for names, in place of the folder beside the case.

    Raises
    ------
    InputProblems
        If the case or the variant cannot be used, with every problem.
    UsageError
        If there is no such variant; names those there are.
    """
    return with_variant(load_case(case), variant_file(case, name, folder))


def variant_file(case: str | Path, name: str, folder: str | Path | None = None) -> Path:
    """Return the file of a variant.

    Raises
    ------
    UsageError
        If there is none; a name never leads out of the folder.
    """
    if name.endswith((".yaml", ".yml")):
        return Path(name)
    place = variants_folder(case, folder)
    have = variant_names(place)
    if name not in have:
        known = f"choose from: {', '.join(have)}" if have else f"none is kept in {place}; save one first"
        raise UsageError(f"there is no variant '{name[:60]}'. Remedy: {known}")
    return place / f"{name}.yaml"


def with_variant(case: Case, path: Path) -> Case:
    """Return a case with the edits of a variant file applied."""
    overlay, lines = read_variant(path)
    if overlay.of and overlay.of != case.id:
        raise UsageError(
            f"{path} is a variant of {overlay.of}, not of {case.id}. Remedy: choose its own case"
        )
    return apply(case, overlay, str(path), lines)


def read_variant(path: Path) -> tuple[Overlay, tuple[int | None, ...]]:
    """Return what a variant file says, and the line of each edit.

    Raises
    ------
    InputProblems
        With every problem of the file.
    """
    file, overlay, problems = read_part(path, Overlay)
    if overlay is None or problems:
        raise InputProblems(f"{path} is no variant", tuple(problems))
    lines = tuple(file.lines.get(("edits", n)) for n in range(len(overlay.edits)))
    return overlay.model_copy(update={"name": path.stem}), lines


def save_variant(
    case: Case, name: str, folder: Path, title: str = "", replace: bool = False
) -> tuple[Path, str]:
    """Write the edits of a variant into a file of their own, in one step.

    Parameters
    ----------
    case : Case
        A variant, as `apply` returns it.
    name : str
        Small letters, digits and hyphens.
    folder : Path
        Where variants are kept; made where it is missing.
    title : str
        What it supposes, in a few words.
    replace : bool
        Whether a variant of this name may be replaced.

    Returns
    -------
    path : Path
    text : str
        What was written.

    Raises
    ------
    UsageError
        If nothing is edited, the name cannot be one, it is taken, or the folder cannot be written.
    """
    if case.variant is None:
        raise UsageError(
            "nothing is changed, so there is no variant to save. Remedy: change an assumption first"
        )
    if not re.match(VARIANT_NAME, name):
        raise UsageError(
            f"'{name[:60]}' cannot be the name of a variant. Remedy: small letters, digits and hyphens, such "
            "as more-pressure"
        )
    if is_bundled(folder):
        raise UsageError("bundled cases are read-only. Remedy: name a folder of your own for their variants")
    path = folder / f"{name}.yaml"
    if path.exists() and not replace:
        raise UsageError(f"there is already a variant '{name}'. Remedy: choose another name, or replace it")
    text = variant_text(case.variant.model_copy(update={"title": title or case.variant.title}))
    write_whole(path, text.encode(), "choose another folder for variants")
    return path, text


def variant_text(overlay: Overlay) -> str:
    """Return a variant as its file says it: one edit after the other by place, one value a line.

    Examples
    --------
    >>> from detente.case.edits import Edit
    >>> edit = Edit(path="no_deal.worth.RUS.shift", value=[-20, 0], was=[-10, 10], why="more pressure")
    >>> print(variant_text(Overlay(title="Pressure", of="talks", base="0a1b", edits=(edit,))), end="")
    format: 1
    title: Pressure
    of: talks
    base: 0a1b
    edits:
      - path: no_deal.worth.RUS.shift
        value: [-20, 0]
        was: [-10, 10]
        why: more pressure
    """
    lines = ["format: 1"]
    lines += [
        f"{key}: {inline(value)}" for key in ("title", "of", "base") if (value := getattr(overlay, key))
    ]
    lines.append("edits:")
    for edit in overlay.edits:
        lines += [f"  - path: {inline(edit.path)}", f"    value: {inline(edit.value) or 'null'}"]
        rest = {
            "was": edit.was,
            "why": edit.why,
            "who": edit.who,
            "source": list(edit.source),
            "basis": edit.basis,
        }
        lines += [f"    {key}: {inline(value)}" for key, value in rest.items() if value not in (None, "", [])]
    return "\n".join(lines) + "\n"
