"""Names of the standards of fairness, for every page on settlement."""

from __future__ import annotations

CONCEPT_NAMES = {
    "nash": "Nash: largest product of gains",
    "kalai_smorodinsky": "Kalai-Smorodinsky: largest least share of what each could hope for",
    "egalitarian": "Egalitarian: largest least gain",
    "utilitarian": "Utilitarian: largest sum",
}
