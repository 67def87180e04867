"""The head of a note: whose it is, what to mind, under which letter, and the last note to copy."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from clinic.wording import _, body, clock, day, moment, ngettext
from ui.widgets import text
from ui.widgets.buttons import icon_only, quiet
from ui.widgets.cards import column, row
from ui.widgets.chips import Chip
from ui.widgets.flow import Flow
from ui.widgets.names import Name

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.notes import Opened
    from ui.screens.note.page import Page

SEVERAL = 3
"""As many areas to avoid are named; more are counted."""


class Head(QFrame):
    """The band above a note."""

    def __init__(self, back: Callable[[], object], copy: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("band")
        self.name = Name()
        self.name.setProperty("type", "title")
        self._chips = Flow(spacing=6)
        self._when = text.soft(wrap=True)
        self._letter = row(spacing=8)
        self.copy = quiet(_("Copy last note"), copy, icon="copy")
        who = QWidget()
        naming = Flow(self.name, spacing=10)
        naming.addItem(self._chips)
        top = row(icon_only("arrow-left", _("Back"), back), spacing=8)
        top.addLayout(naming, 1)
        lines = column(spacing=3)
        lines.addLayout(top)
        lines.addWidget(self._when)
        who.setLayout(lines)
        tools = QWidget()
        side = row(spacing=10)
        side.addLayout(self._letter, 1)
        side.addWidget(self.copy)
        tools.setLayout(side)
        whole = row(who, tools, spacing=16)
        whole.setStretch(0, 1)
        whole.setContentsMargins(20, 12, 20, 12)
        self.setLayout(whole)

    def show_page(self, page: Page) -> None:
        """Show whose note it is."""
        opened = page.opened
        self.name.setText(opened.client_name)
        self._when.setText(_when(opened))
        text.clear(self._chips)
        for chip in _chips(page):
            self._chips.addWidget(chip)
        text.clear(self._letter)
        for chip in _letter(page):
            self._letter.addWidget(chip)
        self.copy.setVisible(opened.may_write and opened.signed_at is None)
        self.copy.setEnabled(page.last is not None)


def _when(opened: Opened) -> str:
    end = opened.at + timedelta(minutes=opened.minutes)
    return _("{day}, {start} to {end}  ·  {treatment}, {n} min  ·  {therapist}").format(
        day=day(opened.at.date()),
        start=clock(opened.at),
        end=clock(end),
        treatment=opened.treatment,
        n=opened.minutes,
        therapist=opened.therapist,
    )


def _chips(page: Page) -> list[Chip]:
    avoided = sorted(page.avoid)
    found = []
    if avoided:
        named = ", ".join(body.area(area) for area in avoided[:SEVERAL])
        more = _("{areas} and {n} more").format(areas=named, n=len(avoided) - SEVERAL)
        found.append(Chip(_("Avoid area"), named if len(avoided) <= SEVERAL else more, "circle-dashed", "S2"))
    found += [Chip(_("Allergy: {what}").format(what=what), icon="leaf") for what in page.opened.allergies]
    opened = page.opened
    if opened.signed_at is not None:
        signed = _("Signed {at}").format(at=moment(opened.signed_at))
        found.append(Chip(signed, icon="lock", tint="covered"))
    if opened.days_late:
        found.append(Chip(late(opened.days_late), icon="clock"))
    return found


def late(days: int) -> str:
    """Say that a note was signed after the day of its visit."""
    return ngettext(
        "Late entry, {n} day after the visit", "Late entry, {n} days after the visit", days
    ).format(n=days)


def _letter(page: Page) -> list[Chip]:
    card = page.card
    if card is None or card.letter is None:
        return []
    if card.visit is not None and card.letter.visits is not None:
        counted = _("visit {n} of {of}").format(n=card.visit, of=card.letter.visits)
        return [Chip(card.letter.reference, counted, "file-text", "covered")]
    return [Chip(card.letter.reference, icon="file-text", tint="covered")]
