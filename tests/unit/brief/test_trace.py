"""Every headline number leads to a document, and nothing on the way is left out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import run

import pytest
from click.testing import CliRunner

from detente.brief.trace import trace
from detente.brief.trace_constants import constants_of
from detente.brief.trace_links import Link
from detente.brief.trace_places import has, judged_below, parts_of
from detente.brief.trace_text import to_text
from detente.case.load import load_case
from detente.case.template import write_template
from detente.cli import app
from detente.errors import UsageError
from detente.registry import LENSES

DRAWS = {"draws": 20}


def every(link: Link) -> Iterator[Link]:
    yield link
    for part in link.links:
        yield from every(part)


def trace_below(case, place: str):
    return judged_below(parts_of(case), place)


def kinds(link: Link) -> set[str]:
    return {found.kind for found in every(link)}


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    write_template(tmp_path / "talks", "talks")
    return tmp_path / "talks"


def test_a_number_leads_to_formula_method_judgement_evidence_and_source(talks: Path) -> None:
    chain = trace(talks, "settlement.zone.stated", DRAWS)
    assert chain.kind == "result"
    assert kinds(chain) >= {"formula", "method", "options", "constant", "input", "judgement", "source"}
    judgement = next(x for x in every(chain) if x.name == "preferences.north.control")
    assert "Basis: stated, judged by your name" in judgement.text
    assert "Said in public more than once" in judgement.text
    file, _, line = judgement.where.rpartition(":")
    assert Path(file).read_text().split("\n")[int(line) - 1].strip() == "control:"
    assert [x.kind for x in judgement.links] == ["evidence"]
    every_evidence = {x.name for x in every(chain) if x.kind == "evidence"}
    assert every_evidence == {"e_north", "e_south"}


@pytest.mark.parametrize("lens", [lens for lens in LENSES if lens.in_brief], ids=lambda x: x.name)
def test_every_headline_number_of_every_lens_can_be_traced(lens) -> None:
    case = load_case("alaska-2025")
    if lens.missing(case):
        pytest.skip(f"the flagship lacks what {lens.name} needs")
    options = {k: v for k, v in DRAWS.items() if k in lens.options.model_fields}
    measures = lens.apply(case, lens.options.model_validate(options)).result.measures()
    chain = trace("alaska-2025", f"{lens.name}.{measures[0].name}", options)
    assert {"result", "formula", "method", "options", "input", "constants"} <= kinds(chain)
    assert [m.name for m in measures if not m.formula or not m.inputs] == []
    places = {place for m in measures for place in m.inputs if has(case, place)}
    assert not {m.name for m in measures if not places & set(m.inputs)}
    assert all(next(trace_below(case, place), None) for place in places - {"no_deal.options"})
    assert all(x.links or x.text for x in every(chain))


def test_the_lens_may_be_left_out_and_a_lens_may_need_a_deal() -> None:
    assert trace("alaska-2025", "zone.flexible", DRAWS).name == "settlement.zone.flexible"
    chain = trace("alaska-2025", "locate.completions", {**DRAWS, "deal": ("reported",)})
    assert "deal: reported" in next(x.text for x in every(chain) if x.kind == "options")


@pytest.mark.parametrize("name", ["F052", "evidence F052", "evidence.F052"])
def test_an_evidence_id_leads_to_its_source_and_to_what_cites_it(name: str) -> None:
    chain = trace("alaska-2025", name)
    assert chain.kind == "evidence"
    assert "source" in kinds(chain)
    assert "preferences.RUS.line" in {x.name for x in chain.links if x.text == "cites it"}


def test_contradictions_and_one_origin_are_said() -> None:
    line = trace("alaska-2025", "preferences.RUS.line")
    weight = next(x for x in line.links if x.kind == "weight")
    assert weight.text == "3 items in 7 sources, 2 of independent origin; one origin: F052 and F056"
    assert "contradicted by F006 and F007" in trace("alaska-2025", "F008").text


def test_a_range_is_answered_by_the_judgement_it_belongs_to(talks: Path) -> None:
    chain = trace(talks, "preferences.north.halt.salience")
    assert chain.kind == "judgement"
    assert chain.text.startswith("salience: 40 to 60. Basis: inferred")
    assert trace(talks, "no_deal.worth.north.worth").text.startswith("worth: 40 to 70. Basis: guess")
    assert trace(talks, "actors.south.goals#1").text.startswith("text: Regain the river valley")


def test_a_source_lists_what_it_says(talks: Path) -> None:
    chain = trace(talks, "south_daily")
    assert [(x.kind, x.name) for x in chain.links] == [("evidence", "e_south")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zone.flexibel", "settlement.zone.flexible"),
        ("settlement.intrests", "settlement.interests"),
        ("preferences.north.controll", "preferences.north.control"),
        ("e_nort", "e_north"),
    ],
)
def test_an_unknown_name_gets_the_nearest(talks: Path, typed: str, meant: str) -> None:
    with pytest.raises(UsageError, match=f"did you mean `{meant}`"):
        trace(talks, typed, DRAWS)


def test_a_name_like_no_other_gets_examples(talks: Path) -> None:
    with pytest.raises(UsageError, match="named like `settlement"):
        trace(talks, "zzz", DRAWS)


def test_every_constant_has_its_line() -> None:
    import detente

    root = Path(detente.__file__).parent
    for lens in LENSES:
        found = constants_of(lens.run.__module__)
        assert found, f"{lens.name} shows no constant"
        for constant in found:
            file, _, line = constant.where.partition(":")
            if line:
                assert constant.name in (root / file).read_text(encoding="utf-8").split("\n")[int(line) - 1]


def test_text_is_indented_and_complete(talks: Path) -> None:
    chain = trace(talks, "settlement.zone.stated", DRAWS)
    text = to_text(chain, 80)
    assert all(x.name in text for x in every(chain))
    assert max(map(len, text.split("\n"))) <= 110
    assert "\n      Evidence e_north" in text


def test_the_command_prints_text_or_json(talks: Path) -> None:
    done = CliRunner().invoke(app, ["trace", str(talks), "evidence", "e_north"])
    assert done.exit_code == 0
    assert done.output.startswith("Evidence e_north")
    done = CliRunner().invoke(app, ["trace", str(talks), "settlement.feasible", "--draws", "20", "--json"])
    data = json.loads(done.output)
    assert data["chain"]["kind"] == "result"
    assert "draws: 20" in next(x["text"] for x in data["chain"]["links"] if x["kind"] == "options")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['detente', 'trace', '--help']\n"
        "from detente.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted({'numpy', 'scipy', 'numba', 'ruamel', 'trafilatura', 'pypdf'} & set(sys.modules)))"
    )
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")
