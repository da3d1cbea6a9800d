"""Starts the server on a socket of this machine, and says where it is."""

from __future__ import annotations

import socket
import webbrowser
from pathlib import Path

import click
import uvicorn

from detente.case.folders import folder_of, is_bundled
from detente.case.variants import variants_folder
from detente.errors import UsageError
from detente.files import writable
from detente.web.app import make_app
from detente.web.desk import Desk
from detente.web.guard import LOOPBACK


def run(case: str, variants: Path | None, edit: bool, address: tuple[str, int], browse: bool) -> None:
    """Serve a case until interrupted.

    Raises
    ------
    UsageError
        If variants of a bundled case are to be saved without a folder for them, or the port is taken.
    """
    if edit and variants is None and is_bundled(folder_of(case)):
        raise UsageError(
            f"{case} is bundled and read-only, so its variants need a place. Remedy: --variants my-variants"
        )
    host, port = address
    if not host.strip():
        raise UsageError("there is no address to listen at. Remedy: leave --host out, or name one")
    folder = variants_folder(case, variants)
    if edit:
        writable(folder / "variant.yaml", "name another folder with --variants, or leave out --edit")
    desk = Desk(case, folder, edit)
    open_to = LOOPBACK if host in LOOPBACK else (*LOOPBACK, host)
    listening = _socket(host, port)
    where = f"http://{'[::1]' if host == '::1' else host}:{listening.getsockname()[1]}"
    click.echo(f"{desk.case.title}\n{where}  (Ctrl-C stops it)", err=True)
    if host not in LOOPBACK:
        click.echo("Anyone who reaches this address can use it: there is no password.", err=True)
    if browse:
        webbrowser.open(where)
    config = uvicorn.Config(
        make_app(desk, open_to), log_level="warning", access_log=False, server_header=False
    )
    uvicorn.Server(config).run(sockets=[listening])


def _socket(host: str, port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as error:
        made.close()
        raise UsageError(
            f"cannot listen at {host}:{port}: {error.strerror}. Remedy: another --port (0 takes a free "
            "one), or the --host 127.0.0.1"
        ) from None
    return made
