"""The form on paper: shown as it will be, printed or saved, in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from clinic.office import form_papers
from clinic.wording import _
from ui.panel import Head
from ui.paper_out import PaperOut
from ui.widgets.buttons import Segments
from ui.widgets.cards import column

if TYPE_CHECKING:
    from clinic.values import ClientId
    from ui.screen import Counter


class PaperPanel(QWidget):
    """The blank form for a client who fills it in by hand."""

    def __init__(self, counter: Counter, client: ClientId) -> None:
        super().__init__()
        self._counter = counter
        self._client = client
        self.setAccessibleName(_("Form on paper"))
        self.language = Segments((("en", "English"), ("es", "Español")), _("Language of the form"))
        self.language.switched.connect(lambda _key: self.look())
        self.out = PaperOut(counter, _("Health history"), self._blank)
        under = _("Filled in by hand, then typed in with “Ask on the phone”.")
        lines = column(Head(_("Form on paper"), under, counter.hide_panel), spacing=12, margin=18)
        lines.addWidget(self.language)
        lines.addWidget(self.out, 1)
        self.setLayout(lines)
        self.look()

    def _blank(self, work: Any) -> bytes:
        return form_papers.blank(work, language=self.language.chosen, client=self._client)

    def look(self) -> None:
        """Show the form in the language chosen."""
        self._counter.runner.ask(self._blank, self.out.show_pdf, latest="clients/blank")
