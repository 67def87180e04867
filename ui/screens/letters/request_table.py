"""The requests whose answer is waited for: what was asked, of whom, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.office.requests import Row
from clinic.wording import _, day
from clinic.wording.requests import kind, stands
from ui.screens.clients.request_panel import TrackPanel
from ui.table import Column, Table
from ui.widgets.cards import Empty
from ui.widgets.painting import Mark

if TYPE_CHECKING:
    from ui.screen import Counter


class RequestTable(Table[Row]):
    """Requests that are open; Enter opens one beside the table."""

    def __init__(self, counter: Counter) -> None:
        empty = Empty(
            _(
                "Requests to clinicians and plans stand here until they are answered. One begins on a client's page."
            ),
            icon="file-clock",
        )
        super().__init__(_columns(), name=_("Requests"), empty=empty, identity=lambda row: row.id)
        self._counter = counter
        self.opened.connect(self._show_request)

    def _show_request(self, row: Row) -> None:
        self._counter.show_panel(TrackPanel(self._counter, row, readable=row.readable))


def _columns() -> tuple[Column[Row], ...]:
    return (
        Column(
            _("Client"),
            lambda row: row.name,
            weight="medium",
            under=lambda row: row.to,
            sort=lambda row: row.name,
        ),
        Column(_("Request"), lambda row: kind(row.kind), 200),
        Column(_("Made"), lambda row: day(row.made_on), 120, tone="soft_ink", sort=lambda row: row.made_on),
        Column(
            _("State"),
            stands,
            300,
            mark=lambda row: Mark("clock", "ink", "sunken") if row.overdue else None,
            sort=lambda row: row.waiting or -1,
        ),
    )


def _client(row: Row) -> str:
    return row.name
