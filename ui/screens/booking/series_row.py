"""One visit of a series before it is booked: its time, a tick, and in words what is to be thought of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from clinic.wording import _, clock, openings, weekday
from clinic.wording.holidays import name as holiday_name
from clinic.wording.reasons import phrase
from ui.widgets import text
from ui.widgets.buttons import link
from ui.widgets.cards import column, row

if TYPE_CHECKING:
    from datetime import datetime

    from clinic.office.proposals import Choices
    from clinic.office.series import Planned

INDENT = 26


class PlannedRow(QWidget):
    """A visit of the series; one that can't be had offers the nearest time that can."""

    changed = Signal()

    def __init__(self, planned: Planned, choices: Choices, *, ticked: bool) -> None:
        super().__init__()
        self.planned = planned
        self.instead = False
        """Whether the nearest free time was taken in its place."""
        self.box = QCheckBox(_when(planned.at))
        self.box.setEnabled(planned.free)
        self.box.setChecked(ticked)
        self.box.toggled.connect(lambda _on: self.changed.emit())
        top = row(self.box, spacing=8)
        top.addStretch(1)
        if planned.letter and planned.visit is not None and planned.visits is not None and not planned.beyond:
            of = _("{n} of {of}").format(n=planned.visit, of=planned.visits)
            top.addWidget(text.label(of, "caption", "accent", figures=True))
        lines = column(spacing=2)
        lines.setContentsMargins(0, 7, 0, 0)
        lines.addLayout(top)
        self._under = text.caption(wrap=True)
        under = row(spacing=6)
        under.setContentsMargins(INDENT, 0, 0, 0)
        self._glyph = text.Glyph("circle-alert", "ink", 14)
        under.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        under.addWidget(self._under, 1)
        self._move = link("", self.take_instead)
        under.addWidget(self._move, 0, Qt.AlignmentFlag.AlignTop)
        self._words = QWidget()
        self._words.setLayout(under)
        lines.addWidget(self._words)
        lines.addSpacing(6)
        lines.addWidget(text.rule())
        self.setLayout(lines)
        told = _told(planned, choices)
        self._under.setText(told)
        self._words.setVisible(bool(told))
        self.box.setAccessibleDescription(told)
        at = planned.instead
        self._move.setVisible(at is not None)
        if at is not None:
            same_day = at.date() == planned.at.date()
            when = clock(at) if same_day else _when(at)
            self._move.say(_("Take {when}").format(when=when))

    @property
    def at(self) -> datetime:
        """When it would be."""
        return self.planned.instead if self.instead and self.planned.instead else self.planned.at

    @property
    def ticked(self) -> bool:
        """Whether it is to be booked."""
        return self.box.isChecked()

    def take_instead(self) -> None:
        """Take the nearest free time."""
        if self.planned.instead is None:
            return
        self.instead = True
        self.box.setText(_when(self.planned.instead))
        self.box.setEnabled(True)
        self.box.setChecked(True)
        self._under.setText(_("instead of {when}").format(when=_when(self.planned.at)))
        self._glyph.show_icon("check", "accent")
        self._move.hide()
        self.changed.emit()


def _when(at: datetime) -> str:
    return _("{day}, {time}").format(day=weekday(at.date()), time=clock(at))


def _told(planned: Planned, choices: Choices) -> str:
    """Say what stands in the way of a visit, else what is to be thought of."""
    if planned.skipped:
        return _("The clocks skip this time on that night.")
    if planned.taken is not None:
        side, span = planned.taken
        who = choices.therapists[0][1].split()[0] if side == "staff" and len(choices.therapists) == 1 else ""
        whose = {"staff": who or _("The therapist"), "room": _("The room")}[side]
        return _("{whose} is taken from {start} to {end}.").format(
            whose=whose, start=clock(span.start), end=clock(span.end)
        )
    if planned.blocked is not None:
        _whose, kind, span = planned.blocked
        return f"{openings.kind(kind)}: {openings.when(span)}."
    told = []
    if planned.holiday is not None:
        told.append(holiday_name(planned.holiday))
    if planned.beyond and planned.codes:
        told.append(phrase(planned.codes[0]))
    told += [phrase(code) for code in planned.warnings if code in {"W-HOURS", "W-ENOUGH", "W-SKILL"}]
    said = "; ".join(told)
    return f"{said[:1].upper()}{said[1:]}." if said else ""
