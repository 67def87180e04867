"""Somebody who sits at the clients of a small real practice."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from clinic.values import ClientId
from tests import practices
from tests.ui.makers import a_seat
from ui.runner import Runner
from ui.screens.clients import Clients
from ui.screens.clients.letter_panel import LetterPanel
from ui.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QPushButton
    from pytestqt.qtbot import QtBot

    from clinic.office.desk import Desk
    from ui.memory import Memory
    from ui.screen import Screen

OWN = ClientId("c-own")
MANY = 230


def a_document() -> dict[str, object]:
    """A full practice with a crowd of clients, and booked visits beyond the letter's end."""
    document = practices.a_full_document()
    document["clients"] += [practices.a_client(f"m-{n}", f"Ana{n:03}", "Ferreira") for n in range(MANY)]
    document["clients"] += [
        practices.a_client("c-cjk", "明子", "山本"),
        practices.a_client("c-new", "Idris", "Vale"),
    ]
    document["appointments"].append(
        practices.an_appointment("a-gap", "2027-01-13T16:00", state="confirmed"),
    )
    return document


class Counter:
    """A window over a real practice, at whose clients somebody sits."""

    def __init__(self, qtbot: QtBot, desk: Desk, runner: Runner, shell: Shell) -> None:
        self.qtbot, self.desk, self.runner, self.shell = qtbot, desk, runner, shell

    @property
    def screen(self) -> Clients:
        return next(iter(self.shell.findChildren(Clients)))

    def settle(self) -> None:
        self.qtbot.wait(1)
        self.qtbot.waitUntil(lambda: not self.runner.busy)

    def open(self, client: ClientId = OWN) -> None:
        self.shell.go("clients", client)
        self.settle()

    def panel(self) -> object:
        return self.shell._panel.shown

    def open_letter(self) -> LetterPanel:
        self.open()
        page = self.screen.chart.page
        assert page is not None
        self.screen.chart.open_letter(page.chart.letters[0].id)
        self.settle()
        panel = self.panel()
        assert isinstance(panel, LetterPanel)
        self.qtbot.waitUntil(panel.isEnabled)
        return panel

    def undo(self) -> None:
        self.shell._undo.undo()
        self.settle()

    def press(self, button: QPushButton) -> None:
        button.click()
        self.settle()


@contextmanager
def seated(
    qtbot: QtBot, template: Path, folder: Path, memory: Memory, *, screens: Sequence[type[Screen]] = ()
) -> Iterator[Callable[[str], Counter]]:
    """Sit people down at a copy of the practice, and see them out."""
    runner = Runner()
    shells: list[Shell] = []

    def sitting(person: str = "owner") -> Counter:
        desk = practices.sit_down(practices.copied(template, folder / "copy"), person)
        runner.sit_down(desk)
        shell = Shell(replace(a_seat(), desk=desk), runner, [Clients, *screens], memory)
        qtbot.addWidget(shell)
        shells.append(shell)
        shell.resize(1280, 800)
        with qtbot.waitExposed(shell):
            shell.show()
        shell.open_first()
        counter = Counter(qtbot, desk, runner, shell)
        counter.settle()
        return counter

    yield sitting
    for shell in shells:
        shell.hide_panel()
    qtbot.wait(1)
    runner.close()
    qtbot.wait(1)
