"""Work happens off the window's thread, and its answers come back to it."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from clinic.values import Refusal, Topic, Trouble
from ui import runner as running

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from clinic.values import Progress
    from tests.ui.makers import FakeDesk
    from ui.front import Desk
    from ui.runner import Job, Runner


def raising(error: Exception) -> object:
    raise error


def test_an_answer_comes_back_in_the_windows_thread(qtbot: QtBot, runner: Runner, desk: FakeDesk) -> None:
    answered: list[tuple[str, ...]] = []
    threads: list[str] = []
    runner.ask(tuple, answered.append)
    runner.ask(tuple, lambda _names: threads.append(threading.current_thread().name))
    qtbot.waitUntil(lambda: bool(threads))
    assert answered == [("Inês Abreu", "Kwame Boateng")]
    assert threads == [threading.main_thread().name]
    assert all(name.startswith("desk") for name in desk.threads)


def test_a_task_tells_the_topics_it_touched(qtbot: QtBot, runner: Runner, desk: FakeDesk) -> None:
    with qtbot.waitSignal(runner.topics_changed) as told:
        runner.do(lambda names: names.append("Freya Holm"), lambda _answer: None)
    assert told.args == [frozenset({Topic.CLIENTS})]
    assert desk.names[-1] == "Freya Holm"


def test_a_refusal_goes_to_whoever_shows_it_beside_a_field(qtbot: QtBot, runner: Runner) -> None:
    refused: list[Refusal] = []
    with qtbot.assertNotEmitted(runner.refused):
        runner.do(
            lambda _names: raising(Refusal("name_missing", at="name")), lambda _answer: None, refused.append
        )
        qtbot.waitUntil(lambda: bool(refused))
    assert refused[0].at == "name"


def test_a_refusal_nobody_shows_is_told_to_the_window(qtbot: QtBot, runner: Runner) -> None:
    with qtbot.waitSignal(runner.refused) as told:
        runner.ask(lambda _names: raising(Refusal("not_found")), lambda _answer: None)
    assert told.args is not None
    assert told.args[0].code == "not_found"


def test_a_trouble_goes_to_the_window_even_where_refusals_have_a_place(qtbot: QtBot, runner: Runner) -> None:
    refused: list[Refusal] = []
    with qtbot.waitSignal(runner.troubled):
        runner.do(lambda _names: raising(Trouble("disk_full")), lambda _answer: None, refused.append)
    assert refused == []


def test_a_bug_is_told_to_the_window(qtbot: QtBot, runner: Runner) -> None:
    with qtbot.waitSignal(runner.broken) as told:
        runner.ask(lambda _names: raising(KeyError("Inês Abreu")), lambda _answer: None)
    assert told.args is not None
    assert isinstance(told.args[0], KeyError)


def test_only_the_newest_of_the_same_question_is_answered(qtbot: QtBot, runner: Runner) -> None:
    held = threading.Event()
    answered: list[str] = []
    runner.ask(lambda _names: held.wait(5), lambda _answer: None)
    for typed in ("i", "in", "inê"):
        runner.ask(partial(lambda typed, _names: typed, typed), answered.append, latest="search")
    held.set()
    qtbot.waitUntil(lambda: bool(answered))
    assert answered == ["inê"]


def test_nobody_is_answered_whose_widget_is_gone(qtbot: QtBot, runner: Runner) -> None:
    held = threading.Event()
    label = QLabel("waiting")
    runner.ask(lambda _names: (held.wait(5), "late")[1], label.setText)
    label.deleteLater()
    qtbot.wait(1)
    held.set()
    qtbot.waitUntil(lambda: not runner.busy)
    done: list[str] = []
    runner.ask(lambda _names: "still working", done.append)
    qtbot.waitUntil(lambda: done == ["still working"])


def test_long_work_has_its_own_worker_and_tells_how_far_it_is(
    qtbot: QtBot, runner: Runner, desk: FakeDesk
) -> None:
    held = threading.Event()

    def export(at: Desk, progress: Progress) -> int:
        progress(1, 2)
        held.wait(5)
        progress(2, 2)
        return at.reading(len)

    steps: list[tuple[int, int]] = []
    exported: list[int] = []
    asked: list[int] = []
    job = runner.long_do(export, exported.append, words="Exporting")
    job.stepped.connect(lambda done, whole: steps.append((done, whole)))
    runner.ask(len, asked.append)
    qtbot.waitUntil(lambda: asked == [2])
    held.set()
    qtbot.waitUntil(lambda: exported == [2])
    assert steps[-1] == (2, 2)
    assert {name.split("_")[0] for name in desk.threads} == {"desk", "long"}


def test_long_work_stops_when_asked_and_answers_nobody(qtbot: QtBot, runner: Runner) -> None:
    started = threading.Event()
    go_on = threading.Event()

    def export(_desk: Desk, progress: Progress) -> str:
        started.set()
        go_on.wait(5)
        progress(1, 2)
        return "done"

    answered: list[str] = []
    job = runner.long_do(export, answered.append, words="Exporting")
    assert started.wait(5)
    job.stop()
    go_on.set()
    with qtbot.waitSignal(runner.ended):
        pass
    assert answered == []


def test_long_work_tells_what_it_touched_as_it_goes(qtbot: QtBot, runner: Runner) -> None:
    with qtbot.waitSignal(runner.topics_changed):
        runner.long_do(
            lambda desk, _progress: desk.writing(lambda names: names.clear()),
            lambda _answer: None,
            words="Clearing",
        )


def test_leaving_writes_what_was_to_be_written_and_answers_nobody(
    qtbot: QtBot, runner: Runner, desk: FakeDesk
) -> None:
    held = threading.Event()
    answered: list[object] = []
    asked: list[object] = []
    runner.ask(lambda _names: held.wait(5), answered.append)
    runner.do(lambda names: names.append("A draft"), answered.append)
    runner.ask(asked.append, answered.append)
    runner.leave()
    held.set()
    qtbot.waitUntil(desk.closed.is_set)
    qtbot.wait(1)
    assert desk.names[-1] == "A draft"
    assert answered == asked == []


def test_nothing_is_asked_once_the_desk_is_left(qtbot: QtBot, runner: Runner, desk: FakeDesk) -> None:
    runner.leave()
    answered: list[object] = []
    with qtbot.waitSignal(runner.ended):
        runner.ask(len, answered.append)
    assert answered == []
    assert desk.threads == set()


def test_a_busy_cursor_shows_after_a_while_and_goes_again(qtbot: QtBot, runner: Runner) -> None:
    held = threading.Event()
    answered: list[object] = []
    runner.ask(lambda _names: held.wait(5), answered.append)
    assert QGuiApplication.overrideCursor() is None
    qtbot.waitUntil(lambda: QGuiApplication.overrideCursor() is not None, timeout=3_000)
    shown = QGuiApplication.overrideCursor()
    assert shown is not None
    assert shown.shape() == Qt.CursorShape.BusyCursor
    held.set()
    qtbot.waitUntil(lambda: bool(answered))
    assert QGuiApplication.overrideCursor() is None


def test_what_takes_long_asks_for_a_bar(
    qtbot: QtBot, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BUSY_BAR_MS", 1)
    held = threading.Event()
    slow: list[Job] = []
    runner.slow.connect(slow.append)
    job = runner.do(lambda _names: held.wait(5), lambda _answer: None, words="Issuing the receipt")
    qtbot.waitUntil(lambda: slow == [job])
    assert not job.stoppable
    held.set()
    with qtbot.waitSignal(runner.ended):
        pass
