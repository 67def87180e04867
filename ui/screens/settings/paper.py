"""Paper: its size, and a receipt for nobody that shows how the practice's papers look now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from clinic.office import papers, practice
from clinic.wording import _
from ui.screens.settings.section import Section
from ui.screens.settings.signature import MySignature
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import Segments
from ui.widgets.cards import Card
from ui.widgets.paper import Paper

if TYPE_CHECKING:
    from clinic.office.practice import Letterhead


class Sheets(Section):
    """Letter or A4, and the preview."""

    key: ClassVar[str] = "paper"
    icon: ClassVar[str] = "receipt-text"

    @staticmethod
    def title() -> str:
        return _("Paper")

    def lay_out(self) -> None:
        self.sizes = Segments([("letter", _("US Letter")), ("a4", _("A4"))], _("Size of paper"))
        self.sizes.switched.connect(self._choose)
        card = Card(_("Size of paper"))
        said = _("Papers issued before keep their size; the next ones take this one.")
        card.add(self.sizes, text.soft(said, wrap=True))
        self.paper = Paper()
        self.paper.setMinimumHeight(theme.px(520))
        shown = Card(_("How papers look"))
        self._told = text.soft(_("Name, address and numbers come from Practice and People."), wrap=True)
        shown.add(self._told, self.paper)
        self.body.addWidget(card)
        self.signature = MySignature(self.counter)
        self.body.addWidget(self.signature)
        self.body.addWidget(shown, 1)

    def reload(self) -> None:
        """Show the size chosen and a specimen."""
        self.counter.runner.ask(practice.letterhead, self._show, latest="settings/size")
        self.signature.reload()
        self.counter.runner.ask(papers.specimen, self.paper.show_pdf, latest="settings/specimen")

    def _show(self, kept: Letterhead) -> None:
        self.sizes.choose("a4" if kept.preferences.get("paper") == "a4" else "letter")

    def _choose(self, size: str) -> None:
        self.counter.runner.do(partial(practice.prefer, preferences={"paper": size}), lambda _done: None)
