"""What an analyst changes on trial: a short list of edits to a case, each with its reason."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal

from pydantic import ConfigDict, Field

from detente.case.base import Basis, Model

VARIANT_NAME = r"^[a-z0-9][a-z0-9-]{0,59}$"
"""How variants are called: small letters, digits and hyphens."""


class Edit(Model):
    """One value of a case, replaced on trial."""

    path: str = Field(min_length=1, max_length=200)
    """The place, such as ``no_deal.worth.RUS.shift`` or ``issues.line.options.freeze.position``."""
    value: Any = None
    """The value that stands there in the variant; null leaves the place out."""
    was: Any = None
    """What the case said there when the edit was made."""
    why: str = Field(default="", max_length=2000)
    """The reason, in one sentence."""
    who: str = Field(default="", max_length=200)
    """Who answers for it."""
    source: tuple[str, ...] = ()
    """Ids of evidence of the case, or documents in plain words; empty means an analyst's estimate."""
    basis: Basis | None = None
    """How the new value is known; inferred where evidence is named, else a guess."""

    @property
    def known_by(self) -> Basis:
        """How the new value is known."""
        return self.basis or ("inferred" if self.source else "guess")


class Overlay(Model):
    """A variant of a case: edits that leave the file as it is.

    Examples
    --------
    >>> one = Overlay(edits=(Edit(path="no_deal.worth.RUS.shift", value=[-20, 0], why="pressure"),))
    >>> other = Overlay(name="b", edits=(Edit(path="no_deal.worth.RUS.shift", value=[-20, 0]),))
    >>> one.digest == other.digest, len(one.digest), bool(one)
    (True, 8, True)
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    format: Literal[1] = 1
    """Version of this file format."""
    title: str = Field(default="", max_length=200)
    """What the variant supposes, in a few words."""
    of: str = ""
    """Id of the case it is a variant of."""
    base: str = ""
    """Digest of the case it was made from."""
    edits: tuple[Edit, ...] = ()
    """The edits; no two at one place."""
    name: str = ""
    """How it is called; the name of its file, which does not repeat it."""

    @property
    def digest(self) -> str:
        """First 8 hex digits of the SHA-256 of the places and values; reasons do not change it."""
        pairs = [[edit.path, edit.value] for edit in self.edits]
        text = json.dumps(pairs, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:8]

    def __bool__(self) -> bool:
        return bool(self.edits)

    def paths(self) -> tuple[str, ...]:
        """Return the places edited, in order."""
        return tuple(edit.path for edit in self.edits)


def shown(value: Any) -> str:
    """Return a value as a reader sees it in "10 to 20", "freeze, return" or "left out".

    Examples
    --------
    >>> shown([-10.0, 5]), shown(["freeze", ["keep", "lift"]]), shown(None), shown({"low": 1, "high": 1})
    ('−10 to 5', 'freeze, keep = lift', 'left out', '1')
    """
    if isinstance(value, dict):
        if set(value) == {"low", "high"}:
            return shown([value["low"], value["high"]])
        return "; ".join(f"{key}: {shown(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        if _is_pair(value):
            low, high = value
            return shown(low) if low == high else f"{shown(low)} to {shown(high)}"
        return ", ".join(" = ".join(x) if isinstance(x, list | tuple) else shown(x) for x in value) or "none"
    return _one(value)


def _one(value: Any) -> str:
    if value is None:
        return "left out"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}".replace("-", "−") if isinstance(value, int | float) else str(value)


def _is_pair(value: Any) -> bool:
    return len(value) == 2 and all(isinstance(x, int | float) and not isinstance(x, bool) for x in value)
