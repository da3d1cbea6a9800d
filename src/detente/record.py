"""A run as JSON: the lens, its version, the digest of the case, the options, the result; never the page."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
from pydantic import BaseModel

from detente.lens import Run

FORMAT_VERSION = 1
"""1: first version (lens, version, case, digest, options, measures, result; of a variant also variant)."""


def to_json(run: Run[Any, Any]) -> str:
    """Return a run as JSON text with sorted, stable keys; the same run gives the same bytes.

    Parameters
    ----------
    run : Run

    Raises
    ------
    TypeError
        If a result holds something JSON cannot say.
    """
    return json.dumps(as_data(run), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def as_data(run: Run[Any, Any]) -> dict[str, Any]:
    """Return a run as plain data; measures stand once, beside the result."""
    result = plain(run.result)
    result.pop("headline", None)
    edits = {} if run.variant is None else {"variant": plain(run.variant)}
    return {
        "format_version": FORMAT_VERSION,
        "lens": run.lens,
        "version": run.version,
        "case": run.case,
        "digest": run.digest,
        **edits,
        "options": run.options.model_dump(mode="json", by_alias=True),
        "measures": [plain(m) for m in run.result.measures()],
        "result": result,
    }


def plain(thing: Any) -> Any:
    """Return dataclasses, models, arrays and mappings as what JSON can say; NaN becomes null.

    Examples
    --------
    >>> plain({("a", 1): np.array([1.5, np.nan])})
    {'a,1': [1.5, None]}
    """
    for kinds, translate in _TRANSLATIONS:
        if isinstance(thing, kinds):
            return translate(thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        return {f.name: plain(getattr(thing, f.name)) for f in fields(thing)}
    raise TypeError(f"a result holds a {type(thing).__name__}, which JSON cannot say")


def _key(key: Any) -> str:
    return ",".join(str(k) for k in key) if isinstance(key, tuple) else str(key)


_TRANSLATIONS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    ((str, bool, int, type(None)), lambda x: x),
    (float, lambda x: x if math.isfinite(x) else None),
    (BaseModel, lambda x: x.model_dump(mode="json", by_alias=True)),
    (Mapping, lambda x: {_key(k): plain(v) for k, v in x.items()}),
    ((np.ndarray, np.generic), lambda x: plain(x.tolist())),
    ((list, tuple), lambda x: [plain(item) for item in x]),
    ((set, frozenset), lambda x: sorted(plain(item) for item in x)),
    (date, lambda x: x.isoformat()),
    (Fraction, str),
)
