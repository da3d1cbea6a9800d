"""The two files of a case as read, and the way from a finding to the line it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detente.case.checks_finding import Finding
from detente.case.schema import IN_SOURCES
from detente.case.yamlfile import YamlFile, read_yaml
from detente.case.yamlfile_spot import Spot, below, line_of, spell
from detente.errors import Problem


@dataclass(frozen=True, slots=True)
class CaseFiles:
    """case.yaml and sources.yaml as plain data with line numbers."""

    case: YamlFile
    sources: YamlFile
    _positions: dict[int, dict[str, list[int]]] = field(default_factory=dict)

    def problem(self, finding: Finding) -> Problem:
        """Tie a finding to the file and line it is about, or to the nearest line around it."""
        file = self.sources if finding.spot[:1] in [(name,) for name in IN_SOURCES] else self.case
        spot = self._located(file.data, finding)
        where = spell(file.data, spot)
        return Problem(
            file.name, line_of(file.lines, spot), where, finding.message, finding.remedy, finding.severity
        )

    def _located(self, data: Any, finding: Finding) -> Spot:
        """Turn ids in a spot into positions; what is not in the file stays as it is."""
        spot: Spot = ()
        for step in finding.spot:
            if isinstance(data, list) and isinstance(step, str):
                places = self._places(data).get(step, [])
                step = places[min(finding.twin, len(places) - 1)] if places else step  # noqa: PLW2901
            spot = (*spot, step)
            data = below(data, step)
        return spot

    def _places(self, items: list[Any]) -> dict[str, list[int]]:
        """Return where each id stands in a list; kept, as many findings look into the same list."""
        if id(items) not in self._positions:
            places: dict[str, list[int]] = {}
            for position, item in enumerate(items):
                if isinstance(item, dict) and isinstance(item.get("id"), str):
                    places.setdefault(item["id"], []).append(position)
            self._positions[id(items)] = places
        return self._positions[id(items)]


def read_files(folder: Path, name: str) -> CaseFiles:
    """Read both files of a case.

    Parameters
    ----------
    folder : Path
        Where they are.
    name : str
        How the user calls the folder; stands in messages.
    """
    case, sources = (read_yaml(folder / file, f"{name}/{file}") for file in ("case.yaml", "sources.yaml"))
    return CaseFiles(case, sources)
