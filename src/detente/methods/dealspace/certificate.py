"""What is claimed of a solution, written so that a reader can check it without the solver."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import log
from typing import Literal

import numpy as np

from detente.methods.dealspace.concepts import Optimum, exact_key, value_of
from detente.methods.dealspace.utilities import Utilities
from detente.methods.space import broken

Method = Literal["scan", "branch", "milp"]


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is claimed of a solution, and what a reader needs to check it without the solver.

    Parameters
    ----------
    concept, definition, rule : str
    reserve : (P,) tuple of int or None
        Worth of no deal, in units.
    ideal : (P,) tuple of int
        Largest gains, and `ideal_over`: over which deals.
    value : Fraction or None
        Exact value; None where no deal suits everybody.
    bound, gap : float
        No deal has a larger value (logarithm of the product for Nash); gap 0 = proved optimal.
    weights : (P,) tuple of float
        Weights L: the sum over issues of the largest L.points bounds L.utility of every deal. Empty where
        every deal was looked at.
    ties : int
    method : str
    work : int
        Deals or arcs looked at.
    digest : str
        Fingerprint of the input.
    resolution : float
        Largest rounding of a deal's utility, in points.
    not_proved : tuple of str
        What the search did not settle.
    seconds : float
        Time taken; not part of the comparison.
    """

    concept: str
    definition: str
    rule: str
    reserve: tuple[int | None, ...]
    ideal: tuple[int, ...]
    ideal_over: str
    value: Fraction | None
    bound: float
    gap: float
    weights: tuple[float, ...]
    ties: int
    method: Method
    work: int
    digest: str
    resolution: float
    not_proved: tuple[str, ...]
    seconds: float = field(compare=False, default=0.0)


def scale_of(concept: str, value: Fraction) -> float:
    """Return a value on the scale of its bound: the logarithm of a product, the number itself otherwise."""
    if concept == "nash":
        return log(value.numerator) if value > 0 else -np.inf
    return float(value)


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of checking a certificate.

    Parameters
    ----------
    failures : tuple of str
        What does not hold; empty where everything does.
    root_gap : float
        How far the bound that anyone can add up from the weights stays above the value; 0 means that the
        addition alone proves the optimum, infinity that there are no weights and all deals were looked at.
    """

    failures: tuple[str, ...]
    root_gap: float


def check(certificate: Certificate, optimum: Optimum, utilities: Utilities) -> Checked:
    """Check a solution against the input: membership, acceptance, exact value, ties, and the bound.

    Examples
    --------
    >>> from detente.methods.dealspace.solutions import solve
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> u = utilities_of(Space((3,)), [[[50, -5], [20, 6], [10, 15]]], [0, 0])
    >>> answer = solve(u, "branch")
    >>> check(answer.certificates[3], answer.of("utilitarian"), u)
    Checked(failures=(), root_gap=14.0)
    """
    failures = [] if certificate.digest == utilities.digest else ["the certificate is for another input"]
    gains, concept = utilities.gains(optimum.deals), certificate.concept
    if any(next(broken(utilities.space, deal), None) for deal in optimum.deals.tolist()):
        failures.append("a deal breaks a rule")
    if (gains < 0).any():
        failures.append("a deal is below somebody's worth of no deal")
    keys = {exact_key(concept, row, certificate.ideal) for row in gains.tolist()}
    if len(keys) != 1 or value_of(concept, gains[0].tolist(), certificate.ideal) != certificate.value:
        failures.append("the deals do not have the value claimed")
    if len({tuple(deal) for deal in optimum.deals.tolist()}) != min(optimum.ties, len(optimum.deals)):
        failures.append("the ties are not counted right")
    if not certificate.weights:
        return Checked(tuple(failures), np.inf)
    root = root_bound(certificate, utilities)
    value = scale_of(concept, optimum.value)
    if root < value - 1e-9 * max(1.0, abs(value)):
        failures.append("the weights do not bound the value")
    return Checked(tuple(failures), max(0.0, root - value))


def root_bound(certificate: Certificate, utilities: Utilities) -> float:
    """Add up the bound: per issue and interaction the largest L.points, less L.reserve.

    Nash: n log(total / n) - sum log L over the actors that can gain; least ratio: total / L.ideal; least
    gain: total / sum L; sum: the total, with L at least 1.
    """
    weights = np.array(certificate.weights)
    total = sum(float((table @ weights).max()) for table in utilities.points)
    total += sum(float((w.points @ weights).max()) for w in utilities.interactions)
    total -= float(weights @ np.array([d or 0 for d in utilities.reserve], dtype=np.float64))
    ideal = np.array(certificate.ideal, dtype=np.float64)
    able = ideal > 0
    if certificate.concept == "utilitarian":
        return total
    if not able.any():
        return np.inf
    if certificate.concept == "nash":
        inside = weights[able]
        if (inside <= 0).any():
            return np.inf
        return float(able.sum() * log(max(total, 1e-300) / able.sum()) - np.log(inside).sum())
    scale = float(weights @ (ideal if certificate.concept == "kalai_smorodinsky" else able.astype(float)))
    return total / scale if scale > 0 else np.inf
