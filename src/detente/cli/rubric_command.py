"""The check-brief command: does a brief answer what practitioners ask, and say what it found."""

from __future__ import annotations

import json
import sys

import click


@click.command(name="check-brief")
@click.argument("case")
@click.option("--full", is_flag=True, help="Check the full brief; the dimensions are answered without.")
@click.option("--json", "as_json", is_flag=True, help="The answers as JSON.")
def check_brief(case: str, full: bool, as_json: bool) -> None:
    """Hold the brief of a case against ten practitioner dimensions, and its prose against its numbers.

    The exit code is 0 if every dimension has an answer and no sentence slips, 1 otherwise.
    """
    from detente.brief.compose import compose
    from detente.brief.lint import lint
    from detente.brief.rubric import SOURCE, judge
    from detente.case.load import load_case
    from detente.cli.first_use import patience
    from detente.record import plain
    from detente.words import count

    loaded = load_case(case)
    with patience():
        made = compose(loaded, full=full)
    answers = judge(loaded, made.document.page)
    slips = lint(loaded, made.document, made.runs[0].result)
    if as_json:
        data = {"case": loaded.id, "source": SOURCE, "dimensions": plain(answers), "slips": plain(slips)}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        for answer in answers:
            click.echo(
                f"{answer.verdict:<10} {answer.dimension}: {', '.join(answer.sections) or 'no section'}"
            )
            for gap, remedy in answer.gaps:
                click.echo(f"{'':<11}{gap}. Remedy: {remedy}")
        for slip in slips:
            click.echo(f"slip: {slip.where}: {slip.kind}: {slip.message}")
        good = sum(a.verdict == "answered" for a in answers)
        click.echo(f"{good} of {len(answers)} dimensions answered, {count(len(slips), 'slip')} in the prose.")
        click.echo(f"Dimensions: {SOURCE}")
    sys.exit(1 if slips or any(a.verdict == "missing" for a in answers) else 0)
