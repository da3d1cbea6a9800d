"""Blocks of work spread over all cores, with a state per thread so that nothing is shared while it runs."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from typing import TypeVar

State = TypeVar("State")
Block = TypeVar("Block")


def cores() -> int:
    """Return the number of cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Queue:
    """Hands out blocks one by one; keeps the first error and stops on it."""

    def __init__(self, blocks: Iterable[object], done: Callable[[], None]) -> None:
        self._blocks = iter(blocks)
        self._lock = threading.Lock()
        self._done = done
        self.error: BaseException | None = None
        self.stopped = False

    def take(self) -> list[object]:
        with self._lock:
            if self.stopped:
                return []
            return [block for block in [next(self._blocks, self)] if block is not self]

    def tick(self) -> None:
        with self._lock:
            self._done()

    def fail(self, error: BaseException) -> None:
        with self._lock:
            self.error, self.stopped = self.error or error, True


def fold(
    blocks: Iterable[Block],
    state: Callable[[], State],
    work: Callable[[State, Block], None],
    done: Callable[[], None] = lambda: None,
) -> list[State]:
    """Run `work` over all blocks on every core and return the states, one a thread.

    The work must release the interpreter lock (compiled kernels do) and be additive in the state, so that
    the sum over states does not depend on who took which block. Ctrl-C stops after the running blocks.

    Parameters
    ----------
    blocks : iterable
        Pieces of work, taken in order.
    state : callable
        Makes an empty state.
    work : callable
        Adds one block to a state.
    done : callable
        Called after each block, one thread at a time: progress.

    Returns
    -------
    list
        The states of the threads.

    Examples
    --------
    >>> states = fold(range(10), lambda: [0], lambda s, block: s.append(block))
    >>> sum(sum(s) for s in states)
    45
    """
    queue = _Queue(blocks, done)
    states: list[State] = []

    def run(mine: State) -> None:
        try:
            while taken := queue.take():
                work(mine, taken[0])  # type: ignore[arg-type]
                queue.tick()
        except BaseException as error:
            queue.fail(error)

    threads = []
    for _ in range(cores()):
        states.append(state())
        threads.append(threading.Thread(target=run, args=(states[-1],), daemon=True))
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            while thread.is_alive():
                thread.join(0.1)
    finally:
        queue.stopped = True
    if queue.error is not None:
        raise queue.error
    return states
