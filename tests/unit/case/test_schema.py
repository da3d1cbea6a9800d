"""The JSON Schemas accept what reading accepts and refuse what it refuses; the page follows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.case.load import bundled_cases
from detente.case.schema import case_schema, sources_schema
from detente.case.schema_page import case_format_page
from detente.case.yamlfile import read_yaml

jsonschema = pytest.importorskip("jsonschema")
CASES = Path(__file__).parents[3] / "src" / "detente" / "cases"


def faults(folder: Path) -> list[str]:
    files = {"case.yaml": case_schema(), "sources.yaml": sources_schema()}
    return [
        error.message
        for name, schema in files.items()
        for error in jsonschema.Draft202012Validator(schema).iter_errors(read_yaml(folder / name).data)
    ]


def test_the_schemas_are_schemas():
    for schema in (case_schema(), sources_schema()):
        jsonschema.Draft202012Validator.check_schema(schema)
        assert "_Range" not in str(schema)


@pytest.mark.parametrize("name", [name for name, *_ in bundled_cases()])
def test_bundled_cases_fit(name):
    assert faults(CASES / name) == []


def test_the_reference_page_is_not_stale():
    page = Path(__file__).parents[3] / "docs" / "reference" / "case-format.md"
    remedy = "run: python -m detente.case.schema_page > docs/reference/case-format.md"
    assert page.read_text() == case_format_page(), remedy


def test_the_template_fits(spoil):
    assert faults(spoil()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("salience: [40, 60]", "salience: {low: 40, high: 60}"),
        ("published: 2025-01-20", "published: 2025"),
        ("published: 2025-01-20", "published: 2025-01"),
        ("order: [ceasefire, truce, none]", "order: [ceasefire, [truce, none]]"),
    ],
)
def test_both_ways_to_write_fit(spoil, old, new):
    assert faults(spoil((old, new))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("salience: [40, 60]", "salience: 40"),
        ("salience: [40, 60]", "salience: [40]"),
        ("salience: [40, 60]", "salience: {low: 40}"),
        ("analyst: your", "analist: your"),
        ("position: 60 }", "position: 600 }"),
        ("source: [agency]", "source: []"),
        ("published: 2025-01-20", "published: January"),
    ],
)
def test_what_reading_refuses_does_not_fit(spoil, old, new):
    assert faults(spoil((old, new)))
