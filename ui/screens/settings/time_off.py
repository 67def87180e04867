"""Time off, breaks and closures: what is ahead, and the panel that adds or changes one."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from clinic.office import openings
from clinic.wording import _, clock, short_day
from ui.screens.settings import words
from ui.screens.settings.block import BlockPanel, Places, places
from ui.screens.settings.section import Section, listing
from ui.table import Column, Table
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import quiet
from ui.widgets.cards import Empty

if TYPE_CHECKING:
    from clinic.office.openings import BlockDetails, BlockTime

AHEAD = timedelta(days=400)


class TimeOff(Section):
    """What keeps visits away, the next one first."""

    key: ClassVar[str] = "time_off"
    icon: ClassVar[str] = "calendar-x"

    @staticmethod
    def title() -> str:
        return _("Time off and closures")

    def lay_out(self) -> None:
        self._places = Places({}, {})
        self.new = quiet(_("Add time off"), lambda: self._show_panel(None), icon="plus")
        columns: list[Column[BlockTime]] = [
            Column(_("Next"), _day, 150, weight="semibold", under=_hours),
            Column(_("Who or where"), lambda row: self._places.name(row.staff, row.room), 170),
            Column(_("What"), lambda row: words.block(row.kind) if row.kind else _("busy"), 110),
            Column(_("Reason"), lambda row: row.reason or "", tone="soft_ink"),
            Column(_("Repeats"), lambda row: _("yes") if row.repeats else "", 80, tone="soft_ink"),
        ]
        self.table: Table[BlockTime] = Table(
            columns,
            name=_("Time off and closures"),
            empty=Empty(
                _("Holidays, breaks that come back and closed rooms stand here. Nothing is booked on them.")
            ),
            identity=lambda row: row.block,
        )
        self.table.setMinimumHeight(theme.px(320))
        self.table.opened.connect(self._open)
        said = _("Visits already there stay, and are listed so that you can move them.")
        self.body.addWidget(text.soft(said, wrap=True))
        self.body.addWidget(listing(_("What is ahead"), self.table, self.new), 1)

    def reload(self) -> None:
        """Show what is ahead."""
        today = date.today()  # noqa: DTZ011 - which page of the list is shown, nothing that is kept
        self.counter.runner.ask(partial(_ahead, today=today), self._show, latest="settings/time off")

    def reopen(self, _form: str) -> None:
        query = partial(_ahead, today=date.today())  # noqa: DTZ011 - as in `reload`
        self.counter.runner.ask(query, self._show_new)

    def _show_new(self, told: tuple[Places, tuple[BlockTime, ...]]) -> None:
        self._show(told)
        self._show_panel(None)

    def _show(self, told: tuple[Places, tuple[BlockTime, ...]]) -> None:
        self._places, rows = told
        self.table.show_rows(rows)

    def _open(self, row: BlockTime) -> None:
        if row.may_change:
            query = partial(openings.block_details, block=row.block)
            show = partial(self._show_panel, coming=row.span.start.date())
            self.counter.runner.ask(query, show, latest="settings/block")

    def _show_panel(self, kept: BlockDetails | None, coming: date | None = None) -> None:
        self.counter.show_panel(BlockPanel(self.counter, self._places, kept, coming))


def _ahead(work: Any, *, today: date) -> tuple[Places, tuple[BlockTime, ...]]:
    """List each block once, at its next time."""
    first: dict[str, BlockTime] = {}
    for each in openings.blocks(work, today, today + AHEAD):
        first.setdefault(each.block, each)
    return places(work), tuple(first.values())


def _last(row: BlockTime) -> date:
    """Tell the last day that is taken: a whole day ends at the midnight after it."""
    return (row.span.end - timedelta(microseconds=1)).date()


def _day(row: BlockTime) -> str:
    first, last = row.span.start.date(), _last(row)
    if first == last:
        return short_day(first)
    return _("{first} to {last}").format(first=short_day(first), last=short_day(last))


def _hours(row: BlockTime) -> str:
    start, end = row.span.start, row.span.end
    if start.date() != end.date():
        return ""
    return _("{start} to {end}").format(start=clock(start), end=clock(end))
