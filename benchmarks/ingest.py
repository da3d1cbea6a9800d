"""Times ingestion: pages from disk to kept proposals, by step, against one plain pass over the text."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from shutil import copytree
from time import process_time

from detente.case.load import load_case
from detente.ingest.analyst import Analyst
from detente.ingest.read import read
from detente.ingest.session import Asked, ingest
from detente.ingest.twins import with_twins

PAGES = 1000
_GOLD = Path(__file__).parents[1] / "tests" / "gold"
_LEAST = 3_000  # characters of a page: about a column of a newspaper


def _sentences() -> list[str]:
    """Return the sentences of the invented documents, without their annotations."""
    found = []
    for file in sorted((_GOLD / "tuning").glob("0[1345]*.txt")):
        lines = file.read_text(encoding="utf-8").split("\n")
        found += [line.partition(" ||| ")[0] for line in lines if len(line) > 60 and not line.startswith("#")]
    return found


def _pages(folder: Path, form: str) -> list[str]:
    """Write pages of drawn sentences with other numbers and days in each, so that no two are alike."""
    draw, sentences, places = Random(1), _sentences(), []
    for n in range(PAGES):
        text = ""
        while len(text) < _LEAST:
            picked = " ".join(draw.choices(sentences, k=draw.randint(2, 5)))
            text += re.sub(r"\d+", lambda m: str(draw.randint(2, 10 ** len(m[0]))), picked) + "\n\n"
        if form == "html":
            paragraphs = "".join(f"<p>{p}</p>\n" for p in text.split("\n\n"))
            clutter = "<nav><a href='/'>Home</a></nav><aside>More news</aside>" * 5
            body = f"<body>{clutter}<article>{paragraphs}</article></body>"
            text = f"<html><head><title>Page {n}</title></head>{body}</html>"
        path = folder / f"{n}.{form}"
        path.write_text(text, encoding="utf-8")
        places.append(str(path))
    return places


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    start = process_time()
    made = work()
    return process_time() - start, made


def run() -> None:
    """Print computing seconds for 1,000 pages, pages a second, and the ratio to one pass for its words.

    Computing time, not time on the clock: other work on the machine does not change it.
    """
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        print(f"{'step':<34}{'seconds':>9}{'pages/s':>9}{'x one pass':>11}")
        for form in ("txt", "html"):
            _form(root / form, form)


def _form(root: Path, form: str) -> None:
    root.mkdir()
    copytree(_GOLD / "river-talks", root / "talks")
    (root / "pages").mkdir()
    places = _pages(root / "pages", form)
    case = load_case(root / "talks")
    reading, documents = _timed(lambda: [read(place) for place in places])
    texts = [d.text for d in documents]
    one_pass, _ = _timed(lambda: [len(re.findall(r"[^\W\d_]+", text)) for text in texts])
    analyst = Analyst.of(case)
    rules, items = _timed(lambda: [item for d in documents for item in analyst.propose(d)])
    numbered = [replace(item, id=f"P{n}") for n, item in enumerate(items, 1)]
    twins, _ = _timed(lambda: with_twins(case, numbered))
    whole, outcome = _timed(lambda: ingest(root / "talks", places, Asked({"published": "2031-05-09"})))
    for step, seconds in (
        (f"read {form}", reading),
        ("find claims", rules),
        (f"compare {len(items):,} items", twins),
        ("the whole command, kept on disk", whole),
    ):
        print(f"{form + ': ' + step:<34}{seconds:>9.1f}{PAGES / seconds:>9.0f}{seconds / one_pass:>11.0f}")
    assert len(outcome.documents) == PAGES


if __name__ == "__main__":
    run()
