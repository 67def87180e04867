"""Work off the window's thread: ask, do, and long work with progress; answers come back in the window's."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from clinic.values import Progress, Refusal, Stopped, Topic, Trouble

if TYPE_CHECKING:
    from ui.front import Desk

T = TypeVar("T")
Failed = Callable[[Refusal], object]

BUSY_CURSOR_MS = 500
BUSY_BAR_MS = 2_000
STEP_SECONDS = 0.05
"""Progress is told at most twenty times a second; the window has better things to paint."""


class Job(QObject):
    """One piece of work under way: what it is called, how far it is, and how to stop it."""

    stepped = Signal(int, int)

    def __init__(self, words: str, *, stoppable: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.words = words
        self.stoppable = stoppable
        self.forgotten = False
        self._stop = threading.Event()
        self._told = 0.0

    def stop(self) -> None:
        """Ask the work to stop, and no longer wait for its answer."""
        self.forgotten = True
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def progress(self, done: int, whole: int) -> None:
        """Tell how far the work is; called in the work's own thread."""
        if self.stopped:
            raise Stopped
        if done == whole or time.monotonic() - self._told >= STEP_SECONDS:
            self._told = time.monotonic()
            self.stepped.emit(done, whole)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a piece of work gave back, told apart from what it raised."""

    value: Any


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Who waits for a job's answer; kept in the window's thread only, for widgets must not end in another."""

    then: Callable[[Any], object]
    failed: Failed | None
    troubled: Callable[[Trouble], object] | None = None

    @property
    def gone(self) -> bool:
        """Whether the widget that asked has been closed meanwhile."""
        import shiboken6  # noqa: PLC0415 - a tenth of the time to the first picture, and not needed for it

        method = self.then.func if isinstance(self.then, partial) else self.then
        asker = getattr(method, "__self__", None)
        return isinstance(asker, QObject) and not shiboken6.isValid(asker)


class Runner(QObject):
    """The window's way to the office: one worker for daily questions and tasks, another for long work."""

    topics_changed = Signal(object)
    """A frozenset of the topics some work has touched."""
    refused = Signal(object)
    """A Refusal that nobody shows beside a field."""
    troubled = Signal(object)
    broken = Signal(object)
    """An exception that is a bug."""
    slow = Signal(object)
    """A job that has taken long enough for a bar with Cancel."""
    ended = Signal(object)
    _arrived = Signal(object, object)
    _touched = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self._gone_home = False
        self._daily = ThreadPoolExecutor(1, "desk")
        self._long = ThreadPoolExecutor(1, "long")
        self._waiting: dict[Job, _Waiting] = {}
        self._newest: dict[str, Job] = {}
        self._cursor_shown = False
        self._cursor = QTimer(self, singleShot=True, interval=BUSY_CURSOR_MS)
        self._cursor.timeout.connect(self._show_cursor)
        self._arrived.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self._touched.connect(self.topics_changed, Qt.ConnectionType.QueuedConnection)

    def sit_down(self, desk: Desk) -> None:
        """Work at this desk from now on."""
        self._desk = desk

    def ask(
        self,
        query: Callable[[Any], T],
        then: Callable[[T], object],
        failed: Failed | None = None,
        *,
        latest: str = "",
    ) -> Job:
        """Look something up. Of questions with the same `latest` only the newest is answered."""
        job = Job("", stoppable=True, parent=self)
        if latest:
            if latest in self._newest:
                self._newest[latest].stop()
            self._newest[latest] = job
        desk = self._desk
        return self._begin(job, self._daily, lambda: _seated(desk).reading(query), _Waiting(then, failed))

    def do(
        self,
        task: Callable[[Any], T],
        then: Callable[[T], object],
        failed: Failed | None = None,
        *,
        words: str = "",
    ) -> Job:
        """Carry out one task of the office; the screens that show what it touched look again."""
        job = Job(words, stoppable=False, parent=self)
        desk = _Noting(self._desk, self._tell)
        return self._begin(job, self._daily, lambda: desk.writing(task)[0], _Waiting(then, failed))

    def long_do(
        self,
        task: Callable[[Any, Progress], T],
        then: Callable[[T], object],
        failed: Failed | None = None,
        *,
        words: str,
    ) -> Job:
        """Carry out long work that opens its own works at the desk, says how far it is, can be stopped."""
        job = Job(words, stoppable=True, parent=self)
        desk = _Noting(self._desk, self._tell)
        return self._begin(job, self._long, lambda: task(desk, job.progress), _Waiting(then, failed))

    def outside(
        self,
        errand: Callable[[Progress], T],
        then: Callable[[T], object],
        failed: Callable[[Refusal | Trouble], object] | None = None,
        *,
        words: str = "",
        stoppable: bool = False,
    ) -> Job:
        """Run an errand that needs no desk, such as signing in; `failed` is told of troubles too."""
        job = Job(words, stoppable=stoppable, parent=self)
        return self._begin(job, self._daily, lambda: errand(job.progress), _Waiting(then, failed, failed))

    def leave(self) -> None:
        """Leave the desk: no answer is awaited, what was to be written still is, then it is closed."""
        for job in self._waiting:
            job.forgotten = True
            if job.stoppable:
                job.stop()
        self._settle()
        desk, self._desk = self._desk, None
        if desk is not None:
            self._daily.submit(desk.close)

    def close(self) -> None:
        """Leave the desk for good and wait until the workers have gone home."""
        self.leave()
        self._gone_home = True
        self._daily.shutdown()
        self._long.shutdown()
        self._wait_no_more()

    @property
    def busy(self) -> bool:
        """Whether any answer is still awaited."""
        return any(not job.forgotten for job in self._waiting)

    def _tell(self, topics: Collection[Topic]) -> None:
        if topics:
            self._touched.emit(frozenset(topics))

    def _begin(
        self, job: Job, worker: ThreadPoolExecutor, work: Callable[[], object], waiting: _Waiting
    ) -> Job:
        def run() -> None:
            outcome: object
            try:
                outcome = Stopped() if job.stopped else _Answer(work())
            except Exception as raised:  # noqa: BLE001 - the workers' last resort: `_end` shows it
                outcome = raised
            self._arrived.emit(job, outcome)

        if self._gone_home:  # a last timer of a window that is closed already
            return job
        self._waiting[job] = waiting
        QTimer.singleShot(BUSY_BAR_MS, job, lambda: self._show_bar(job))
        if not self._cursor.isActive():
            self._cursor.start()
        worker.submit(run)
        return job

    def _end(self, job: Job, outcome: object) -> None:
        """Hand over what a job brought, unless nobody waits for it any more."""
        waiting = self._waiting.pop(job)
        self._newest = {key: newest for key, newest in self._newest.items() if newest is not job}
        self._settle()
        self.ended.emit(job)
        job.deleteLater()
        match outcome:
            case Stopped():
                pass
            case Exception() if not isinstance(outcome, Refusal | Trouble):
                self.broken.emit(outcome)
            case _ if job.forgotten or waiting.gone:
                pass
            case Refusal() if waiting.failed is not None:
                waiting.failed(outcome)
            case Refusal():
                self.refused.emit(outcome)
            case Trouble() if waiting.troubled is not None:
                waiting.troubled(outcome)
            case Trouble():
                self.troubled.emit(outcome)
            case _Answer(value):
                waiting.then(value)

    def _settle(self) -> None:
        """Take the busy cursor away once nothing is awaited."""
        if not self.busy:
            self._wait_no_more()

    def _wait_no_more(self) -> None:
        self._cursor.stop()
        if self._cursor_shown:
            self._cursor_shown = False
            QGuiApplication.restoreOverrideCursor()

    def _show_bar(self, job: Job) -> None:
        if job in self._waiting and not job.forgotten:
            self.slow.emit(job)

    def _show_cursor(self) -> None:
        if self.busy and not self._cursor_shown:
            self._cursor_shown = True
            QGuiApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)


class _Noting:
    """A desk that notes what is touched at it, so that screens look again as the work goes."""

    def __init__(self, desk: Desk | None, tell: Callable[[Collection[Topic]], None]) -> None:
        self._desk = desk
        self._tell = tell

    def reading(self, query: Callable[[Any], T], /) -> T:
        return _seated(self._desk).reading(query)

    def writing(self, task: Callable[[Any], T], /) -> tuple[T, Collection[Topic]]:
        answer, topics = _seated(self._desk).writing(task)
        self._tell(topics)
        return answer, topics

    def close(self) -> None:
        """Leave the desk open: others sit at it too."""

    def __getattr__(self, name: str) -> Any:
        """Give what else long work needs of the desk itself."""
        return getattr(_seated(self._desk), name)


def _seated(desk: Desk | None) -> Desk:
    """Give the desk, or stop the work where the person has left it meanwhile."""
    if desk is None:
        raise Stopped
    return desk
