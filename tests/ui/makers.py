"""People and things at an invented counter: a desk without a practice file, a screen, a seat, a front door."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic.values import Topic, Trouble
from ui.front import Arrival, Copy, Found, Loss, Made, Seat, Standing
from ui.screen import Offer, Screen
from ui.table import Column, Table
from ui.widgets.cards import Empty
from ui.widgets.text import title

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clinic.values import Progress
    from ui.front import Wanted
    from ui.screen import Counter

T = TypeVar("T")
RECOVERY_KEY = "K7QF-2MXA-9TRD-W4HE"
PASSWORD = "linen harbor otter quiet"


class FakeDesk:
    """A desk whose practice file is a list of names."""

    def __init__(self, *names: str, touches: frozenset[Topic] = frozenset({Topic.CLIENTS})) -> None:
        self.names = list(names)
        self.touches = touches
        self.closed = threading.Event()
        self.threads: set[str] = set()

    def reading(self, query: Callable[[Any], T], /) -> T:
        self.threads.add(threading.current_thread().name)
        return query(self.names)

    def writing(self, task: Callable[[Any], T], /) -> tuple[T, frozenset[Topic]]:
        self.threads.add(threading.current_thread().name)
        return task(self.names), self.touches

    def close(self) -> None:
        self.closed.set()


class Names(Screen):
    """The example screen: a table of names."""

    key: ClassVar[str] = "names"
    icon: ClassVar[str] = "store"
    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.CLIENTS})

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self.reloads = 0
        self.opened_on: object = None
        self.kept = False
        self.table: Table[str] = Table(
            (
                Column("Name", str, sort=str.casefold),
                Column("Letters", lambda name: str(len(name)), 90, figures=True),
            ),
            name="Names",
            empty=Empty("Names stand here.", "Add a name", self.add),
            identity=lambda name: name,
        )
        lines = QVBoxLayout(self)
        lines.addWidget(title(self.title()))
        lines.addWidget(self.table)

    @staticmethod
    def title() -> str:
        return "Names"

    @classmethod
    def offers(cls) -> tuple[Offer, ...]:
        return (Offer("New name", "plus", "Ctrl+Shift+N", "new"),)

    def set_context(self, what: object) -> None:
        self.opened_on = what

    def reload(self) -> None:
        self.reloads += 1
        self.runner.ask(tuple, self.table.show_rows, latest="names")

    def add(self) -> None:
        self.runner.do(lambda names: names.append("Freya Holm"), self.added)

    def added(self, _answer: object) -> None:
        self.counter.toast("Freya Holm was added")

    def keep(self) -> None:
        self.kept = True


class Numbers(Names):
    """Another screen, which shows nothing of clients."""

    key: ClassVar[str] = "numbers"
    icon: ClassVar[str] = "calendar"
    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.MONEY})

    @staticmethod
    def title() -> str:
        return "Numbers"

    @classmethod
    def offers(cls) -> tuple[Offer, ...]:
        return ()


def find(names: list[str], words: str) -> tuple[Found, ...]:
    return tuple(
        Found("Clients", name, "names", name, icon="leaf") for name in names if words.lower() in name.lower()
    )


class Copies:
    """Counts the backups asked for."""

    def __init__(self) -> None:
        self.made = 0

    def copy(self) -> bool:
        self.made += 1
        return True


def know(password: str) -> None:
    if password != PASSWORD:
        raise Trouble("wrong_password")


def a_seat(desk: FakeDesk | None = None, copies: Copies | None = None) -> Seat:
    copies = copies or Copies()
    standing = Standing(datetime(2026, 11, 18, 13, 58, tzinfo=UTC), None, {"names": 3})
    return Seat(
        desk or FakeDesk("Inês Abreu", "Kwame Boateng"),
        "Fern & Harbor",
        "Maren",
        find,
        lambda: standing,
        copies.copy,
        know,
    )


class FakeFront:
    """A front door with one practice behind it, whose password is known."""

    def __init__(
        self, arrival: Arrival = Arrival.SIGN_IN, people: tuple[str, ...] = ("Maren Okafor",)
    ) -> None:
        self._arrival = arrival
        self._people = people
        self.seat = a_seat()
        self.wanted: Wanted | None = None
        self.warmed = threading.Event()
        self.opened: Path | None = None

    def arrival(self) -> Arrival:
        return self._arrival

    def people(self) -> tuple[str, ...]:
        return self._people

    def suggest(self) -> str:
        return "linen harbor otter quiet maple seventeen"

    def time_zone(self) -> str:
        return "America/Los_Angeles"

    def sign_in(self, person: str, password: str) -> Seat:
        if person not in {"", self._people[0]} or password != PASSWORD:
            raise Trouble("wrong_password")
        return self.seat

    def recover(self, recovery_key: str, password: str) -> Seat:
        if recovery_key != RECOVERY_KEY or not password:
            raise Trouble("wrong_recovery_key")
        return self.seat

    def set_up(self, wanted: Wanted) -> Made:
        self.wanted = wanted
        return Made(RECOVERY_KEY, lambda: self.seat)

    def demo(self, progress: Progress) -> Seat:
        progress(1, 1)
        return self.seat

    def copies(self) -> tuple[Copy, ...]:
        return ()

    def foresee(self, copy: Copy, person: str, password: str, recovery_key: str = "") -> Loss:
        raise Trouble("damaged_backup", copy=copy.path.name, person=person, by=bool(password or recovery_key))

    def restore(self, copy: Copy, person: str, password: str, reason: str, recovery_key: str = "") -> Seat:
        by = bool(password or recovery_key)
        raise Trouble("damaged_backup", copy=copy.path.name, person=person, why=reason, by=by)

    def open(self, file: Path) -> Arrival:
        self.opened = file
        return Arrival.SIGN_IN

    def warm(self) -> None:
        self.warmed.set()


def put_on(qtbot: QtBot, *parts: QWidget, size: tuple[int, int] = (600, 400)) -> QWidget:
    """Stand parts on a window of their own."""
    made = QWidget()
    lines = QVBoxLayout(made)
    for part in parts:
        lines.addWidget(part)
    qtbot.addWidget(made, before_close_func=lambda _closed: made.setParent(None))
    made.resize(*size)
    with qtbot.waitExposed(made):
        made.show()
    return made
