"""A paper in the panel at the right: what is seen is what is printed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QWidget

from clinic.office import day_sheets, drafts
from clinic.wording import _, long_day
from clinic.wording.refusals import sentence
from ui import printing
from ui.panel import Head
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import column
from ui.widgets.flow import Flow
from ui.widgets.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from clinic.values import StaffId
    from ui.screen import Counter

HIGH, WIDE = 480, 340


class PaperPanel(QWidget):
    """Shows a paper, prints it, or saves it."""

    def __init__(self, counter: Counter, head: tuple[str, str], name: str, content: bytes = b"") -> None:
        """Take what it is, a line on it, and the name it is saved under."""
        super().__init__()
        self._counter, self._name, self._content = counter, name, content
        self.paper = Paper()
        self.paper.setMinimumSize(WIDE, HIGH)  # a page grows no larger with the text of the window
        self.print = primary(_("Print"), self._print, icon="printer")
        self.save = quiet(_("Save as PDF"), self._save, icon="download")
        self.inside = column(spacing=8)
        lines = column(Head(*head, counter.hide_panel), spacing=14, margin=18)
        lines.addLayout(self.inside)
        lines.addWidget(self.paper, 1)
        lines.addLayout(Flow(self.print, self.save))
        self.setLayout(lines)
        self.setAccessibleName(head[0])
        self.setFocusProxy(self.print)
        if content:
            self.show_paper(content)

    def show_paper(self, content: bytes) -> None:
        """Show these pages in place of those there."""
        self._content = content
        self.paper.show_pdf(content)

    def _print(self) -> None:
        if not self._content:
            return
        if printing.has_printer():
            printing.ask_printer(self, self._content, self._printed)
        else:
            self._counter.toast(_("No printer is set up on this computer. Save the paper instead."))

    def _printed(self) -> None:
        self._counter.toast(_("The paper went to the printer."))

    def _save(self) -> None:
        path = printing.ask_file(self, self._name) if self._content else None
        if path is not None:
            content = self._content
            self._counter.runner.outside(
                lambda _progress: drafts.save(content, str(path)),
                partial(self._saved, path),
                lambda no: self._counter.toast(sentence(no)),
            )

    def _saved(self, path: Path, _done: object) -> None:
        self._counter.toast(_("Saved as {name}.").format(name=path.name))


class DaySheetPanel(PaperPanel):
    """The day of one or several therapists, on paper."""

    def __init__(
        self,
        counter: Counter,
        on: date,
        people: Sequence[tuple[str, str]],
        chosen: str,
    ) -> None:
        """Take the day, the therapists who have visits on it, and the one shown now, if one is."""
        super().__init__(counter, (_("Day sheet"), long_day(on)), f"day-{on.isoformat()}")
        self._on = on
        self._boxes: dict[str, QCheckBox] = {}
        if len(people) > 1:
            for key, name in people:
                box = QCheckBox(name)
                box.setAccessibleName(name)
                box.setChecked(chosen in {"", key})
                box.toggled.connect(lambda _on: self.ask())
                self._boxes[key] = box
            self.inside.addLayout(Flow(*self._boxes.values(), spacing=12))
        self.ask()

    def ask(self) -> None:
        """Ask for the sheets of those ticked."""
        wanted: list[StaffId] = [key for key, box in self._boxes.items() if box.isChecked()]  # type: ignore[misc]
        self.print.setEnabled(bool(wanted) or not self._boxes)
        if wanted or not self._boxes:
            task = partial(day_sheets.print_day, on=self._on, staff=wanted)
            self._counter.runner.ask(task, self.show_paper, latest="today/sheet")


def open_panel(counter: Counter, panel: QWidget) -> None:
    """Show a panel and take the hands into it."""
    counter.show_panel(panel)
    QTimer.singleShot(0, panel, panel.setFocus)
