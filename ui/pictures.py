"""Pictures of the main screens, light and dark, and of the papers, taken from a real window on a real practice."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEventLoop, QPointF, QTimer
from PySide6.QtWidgets import QApplication

from clinic.office import attention, intake, receipts, today
from clinic.office.attention import Why
from clinic.office.handouts import Handout
from clinic.values import State
from clinic.wording import _
from ui import chart_pictures, paper_pictures
from ui.app import dressed
from ui.door import Door
from ui.find import Finder
from ui.front import Arrival
from ui.help import Help
from ui.kiosk import hand_over
from ui.kiosk.pages import Before
from ui.memory import Memory
from ui.screens import there_are
from ui.screens.booking.panel import BookingPanel
from ui.screens.booking.wanted import BookFor
from ui.screens.calendar import Calendar, fits
from ui.screens.calendar.views import View
from ui.screens.clients.chart import ChartPage
from ui.screens.clients.health import HealthPanel
from ui.screens.clients.screen import OfClearances
from ui.screens.closing.earlier import open_closed_days
from ui.screens.note import OfVisit
from ui.screens.settings.screen import SECTIONS
from ui.screens.till import OfReceipt, PapersOf
from ui.screens.today import Today
from ui.screens.today.quick_check import QuickCheckPanel
from ui.screens.today.words import Do
from ui.screens.year_end import YearEnd
from ui.shortcuts import Shortcuts
from ui.theme import theme
from ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from clinic.office.today import Day, VisitRow
    from ui.front import Seat

Mode = Literal["light", "dark"]
A_MOMENT = 60
DAYS_AHEAD = 28
FLAGGED = {
    "S0": "flag_none",
    "S1": "flag_adapts",
    "S2": "flag_avoids",
    "S3": "flag_holds",
    "S4": "flag_refuses",
    "S5": "flag_emergency",
}
LONGEST_WAIT = 20_000
"""Milliseconds: a screen that has not settled by then never will."""


def settle(window: Window) -> None:
    """Let the window work until nothing is under way any more."""
    loop = QEventLoop()
    quiet = QTimer(interval=A_MOMENT)
    still = 0

    def look() -> None:
        nonlocal still
        still = 0 if window.runner.busy else still + 1
        if still > 2:  # noqa: PLR2004 - two quiet moments in a row: what the first one asked for has come too
            loop.quit()

    quiet.timeout.connect(look)
    QTimer.singleShot(LONGEST_WAIT, loop, loop.quit)
    quiet.start()
    loop.exec()
    quiet.stop()


class Album:
    """Takes the pictures and puts them into a folder."""

    def __init__(self, folder: Path, window: Window, mode: Mode) -> None:
        self.folder = folder
        self._window = window
        self.mode = mode

    def take(self, name: str, part: QWidget | None = None) -> None:
        """Wait until the window is settled, and keep what it shows, or a dialog of it."""
        settle(self._window)
        (part or self._window).grab().save(str(self.folder / f"{name}_{self.mode}.png"))


def take_all(folder: Path, seat: Callable[[Door], Seat], practice: Path, *, whole: bool) -> None:
    """Go through the program as a person would, once in each mode; the main screens, or the whole of it."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        memory = Memory(Path(scratch) / "effleurage")
        application = QApplication.instance() or QApplication(sys.argv[:1])
        if isinstance(application, QApplication):
            dressed(application, memory)
        theme.load_fonts(first=False)
        for mode in ("light", "dark"):
            theme.choose(mode=mode, percent=100)
            door = Door(practice)
            window = Window(door, there_are, memory)
            window.resize(1440, 900)
            window.show()
            album = Album(folder, window, mode)
            album.take("sign_in")
            if whole:
                _door(window, album)
            seated = seat(door)
            window.enter(seated)
            _walk(window, album, seated, whole=whole)
            if whole and mode == "light":  # paper is white in the dark, too
                paper_pictures.take(folder, seated.desk)
            window.lock()
            window.close()


def _door(window: Window, album: Album) -> None:
    """Show what stands at the door besides the password: the first choices, and the way in with the key."""
    for arrival in (Arrival.CHOICES, Arrival.SET_UP):
        window.welcome.arrive(arrival)
        album.take(arrival.value)
    window.welcome.arrive(Arrival.SIGN_IN)


def _frame(window: Window, album: Album) -> None:
    """Open what belongs to the whole window: find anything, the list of keys, the manual, a toast."""
    shell = window.shell
    if shell is None:
        return
    shell.go("today")
    settle(window)
    finder = window.findChildren(Finder)[0]
    finder.ask()
    album.take("find_anything")
    finder.hide()
    for name, dialog in (("keys", Shortcuts(shell)), ("manual", Help(shell, "today"))):
        dialog.show()
        album.take(name, dialog)
        dialog.close()


def _settings(window: Window, album: Album) -> None:
    """Turn to each section of the settings."""
    shell = window.shell
    if shell is None:
        return
    for section in SECTIONS:
        shell.go("settings", section.key)
        album.take(f"settings_{section.key}")


def _beside(window: Window, album: Album) -> None:
    """Show what opens from the main screens and stands beside them."""
    shell = window.shell
    if shell is None:
        return
    _frame(window, album)
    _settings(window, album)
    _calendar(window, album)
    _day(window, album)
    shell.go("reports")
    open_closed_days(shell)
    album.take("closed_days")
    shell.hide_panel()


def _walk(window: Window, album: Album, seat: Seat, *, whole: bool) -> None:
    shell = window.shell
    if shell is None:
        return
    for screen in there_are():
        if not screen.under:  # a page that is opened from another one has nothing to show by itself
            shell.go(screen.key)
            album.take(screen.key)
    if whole:
        _beside(window, album)
    shown = seat.desk.reading(today.day)
    ahead = [visit for visit in shown.visits if visit.letter is not None]
    treated = [visit for visit in shown.visits if visit.state in {State.DONE, State.IN_TREATMENT}]
    for visit in treated[-1:]:
        shell.go("note", OfVisit(visit.id))
        album.take("note")
    whose = chart_pictures.most_measured(seat, [visit.client for visit in treated]) if whole else None
    if whose is not None:
        chart_pictures.take(shell, seat, whose, album.take, partial(settle, window))
    for visit in ahead[:1]:
        shell.go("clients", visit.client)
        album.take("chart")
        for page in window.findChildren(ChartPage):
            page.renew()
            album.take("renewal")
            page.edit()
            album.take("details")
        shell.hide_panel()
        shell.go("today", BookFor(client=visit.client))
        album.take("booking")
        _look_for_a_time(window, album)
        shell.hide_panel()
    if whole:
        _flags(window, album, seat)
    _forms(window, album, [visit for visit in shown.visits if visit.state is State.CONFIRMED])
    _money(window, album, seat, shown)


def _money(window: Window, album: Album, seat: Seat, shown: Day) -> None:
    """Charge a visit, open a receipt and the papers of a client, and look at what a year's end leaves to check."""
    shell = window.shell
    if shell is None:
        return
    owing = [visit for visit in shown.visits if visit.state is State.DONE and not visit.charged]
    for visit in owing[:1]:
        shell.go("till", visit.id)
        album.take("checkout")
    paid = next(
        (row.number for row in seat.desk.reading(receipts.recent) if row.methods and not row.void), ""
    )
    shell.go("till", OfReceipt(paid))
    album.take("receipt")
    for row in seat.desk.reading(receipts.recent)[:1]:
        shell.go("till", PapersOf(row.client, row.client_name, what=Handout.STATEMENT))
        album.take("papers")
    shell.go("year_end")
    settle(window)
    for year_end in window.findChildren(YearEnd):
        if year_end.has_exceptions:
            year_end.go_on()
            album.take("year_end_exceptions")


def _flags(window: Window, album: Album, seat: Seat) -> None:
    """Put a visit together for somebody with each severity, and open what a clinician is asked."""
    shell = window.shell
    if shell is None:
        return
    found = seat.desk.reading(attention.items)
    for severity, visit in _of_each_severity(seat):
        for name, high in ((FLAGGED[severity], 900), (f"{FLAGGED[severity]}_small", 640)):
            window.resize(1440 if high > 640 else 1024, high)  # noqa: PLR2004 - the least window there is
            shell.go("today", BookFor(client=visit.client, visit=visit.id))
            album.take(name)
            shell.hide_panel()
    window.resize(1440, 900)
    for item in [one for one in found if one.why is Why.CLEARANCE_TO_VERIFY][:1]:
        if item.client is not None:
            shell.go("clients", OfClearances(item.client))
            album.take("clearances")
            shell.hide_panel()


def _of_each_severity(seat: Seat) -> list[tuple[str, VisitRow]]:
    """Find one visit ahead for each severity, S0 to S5, in the days that come."""
    found: dict[str, VisitRow] = {}
    shown = seat.desk.reading(today.day)
    for days in range(DAYS_AHEAD):
        on = shown.now.date() + timedelta(days=days)
        for visit in seat.desk.reading(partial(today.day, on=on)).visits:
            if visit.state in {State.TENTATIVE, State.CONFIRMED} and visit.at > shown.now:
                found.setdefault(visit.flag or "S0", visit)
    return sorted(found.items())


def _day(window: Window, album: Album) -> None:
    """Open what stands beside the day: its close, its sheet, and a visit that is given up."""
    shell = window.shell
    for screen in window.findChildren(Today):
        if shell is None:
            return
        shell.go("today")
        for name, open_ in (("close_of_day", screen.close_day), ("day_sheet", screen.show_sheet)):
            open_()
            album.take(name)
        ahead = [v for v in seat_day(shell.seat).visits if v.state in {State.CONFIRMED, State.TENTATIVE}]
        for visit in ahead[:1]:
            screen.carry_out(Do.CANCEL, visit)
            album.take("cancel")
        shell.hide_panel()


def seat_day(seat: Seat) -> Day:
    """Ask for the day as the window shows it."""
    day: Day = seat.desk.reading(today.day)
    return day


def _forms(window: Window, album: Album, coming: Sequence[VisitRow]) -> None:
    """Open the quick check of a visit to come, its client's health, and hand the form over."""
    shell = window.shell
    if shell is None:
        return
    for visit in coming[:1]:
        check = shell.seat.desk.reading(partial(intake.quick_check, appointment=visit.id))
        shell.go("today")
        shell.show_panel(QuickCheckPanel(shell, check, _("begin")))
        album.take("quick_check")
        shell.go("clients", visit.client)
        shell.show_panel(HealthPanel(shell, visit.client))
        album.take("health")
        hand_over(shell, visit.client)
        settle(window)
        kiosk = window.kiosk
        if kiosk is not None:
            window.resize(1440, 900)
            album.take("kiosk_hello")
            for at, name in ((0, "kiosk_before"), (len(kiosk.pages), "kiosk_sign")):
                kiosk.show_page(at)
                album.take(name)
            kiosk.show_page(1)
            view = kiosk.view
            if isinstance(view, Before):
                view.change.click()
            album.take("kiosk_page")
            window.take_back()
            window.resize(1440, 900)


def _calendar(window: Window, album: Album) -> None:
    """Turn through the views of the calendar, and hold a visit over another day."""
    shell = window.shell
    if shell is not None:
        shell.go("calendar")
    for calendar in window.findChildren(Calendar):
        for view in View:
            calendar.show_view(view)
            album.take(f"calendar_{view.value}")
        calendar.show_view(View.WEEK)
        settle(window)
        drawn = calendar.board.plan
        ahead = [piece for piece in (drawn.pieces if drawn else ()) if piece.entry.state in fits.MOVABLE]
        for piece in ahead[:1]:
            over = calendar.board.centre_of(piece.entry.id).toPointF()
            calendar.board.hands.carry_in(piece.entry, over + QPointF(160, 90), copy=False)
            album.take("calendar_drag")
            side = QPointF(calendar.board.width() - 4, over.y() + 90)
            calendar.board.hands.carry_in(piece.entry, side, copy=False)
            calendar.grab().save(str(album.folder / f"calendar_page_turn_{album.mode}.png"))
            calendar.board.hands.let_go()
            calendar.show_view(View.MONTH)
            settle(window)
            middle = calendar.month.cell(24).center()
            calendar.month.carry_in(piece.entry, middle, copy=False)
            album.take("calendar_month_drag")
            calendar.month.let_go()
    if shell is not None:
        shell.hide_panel()


def _look_for_a_time(window: Window, album: Album) -> None:
    """Go the other ways to a visit: a few words, and a series put together."""
    for panel in window.findChildren(BookingPanel):
        if panel.isVisible():
            panel.finder.line.setText("60 deep tue after 4")
            panel.finder.line.textEdited.emit("60 deep tue after 4")
            settle(window)
            album.take("find_a_time")
            panel.finder.series.click()
            settle(window)
            album.take("series")
            return


def main(words: Sequence[str]) -> int:
    """Take the pictures of the practice named by the environment, or of a small demo made for it."""
    asked = argparse.ArgumentParser(prog="python -m ui.pictures", description=__doc__)
    asked.add_argument("--to", type=Path, required=True, metavar="DIR")
    asked.add_argument(
        "--whole", action="store_true", help="not the main screens only: panels and papers too"
    )
    given = asked.parse_args(words)
    folder, whole = given.to, given.whole
    named, person = os.environ.get("CLINIC_PRACTICE"), os.environ.get("CLINIC_USER", "")
    password = os.environ.get("CLINIC_PASSWORD")
    if named and password:
        take_all(folder, lambda door: door.sign_in(person, password), Path(named), whole=whole)
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        practice = Path(scratch) / "practice.clinic"
        take_all(folder, lambda door: door.demo(lambda _done, _all: None), practice, whole=whole)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
