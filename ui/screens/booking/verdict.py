"""What the rules make of the booking: the flags, the safe way on, and quietly the way past them with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic.office.flag_cards import Override, OverrideReason
from clinic.wording import _, flags, short_day
from ui.widgets.buttons import link, quiet
from ui.widgets.cards import Card, column, row
from ui.widgets.fields import Choice, Line
from ui.widgets.flags import Flags
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from datetime import date

    from clinic.office.flag_cards import Seen

STOPS = ("S3", "S4", "S5")


@dataclass(frozen=True, slots=True)
class WayOn:
    """The safe way on: what the button says, what Enter does, and whether there is one at all."""

    words: str
    icon: str
    enter: str
    open: bool = True


def way_on(seen: Seen | None, *, changing: bool = False, late: bool = False) -> WayOn:
    """Choose the safe way on for a visit that is put together, entered late, or booked and changed."""
    left = seen.left if seen else "S0"
    if left == "S3" and seen is not None:
        words = _("Hold the time")
        if seen.asks_clinician:
            words = _("Hold the time and ask the doctor")
        elif seen.wants_answers:
            words = _("Hold the time until the questions are answered")
        return WayOn(words, "hourglass", _("holds the time"))
    if left == "S4" and seen is not None and seen.first is not None:
        words = _("First possible day: {when}").format(when=short_day(seen.first.date()))
        return WayOn(words, "calendar-clock", _("goes to that day"))
    if left in STOPS:
        none = _("This visit cannot go ahead") if changing else _("No visit can be booked")
        words = none if left == "S5" else _("Not on this day")
        return WayOn(words, "octagon-x", _("does nothing here"), open=False)
    if late:
        return WayOn(_("Enter the past visit"), "clock", _("asks once more"))
    if changing:
        return WayOn(_("Keep it so"), "check", _("keeps the visit so"))
    return WayOn(_("Book the visit"), "calendar-plus", _("books the visit"))


class Verdict(QWidget):
    """The flags of a booking, with the form by which somebody goes against them."""

    override_asked = Signal()
    """A reason was chosen, and the visit is to be booked against the flags."""

    opened = Signal()
    """The form is on view, and wants to be seen."""

    def __init__(self) -> None:
        super().__init__()
        self.flags = Flags()
        self.opening = link(_("Override\u2026"), self._open_form)
        self.opening.setAccessibleName(_("Override the flags"))
        """Stands at the foot of the panel, however much there is above it."""
        self.opening.hide()
        self.reason = Choice([(flags.override_reason(one.value), one) for one in OverrideReason])
        self.words = Line()
        self._form = Form()
        self._form.add("reason", _("Why it may go ahead"), self.reason)
        self._form.add("override", _("In your own words"), self.words)
        leave = link(_("Leave it"), self.close_form)
        leave.setAccessibleName(_("Leave the flags as they are"))
        self.going = quiet(_("Book against the flags"), self._ask)
        buttons = row(self.going, leave, spacing=12)
        buttons.addStretch(1)
        self.card = Card(_("Override, kept with the visit"), margin=12)
        self.card.add(self._form)
        self.card.body.addLayout(buttons)
        self.card.hide()
        lines = column(self.flags, self.card, spacing=8)
        self.setLayout(lines)
        self.seen: Seen | None = None

    def show_seen(self, seen: Seen | None, today: date) -> None:
        """Show what the rules say now."""
        self.seen = seen
        self.flags.show_seen(seen, today)
        may = seen is not None and seen.left in {"S3", "S4"} and seen.may_override
        if not may:
            self.close_form()
        self.opening.setVisible(may and self.card.isHidden())

    def _open_form(self) -> None:
        self.opening.hide()
        self.card.show()
        self.reason.setFocus()
        self.opened.emit()

    def close_form(self) -> None:
        """Leave the flags as they are."""
        self.card.hide()
        self.say("")
        self.opening.setVisible(
            self.seen is not None and self.seen.left in {"S3", "S4"} and self.seen.may_override
        )

    def _ask(self) -> None:
        reason = OverrideReason(self.reason.currentData())
        seen = self.seen
        asks_words = reason is OverrideReason.OTHER or (seen is not None and seen.left == "S4")
        if asks_words and not self.words.text().strip():
            self.say(_("Say in your own words why; it is kept with the visit."))
            self.words.setFocus()
            return
        self.override_asked.emit()

    def say(self, message: str) -> None:
        """Say under the words what is missing."""
        self._form["override"].say(message)

    @property
    def overrides(self) -> tuple[Override, ...]:
        """The word of whoever sits here against every flag that stops the visit."""
        reason = OverrideReason(self.reason.currentData())
        words = self.words.text().strip()
        cards = self.seen.cards if self.seen else ()
        return tuple(Override(card.rule, reason, words) for card in cards if card.severity in STOPS)
