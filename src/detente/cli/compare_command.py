"""The compare command: variants of a case side by side with the case on file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from detente.cli.output import common


@click.command()
@click.argument("case")
@click.argument("variant", nargs=-1, metavar="VARIANT...")
@click.option("--set", "edits", multiple=True, metavar="PATH=VALUE", help="One more variant, typed here.")
@click.option("--variants", metavar="FOLDER", help="Where to look for variants by name.")
@click.option(
    "--lens", "lenses", multiple=True, help="Only this question; by default all the case can answer."
)
@click.option("--draws", type=click.IntRange(1, 1_000_000), help="Draws, in place of each lens's default.")
@click.option("--seed", type=click.IntRange(0), help="Seed of every lens.")
def compare(case: str, variant: tuple[str, ...], output: Path | None, **asked: Any) -> None:
    """Compare variants of a case with the case on file: what was changed, what moved, by how much.

    VARIANT is a name in the folder `variants` beside the case, or a .yaml file.
    """
    from detente.case.load import load_case
    from detente.case.overlay import apply_typed
    from detente.case.variants import variant_file, with_variant
    from detente.cli.first_use import patience
    from detente.cli.output import deliver, meant, render
    from detente.errors import UsageError
    from detente.studies.compare import compare as run
    from detente.studies.compare_view import view

    form = meant("json" if asked["as_json"] else asked["form"], output)
    loaded = load_case(case)
    others = [with_variant(loaded, variant_file(case, name, asked["variants"])) for name in variant]
    if asked["edits"]:
        others.append(apply_typed(loaded, asked["edits"]))
    if not others:
        raise UsageError("there is nothing to compare. Remedy: name a variant, or use --set PATH=VALUE")
    with patience():
        found = run(loaded, others, asked["lenses"], asked["draws"], asked["seed"])
    if form == "json":
        deliver(json.dumps(_data(found), ensure_ascii=False, indent=1, allow_nan=False) + "\n", output)
    else:
        from detente.brief.document import document

        doc = document(loaded, view(found), found.runs[0])
        deliver(render(doc, form), output)


def _data(found: Any) -> dict[str, Any]:
    from detente.record import FORMAT_VERSION, plain

    return {
        "format_version": FORMAT_VERSION,
        "case": found.case.id,
        "digest": found.case.digest,
        "variants": [{"digest": v.digest, **plain(v.variant)} for v in found.variants],
        "measures": [{**plain(row), "deltas": list(row.deltas)} for row in found.rows],
    }


common(compare)
