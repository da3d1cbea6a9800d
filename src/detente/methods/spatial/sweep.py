"""What many runs of a challenge model show together; a single run is never a forecast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sweep:
    """Many runs over draws of the inputs.

    Parameters
    ----------
    median, mean : array (B, rounds + 1)
        Weighted centres after each round, with the initial weights; the last value is repeated after a
        run has ended.
    settled : bool array (B,)
        Whether nobody moved in the last round allowed.
    pressed : array (n, n)
        Moves an actor (row) made towards another (column), per run.
    """

    median: Array
    mean: Array
    settled: NDArray[np.bool_]
    pressed: Array
