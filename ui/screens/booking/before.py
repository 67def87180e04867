"""Before one books: what is worth a look, what is booked already, and which letter would stand behind the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic.wording import _, appointment, clock, day, openings, plans
from clinic.wording.reasons import phrase
from ui.widgets import text
from ui.widgets.cards import row

if TYPE_CHECKING:
    from datetime import datetime

    from clinic.office.plans import WithPt
    from clinic.office.proposals import Blockage, Foreseen, Taken


class Before(QWidget):
    """A few quiet lines with an icon each."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Before you book"))
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(10)
        self.said: tuple[str, ...] = ()

    def show_foreseen(self, foreseen: Foreseen | None, booked: datetime | None) -> None:
        """Say what would become of the booking."""
        text.clear(self._lines)
        lines = [] if foreseen is None else list(_foreseen(foreseen))
        if booked is not None:
            lines.insert(
                0, ("calendar", "soft_ink", _("Already booked: {when}").format(when=appointment(booked)))
            )
        if lines:
            self._lines.addWidget(text.section(_("Before you book")))
        for icon, tone, words in lines:
            line = QWidget()
            inside = row(spacing=8)
            inside.addWidget(text.Glyph(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
            inside.addWidget(text.label(words, wrap=True), 1)
            line.setLayout(inside)
            self._lines.addWidget(line)
        self.said = tuple(words for _icon, _tone, words in lines)


def _foreseen(foreseen: Foreseen) -> list[tuple[str, str, str]]:
    lines = [("circle-alert", "ink", f"{phrase(code)}.") for code in foreseen.warnings]
    if foreseen.pt is not None:
        lines.append(("activity", "info", _with_pt(foreseen.pt)))
    if foreseen.letters_seen:
        lines.append(_letter(foreseen))
    return lines


def _with_pt(pt: WithPt) -> str:
    """Say on which side of physical therapy the visit is meant to be, and what that asks for."""
    if not pt.whole:
        return plans.goes_first(pt.side.value if pt.side else None)
    advice = "; ".join(plans.advice(each.value) for each in pt.advice)
    if pt.side is None:
        return _("Physical therapy that day: {advice}.").format(advice=advice)
    side = plans.side(pt.side.value)
    return _("Physical therapy that day; this visit is meant {side}: {advice}.").format(
        side=side, advice=advice
    )


def _letter(foreseen: Foreseen) -> tuple[str, str, str]:
    if foreseen.letter:
        facts = {
            "letter": foreseen.letter,
            "n": foreseen.visit,
            "of": foreseen.visits,
            "on": day(foreseen.valid_to) if foreseen.valid_to else "",
        }
        words = (
            _("Visit {n} of {of}, letter {letter} valid to {on}")
            if foreseen.visit is not None and foreseen.visits is not None
            else _("Under letter {letter}, valid to {on}")
        )
        return ("file-text", "accent", words.format(**facts))
    if set(foreseen.codes) & {"E-NOLMN", "E-LMN-EXPIRED", "E-LMN-FUTURE"}:
        none = _("No letter of medical necessity on file for this date. The receipt will say so.")
        return ("file-text", "soft_ink", none)
    why = phrase(foreseen.codes[0]) if foreseen.codes else ""
    return (
        "file-text",
        "soft_ink",
        _("{why}. The receipt will say so.").format(why=why[:1].upper() + why[1:]),
    )


def taken_words(taken: Taken) -> str:
    """Say who or what has the time, for whom and until when."""
    facts = {
        "name": taken.name,
        "client": taken.client_name,
        "start": clock(taken.start),
        "end": clock(taken.end),
    }
    if not taken.client_name:
        return _("{name} is taken from {start} to {end}.").format(**facts)
    return _("{name} is taken from {start} to {end}: {client}.").format(**facts)


def blocked_words(blocked: Blockage) -> str:
    """Say what keeps visits away then."""
    whose = {"staff": _("The therapist"), "room": _("The room")}.get(blocked.by, _("The practice"))
    return _("{whose} can't be booked then. {why}: {when}.").format(
        whose=whose, why=openings.kind(blocked.kind), when=openings.when(blocked.span)
    )
