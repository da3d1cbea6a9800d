"""Bad input through the command line: a clear message or harmless rendering, and nothing half-written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from detente.case.template import write_template
from detente.case.yamlfile import read_yaml
from detente.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command beside a sound case `talks`: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)
    write_template(Path("talks"), "talks")

    def command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["detente", *words])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        shown = capsys.readouterr()
        assert "Traceback" not in shown.out + shown.err
        return code, shown.out, shown.err

    return command


def replace(old: str, new: str, file: str = "case.yaml") -> None:
    text = Path("talks", file).read_text()
    assert text.count(old) == 1
    Path("talks", file).write_text(text.replace(old, new))


def bomb() -> bytes:
    """Write the billion laughs in YAML: ten levels of nine aliases each."""
    lines = ["a0: &a0 [lol]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 11))]
    return "\n".join(lines).encode()


def write(content: bytes, file: str = "case.yaml") -> None:
    Path("talks", file).write_bytes(content)


def instead(make: Callable[[Path], object], file: str = "sources.yaml") -> None:
    """Put something else in the place of a file."""
    Path("talks", file).unlink()
    make(Path("talks", file))


ORDER = "[ceasefire, truce, none]"
SPOILT: dict[str, tuple[Callable[[], object], str]] = {
    "unknown key": (lambda: replace("analyst:", "anlyst:"), "did you mean `analyst`?"),
    "missing option": (lambda: replace(ORDER, "[ceasefire, truce]"), "leaves out `none`"),
    "doubled option": (lambda: replace("{ id: truce,", "{ id: none,"), "`none` is already taken"),
    "doubled key": (lambda: replace("format: 1", "format: 1\nformat: 1"), "already on line 9"),
    "contradictory order": (lambda: replace(ORDER, "[truce, none, truce]"), "stands 2 times"),
    "empty case": (lambda: write(b""), "the file is empty"),
    "empty sources": (lambda: write(b"# nothing\n", "sources.yaml"), "the file is empty"),
    "not UTF-8": (lambda: write("id: caf\xe9".encode("latin-1")), "not UTF-8"),
    "UTF-16": (lambda: write("id: x".encode("utf-16")), "UTF-16"),
    "binary": (lambda: write(bytes(range(128)) * 100), "U+0000"),
    "alias bomb": (lambda: write(bomb()), "`*a9` points to another place"),
    "code": (lambda: replace("format: 1", "format: !!python/object/apply:os.system [ls]"), "the tag"),
    "deep": (lambda: write(b"[" * 1_000_000), "nested more than 40 levels"),
    "escape": (lambda: replace('id: "talks"', 'id: "../../talks"'), "small letters, digits"),
    "no file": (lambda: instead(lambda path: None), "there is no such file"),
    "folder": (lambda: instead(Path.mkdir), "not a file"),
    "loop": (lambda: instead(lambda path: path.symlink_to(path.name)), "sources.yaml"),
    "pipe": (lambda: instead(os.mkfifo, "case.yaml"), "not a file"),
    "hindsight": (lambda: replace("2025-01-27", "2025-02-27", "sources.yaml"), "after the case's own date"),
}


@pytest.mark.parametrize(("spoil", "message"), SPOILT.values(), ids=SPOILT)
def test_bad_input(run, spoil, message):
    spoil()
    before = sorted(Path().rglob("*"))
    code, out, err = run("check", "talks")
    assert code != 0
    assert message in out + err
    Path("mine.html").write_text("mine")
    for words in (("brief", "talks"), ("brief", "talks", "-o", "mine.html"), ("settlement", "talks")):
        code, out, err = run(*words)
        assert code == 2
        assert out == ""
        assert message in err
        assert "Remedy: " in err
    assert Path("mine.html").read_text() == "mine"
    assert sorted(p for p in Path().rglob("*") if p.name != "mine.html") == before


def huge() -> None:
    """Give the sound case nine more core issues of ten options: 9 * 10**9 packages."""
    issues, holds = "", ""
    for n in range(9):
        options = ", ".join(f"{{id: o{k}, text: Option {k}, position: {k}}}" for k in range(10))
        issues += f"  - {{id: i{n}, stake: valley, name: Issue {n}, scale: x, options: [{options}]}}\n"
        holds += f", i{n}: o0"
    replace("issues:\n", f"issues:\n{issues}")
    replace("control: northern }\n  worth", f"control: northern{holds} }}\n  worth")


def test_a_huge_deal_space_is_checked_at_once(run):
    huge()
    code, out, _ = run("check", "talks")
    assert code == 0
    assert "nobody weighs this issue" in out


def test_a_huge_deal_space_is_answered_or_refused(run):
    # In a process of its own with 4 GB at most: a failure must not take the machine along.
    resource = pytest.importorskip("resource")
    huge()

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (4_000_000_000, 4_000_000_000))

    command = [sys.executable, "-c", "from detente.cli import main; main()", "settlement", "talks"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, preexec_fn=bounded, timeout=120
    )
    assert (done.returncode == 0 and done.stdout) or (done.returncode == 2 and "Remedy" in done.stderr)


SCRIPT = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> [x](javascript:alert(3)) {{ 7 * 7 }} & <b>bold"
)
TEXTS = {"title", "analyst", "name", "adjective", "text", "short", "decides", "scale", "note", "trend", "url"}
TEXTS |= {"publisher", "statement", "floated", "summary", "wording", "context", "quantity", "unit"}
TEXTS |= {"purpose", "leads_to", "gain", "price", "fears", "supports", "otherwise", "mitigation", "matters"}
TEXTS |= {"settle", "heard", "who"}


def marked(node: Any) -> Any:
    """Replace every text a reader may see."""
    if isinstance(node, dict):
        return {key: SCRIPT if _shown(key, value) else marked(value) for key, value in node.items()}
    return [marked(item) for item in node] if isinstance(node, list) else node


def _shown(key: str, value: Any) -> bool:
    return key in TEXTS and isinstance(value, str)


class Danger(HTMLParser):
    """Collects what a browser would run, and elements that only our text could have brought."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A data block is not run by any browser.
        self.script = tag == "script" and dict(attrs).get("type") != "application/json"
        for name, value in attrs:
            runs = "javascript:" in (value or "") and name in ("href", "src", "action")
            if runs or name.startswith("on"):
                self.found.append(f"{tag} {name}={value}")
        if tag == "img":
            self.found.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.script = False

    def handle_data(self, data: str) -> None:
        if self.script and "alert(" in data:
            self.found.append(data)


def test_markup_in_any_text_is_harmless(run):
    for file in ("case.yaml", "sources.yaml"):
        tree = marked(read_yaml(Path("talks", file)).data)
        Path("talks", file).write_text(json.dumps(tree))
    code, _, err = run("brief", "talks", "-o", "brief.html")
    assert code == 0, err
    html = Path("brief.html").read_text()
    assert "alert(1)" in html
    danger = Danger()
    danger.feed(html)
    assert danger.found == []
    assert "{{ 7 * 7 }}" in html
    assert run("check", "talks")[0] == 0
