"""Commands a sceptic uses: follow one number to its documents, or take everything away to re-run it."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import get_terminal_size
from typing import Any

import click


@click.command()
@click.argument("case")
@click.argument("name", nargs=-1, required=True, metavar="NUMBER|FIELD")
@click.option("--draws", type=click.IntRange(1, 1_000_000), help="Draws of preferences.")
@click.option("--seed", type=click.IntRange(0), help="Seed of the draws.")
@click.option("--deal", multiple=True, metavar="ISSUE=OPTION", help="The package, for numbers that need one.")
@click.option("--json", "as_json", is_flag=True, help="The chain as JSON.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File to write, replaced whole; JSON where it ends in .json.",
)
def trace(case: str, name: tuple[str, ...], as_json: bool, output: Path | None, **asked: Any) -> None:
    """Show what a number or a field rests on, down to the documents.

    NUMBER is a headline number, such as settlement.zone.stated; FIELD a place in the case, such as
    preferences.RUS.line, or the id of evidence or of a source.
    """
    from detente.brief.trace import trace as follow
    from detente.brief.trace_text import to_text
    from detente.cli.output import as_data, deliver

    as_json = as_data(as_json, output)
    chain = follow(case, " ".join(name), {k: v for k, v in asked.items() if v not in (None, ())})
    if as_json:
        data = {"format_version": 1, "case": case, "chain": chain.as_data()}
        deliver(json.dumps(data, ensure_ascii=False, indent=1) + "\n", output)
    else:
        deliver(to_text(chain, get_terminal_size((100, 24)).columns) + "\n", output)


@click.command()
@click.argument("case")
@click.option("--draws", type=click.IntRange(1, 1_000_000), help="Draws of preferences.")
@click.option("--seed", type=click.IntRange(0), help="Seed of the draws.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Folder to put it in, or a name ending in .zip. [default: out/CASE/bundle.zip]",
)
def bundle(case: str, draws: int | None, seed: int | None, output: Path | None) -> None:
    """Pack case, sources, evidence, results and checksums, for a sceptic to check and run again."""
    from detente.brief.bundle import bundle as pack
    from detente.case.load import load_case
    from detente.cli.first_use import patience
    from detente.cli.parcel import deliver_files, free_place

    name = load_case(case).id
    target = output or Path("out") / name / "bundle.zip"
    free_place(target, name)
    with patience():
        files = pack(case, draws, seed)
    made = deliver_files(files, target, name)
    click.echo(f"Wrote {made}: {len(files)} files, {sum(map(len, files.values())):,} bytes")
