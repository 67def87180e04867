"""Keeping: the clients whose time is over, longest over first, each to be looked at before it is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from clinic.office import erasing
from clinic.wording import _, day
from ui.screens.clients.erase_panel import ErasePanel
from ui.screens.settings.section import Section, listing
from ui.table import Column, Table
from ui.theme import theme
from ui.widgets import text
from ui.widgets.cards import Empty

if TYPE_CHECKING:
    from clinic.office.erasing import Ripe


class Keeping(Section):
    """Whose file need not be kept any more; nothing is erased unless somebody looks at it and says so."""

    key: ClassVar[str] = "keeping"
    icon: ClassVar[str] = "file-clock"

    @staticmethod
    def title() -> str:
        return _("Keeping and erasing")

    def lay_out(self) -> None:
        said = _(
            "A file is kept seven years after the last visit or payment it speaks of, a minor's until nineteen as "
            "well. After that it may be erased, one by one. A hold keeps it beyond."
        )
        self.body.addWidget(text.soft(said, wrap=True))
        columns: list[Column[Ripe]] = [
            Column(_("Client"), lambda ripe: ripe.name, link=True),
            Column(_("Kept until"), lambda ripe: day(ripe.until), 130),
            Column(_("On hold"), lambda ripe: ripe.hold, 220, tone="soft_ink"),
        ]
        self.table: Table[Ripe] = Table(
            columns,
            name=_("Files whose time is over"),
            empty=Empty(_("No file is older than it must be kept.")),
            identity=lambda ripe: ripe.client,
        )
        self.table.setMinimumHeight(theme.px(260))
        self.table.opened.connect(self._look)
        self.table.followed.connect(lambda ripe, _column: self._look(ripe))
        self.list = listing(_("Files whose time is over"), self.table)
        self.body.addWidget(self.list)
        self._others = text.soft(_("The owner looks through the files whose time is over."), wrap=True)
        self.body.addWidget(self._others)
        owner = self.counter.seat.allows("erase")
        self.list.setVisible(owner)
        self._others.setVisible(not owner)

    def reload(self) -> None:
        """Ask whose time is over."""
        if self.counter.seat.allows("erase"):
            self.counter.runner.ask(erasing.due, self.table.show_rows, latest="settings/keeping")

    def _look(self, ripe: Ripe) -> None:
        self.counter.show_panel(ErasePanel(self.counter, ripe.client))
