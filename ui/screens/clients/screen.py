"""The place of the clients: the table, and in front of it the page of the one who is open."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer

from clinic.values import ClientId, LetterId, RequestKind, Topic
from clinic.wording import _
from ui.screen import Offer, Screen
from ui.screens.clients.chart import ChartPage
from ui.screens.clients.listing import Listing
from ui.screens.clients.moving_in import MovingIn
from ui.screens.clients.new import NewClient
from ui.shortcuts import shortcut
from ui.widgets.cards import column

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ui.screen import Counter


class Opening(Enum):
    """What the place can be opened on besides a client."""

    NEW = auto()
    FROM_ELSEWHERE = auto()
    """The list of another program, chosen as a file."""


@dataclass(frozen=True, slots=True)
class OfLetter:
    """The page of a client, with one of their letters open beside it."""

    client: ClientId
    letter: LetterId | None = None
    """None for the form of a new one."""


@dataclass(frozen=True, slots=True)
class OfClearances:
    """The page of a client, with what clinicians are asked open beside it."""

    client: ClientId


class Clients(Screen):
    """Everybody on file, and each on one page."""

    key: ClassVar[str] = "clients"
    icon: ClassVar[str] = "users"
    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.CLIENTS, Topic.HEALTH, Topic.LETTERS, Topic.CALENDAR, Topic.NOTES, Topic.MONEY},
    )

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self.listing = Listing(self.runner, self.take_on, self.bring)
        self.listing.let_take_on(may=counter.seat.allows("client_change"), many=counter.seat.allows("import"))
        self.listing.opened.connect(self.set_context)
        self.listing.opened.connect(self.reload)
        self.chart = ChartPage(counter, self.show_all)
        self.chart.hide()
        self.setLayout(column(self.listing, self.chart, spacing=0))
        self.setFocusProxy(self.listing.search)
        shortcut(self.chart, _("All clients"), "Alt+Left", self.show_all)

    @staticmethod
    def title() -> str:
        return _("Clients")

    @classmethod
    def offers(cls) -> tuple[Offer, ...]:
        return (
            Offer(_("New client"), "user-plus", "Ctrl+Shift+N", Opening.NEW, "client_change"),
            Offer(_("Clients from another program"), "upload", "", Opening.FROM_ELSEWHERE, "import"),
        )

    def set_context(self, what: object) -> None:
        """Open the page of a client, perhaps with a letter, or the form that takes one on."""
        if isinstance(what, str):
            self.chart.open(ClientId(what))
            self._show(chart=True)
        elif isinstance(what, OfLetter):
            self.chart.open(what.client, partial(self.chart.open_letter, what.letter))
            self._show(chart=True)
        elif isinstance(what, OfClearances):
            self.chart.open(what.client, self.chart.open_clearances)
            self._show(chart=True)
        elif what is Opening.NEW:
            self.take_on()
        elif what is Opening.FROM_ELSEWHERE:
            self.bring()

    def reopen(self, form: str, of: Mapping[str, str]) -> None:
        """Open again the form of somebody new, or one that stands beside a client's page."""
        if form == "client":
            self.take_on()
            return
        client, letter = ClientId(of["client"]), LetterId(of["letter"]) if "letter" in of else None
        page = self.chart
        beside: dict[str, Callable[[], object]] = {
            "letter": partial(page.open_letter, letter),
            "details": page.edit,
            "access": page.give_out,
            "coverage": page.check_coverage,
            "plan": page.care.open_plan_soon,
            "request": lambda: page.write(RequestKind(of["kind"]), letter),
        }
        page.open(client, beside.get(form))
        self._show(chart=True)
        self.reload()

    def keep(self) -> None:
        """Keep what is typed beside the page before the window locks."""
        self.chart.keep()

    def reload(self) -> None:
        """Ask again for the page or the table, whichever is shown."""
        if self.chart.isHidden():
            self.listing.ask()
        else:
            self.chart.ask()

    def show_all(self) -> None:
        """Go back to the table, where the client that was open stands chosen."""
        self.counter.hide_panel()
        self._show(chart=False)
        self.listing.ask()
        self.listing.search.setFocus()

    def take_on(self) -> None:
        """Ask for the name of somebody new."""
        panel = NewClient(self.counter)
        self.counter.show_panel(panel)
        QTimer.singleShot(0, panel, panel.setFocus)

    def bring(self) -> None:
        """Take on the clients of another program's list."""
        panel = MovingIn.choose(self, self.counter)
        if panel is not None:
            self.counter.show_panel(panel)

    def _show(self, *, chart: bool) -> None:
        self.listing.setHidden(chart)
        self.chart.setHidden(not chart)
        self.setFocusProxy(self.chart if chart else self.listing.search)
