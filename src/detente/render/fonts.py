"""The page's own letters: small subsets of two open fonts, cut from installed packages, kept in a cache."""

from __future__ import annotations

import base64
import hashlib
import io
import os
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from detente.errors import UsageError
from detente.files import write_whole

FACES = (
    ("Brief Sans", 400, "font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    ("Brief Sans", 600, "font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    ("Brief Serif", 700, "font_source_serif_pro", "SourceSerifPro-Bold.ttf"),
)
"""Family, weight, package and file of each face. The fonts' licence (OFL 1.1) reserves their own names for
the unchanged files, so a subset needs another name."""

_SIGNS = "–—‘’“”„…−×≤≥≈→←↑↓•·′″€£"
_LETTERS = (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x400, 0x460), *map(ord, _SIGNS))
_FEATURES = ("kern", "tnum", "lnum", "mark", "ccmp", "locl")
_RECIPE = "1"
"""Counts up when what is cut changes, so that no old cut is taken from the cache."""
_KEPT_NAMES = (0, 13, 14)
"""Records of a font that name its authors and licence."""


@lru_cache(maxsize=1)
def faces() -> str:
    """Return the style rules that carry the fonts inside the page; the same bytes for the same versions.

    Examples
    --------
    >>> rules = faces()
    >>> rules.count("@font-face"), "http" in rules, len(rules) < 150_000
    (3, False, True)
    """
    rules = []
    for family, weight, package, name in FACES:
        data = base64.b64encode(_cut(family, package, name)).decode()
        rules.append(
            f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:normal;'
            f'src:url(data:font/woff;base64,{data}) format("woff")}}'
        )
    return "\n".join(rules) + "\n"


def _cut(family: str, package: str, name: str) -> bytes:
    """Return the subset of one font, from the cache where it is there."""
    versions = (version(package), version("fonttools"), _RECIPE, name)
    kept = _cache() / f"{Path(name).stem}-{hashlib.sha256(repr(versions).encode()).hexdigest()[:12]}.woff"
    with suppress(OSError):
        return kept.read_bytes()
    data = _subset(files(package).joinpath("files", name).read_bytes(), family)
    with suppress(UsageError):  # a cache that cannot be written costs a second each time, nothing else
        write_whole(kept, data)
    return data


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "detente"


def _subset(font: bytes, family: str) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options()
    options.layout_features = list(_FEATURES)
    options.name_IDs = list(_KEPT_NAMES)
    options.hinting = False
    options.notdef_outline = True
    opened = TTFont(io.BytesIO(font), recalcTimestamp=False)
    cutter = Subsetter(options)
    cutter.populate(unicodes=_LETTERS)
    cutter.subset(opened)
    for kind, text in ((1, family), (4, family), (6, family.replace(" ", ""))):
        opened["name"].setName(text, kind, 3, 1, 0x409)
    opened.flavor = "woff"
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()
