"""What every part of a case shares: frozen models, ranges, and the basis of a judgement."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Basis = Literal["stated", "inferred", "guess"]
"""How a judgement is known: somebody said it, it follows from what was said or done, or it is a guess."""

Id = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=40)]
"""A short name used inside the files; never shown to readers."""

Pattern = dict[Id, tuple[Id, ...]]
"""Issue to options: matches a deal that has one of the options on every issue named."""


class Model(BaseModel):
    """A part of a case: frozen, and refusing keys it does not know."""

    # Only the case itself is ever validated whole: building every part on its own would double the start-up.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Asked(Model):
    """What a user can ask of a lens: as `Model`, with each field's docstring as its help text.

    Parts of a case leave that to `detente.case.schema`: reading the docstrings of all of them from the source
    at every start takes a tenth of a brief.
    """

    model_config = ConfigDict(use_attribute_docstrings=True)


def _pair(value: Any) -> Any:
    """Let `[low, high]` stand for `{low: low, high: high}`."""
    if isinstance(value, list | tuple) and len(value) == 2:
        return {"low": value[0], "high": value[1]}
    return value


class _Range(Model):
    low: float = Field(allow_inf_nan=False)
    """Lower end."""
    high: float = Field(allow_inf_nan=False)
    """Upper end, not below the lower."""

    @model_validator(mode="after")
    def _ordered(self) -> _Range:
        if self.low > self.high:
            raise ValueError(f"the range runs backwards: low {self.low:g} is above high {self.high:g}")
        return self

    @property
    def mid(self) -> float:
        """The middle of the range."""
        return (self.low + self.high) / 2


Range = Annotated[_Range, BeforeValidator(_pair)]
"""An interval, written `[low, high]` or `{low: .., high: ..}`."""


class Judgement(Model):
    """Anything an analyst decided: how it is known, from what, and why."""

    basis: Basis = "guess"
    """stated, inferred or guess."""
    evidence: tuple[Id, ...] = ()
    """Ids of evidence items in sources.yaml."""
    note: str = ""
    """The reason, in one sentence."""
