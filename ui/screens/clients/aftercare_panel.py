"""The after-care sheet beside a client's page: shown in the client's language, printed, or put into a mail."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from clinic.office import aftercare, papers
from clinic.wording import _
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.paper_out import PaperOut
from ui.widgets.buttons import Segments, quiet
from ui.widgets.cards import column

if TYPE_CHECKING:
    from clinic.values import ClientId, Progress, Refusal
    from ui.screen import Counter


class AftercarePanel(QWidget):
    """One page to take home."""

    def __init__(self, counter: Counter, client: ClientId) -> None:
        super().__init__()
        self._counter, self._client = counter, client
        self.language = Segments((("en", _("English")), ("es", _("Spanish"))), _("Language of the sheet"))
        self.language.switched.connect(lambda _language: self.preview())
        self.out = PaperOut(counter, "after-care", self._pages)
        self.mail = quiet(_("Email draft"), self._choose)
        self.out.buttons.addWidget(self.mail)
        under = _("What to expect, when to call, and the treatment in plain words.")
        lines = column(Head(_("After-care sheet"), under, counter.hide_panel), spacing=14, margin=18)
        lines.addWidget(self.language)
        lines.addWidget(self.out, 1)
        self.setLayout(lines)
        self.setFocusProxy(self.out)
        self.preview()

    def _pages(self, work: Any) -> bytes:
        return aftercare.sheet(work, self._client, language=self.language.chosen)

    def preview(self) -> None:
        """Show the sheet in the language chosen."""
        self._counter.runner.ask(self._pages, self.out.show_pdf, self._refused, latest="clients/aftercare")

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save the draft"), "after-care.eml", _("Email (*.eml)")
        )
        if chosen:
            self.draft(Path(chosen))

    def draft(self, path: Path) -> None:
        """Write a mail with the sheet, to be opened in the person's own mail program."""
        task = partial(aftercare.draft, client=self._client, language=self.language.chosen)

        def save(content: bytes) -> None:
            def write(_progress: Progress) -> Path:
                papers.put(path, content)
                return path

            self._counter.runner.outside(write, self._saved)

        self._counter.runner.do(task, save, self._refused)

    def _saved(self, _path: Path) -> None:
        said = _("The draft is saved. Open it with your mail program, read it over and send it.")
        self.out.note.setText(said)

    def _refused(self, refusal: Refusal) -> None:
        self.out.note.setText(sentence(refusal))
