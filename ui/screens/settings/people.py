"""The people who work here: role, certificate, way in; a line opens all that is kept of one of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from clinic.office import practice, upkeep
from clinic.wording import _, day
from ui.screens.settings import words
from ui.screens.settings.leave import Gate
from ui.screens.settings.person import PersonPanel
from ui.screens.settings.section import Section, listing
from ui.table import Column, Table
from ui.theme import theme
from ui.widgets.buttons import quiet
from ui.widgets.cards import Empty

if TYPE_CHECKING:
    from clinic.office.practice import Colleague
    from clinic.office.upkeep import ColleagueFile
    from clinic.values import StaffId
    from ui.screen import Counter
    from ui.screens.settings.leave import Leave


class People(Section):
    """Everybody on the staff."""

    key: ClassVar[str] = "people"
    icon: ClassVar[str] = "users"

    def __init__(self, counter: Counter, leave: Leave) -> None:
        self._signs_in: frozenset[StaffId] = frozenset()
        super().__init__(counter, leave)

    @staticmethod
    def title() -> str:
        return _("People")

    def lay_out(self) -> None:
        self.new = quiet(_("Add a colleague"), self._add, icon="user-plus")
        columns: list[Column[Colleague]] = [
            Column(_("Name"), lambda row: row.name, weight="semibold", sort=lambda row: row.name),
            Column(_("Role"), lambda row: words.role(row.role), 120, sort=lambda row: row.role),
            Column(
                _("Certificate until"),
                lambda row: day(row.certificate_until) if row.certificate_until else "",
                150,
                tone="soft_ink",
            ),
            Column(
                _("Way in"),
                lambda row: _("password") if row.id in self._signs_in else _("none"),
                110,
                tone="soft_ink",
            ),
        ]
        self.table: Table[Colleague] = Table(
            columns,
            name=_("People who work here"),
            empty=Empty(_("The people who work here stand here.")),
            identity=lambda row: row.id,
        )
        self.table.setMinimumHeight(theme.px(280))
        self.table.opened.connect(lambda row: self.open(row.id))
        self.body.addWidget(Gate(self.leave, self.counter))
        self.body.addWidget(listing(_("Who works here"), self.table, self.new), 1)

    def reload(self) -> None:
        """Show who works here."""
        self.counter.runner.ask(_people, self._show, latest="settings/people")

    def _show(self, told: tuple[tuple[Colleague, ...], tuple[StaffId, ...]]) -> None:
        people, signs_in = told
        self._signs_in = frozenset(signs_in)
        self.table.show_rows(people)

    def open(self, staff: StaffId) -> None:
        """Open all that is kept of somebody, in the panel."""
        self.counter.runner.ask(partial(upkeep.colleague, staff=staff), self._open, latest="settings/person")

    def _open(self, kept: ColleagueFile) -> None:
        self.counter.show_panel(PersonPanel(self.counter, self.leave, kept))

    def reopen(self, _form: str) -> None:
        self._add()

    def _add(self) -> None:
        self.counter.show_panel(PersonPanel(self.counter, self.leave, None))


def _people(work: Any) -> tuple[tuple[Colleague, ...], tuple[StaffId, ...]]:
    return practice.colleagues(work), upkeep.ways_in(work)
