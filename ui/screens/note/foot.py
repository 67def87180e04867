"""The foot of a note: what is safe, what comes next, and the signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from clinic.wording import _, clock, moment
from ui.widgets import text
from ui.widgets.buttons import link, primary, quiet
from ui.widgets.cards import row
from ui.widgets.chips import KeyCap
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ui.screens.note.page import Page


class Foot(QFrame):
    """Stands under the note while it scrolls."""

    def __init__(
        self,
        sign: Callable[[], object],
        rebook: Callable[[], object],
        charge: Callable[[], object],
        drop_draft: Callable[[], object],
        print_note: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._glyph = text.Glyph("check", "soft_ink")
        self._said = text.soft(wrap=True)
        self._drop = link(_("Go back to how it was put down"), drop_draft)
        self._drop.hide()
        self.print = quiet(_("Print"), print_note, icon="printer")
        self.rebook = quiet(_("Rebook"), rebook)
        self.charge = quiet(_("Take payment"), charge)
        self.sign = primary(_("Sign note"), sign, icon="pencil")
        self._keys = KeyCap(_("Ctrl Enter"))
        tools = QWidget()
        tools.setLayout(Flow(self.print, self.rebook, self.charge, self._keys, self.sign, spacing=10))
        line = row(self._glyph, self._said, self._drop, tools, spacing=8)
        line.setContentsMargins(20, 10, 20, 10)
        line.setStretch(1, 1)
        self.setLayout(line)

    def show_page(self, page: Page, *, writing: bool) -> None:
        """Say how the note stands."""
        opened = page.opened
        self.sign.setVisible(writing)
        self._keys.setVisible(writing)
        self._drop.setVisible(writing and opened.draft is not None)
        self.print.setVisible(opened.signed_at is not None)
        may_charge = page.card is not None
        self.charge.setVisible(may_charge)
        self.rebook.setVisible(may_charge)
        if opened.signed_at is not None:
            signed = _("Signed by {writer}, {at}. It stays as it is; addenda are added.")
            self.say(signed.format(writer=opened.writer, at=moment(opened.signed_at)))
        elif opened.draft is not None and opened.draft_at is not None:
            found = _("This is what you had typed until {at}, when the window went away.")
            self.say(found.format(at=moment(opened.draft_at)))
        elif not writing:
            self.say(_("Not signed yet by {writer}.").format(writer=opened.writer))
        else:
            self.say(_("Draft. Signing locks it; later changes become addenda."))

    def say(self, words: str, *, refused: bool = False) -> None:
        """Say how it stands."""
        self._said.setText(words)
        text.retone(self._said, "refused" if refused else "soft")
        self._glyph.show_icon("triangle-alert" if refused else "check", "S4" if refused else "soft_ink")

    def say_unsaved(self) -> None:
        """Say that something was typed that is not safe for a moment."""
        self.say(_("Keeping what you type…"))

    def say_saved(self, at: datetime) -> None:
        """Say when the draft was kept."""
        saved = _("Saved {at}  ·  Draft, you can still edit. Signing locks it; later changes become addenda.")
        self.say(saved.format(at=clock(at)))
