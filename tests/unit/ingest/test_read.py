"""Every kind of bad input is said plainly, and what can be read is read exactly."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from detente.errors import MissingExtra, UsageError
from detente.ingest.decode import decoded
from detente.ingest.document import Document
from detente.ingest.html_plain import take_apart
from detente.ingest.limits import MAX_BYTES
from detente.ingest.read import read
from detente.ingest.read_html import read_html

LONG = "Norvia rejects any foreign force in Kestria, its foreign minister said on Friday in Brenhall. " * 8


def said(document: Document) -> str:
    return " ".join(str(c) for c in document.complaints)


def write(folder: Path, name: str, content: bytes | str) -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_plain_text_is_the_file_itself(tmp_path: Path) -> None:
    text = "Norvia “refuses”.\r\n\r\nSo does Kestria.\n"
    document = read(write(tmp_path, "a.txt", text))
    assert document.text == Path(tmp_path / "a.txt").read_text(encoding="utf-8")
    assert document.complaints == ()
    assert len(document.shadow) == len(document.text)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16", "utf-16-le", "utf-8-sig", "iso8859-5"])
def test_russian_in_any_encoding_is_read_and_guesses_are_said(tmp_path: Path, encoding: str) -> None:
    text = "Норвия исключила вывод войск из долины. Переговоры начнутся в воскресенье.\n" * 3
    document = read(write(tmp_path, "a.txt", text.encode(encoding)))
    assert document.text == text
    assert ("is a guess" in said(document)) == (encoding in ("cp1251", "koi8-r", "iso8859-5"))
    assert ("no mark of its encoding" in said(document)) == (encoding == "utf-16-le")


def test_what_a_server_says_of_the_encoding_is_believed_only_if_it_fits() -> None:
    assert decoded("naïve — “yes”".encode(), "koi8-r")[0] == "naïve — “yes”"
    assert decoded("é".encode("cp1252") * 9, "cp1252")[0] == "é" * 9
    assert decoded(b"abc", "no-such-encoding") == ("abc", ())


def test_letters_decoded_twice_are_noticed(tmp_path: Path) -> None:
    wrong = "Норвия отказалась. ".encode().decode("latin-1") * 5
    assert "decoded the wrong way twice" in said(read(write(tmp_path, "a.txt", wrong)))


def test_control_characters_are_kept_and_counted(tmp_path: Path) -> None:
    text = "Norvia\x00 refuses\x07 to leave.\u202eevil\u202c\n"
    document = read(write(tmp_path, "a.txt", text))
    assert document.text == text
    assert "2 control characters in the text; they are kept and read as blanks" in said(document)
    assert "2 invisible characters" in said(document)
    assert "\x00" not in document.shadow


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty"),
        (b"   \n", "it is empty"),
        (b"PK\x03\x04rest", "a zip file, such as a Word"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"{\\rtf1 text}", "an RTF document"),
        (bytes(range(256)) * 20, "this is no text"),
    ],
)
def test_what_is_no_text_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    document = read(write(tmp_path, "a.bin", content))
    assert document.fatal
    assert words in said(document)
    assert document.text == ""


def test_a_missing_file_a_folder_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no file"):
        read(str(tmp_path / "no.txt"))
    with pytest.raises(UsageError, match="is a folder"):
        read(str(tmp_path))
    with (tmp_path / "big.txt").open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(UsageError, match="more than 30 MB"):
        read(str(tmp_path / "big.txt"))
    with pytest.raises(UsageError, match="is not a web address"):
        read("ftp://example.org/a")


PAGE = f"""<!doctype html><html><head><title>Norvia says no</title>
<meta property="og:site_name" content="Strait Courier">
<meta property="article:published_time" content="2031-05-09T10:00:00Z">
<script type="application/ld+json">{{"@type": "NewsArticle", "author": {{"name": "Lena Marsh"}}}}</script>
</head><body><nav><a href="/">Home</a> <a href="/war">War</a></nav>
<div class="cookie-banner">We use cookies. Accept all</div>
<article><h1>Norvia says no</h1><p>{LONG}</p><h2>Security guarantees</h2><p>Kestria insists on
guarantees.<br>It will wait.</p><script>var x = "Norvia accepts";</script></article>
<footer>© Strait Courier</footer></body></html>"""


def test_a_page_gives_its_text_title_publisher_author_and_day() -> None:
    document = read_html("page.html", PAGE)
    assert (document.title, document.publisher) == ("Norvia says no", "Strait Courier")
    assert (document.author, document.published) == ("Lena Marsh", "2031-05-09")
    assert "Kestria insists on guarantees." in document.text
    assert "Security guarantees" in document.text.split("\n")
    for clutter in ("cookies", "Home", "Norvia accepts", "©"):
        assert clutter not in document.text


def test_the_plain_reader_alone_does_as_well() -> None:
    page = take_apart(PAGE)
    assert page.blocks[0] == "Norvia says no"
    assert "Security guarantees" in page.blocks
    assert not any("cookies" in block or "Home" in block for block in page.blocks)


@pytest.mark.parametrize(
    "html",
    [
        f"<nav>unclosed <p>{LONG}</p>",
        f"<div class='menu'><p>{LONG}</p></div>",
        f"<p>{LONG}",
        f"{LONG}<br><b>bold",
        f"<html><body><div style='display:none'>hidden</div><span>{LONG}</span></body>",
    ],
)
def test_broken_markup_loses_nothing(html: str) -> None:
    document = read_html("a.html", html)
    assert "Norvia rejects any foreign force" in document.text


def test_a_paywall_is_a_paywall() -> None:
    html = f"<article><p>{LONG[:300]}</p><p>Subscribe to continue reading.</p></article>"
    assert "a paywall: only the beginning" in said(read_html("a.html", html))
    marked = '<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>' + f"<p>{LONG}</p>"
    assert "a paywall" in said(read_html("a.html", marked))
    assert "a paywall" not in said(read_html("a.html", f"<p>{LONG}</p>"))


def test_a_cookie_notice_alone_is_named() -> None:
    html = "<body><p>We value your privacy. We and our partners use cookies. Accept. Reject.</p></body>"
    assert "next to nothing but a cookie notice" in said(read_html("a.html", html))


def test_a_page_made_by_a_script_is_named() -> None:
    document = read_html("a.html", "<html><body><div id=root></div><script>render()</script></body></html>")
    assert document.fatal
    assert "no text on the page" in said(document)


def test_a_page_of_10_mb_is_read_in_seconds(tmp_path: Path) -> None:
    html = (
        "<html><body>" + "".join(f"<p class='x y'>{n} {LONG}</p>" for n in range(13_000)) + "</body></html>"
    )
    assert len(html) > 10_000_000
    start = time.process_time()
    document = read(write(tmp_path, "big.html", html))
    assert "a very large page" in said(document)
    assert len(document.text) > 9_000_000
    assert time.process_time() - start < 60  # a bound on hanging, not a measurement


def test_a_pdf_gives_flowing_text(tmp_path: Path, pdf: Callable[..., bytes]) -> None:
    pytest.importorskip("pypdf")
    raw = pdf(
        "Norvia will not with-\ndraw from the valley,\nits minister said.", "Kestria wants a ceasefire first."
    )
    document = read(write(tmp_path, "a.pdf", raw))
    assert "Norvia will not withdraw from the valley, its minister said." in document.text
    assert document.text.endswith("Kestria wants a ceasefire first.")
    assert not document.fatal


def test_a_scanned_pdf_is_named(tmp_path: Path, pdf: Callable[..., bytes]) -> None:
    pytest.importorskip("pypdf")
    document = read(write(tmp_path, "a.pdf", pdf("", "")))
    assert document.fatal
    assert "its pages are pictures" in said(document)
    partly = read(write(tmp_path, "b.pdf", pdf("Norvia refuses to leave the valley.", "")))
    assert "One page of 2 without text" in said(partly)


def test_a_damaged_pdf_is_named(tmp_path: Path, pdf: Callable[..., bytes]) -> None:
    pytest.importorskip("pypdf")
    document = read(write(tmp_path, "a.pdf", b"%PDF-1.4\n garbage"))
    assert document.fatal
    assert "the PDF is damaged" in said(document)


def test_a_pdf_without_the_extra_says_what_to_install(
    tmp_path: Path, pdf: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(MissingExtra, match=r"detente\[ingest\]"):
        read(write(tmp_path, "a.pdf", pdf("text")))


@pytest.mark.parametrize("name", ["big.html", "big.txt"])
def test_what_is_beyond_all_measure_is_cut_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("detente.ingest.document.MAX_TEXT", 1_000)
    text = "<p>Norvia said no, again.</p>" * 300 if name.endswith("html") else "Norvia said no. " * 300
    found = read(write(tmp_path, name, f"<html><body>{text}" if name.endswith("html") else text))
    assert len(found.text) == 1_000
    assert "only the first 1,000 of" in said(found)
