"""A practice in the middle of a day: visits in every state, money open, letters and papers that run out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from clinic.office import sign_in
from tests import practices
from tests.practices import a_client, a_letter, a_line, an_appointment, an_invoice
from tests.ui.makers import a_seat
from ui.screens.booking import BookingPanel
from ui.screens.clients import Clients
from ui.screens.note import Note
from ui.screens.reminders import Reminders
from ui.screens.till import Till
from ui.screens.today import Today
from ui.shell import Shell

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from clinic.office.desk import Desk
    from ui.memory import Memory
    from ui.runner import Runner

TODAY = "2026-11-18"
NO_TIME = Qt.KeyboardModifier.NoModifier


def a_document() -> dict[str, Any]:
    """Make the day: it is ten past two on November 18."""
    document = practices.a_document(
        clients=[
            a_client("c-own", "Hạnh", "Nguyễn"),
            a_client("c-other", "Odile", "Marchetti", phone="(510) 555-0171"),
            a_client("c-cjk", "明子", "山本"),
            a_client("c-ar", "نادية", "حداد"),
            a_client("c-long", "Maximiliane-Konstantina Theodora", "von Hohenberg-Oyelaran y Castellanos"),
        ],
        letters=[
            a_letter(max_visits=3, ends_on="2026-12-31"),
            a_letter(
                "l-2",
                "c-other",
                number="L-2026-020",
                patient_name="Odile Marchetti",
                ends_on="2026-11-25",
            ),
        ],
        appointments=[
            an_appointment("a-before", "2026-11-04T16:00"),
            an_appointment("a-done", f"{TODAY}T09:00", staff="owner", client="c-other"),
            an_appointment("a-owing", f"{TODAY}T10:30", staff="owner", client="c-long"),
            an_appointment("a-on", f"{TODAY}T13:30", staff="owner", client="c-cjk", state="in_treatment"),
            an_appointment("a-here", f"{TODAY}T14:00", client="c-ar", state="arrived"),
            an_appointment("a-next", f"{TODAY}T16:00", state="confirmed", room="r-hearth"),
            an_appointment("a-maybe", f"{TODAY}T17:30", client="c-cjk", state="tentative"),
            an_appointment("a-missed", f"{TODAY}T11:00", client="c-cjk", state="no_show"),
            an_appointment("a-tomorrow", "2026-11-19T10:00", client="c-cjk", state="tentative"),
            an_appointment("a-gap", "2026-12-02T10:00", staff="owner", client="c-other", state="confirmed"),
            an_appointment("a-3", "2026-12-02T16:00", state="confirmed"),
            an_appointment("a-4", "2026-12-16T16:00", state="confirmed"),
        ],
        notes=[
            a_note("n-1", "a-before", "2026-11-05T01:10:00Z", "Bolster under the knees."),
            a_note("n-2", "a-done", None, "again"),
        ],
        invoices=[
            an_invoice("i-1", "2026-11-04", a_line("x-1", appointment="a-before")),
            an_invoice("i-2", TODAY, a_line("x-2", appointment="a-done"), client="c-other"),
        ],
        payments=[practices.a_payment("p-1", "2026-11-04", 12500)],
    )
    for client in ("c-own", "c-ar"):
        document["screenings"].append(practices.a_quick_check(f"k-{client}", client))
    document["practice"]["settings"] = {
        "missed": {"notice_hours": 24, "late_cancel": {"percent": 50}, "no_show": {"amount_cents": 8000}}
    }
    for person in document["staff"]:
        if person["id"] == "s-therapist":
            person["certificate"]["expires"] = "2026-12-16"
    return document


def a_note(key: str, visit: str, signed_at: str | None, plan: str) -> dict[str, Any]:
    """Make a note."""
    note: dict[str, Any] = {
        "id": key,
        "appointment": visit,
        "written_by": "s-therapist",
        "soap": {"s": "stiff", "o": "firm", "a": "better", "p": plan},
    }
    return note | ({"signed_at": signed_at} if signed_at else {})


class AtTheCounter:
    """Somebody who sits at the window on that day."""

    def __init__(self, qtbot: QtBot, desk: Desk, runner: Runner, memory: Memory) -> None:
        self.qtbot, self.desk, self.runner = qtbot, desk, runner
        self.shell = Shell(
            replace(a_seat(), desk=desk, confirm=partial(sign_in.confirm, desk)),
            runner,
            [Today, Clients, Till, Reminders, Note],
            memory,
        )
        qtbot.addWidget(self.shell)
        self.shell.resize(1440, 900)
        with qtbot.waitExposed(self.shell):
            self.shell.show()
        self.shell.go("today")
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way."""
        for today in self.shell.findChildren(Today):
            today._resting.setInterval(0)
        for _again in range(3):
            self.qtbot.waitUntil(lambda: not self.runner.busy)
            self.qtbot.wait(5)

    @property
    def today(self) -> Today:
        """The screen."""
        return next(iter(self.shell.findChildren(Today)))

    @property
    def panel(self) -> QWidget | None:
        """What stands at the right."""
        return self.shell._panel.shown

    @property
    def booking(self) -> BookingPanel:
        """The booking panel, which must be open."""
        assert isinstance(self.panel, BookingPanel)
        return self.panel

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_TIME) -> None:
        """Press a key wherever the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.shell, key, modifier)
        self.settle()

    def type(self, words: str, *, enter: bool = False) -> None:
        """Type where the focus is."""
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, words)
        self.settle()
        if enter:
            self.press(Qt.Key.Key_Return)

    def go_to(self, visit: str) -> None:
        """Put the focus on a visit of the list."""
        next(line for key, line in self.today.list.lines.items() if key == visit).setFocus()
        self.settle()

    def state(self, visit: str) -> str:
        """Read where a visit stands in the file."""
        with self.desk.vault.connect(reading=True) as connection:
            found = connection.exec_driver_sql("SELECT state FROM appointments WHERE id = ?", (visit,))
            return str(found.scalar_one())

    def booked(self, client: str) -> list[tuple[str, str]]:
        """Read what is booked for a client from today on."""
        with self.desk.vault.connect(reading=True) as connection:
            found = connection.exec_driver_sql(
                "SELECT at, state FROM appointments WHERE client = ? AND at > '2026-11-18 14:10' ORDER BY at",
                (client,),
            )
            return [(str(row[0])[:16], str(row[1])) for row in found]
