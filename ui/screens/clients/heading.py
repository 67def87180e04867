"""The head of a client's page: who they are, what must not be overlooked, what can be done, how they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from clinic.office.charts import May
from clinic.office.screenings import Renewal
from clinic.wording import _
from ui.screens.clients import figures
from ui.theme import theme
from ui.widgets import flags, text
from ui.widgets.buttons import icon_only, link, primary, quiet
from ui.widgets.cards import Figures, column, row
from ui.widgets.chips import Chip
from ui.widgets.flow import Flow
from ui.widgets.names import Name
from ui.widgets.tools import Tools

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from clinic.office.charts import Chart
    from clinic.office.flag_cards import Card

FLAGS_SHOWN = 4
NAMING, BACK, ABREAST, AROUND = 300, 48, 620, 56
"""The least for the name, the way back before it, the width from which buttons stand beside it, what is around."""


def beside(chart: Chart) -> str:
    """Give what stands beside the name: how they like to be called, and their age."""
    said = []
    if chart.preferred_name and chart.preferred_name not in chart.name.split():
        said.append(_("called {name}").format(name=chart.preferred_name))
    if chart.age is not None:
        said.append(_("age {n}").format(n=chart.age))
    return ", ".join(said)


def _to_be_asked(health: Renewal | None) -> list[Chip]:
    """Say that the health history is to be asked, where it is."""
    said = {Renewal.NEVER_ASKED: _("never asked"), Renewal.OVERDUE: _("to be asked again")}
    return [Chip(_("Health history"), said[health], "stethoscope")] if health in said else []


def chips(chart: Chart, health: Renewal | None) -> list[Chip]:
    """Give what stands under the name: allergies, a file put away, a health history to be asked."""
    found = [Chip(_("Allergy"), allergy, "leaf") for allergy in chart.allergies]
    if chart.archived:
        found.append(Chip(_("Put away"), icon="folder-open"))
    return found + _to_be_asked(health)


class Heading(QFrame):
    """The band at the top of a client's page."""

    def __init__(self, ways: Mapping[str, Callable[[], object]]) -> None:
        """Take what each button leads to, by its name."""
        super().__init__()
        self.setObjectName("band")
        self.name = Name()
        self._beside_name = text.soft()
        self._marks = Flow(spacing=6)
        self._figures = Figures(flush=True)
        self._clearances = ways["clearances"]
        self.book = primary(_("Book visit"), ways["book"], icon="plus")
        self.charge = quiet(_("Take payment"), ways["charge"], icon="receipt-text")
        self.papers = quiet(_("Papers and claims"), ways["papers"], icon="printer")
        self.add_letter = quiet(_("Add letter"), ways["add_letter"], icon="file-text")
        self.health = quiet(_("Health"), ways["health"], icon="stethoscope")
        self._tools = Tools(self.health, self.papers, self.add_letter, self.charge, self.book)
        who = QWidget()
        top = row(icon_only("arrow-left", _("All clients"), ways["back"]), spacing=8)
        top.addLayout(Flow(self.name, self._beside_name, spacing=12), 1)
        who.setLayout(top)
        self._head = row(who, self._tools, spacing=16)
        self._head.setStretch(0, 1)
        self._head.setAlignment(self._tools, Qt.AlignmentFlag.AlignTop)
        inside = column(spacing=8)
        inside.setContentsMargins(20, 16, 20, 0)
        inside.addLayout(self._head)
        inside.addLayout(self._marks)
        inside.addWidget(self._figures)
        self.setLayout(inside)

    def clear(self) -> None:
        """Show nobody, until it is known who comes."""
        self.name.clear()
        self._beside_name.clear()
        text.clear(self._marks)

    def show_client(self, chart: Chart, health: Renewal | None, width: int) -> None:
        """Show who they are, how they stand, and what this reader may do."""
        self.name.setText(chart.name)
        self.name.setToolTip(chart.name)
        self._beside_name.setText(beside(chart))
        self.show_marks(None, chips(chart, health))
        self._figures.show_figures(figures.of(chart))
        self.book.setVisible(May.BOOK in chart.may)
        self.charge.setVisible(May.TAKE_MONEY in chart.may)
        self.papers.setVisible(May.TAKE_MONEY in chart.may)
        self.add_letter.setVisible(May.CHANGE_LETTERS in chart.may)
        self.health.setVisible(May.ASK_HEALTH in chart.may)
        self.fit(width)

    def show_marks(self, cards: Sequence[Card] | None, others: Sequence[Chip]) -> None:
        """Show flags, the gravest first, and what else must not be overlooked; None where no flag is seen."""
        text.clear(self._marks)
        for card in (cards or ())[:FLAGS_SHOWN]:
            shown = flags.chip(card.severity, card.reason, asks=card.asks)
            if shown is not None:
                shown.setToolTip(card.text)
                self._marks.addWidget(shown)
        for chip in others:
            self._marks.addWidget(chip)
        if cards is not None:
            if not cards and not others:
                self._marks.addWidget(text.soft(_("No flags")))
            self._marks.addWidget(link(_("Clearances"), self._clearances))

    def fit(self, width: int) -> None:
        """Stand the buttons beside the name where there is room, their words with them where they fit."""
        abreast = width >= theme.px(ABREAST)
        naming = max(theme.px(NAMING), self.name.sizeHint().width() + theme.px(BACK))
        taken = AROUND + (naming if abreast else 0)
        self._tools.fit(width - taken)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head.setDirection(across if abreast else down)
