"""The shape of every analysis: a Lens turns a Case into a Run, and a Run into a Page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast

from detente.errors import UsageError, in_words

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from detente.case.edits import Overlay
    from detente.case.model import Case
    from detente.page import Page


@dataclass(frozen=True, slots=True)
class Citation:
    """A published source of a method: short text and, where there is one, its DOI."""

    text: str
    doi: str = ""


_PLURALS = ("actors", "days", "deals", "movements", "packages", "points", "states", "votes")


@dataclass(frozen=True, slots=True)
class Measure:
    """A headline number of a result, with what a sceptic needs to follow it.

    A value of None means the measure does not exist here (no agreement is never encoded as a number).
    `low` and `high` bound it; `interval` says in what sense. `inputs` are places in the case file.
    """

    name: str
    label: str
    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    interval: str = ""
    formula: str = ""
    inputs: tuple[str, ...] = ()

    def said(self) -> str:
        """Return the number with its unit and its interval, as a chain tells it.

        Examples
        --------
        >>> Measure("zone", "Packages inside all red lines", 1, "deals").said()
        '1 deal'
        >>> Measure("holds", "Still holds", 0.25, "probability", 0.1, 0.5, "5th to 95th percentile").said()
        '0.25 probability, 0.1 to 0.5 (5th to 95th percentile)'
        """
        if self.value is None:
            return "does not exist here"
        whole = self.value == int(self.value)
        unit = self.unit[:-1] if self.value == 1 and self.unit in _PLURALS else self.unit
        text = f"{int(self.value):,} {unit}" if whole else f"{self.value:,.4g} {unit}"
        if self.low is None or self.high is None:
            return text
        return f"{text}, {self.low:.3g} to {self.high:.3g} ({self.interval})"


class Result(Protocol):
    """What a lens computes: frozen, and able to name its headline numbers."""

    def measures(self) -> tuple[Measure, ...]:
        """Return the headline numbers; all that studies and scoring may look at."""
        ...


O = TypeVar("O")  # noqa: E741 - the options type of a lens
O_contra = TypeVar("O_contra", contravariant=True)
R = TypeVar("R", bound=Result)


@dataclass(frozen=True, slots=True)
class Run(Generic[O, R]):
    """A result with its provenance: lens, version, digest of the case, options; of a variant, its edits."""

    lens: str
    version: str
    case: str
    digest: str
    options: O
    result: R
    variant: Overlay | None = None


@dataclass(frozen=True, slots=True)
class Foreign(Generic[O, R]):
    """How a lens answers for a file of another tool, which is no case.

    Parameters
    ----------
    accepts : callable
        Whether the path looks like one of these files or folders.
    run : callable
        Path and options to result; lists every problem of a broken file.
    view : callable
        Run to page, without a case.
    """

    accepts: Callable[[Path], bool]
    run: Callable[[Path, O], R]
    view: Callable[[Run[O, R]], Page]


class Again(Protocol[O_contra, R]):
    """Answers for one variant after another at the speed of a hand on a slider."""

    def __call__(self, case: Case, options: O_contra) -> R:
        """Return a result whose measures are those of `run`; other parts may be empty."""
        ...

    def behind(self, case: Case, options: O_contra, other: R) -> R:
        """Return the result of a case that shows what another result shows, as it stands in this case."""
        ...


@dataclass(frozen=True, slots=True)
class Lens(Generic[O, R]):
    """One question about a case.

    Parameters
    ----------
    name : str
        Its command.
    question : str
        The user's question; ends in "?".
    options : type
        Frozen pydantic model with few fields and good defaults.
    run : callable
        Case and options to result; pure.
    view : callable
        Case and run to page; computes nothing new.
    missing : callable
        Case to the sentence that says what the case lacks for this lens, or "".
    sources : tuple of Citation
        Where the method is published.
    in_brief : bool
        Whether it can answer for a case as a whole, without being told which deal.
    foreign : Foreign, optional
        For lenses that also answer for files of other tools.
    again : callable, optional
        Makes what answers for one variant after another: it keeps what an edit leaves alone.
    one_deal : bool
        Whether it answers about one package and nothing else.
    """

    name: str
    question: str
    options: type[O]
    run: Callable[[Case, O], R]
    view: Callable[[Case, Run[O, R]], Page]
    missing: Callable[[Case], str]
    sources: tuple[Citation, ...]
    in_brief: bool = True
    foreign: Foreign[O, R] | None = None
    again: Callable[[], Again[O, R]] | None = None
    one_deal: bool = False

    def apply(self, case: Case, options: O) -> Run[O, R]:
        """Run on a case and keep the provenance."""
        from detente import __version__

        result = self.run(case, options)
        return Run(self.name, __version__, case.id, case.digest, options, result, case.variant)

    def read_options(self, given: Mapping[str, Any], remedy: str) -> O:
        """Return the options from what was typed.

        Parameters
        ----------
        given : mapping
            Values by the name of the option or by its alias.
        remedy : str
            What to do where a value is not allowed.

        Raises
        ------
        UsageError
            If a value is not allowed; names every one, as it is typed.
        """
        from pydantic import BaseModel, ValidationError

        try:
            return cast("type[BaseModel]", self.options).model_validate(given)  # type: ignore[return-value]
        except ValidationError as error:
            wrong = "; ".join(_wrong(detail) for detail in error.errors())
            raise UsageError(f"the {self.name} lens cannot use {wrong}. Remedy: {remedy}") from None


def as_typed(field: str, info: FieldInfo) -> str:
    """Return an option's name as a user types it.

    Examples
    --------
    >>> from detente.registry import LENSES
    >>> fields = LENSES[0].options.model_fields
    >>> [as_typed(name, fields[name]) for name in ("added", "no_deal")]
    ['with', 'no-deal']
    """
    return (info.alias or field).replace("_", "-")


def _wrong(detail: ErrorDetails) -> str:
    """Return what is wrong with one option, in words."""
    name = str(detail["loc"][0]).replace("_", "-") if detail["loc"] else "options"
    return f"{name}: {in_words(detail)}"
