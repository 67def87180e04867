"""The card of a visit at the right: what to know before the door is opened, and what to do."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic.values import State
from clinic.wording import _, clock, day, money, ngettext, short_day
from clinic.wording.areas import areas
from ui.panel import Head
from ui.screens.today import words
from ui.screens.today.words import Do
from ui.widgets import text
from ui.widgets.buttons import plain, primary, quiet
from ui.widgets.cards import Card, Facts, column
from ui.widgets.chips import Chip
from ui.widgets.flags import Flags
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QHideEvent

    from clinic.office.cards import VisitCard
    from clinic.office.flag_cards import Seen
    from clinic.office.today import Day, VisitRow

BESIDES = {
    State.TENTATIVE: (Do.CHANGE, Do.FORM, Do.REBOOK, Do.MISS, Do.CANCEL),
    State.CONFIRMED: (Do.CHANGE, Do.FORM, Do.REBOOK, Do.MISS, Do.CANCEL),
    State.ARRIVED: (Do.CHANGE, Do.FORM, Do.DECLINE, Do.CANCEL),
    State.IN_TREATMENT: (Do.DECLINE,),
    State.DONE: (Do.REBOOK,),
    State.NO_SHOW: (Do.REBOOK, Do.FREE_PASS, Do.ASK_FEE),
    State.LATE_CANCEL: (Do.REBOOK, Do.FREE_PASS, Do.ASK_FEE),
}
"""What else can be done with a visit, by where it stands."""
WRITTEN_ON = frozenset({State.ARRIVED, State.IN_TREATMENT, State.DONE})
"""Visits that can have a note."""


class VisitCardPanel(QWidget):
    """One visit on a card."""

    asked = Signal(object)
    """A step of `words.Do`."""
    series_asked = Signal()
    """Something is to be done to the series of the visit."""
    closed = Signal(object)
    """The card itself, when it leaves the panel."""

    def __init__(
        self,
        card: VisitCard,
        visit: VisitRow,
        on: Day,
        close: Callable[[], object],
        seen: Seen | None = None,
    ) -> None:
        """Take the visit, what is known of its client, and what the rules say of it."""
        super().__init__()
        self.visit, self.row = visit.id, visit
        today = on.now.date()
        step = words.next_step(visit, on)
        lines = column(Head(card.name, _when(card), close), spacing=14, margin=18)
        if card.legal_name != card.name:
            lines.addWidget(text.soft(card.legal_name, wrap=True))
        if card.allergies:
            chips = [Chip(_("Allergy: {what}").format(what=what), icon="leaf") for what in card.allergies]
            lines.addLayout(Flow(*chips, spacing=6))
        flags = Flags()
        flags.show_seen(seen, today)
        lines.addWidget(flags)
        lines.addWidget(Facts(tuple(_facts(card, today))))
        if card.plan:
            plan = Card(margin=12)
            on_day = _near(card.planned_on, today) if card.planned_on else ""
            plan.add(text.caption(_("Last plan, {on}").format(on=on_day)), text.label(card.plan, wrap=True))
            if card.areas:
                plan.add(text.caption(_("Where: {areas}").format(areas=areas(card.areas)), wrap=True))
            plan.body.setSpacing(4)
            lines.addWidget(plan)
        lines.addStretch(1)
        self.button = primary(words.button(step), lambda: self.asked.emit(step))
        lines.addWidget(self.button)
        others = [Do.OPEN] if step is not Do.OPEN else []
        if on.may_write_notes and card.state in WRITTEN_ON:
            others.insert(0, Do.NOTE)
        beside = [quiet(words.button(do), partial(self.asked.emit, do)) for do in others]
        if on.may_change:
            may = [do for do in BESIDES.get(card.state, ()) if do is not step and _fits(do, visit, on)]
            beside += [plain(words.button(do), partial(self.asked.emit, do)) for do in may]
            if card.series > 1:
                beside.append(plain(_("Series of {n}").format(n=card.series), self.series_asked.emit))
        lines.addLayout(Flow(*beside, spacing=6))
        self.setLayout(lines)
        self.setAccessibleName(_("Card of the visit"))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.closed.emit(self)


def _fits(do: Do, visit: VisitRow, on: Day) -> bool:
    """Nobody has missed a visit ahead, and only a fee that is asked can be let go."""
    if do is Do.MISS:
        return visit.at <= on.now
    if do is Do.FREE_PASS:
        return bool(visit.fee)
    return visit.waived if do is Do.ASK_FEE else True


def _when(card: VisitCard) -> str:
    end = card.at + timedelta(minutes=card.minutes)
    when = _("{start} to {end}, {treatment} with {therapist}").format(
        start=clock(card.at), end=clock(end), treatment=card.treatment, therapist=card.staff_name
    )
    return _("{when}, {room}").format(when=when, room=card.room) if card.room else when


def _near(on: date, today: date) -> str:
    return short_day(on) if on.year == today.year else day(on)


def _facts(card: VisitCard, today: date) -> list[tuple[str, str]]:
    facts = []
    if card.sites:
        facts.append((_("Asked for"), areas(card.sites)))
    if card.products:
        facts.append((_("With"), "; ".join(card.products)))
    if card.letters_seen:
        facts.append((_("Letter"), _letter(card, today)))
    owed = money(card.balance) if card.balance.cents > 0 else _("Nothing owed")
    facts.append((_("Balance"), owed))
    if card.credit.cents > 0:
        facts.append((_("Credit"), money(card.credit)))
    facts.append((_("Last visit"), _near(card.last.date(), today) if card.last else _("First visit")))
    ahead = f"{_near(card.next.date(), today)}, {clock(card.next)}" if card.next else _("Nothing booked")
    facts.append((_("Next visit"), ahead))
    if card.wishes:
        facts.append((_("Likes"), card.wishes))
    if card.phone:
        facts.append((_("Phone"), card.phone))
    return facts


def _letter(card: VisitCard, today: date) -> str:
    if card.letter is None:
        return _("None for this visit")
    parts = []
    if card.visit is not None and card.letter.visits is not None:
        parts.append(_("Visit {n} of {of}").format(n=card.visit, of=card.letter.visits))
    elif card.letter.left is not None:
        parts.append(ngettext("{n} left", "{n} left", card.letter.left).format(n=card.letter.left))
    if card.letter.valid_to is not None:
        parts.append(_("valid to {on}").format(on=_near(card.letter.valid_to, today)))
    return ", ".join(parts) or card.letter.reference
