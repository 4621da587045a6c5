"""One worker for what takes long: imports, reports, backups.

Work is a plain function of a :class:`Progress`; a :class:`Runner` carries it out and calls back in the window's thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from db.errors import UserError

T = TypeVar("T")


def nothing() -> None:
    """What follows when there is nothing to follow."""


class Cancelled(Exception):  # an outcome that the user asked for
    """The work noticed that it is no longer wanted."""


@dataclass(slots=True)
class Progress:
    """How a work tells how far it is, and learns that it is not wanted any more.

    Args:
        tell: takes (done, total, what is being done).
    """

    tell: Callable[[int, int, str], None]
    _unwanted: threading.Event = field(default_factory=threading.Event)

    def step(self, done: int, total: int, what: str) -> None:
        """Say how far the work is.

        Raises:
            Cancelled: the user gave it up; what was not committed is not written.
        """
        self.check()
        self.tell(done, total, what)

    def check(self) -> None:
        """Say nothing, but stop when it is no longer wanted: for work inside a step.

        Raises:
            Cancelled: the user gave it up.
        """
        if self.cancelled:
            raise Cancelled

    @property
    def cancelled(self) -> bool:
        """Whether the user gave the work up."""
        return self._unwanted.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._unwanted.set()


@dataclass(frozen=True, slots=True)
class Work:
    """Something long that a tab wants done.

    Args:
        title: what is being done, for the status line.
        work: done in the worker's thread.
        done: gets the result, in the thread of the window.
        given_up: called there instead when the user gave it up.
    """

    title: str
    work: Callable[[Progress], Any]
    done: Callable[[Any], object]
    given_up: Callable[[], object] = nothing


@dataclass(slots=True)
class _Job:
    title: str
    work: Callable[[Progress], Any]
    done: Callable[[Any], object]
    failed: Callable[[UserError], None]
    given_up: Callable[[], object]
    progress: Progress


class Runner(QObject):
    """Carries out one work after the other.

    Signals:
        started: the title of the work.
        stepped: (done, total, what).
        ended: whatever the outcome.
        given_up: the title of a work that the user gave up.
    """

    started = Signal(str)
    stepped = Signal(int, int, str)
    ended = Signal()
    given_up = Signal(str)
    _finished = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._current: _Job | None = None
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Callable[[UserError], None],
        given_up: Callable[[], object] = nothing,
    ) -> None:
        """Start a work, or queue it behind the one that runs.

        Args:
            title: what is being done, for the status line.
            done: gets the result, in the thread of the window.
            failed: gets the user's trouble; a fault of the program goes to the crash dialog instead.
            given_up: called there when the user gave it up.
        """
        job = _Job(title, work, done, failed, given_up, Progress(self.stepped.emit))
        self._submit(job)

    def cancel(self) -> None:
        """Ask the running work to stop."""
        if self._current is not None:
            self._current.progress.cancel()

    def close(self) -> None:
        """Give up what runs and wait for its end; nobody is told of it, as the window goes."""
        self._closed = True
        self.cancel()

    @property
    def busy(self) -> bool:
        """Whether a work is running."""
        return self._current is not None

    def _submit(self, job: _Job) -> None:
        raise NotImplementedError

    def _carry_out(self, job: _Job) -> object:
        """The result, or the exception that ended the work."""
        self._current = job
        self.started.emit(job.title)
        try:
            return job.work(job.progress)
        except Exception as error:  # noqa: BLE001  # delivered to the window's thread, where a fault is raised again
            return error

    def _deliver(self, job: _Job, outcome: object) -> None:
        if self._closed:
            return
        if self._current is job:  # else the next one has begun already
            self._current = None
        self.ended.emit()
        if isinstance(outcome, UserError):
            job.failed(outcome)
        elif isinstance(outcome, Cancelled):
            self.given_up.emit(job.title)
            job.given_up()
        elif isinstance(outcome, Exception):
            raise outcome
        else:
            job.done(outcome)


class BackgroundRunner(Runner):
    """Works in a thread of its own, one at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="worker")

    def close(self) -> None:
        """Give up what runs and what waits, and wait for the end of the thread."""
        super().close()
        self._pool.shutdown(cancel_futures=True)

    def _submit(self, job: _Job) -> None:
        self._pool.submit(lambda: self._finished.emit(job, self._carry_out(job)))


class ImmediateRunner(Runner):
    """Works at once, in the calling thread: for tests and pictures."""

    def _submit(self, job: _Job) -> None:
        self._deliver(job, self._carry_out(job))
