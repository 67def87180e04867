"""This window: light or dark, the size of text, and when it locks by itself; kept on this computer only."""

from __future__ import annotations

from typing import ClassVar, get_args

from clinic.wording import _, ngettext
from ui.memory import LOCK_MINUTES
from ui.screens.settings.section import Section
from ui.theme import Mode, theme
from ui.widgets import text
from ui.widgets.buttons import Segments
from ui.widgets.cards import Card

SIZES = (80, 90, 100, 110, 125, 150, 175, 200)


class Look(Section):
    """What one person likes on one laptop."""

    key: ClassVar[str] = "window"
    icon: ClassVar[str] = "sun"

    @staticmethod
    def title() -> str:
        return _("This window")

    def lay_out(self) -> None:
        names = {"system": _("Like the system"), "light": _("Light"), "dark": _("Dark")}
        self.mode = Segments([(mode, names[mode]) for mode in get_args(Mode)], _("Light and dark"))
        self.mode.switched.connect(self._wear)
        self.sizes = Segments([(str(n), f"{n}\N{NO-BREAK SPACE}%") for n in SIZES], _("Size of text"))
        self.sizes.switched.connect(self._resize)
        minutes = [(str(n), ngettext("{n} minute", "{n} minutes", n).format(n=n)) for n in LOCK_MINUTES]
        self.lock = Segments(minutes, _("Lock when idle for"))
        self.lock.switched.connect(lambda n: self.counter.lock_after(int(n)))
        for head, switch, said in (
            (_("Light and dark"), self.mode, ""),
            (_("Size of text"), self.sizes, _("Ctrl with plus and minus does the same from anywhere.")),
            (
                _("Lock when idle for"),
                self.lock,
                _("Ctrl+L locks at once. What is unfinished is kept and waits for you."),
            ),
        ):
            card = Card(head)
            card.add(switch)
            if said:
                card.add(text.soft(said, wrap=True))
            self.body.addWidget(card)

    def reload(self) -> None:
        """Show what is worn now."""
        memory = self.counter.memory
        self.mode.choose(memory.mode)
        if theme.percent in SIZES:
            self.sizes.choose(str(theme.percent))
        self.lock.choose(str(memory.lock_minutes))

    def _wear(self, mode: str) -> None:
        worn = next(each for each in get_args(Mode) if each == mode)
        self.counter.memory.mode = worn
        theme.choose(mode=worn)

    def _resize(self, percent: str) -> None:
        theme.choose(percent=int(percent))
        self.counter.memory.percent = theme.percent
