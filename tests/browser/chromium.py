"""A real browser over the pipe of its DevTools protocol; needs nothing but Chromium itself."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

FOUND = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WAIT = 60.0


class Chromium:
    """One browser with one page, closed with the context."""

    def __init__(self, profile: Path) -> None:
        assert FOUND is not None
        # The protocol wants the pipe at 3 and 4 in the child; high numbers in the parent keep clear of those.
        (theirs_in, ours_out), (ours_in, theirs_out) = (
            tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 20) for end in os.pipe()) for _ in range(2)
        )

        def hand_over() -> None:
            os.dup2(theirs_in, 3)
            os.dup2(theirs_out, 4)

        flags = [
            "--headless=new",
            "--remote-debugging-pipe",
            "--no-first-run",
            "--disable-gpu",
            "--no-sandbox",
        ]
        flags += ["--disable-background-networking", "--disable-dev-shm-usage", "--force-color-profile=srgb"]
        self._process = subprocess.Popen(
            [FOUND, *flags, f"--user-data-dir={profile}", "about:blank"],
            preexec_fn=hand_over,  # noqa: PLW1509 - two system calls, no threads yet
            pass_fds=(3, 4),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._out, self._in = ours_out, ours_in
        self._buffer = b""
        self._number = 0
        self._session = ""
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(WAIT)
        os.close(self._out)
        os.close(self._in)

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Send one command and return its answer; events met on the way are kept."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer["error"])
                return dict(answer["result"])
            self.events.append(answer)

    def _receive(self) -> dict[str, Any]:
        until = time.monotonic() + WAIT
        while b"\0" not in self._buffer:
            ready = select.select([self._in], [], [], max(0.0, until - time.monotonic()))[0]
            assert ready, "the browser did not answer"
            part = os.read(self._in, 1 << 20)
            assert part, "the browser ended"
            self._buffer += part
        message, _, self._buffer = self._buffer.partition(b"\0")
        return dict(json.loads(message))

    def wait_for(self, event: str) -> dict[str, Any]:
        """Return the first event of that name since the last `open`."""
        while True:
            for found in self.events:
                if found.get("method") == event:
                    return dict(found.get("params", {}))
            self.events.append(self._receive())

    def open(self, file: Path, fragment: str = "", width: int = 1280, **screen: Any) -> None:
        """Open a file from disk at a width; what went before is forgotten."""
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False, **screen}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        for address in ("about:blank", file.as_uri() + fragment):
            self.events.clear()
            self.call("Page.navigate", url=address)
            self.wait_for("Page.loadEventFired")

    def run(self, script: str) -> Any:
        """Return what an expression gives in the page."""
        found = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def press(self, key: str, code: int = 0) -> None:
        """Press and release a key, as a keyboard would."""
        codes = {"Tab": 9, "Enter": 13, "Escape": 27, "Home": 36, "End": 35, "ArrowUp": 38, "ArrowDown": 40}
        number = code or codes[key]
        text = {"Enter": "\r"}.get(key, "")
        for kind in ("keyDown", "keyUp"):
            extra = {"text": text} if text and kind == "keyDown" else {}
            self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=number, **extra
            )

    def complaints(self) -> list[str]:
        """Return what the page threw or logged as an error since it was opened."""
        self.run("0")
        said = []
        for event in self.events:
            params = event.get("params", {})
            if event.get("method") == "Runtime.exceptionThrown":
                said.append(str(params["exceptionDetails"]))
            if event.get("method") == "Runtime.consoleAPICalled" and params["type"] in ("error", "assert"):
                said.append(str(params["args"]))
            if event.get("method") == "Log.entryAdded" and params["entry"]["level"] == "error":
                said.append(params["entry"]["text"])
        return said

    def requests(self) -> list[str]:
        """Return every address the page asked for since it was opened."""
        self.run("0")
        sent = (e for e in self.events if e.get("method") == "Network.requestWillBeSent")
        return [e["params"]["request"]["url"] for e in sent]

    def picture(self, file: Path, whole: bool = False) -> None:
        """Write what the page looks like."""
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        file.write_bytes(base64.b64decode(data))

    def pdf(self) -> bytes:
        """Return the page as printed on the paper its style asks for."""
        found = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(found["data"])
