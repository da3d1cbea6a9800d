"""Commands on case files: check them, list them, start one, print their schema."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


@click.command()
@click.argument("case")
@click.option("--json", "as_json", is_flag=True, help="Problems as JSON.")
def check(case: str, as_json: bool) -> None:
    """List every problem of a case, with line and remedy."""
    from detente.case.checks import check_case
    from detente.words import count

    report = check_case(case)
    errors = sum(p.severity == "error" for p in report.problems)
    warnings = len(report.problems) - errors
    if as_json:
        from detente.record import plain

        data = {"problems": plain(report.problems), "shares": plain(report.shares)}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        for problem in report.problems:
            click.echo(f"{problem.severity}: {problem}")
        if report.case is not None:
            shares = ", ".join(f"{name} {share:.0%}" for name, share in report.shares.items())
            click.echo(f"Judgements: {shares}.")
        click.echo(f"{count(errors, 'error')}, {count(warnings, 'warning')}.".capitalize())
    sys.exit(1 if errors else 0)


@click.command()
def cases() -> None:
    """List the bundled cases."""
    from detente.case.load import bundled_cases

    for name, title, as_of in bundled_cases():
        click.echo(f"{name:<24} {title} (as of {as_of})")


@click.command()
@click.argument("name", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder to make; NAME by default.")
def new(name: Path, output: Path | None) -> None:
    """Start a case: a commented template that passes check.

    NAME is the case's name, or the path of the folder to make, which gives the case its name.
    """
    from detente.case.template import write_template

    folder = output or name
    write_template(folder, name.resolve().name)
    click.echo(f"Wrote {folder}/case.yaml and {folder}/sources.yaml. Next: detente check {folder}")


@click.command()
@click.argument("part", type=click.Choice(("case", "sources")), default="case")
def schema(part: str) -> None:
    """Print the JSON Schema of case.yaml (or sources.yaml), for editors."""
    from detente.case.schema import case_schema, sources_schema

    click.echo(json.dumps(case_schema() if part == "case" else sources_schema(), indent=1))
