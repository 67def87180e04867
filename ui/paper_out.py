"""A paper on its way out: shown as it will be, printed, or saved as a PDF; all three are the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from clinic.office import papers
from clinic.wording import _
from ui import printing
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import column
from ui.widgets.flow import Flow
from ui.widgets.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clinic.values import Progress, Refusal
    from ui.screen import Counter

WIDE, HIGH = 400, 460


class PaperOut(QWidget):
    """The preview with its buttons; `fetch` makes or opens the paper once it is wanted for good."""

    def __init__(
        self,
        counter: Counter,
        name: str,
        fetch: Callable[[Any], bytes],
        *,
        gone: Callable[[], object] | None = None,
        refused: Callable[[Refusal], object] | None = None,
    ) -> None:
        super().__init__()
        self._counter, self._name, self._fetch = counter, name, fetch
        self._gone, self._refused = gone, refused
        self._goes_to: Path | None = None
        self.paper = Paper()
        self.paper.setMinimumSize(theme.px(WIDE), theme.px(HIGH))
        self.print = primary(_("Print"), self._print, icon="printer")
        self.save = quiet(_("Save as PDF"), self._save, icon="download")
        self.note = text.caption("", wrap=True)
        self.buttons = Flow(self.print, self.save)
        lines = column(spacing=10)
        lines.addLayout(self.buttons)
        lines.addWidget(self.note)
        lines.addWidget(self.paper, 1)
        self.setLayout(lines)
        self.setFocusProxy(self.print)

    def show_pdf(self, pages: bytes) -> None:
        """Show the paper."""
        self.paper.show_pdf(pages)

    def _print(self) -> None:
        if not printing.has_printer():
            self.note.setText(_("There is no printer here. Save it as a PDF instead."))
            self.save.setFocus()
            return
        self._counter.runner.do(self._fetch, self._to_printer, self._refused)

    def _to_printer(self, pages: bytes) -> None:
        self.paper.show_pdf(pages)
        self._left()
        printing.ask_printer(self, pages, lambda: self.note.setText(_("Sent to the printer.")))

    def _save(self) -> None:
        self._goes_to = printing.ask_file(self, self._name)
        if self._goes_to is not None:
            self._counter.runner.do(self._fetch, self._to_file, self._refused)

    def _to_file(self, pages: bytes) -> None:
        goes_to = self._goes_to
        if goes_to is None:
            return
        self.paper.show_pdf(pages)
        self._left()

        def write(_progress: Progress) -> Path:
            papers.put(goes_to, pages)
            return goes_to

        self._counter.runner.outside(write, self._saved)

    def _saved(self, path: Path) -> None:
        self.note.setText(_("Saved in {folder}.").format(folder=path.parent))

    def _left(self) -> None:
        if self._gone is not None:
            self._gone()
