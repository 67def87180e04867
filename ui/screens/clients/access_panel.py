"""Giving out a client's whole file: why, then one action writes the pages and the portable file; and the hold."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from clinic.office import access
from clinic.wording import _, day
from clinic.wording.refusals import sentence
from ui.again import ask_again
from ui.panel import Head
from ui.unfinished import Way
from ui.widgets import text
from ui.widgets.buttons import primary, small
from ui.widgets.cards import column
from ui.widgets.fields import Line
from ui.widgets.flow import Flow
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.access import GivenOut, Kept
    from clinic.values import ClientId, Progress, Refusal
    from ui.screen import Counter


class AccessPanel(QWidget):
    """Everything about one client, in one action, with the password and a reason."""

    def __init__(self, counter: Counter, client: ClientId) -> None:
        super().__init__()
        self._counter, self._client = counter, client
        self.way = Way("clients", "access", {"client": client})
        self._again: Callable[[], object] | None = None
        self.reason = Line(_("The client asked for a copy"))
        self.form = Form()
        self.form.add("reason", _("Why; kept in the record"), self.reason)
        self.give = primary(_("Write the file"), self._choose, icon="download")
        self._kept = text.caption("", wrap=True)
        self.hold = small(_("Put on hold"), self._hold)
        self.note = text.caption("", wrap=True)
        under = _("One PDF to read and one portable file to take along. A copy is due within {n} days.")
        head = Head(_("Give out the whole file"), under.format(n=access.DAYS_TO_ANSWER), counter.hide_panel)
        lines = column(head, self.form, spacing=14, margin=18)
        lines.addLayout(Flow(self.give))
        lines.addWidget(self.note)
        lines.addWidget(text.section(_("How long it is kept")))
        lines.addWidget(self._kept)
        self.erase = small(_("Look at erasing it"), self._look_at_erasing)
        self.erase.hide()
        lines.addLayout(Flow(self.hold, self.erase))
        lines.addStretch(1)
        self.setLayout(lines)
        self.setFocusProxy(self.give)
        self._ask()

    def _ask(self) -> None:
        self._counter.runner.ask(partial(access.kept, client=self._client), self._show_kept)

    def _show_kept(self, found: Kept) -> None:
        if found.hold:
            said = _("On hold: {reason}. It is kept whatever its age.").format(reason=found.hold)
        elif found.until is None:
            said = _("Nobody was treated yet.")
        elif found.over:
            said = _("It had to be kept until {day}.").format(day=day(found.until))
        else:
            said = _("It is kept until {day} at least.").format(day=day(found.until))
        self._kept.setText(said)
        self.hold.say(_("Lift the hold") if found.hold else _("Put on hold"))
        self._held = bool(found.hold)
        self.erase.setVisible(found.over and self._counter.seat.allows("erase"))

    def _look_at_erasing(self) -> None:
        from ui.screens.clients.erase_panel import ErasePanel  # noqa: PLC0415 - each leads to the other

        self._counter.show_panel(ErasePanel(self._counter, self._client))

    def _choose(self) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chosen = QFileDialog.getExistingDirectory(self, _("Where to"), documents)
        if chosen:
            self.write(Path(chosen))

    def write(self, folder: Path) -> None:
        """Write both files into a folder."""
        client, reason = self._client, self.reason.text()

        def go(desk: Any, progress: Progress) -> GivenOut:
            return access.give_out(desk, client, folder, reason=reason, progress=progress)

        self._again = partial(self.write, folder)
        words = _("Writing a client's file")
        self._counter.runner.long_do(go, self._written, self._refused, words=words)

    def _written(self, found: GivenOut) -> None:
        said = _("{items} items are written to {folder}. It is on record that they left.")
        self.note.setText(said.format(items=found.items, folder=found.paper.parent))

    def _hold(self) -> None:
        task = access.lift_hold if self._held else access.put_on_hold
        self._again = self._hold
        do = partial(task, client=self._client, reason=self.reason.text())
        self._counter.runner.do(do, lambda _done: self._ask(), self._refused)

    def _refused(self, refusal: Refusal) -> None:
        if refusal.code == "password_again" and self._again is not None:
            why = _("A whole file leaves the practice only by somebody who gave the password just now.")
            ask_again(self, self._counter, self._again, why=why)
        else:
            self.form.refuse(refusal.at, sentence(refusal))
