"""A small case, documents of every kind, and a server on the loopback address."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from shutil import copytree

import pytest

from detente.case.load import load_case
from detente.case.model import Case

GOLD = Path(__file__).parents[2] / "gold"
Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture(scope="session")
def river() -> Case:
    return load_case(GOLD / "river-talks")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Return a case of one's own."""
    copytree(GOLD / "river-talks", tmp_path / "river-talks")
    return tmp_path / "river-talks"


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], str]]:
    """Return a function that starts a server and gives its address."""
    servers: list[HTTPServer] = []

    def start(answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer(self)

            def do_POST(self) -> None:
                answer(self)

            def log_message(self, *args: object) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def pdf(*pages: str) -> bytes:
    """Return a PDF with lines of plain text on its pages; a page without text is a picture, as it were."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    for text in pages:
        lines = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").split("\n")
        shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines) if text else ""
        stream = f"BT /F1 11 Tf 60 760 Td {shown} ET"
        page, content = len(objects) + 1, len(objects) + 2
        kids.append(f"{page} 0 R")
        about = f"/MediaBox [0 0 612 792] /Resources << /Font << /F1 {font} >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {about} /Contents {content} 0 R >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>"
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


@pytest.fixture(name="pdf")
def pdf_maker() -> Callable[..., bytes]:
    return pdf
