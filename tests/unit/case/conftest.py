"""A sound case to spoil: the template, with texts replaced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from detente.case.template import write_template

Spoil = Callable[..., Path]


@pytest.fixture
def spoil(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Spoil:
    """Return a function that writes the template with replacements; each must change something.

    Replacements look into case.yaml first and into sources.yaml where the text is not found there.
    """
    monkeypatch.chdir(tmp_path)
    write_template(Path("talks"), "talks")
    files = [Path("talks/case.yaml"), Path("talks/sources.yaml")]

    def make(*changes: tuple[str, str]) -> Path:
        for old, new in changes:
            file = next(f for f in files if old in f.read_text())
            text = file.read_text()
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
            file.write_text(text.replace(old, new))
        return Path("talks")

    return make
