"""Says in a bundle what is in it and how to run it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from detente import __version__
from detente.case.ledger import origins
from detente.case.model import Case
from detente.lens import Run
from detente.registry import LENSES
from detente.words import count

_TEMPLATE = """# {title}

Everything behind the numbers on `{id}` as of {as_of}: what went in, what came out, and how to get the same
again. Judgements by {analyst}. Case digest {digest}, detente {version}.

## What is here

| path | what |
|---|---|
| `case/{id}/` | the case, byte for byte: `case.yaml` judgements, `sources.yaml` documents and what they say |
| `ledger/` | {evidence} from {sources}, {origins}, as CSV; sources also as BibTeX and CSL-JSON |
| `results/LENS.json` | the whole result of each lens with its options: {lenses} |
| `results/measures.csv` | the headline numbers of all of them |
| `results/chains.json` | for each headline number: formula, method with DOI, inputs, judgements, evidence |
| `results/constants.csv` | numbers that stand in the code of these lenses, each with its reason |
| `versions.json` | what it was computed with |
| `SHA256SUMS` | checksums of all the files above |

## Check it

```
sha256sum -c SHA256SUMS
```

## Run it again

With Python and the versions in `versions.json`:

```
pip install detente=={version}
{again}
diff -r -x again . again/{id} && echo the same
```

The same case, options and versions give the same bytes. Another version of a numerical library may change
last digits. `detente trace case/{id} NUMBER` follows one number to its documents, `detente check case/{id}`
lists weak spots.

## How the preferences are known

{bases}
"""
_KNOWN = {"stated": "stated", "inferred": "inferred", "guess": "guessed"}


def readme(case: Case, runs: Sequence[Run[Any, Any]], again: str) -> str:
    """Return the bundle's README.

    Parameters
    ----------
    case : Case
    runs : sequence of Run
        The lenses that were run.
    again : str
        The command that makes the same bundle.
    """
    counts = case.basis_counts
    total = sum(counts.values())
    independent = len(origins(case.evidence, (e.id for e in case.evidence)))
    return _TEMPLATE.format(
        title=case.title,
        id=case.id,
        as_of=case.as_of,
        analyst=case.analyst,
        digest=case.digest,
        version=__version__,
        evidence=count(len(case.evidence), "item"),
        sources=count(len(case.sources), "source"),
        origins=f"{independent:,} of independent origin",
        lenses=", ".join(run.lens for run in runs) or "none could run",
        again=again,
        bases="\n".join(f"- {n} of {total} are {_KNOWN[b]}" for b, n in counts.items())
        + "".join(
            f"\n- not run: {lens.name} ({reason})" for lens in LENSES if (reason := lens.missing(case))
        ),
    )
