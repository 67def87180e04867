"""What stands beside the day: what needs attention, with the way to clear it, and how tomorrow looks."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from clinic.office import attention, cards, custody, practice
from clinic.office.attention import Why
from clinic.wording import _, clock
from ui.screens.booking.review import open_review
from ui.screens.booking.stranded import open_leaving
from ui.screens.clients.health import HealthPanel
from ui.screens.clients.screen import OfClearances
from ui.screens.note import OfVisit
from ui.screens.till import ForClient
from ui.screens.today import giving_up
from ui.screens.today.attention import OF_CLEARANCES, OF_FLAGS, Attention
from ui.screens.today.renewal import Renewal
from ui.widgets import text
from ui.widgets.buttons import link
from ui.widgets.cards import Card, Facts, column, row

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from clinic.office.attention import Item
    from clinic.office.cards import DayAhead
    from clinic.office.practice import Colleague
    from clinic.values import Progress
    from ui.screen import Counter


class Side(NamedTuple):
    """All that stands beside the day, and who works here."""

    items: tuple[Item, ...]
    ahead: DayAhead
    people: tuple[Colleague, ...]

    @property
    def today(self) -> date:
        """The day before the one ahead."""
        return self.ahead.on - timedelta(days=1)


def side(work: Any) -> Side:
    """Ask for all that stands beside the day."""
    return Side(attention.items(work), cards.day_ahead(work), practice.colleagues(work))


class Beside(QWidget):
    """The column beside the day."""

    tomorrow_asked = Signal()
    fee_asked = Signal(object)
    """The Item of a fee, to be charged or let go on its visit's card."""
    changed = Signal()
    """Something was cleared that no topic tells of."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self._shown: Side | None = None
        self.attention = Attention()
        self.attention.followed.connect(self._clear)
        self._tomorrow = Facts()
        card = Card(margin=14)
        card.add(self._tomorrow)
        opening = link(_("Open"), self.tomorrow_asked.emit)
        opening.setAccessibleName(_("Open tomorrow"))
        head = row(text.section(_("Tomorrow")))
        head.addStretch(1)
        head.addWidget(opening)
        under = column(spacing=8)
        under.addLayout(head)
        under.addWidget(card)
        lines = column(self.attention, spacing=16)
        lines.addLayout(under)
        lines.addStretch(1)
        self.setLayout(lines)
        self.hide()

    def show_side(self, shown: Side) -> None:
        """Show this in place of the old."""
        self._shown = shown
        ahead = shown.ahead
        self.attention.show_items(shown.items, shown.today)
        none = _("None")
        first = (
            _("{n}, first at {time}").format(n=ahead.visits, time=clock(ahead.first)) if ahead.first else none
        )
        facts = [(_("Visits"), first)]
        if ahead.unconfirmed:
            facts.append((_("Not confirmed"), str(ahead.unconfirmed)))
        self._tomorrow.show_facts(facts)
        self.show()

    def _clear(self, item: Item) -> None:
        if item.why is Why.FEE_OPEN:
            self.fee_asked.emit(item)
        elif self._shown is not None:
            clear(self._counter, item, self._shown.today, self.changed.emit)


def _place(item: Item) -> tuple[str, object] | None:
    """Name the screen where an entry is seen to, and what it opens there."""
    if item.why is Why.BREACH:
        return "settings", "keys"
    if item.why is Why.NOTHING_OFFERED:
        return "settings", "treatments"
    if item.why is Why.UNCHARGED:
        return "till", item.appointment
    if item.why in {Why.UNSIGNED, Why.DRAFT} and item.appointment is not None:
        return "note", OfVisit(item.appointment)
    if item.why is Why.UNPAID and item.client is not None:
        return "till", ForClient(item.client)
    return None


def clear(counter: Counter, item: Item, today: date, changed: Callable[[], object]) -> None:
    """Go where an entry can be cleared, or clear it; `changed` hears of what no topic tells of."""

    def backed_up(_made: object) -> None:
        counter.toast(_("A backup was made and checked."))
        changed()

    if item.why in OF_FLAGS and item.appointment is not None:
        open_review(counter, item.appointment, today, partial(giving_up.cancel, counter))
    elif item.why in OF_CLEARANCES and item.client is not None:
        counter.go("clients", OfClearances(item.client))
    elif item.why in {Why.HISTORY_ENDS, Why.HISTORY_AWAY} and item.client is not None:
        counter.go("clients", item.client)
        counter.show_panel(HealthPanel(counter, item.client))
    elif item.why is Why.BACKUP_OVERDUE:
        counter.runner.long_do(_back_up, backed_up, words=_("Making a backup"))
    elif (place := _place(item)) is not None:
        counter.go(*place)
    elif item.why is Why.LEAVES and item.staff is not None:
        open_leaving(counter, item.staff)
    elif item.staff is not None or item.why is Why.REGISTRATION_ENDS:
        panel = Renewal(counter, item, today)
        counter.show_panel(panel)
        QTimer.singleShot(0, panel, panel.setFocus)
    elif item.client is not None:
        counter.go("clients", item.client)


def _back_up(desk: Any, progress: Progress) -> object:
    return custody.back_up(desk, progress=progress)
