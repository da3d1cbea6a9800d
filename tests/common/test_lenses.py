"""What every lens in the registry must do."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import is_dataclass
from subprocess import run
from typing import Any

import pytest

from detente.case.load import bundled_cases, load_case
from detente.case.model import Case
from detente.lens import Lens
from detente.record import as_data, to_json
from detente.registry import LENSES

LENS = pytest.mark.parametrize("lens", LENSES, ids=lambda lens: lens.name)

NEEDS_A_DEAL: dict[str, dict[str, Any]] = {"locate": {"deal": ("reported",)}}


def small(lens: Lens[Any, Any]) -> Any:
    given = dict(NEEDS_A_DEAL.get(lens.name, {}))
    if "draws" in lens.options.model_fields:
        given["draws"] = 60
    return lens.options.model_validate(given)


def case_for(lens: Lens[Any, Any]) -> Case:
    """Return the flagship, or where it lacks what the lens needs, the first bundled case that has it."""
    names = ["alaska-2025", *(name for name, _, _ in bundled_cases())]
    return next(case for case in map(load_case, names) if not lens.missing(case))


@LENS
def test_the_question_is_one_and_sources_are_named(lens: Lens[Any, Any]) -> None:
    assert lens.question.endswith("?")
    assert lens.sources
    assert len(lens.options.model_fields) <= 8
    assert all(info.description for info in lens.options.model_fields.values())


@LENS
def test_the_same_case_and_seed_give_the_same_bytes(lens: Lens[Any, Any]) -> None:
    case = case_for(lens)
    first, second = lens.apply(case, small(lens)), lens.apply(case, small(lens))
    assert to_json(first) == to_json(second)


@LENS
def test_labels_call_actors_and_readings_by_name(lens: Lens[Any, Any]) -> None:
    case = case_for(lens)
    ids = {actor.id for actor in case.actors} - {actor.name for actor in case.actors}
    for measure in lens.apply(case, small(lens)).result.measures():
        assert not ids & set(re.findall(r"\w+", measure.label)), measure.label
        assert not any(f"({reading})" in measure.label for reading in case.readings), measure.label


@LENS
def test_the_record_is_json_with_a_version_and_named_measures(lens: Lens[Any, Any]) -> None:
    made = lens.apply(case_for(lens), small(lens))
    assert is_dataclass(made.result)
    data = json.loads(to_json(made))
    assert data["format_version"] == 1
    assert data["lens"] == lens.name
    names = [m["name"] for m in data["measures"]]
    assert names
    assert len(set(names)) == len(names)
    for m in data["measures"]:
        assert m["unit"]
        if m["value"] is not None and m["low"] is not None:
            assert m["low"] - 1e-9 <= m["value"] <= m["high"] + 1e-9


@LENS
def test_the_page_shows_names_never_ids(lens: Lens[Any, Any]) -> None:
    case = case_for(lens)
    page = lens.view(case, lens.apply(case, small(lens)))
    text = " ".join(strings(page))
    for actor in case.actors:
        if actor.id.isupper() and actor.id not in actor.name:
            assert f" {actor.id} " not in text.replace("EUR bn", "")
    for issue in case.issues:
        for option in issue.options:
            if "_" in option.id:
                assert option.id not in text


def strings(thing: Any) -> list[str]:
    """Return every string a reader sees; refs and traces are not shown as they are."""
    if isinstance(thing, str):
        return [thing]
    if isinstance(thing, tuple):
        return [s for item in thing for s in strings(item)]
    if is_dataclass(thing):
        hidden = ("refs", "trace", "id", "mark", "source", "target")
        return [s for f in thing.__dataclass_fields__ if f not in hidden for s in strings(getattr(thing, f))]
    return []


@LENS
def test_a_changed_measure_never_leaves_the_record_silent(lens: Lens[Any, Any]) -> None:
    made = lens.apply(case_for(lens), small(lens))
    assert as_data(made)["digest"] == case_for(lens).digest


def test_help_and_import_stay_light() -> None:
    code = (
        "import sys, detente; assert 'numpy' not in sys.modules\n"
        "from detente.cli import app\n"
        "try: app(['--help'], standalone_mode=False)\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'scipy', 'numba', 'altair', 'networkx', 'pandas'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
