"""Long answers run in a process of their own: they can be watched, cancelled, and the newest one wins."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, Literal

from detente.web.answer import Answer, Question, answered

Status = Literal["waiting", "working", "done", "failed", "cancelled"]

KEPT = 64
"""Finished answers kept. Judgement: an afternoon of trying."""


@dataclass(slots=True)
class Job:
    """One question on its way."""

    question: Question
    status: Status = "waiting"
    answer: Answer | None = None
    problem: str = ""
    began: float = field(default_factory=time.monotonic)
    usual: float | None = None

    @property
    def elapsed(self) -> float:
        """Seconds since it was asked."""
        return time.monotonic() - self.began

    @property
    def open(self) -> bool:
        """Whether an answer may still come."""
        return self.status in ("waiting", "working")

    @property
    def share(self) -> float | None:
        """How far it is, 0 to 1, by what the same question took last time; None on its first time."""
        return None if not self.usual else min(0.97, self.elapsed / self.usual)


class Jobs:
    """A queue before one worker process.

    Questions of one `slot` replace each other: whoever moves a slider again no longer waits for the answer
    to where it stood before. A worker that is at work on a replaced or cancelled question is stopped.
    """

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._slots: dict[str, str] = {}
        self._took: dict[str, float] = {}
        self._lock = threading.Condition()
        self._worker = _Worker()
        self._thread: threading.Thread | None = None
        self._closed = False

    def ask(self, question: Question, slot: str) -> Job:
        """Return the job of a question, started or found; it takes the place of others in its slot."""
        with self._lock:
            job = self._jobs.get(question.key)
            if job is None or job.status in ("cancelled", "failed"):
                job = self._jobs[question.key] = Job(question, usual=self._took.get(question.lens))
            self._jobs.move_to_end(question.key)
            before = self._slots.get(slot)
            self._slots[slot] = question.key
            if before not in (None, question.key, *self._slots.values()):
                self._drop(str(before))
            self._trim()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="answers", daemon=True)
                self._thread.start()
            self._lock.notify_all()
            return job

    def find(self, key: str) -> Job | None:
        """Return a job by the key of its question."""
        return self._jobs.get(key)

    def cancel(self, key: str) -> bool:
        """Stop a question; whether there was one to stop."""
        with self._lock:
            return self._drop(key)

    def close(self) -> None:
        """Stop everything."""
        with self._lock:
            self._closed = True
            self._worker.stop()
            self._lock.notify_all()

    def _drop(self, key: str) -> bool:
        job = self._jobs.get(key)
        if job is None or not job.open:
            return False
        running, job.status = job.status == "working", "cancelled"
        if running:
            self._worker.stop()
        return True

    def _trim(self) -> None:
        for key in [k for k, job in self._jobs.items() if not job.open][: max(0, len(self._jobs) - KEPT)]:
            del self._jobs[key]

    def _work(self) -> None:
        while True:
            with self._lock:
                while not self._closed and not (job := self._next()):
                    self._lock.wait()
                if self._closed:
                    return
                assert job is not None
                job.status = "working"
            outcome = self._worker.answer(job.question)
            with self._lock:
                if job.status == "working":
                    self._settle(job, outcome)

    def _next(self) -> Job | None:
        """Return the newest question that waits."""
        return next((job for job in reversed(self._jobs.values()) if job.status == "waiting"), None)

    def _settle(self, job: Job, outcome: Answer | str) -> None:
        if isinstance(outcome, str):
            job.status, job.problem = "failed", outcome
        else:
            job.status, job.answer = "done", outcome
            self._took[job.question.lens] = outcome.seconds


class _Worker:
    """A process that answers one question after another; started when first needed."""

    def __init__(self) -> None:
        self._process: Any = None
        self._pipe: Any = None
        self._guard = threading.Lock()

    def answer(self, question: Question) -> Answer | str:
        """Return the answer, or what went wrong in words; a stopped worker answers with words."""
        with self._guard:
            if self._process is None or not self._process.is_alive():
                context = multiprocessing.get_context("spawn")
                self._pipe, theirs = context.Pipe()
                self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
                self._process.start()
                theirs.close()
            pipe = self._pipe
        try:
            pipe.send(question)
            outcome: Answer | str = pipe.recv()
        except (EOFError, OSError):
            return "The computation was stopped."
        return outcome

    def stop(self) -> None:
        """End the process; what it was at is lost."""
        with self._guard:
            if self._process is not None:
                self._process.terminate()
                self._process = None


def _serve(pipe: Any) -> None:
    """Answer questions until the other end goes away."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            question = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(safely(question))


def safely(question: Question) -> Answer | str:
    """Return an answer, or what went wrong in words; never a traceback."""
    from detente.errors import DetenteError

    try:
        return answered(question)
    except DetenteError as error:
        return str(error)
    except Exception as error:
        return f"This should not happen ({type(error).__name__}: {error}). Please report it."
