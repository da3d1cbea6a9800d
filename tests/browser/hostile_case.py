"""A bundled case rewritten so that every text a person writes freely tries to become markup."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

HOSTILE = "</script></style><script>window.hurt=1</script><img src=x onerror='window.hurt=1'>\"'"
# Keys of a case under which a person writes freely; the others hold ids, dates, numbers and fixed words.
FREE = {"title", "analyst", "summary", "wording", "text", "name", "adjective", "decides", "context", "short"}
FREE |= {"purpose", "leads_to", "gain", "price", "fears", "supports", "otherwise", "mitigation", "matters"}
FREE |= {"settle", "heard", "who"}
FREE |= {"note", "floated", "publisher", "quote", "claim", "locator", "why", "label", "reason"}


def write_hostile(case: str, folder: Path) -> None:
    """Write the case into the folder, each free text followed by `HOSTILE`."""
    source = files("detente.cases") / case
    for name in ("case.yaml", "sources.yaml"):
        data = yaml.safe_load((source / name).read_text("utf-8"))
        (folder / name).write_text(yaml.safe_dump(_armed(data), allow_unicode=True), "utf-8")
    for file in source.iterdir():
        if file.name.endswith(".geojson"):
            shapes = json.loads(file.read_text("utf-8"))
            (folder / file.name).write_text(json.dumps(_armed(shapes)), "utf-8")


def _armed(thing: Any, key: str = "") -> Any:
    if isinstance(thing, dict):
        file = {"context"} if key == "map" else set()  # a map's context is a file's name
        return {k: v if k in file else _armed(v, str(k)) for k, v in thing.items()}
    if isinstance(thing, list):
        return [_armed(v) for v in thing]
    return f"{thing} {HOSTILE}" if isinstance(thing, str) and key in FREE else thing
