"""Flags opened: each with what to do, from when its answer is and what clears it; and what of a visit remains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from clinic.wording import _, body, flags
from ui.widgets import text
from ui.widgets.buttons import link
from ui.widgets.cards import column, row
from ui.widgets.chips import Chip
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from datetime import date

    from clinic.office.flag_cards import Card, Seen
    from ui.widgets.chips import Tint

TINTS: dict[str, Tint] = {"S1": "S1", "S2": "S2", "S3": "S3", "S4": "S4", "S5": "S5"}
"""The severities with something to report, each on a ground of its own."""
ICONS = {
    "S1": "triangle-alert",
    "S2": "circle-dashed",
    "S3": "stethoscope",
    "S4": "octagon-x",
    "S5": "siren",
}


def heading(severity: str, *, asks: bool = False) -> tuple[str, str]:
    """Give the words and the icon of a flag; what is still unasked has its own."""
    return flags.severity(severity, asks=asks), "circle-question-mark" if asks else ICONS[severity]


def ink_of(severity: str) -> str:
    """Name the colour for writing about a flag: the gravest one's own is made for its own ground only."""
    return "S4" if severity == "S5" else severity


def chip(severity: str, reason: str = "", *, asks: bool = False) -> Chip | None:
    """Make the chip of a flag, icon, word and short reason, where it asks for anything."""
    if severity not in TINTS:
        return None
    words, icon = heading(severity, asks=asks)
    return Chip(words, reason, icon, TINTS[severity])


def mark(severity: str, *, asks: bool = False) -> text.Glyph | None:
    """Make the icon of a flag alone, for where there is no room for the word; the word is its tip."""
    if severity not in TINTS:
        return None
    words, icon = heading(severity, asks=asks)
    glyph = text.Glyph(icon, ink_of(severity))
    glyph.setToolTip(words)
    glyph.setAccessibleName(words)
    return glyph


class Opening(QFrame):
    """One flag as a card: icon, word and reason; below what to do, when it was told, what clears it."""

    def __init__(self, card: Card, today: date) -> None:
        super().__init__()
        severity = card.severity
        self.setProperty("flag", severity)
        said = card.reason or card.text
        words, icon = heading(severity, asks=card.asks)
        self.setAccessibleName(f"{words}: {said}")
        ink: text.Tone = "flag" if severity == "S5" else "ink"
        soft: text.Tone = "flag" if severity == "S5" else "soft"
        head = row(text.Glyph(icon, severity), spacing=6)
        head.addWidget(text.label(words, tone="flag", weight="semibold"))
        head.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(12, 8, 12, 8)
        lines.setSpacing(3)
        lines.addLayout(head)
        if card.reason:
            lines.addWidget(text.label(card.reason, tone=ink, weight="medium", wrap=True))
        lines.addWidget(text.label(card.text, tone=ink, wrap=True))
        clears = _("clears: {when}").format(when=card.clears) if card.clears else ""
        under = [flags.told(card.told_at, today), clears]
        if card.cleared:
            under.insert(0, _("cleared by a letter"))
        remark = " \u00b7 ".join(part for part in under if part)
        if remark:
            lines.addWidget(text.label(body.headed(remark), "caption", soft, wrap=True))
        self._source = text.label(card.source, "caption", soft, wrap=True)
        self._source.hide()
        if card.source:
            self._more = link(_("Source"), self._open)
            self._more.setAccessibleName(_("Source of: {flag}").format(flag=said))
            lines.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
            lines.addWidget(self._source)

    def _open(self) -> None:
        shown = self._source.isHidden()
        self._source.setVisible(shown)
        self._more.setText(_("Hide the source") if shown else _("Source"))


class Remains(QWidget):
    """What of the visit remains: techniques, pressure, areas to leave out, how to lie, what to have ready."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(6)
        self.said: tuple[tuple[str, str], ...] = ()

    def show_seen(self, seen: Seen | None) -> None:
        """Show this in place of the old."""
        text.clear(self._lines)
        self.said = () if seen is None else tuple(_remains(seen))
        for what, which in self.said:
            line = column(text.caption(what), text.label(which, wrap=True), spacing=0)
            self._lines.addLayout(line)


def _remains(seen: Seen) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if seen.outcome in {"S4", "S5"}:
        return found
    if seen.technique_change:
        left = flags.techniques(seen.techniques) if seen.techniques else _("none of the techniques")
        asked = body.technique(seen.technique)
        found.append((_("{technique} is out; what remains").format(technique=asked), left))
    if seen.pressure_cap:
        cap = f"{seen.pressure_cap}, {body.pressure(seen.pressure_cap)}"
        found.append((_("Pressure at most"), cap))
    if seen.avoided:
        found.append((_("Leave out"), flags.areas(seen.avoided)))
    if seen.positions:
        found.append((_("Position"), flags.listed(flags.position(each) for each in seen.positions)))
    if seen.minutes_cap:
        found.append((_("At most"), _("{n} minutes").format(n=seen.minutes_cap)))
    if seen.products:
        found.append((_("Products to keep away"), flags.listed(seen.products)))
    if seen.unanswered:
        found.append((_("Still to be answered"), "; ".join(seen.unanswered)))
    needs = [flags.need(each) for each in seen.needs]
    if needs:
        found.append((_("Needed first"), flags.listed(needs)))
    if seen.instead:
        found.append((_("Trained for this"), flags.listed(name for _key, name in seen.instead)))
    return found


class Flags(QWidget):
    """All that the rules say of a visit: the flags by severity, and what remains."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("What the rules say"))
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        self._cards = column(spacing=8)
        self._remains = Remains()
        self._lines.addLayout(self._cards)
        self._lines.addWidget(self._remains)
        self._shown: tuple[Seen, date] | None = None
        self.hide()

    @property
    def said(self) -> tuple[str, ...]:
        """What is shown, in words, the gravest first."""
        if self._shown is None:
            return ()
        return tuple(card.reason or card.text for card in self._shown[0].cards)

    @property
    def first(self) -> QWidget | None:
        """The card of the gravest flag, which stands first."""
        item = self._cards.itemAt(0)
        return item.widget() if item is not None else None

    def show_seen(self, seen: Seen | None, today: date) -> None:
        """Show what the rules say now; what stays the same stays as it is, so that nothing flickers."""
        if seen is not None and self._shown == (seen, today):
            return
        self._shown = None if seen is None else (seen, today)
        text.clear(self._cards)
        for card in _once(seen.cards) if seen else ():
            if card.severity in TINTS:
                self._cards.addWidget(Opening(card, today))
        if seen is not None and seen.outcome == "S5":
            self._cards.insertWidget(0, Emergency(seen.emergency_contact))
        self._remains.show_seen(seen)
        self.setVisible(seen is not None and bool(seen.cards or self._remains.said))


def _once(cards: tuple[Card, ...]) -> list[Card]:
    """Say the same thing to the desk only once."""
    seen: dict[tuple[str, str, str], Card] = {}
    for card in cards:
        seen.setdefault((card.severity, card.reason, card.text), card)
    return list(seen.values())


class Emergency(QFrame):
    """What to do in an emergency; it stays until the flag is gone, and nothing overrides it."""

    def __init__(self, contact: str) -> None:
        super().__init__()
        self.setProperty("flag", "S5")
        self.setAccessibleName(_("Emergency: call 911"))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(14, 12, 14, 12)
        lines.setSpacing(6)
        lines.addLayout(
            Flow(
                text.Glyph("siren", "S5", 20),
                text.label(_("Call 911"), "title", tone="flag"),
                spacing=8,
            )
        )
        whom = (
            _("Then call the emergency contact: {who}.").format(who=contact)
            if contact
            else _("No emergency contact is on file.")
        )
        for words in (
            _("No hands-on work. Stay with the client and keep them calm and seated or lying."),
            _("If the client is on the phone: tell them to call 911 or go to the emergency room now."),
            whom,
        ):
            lines.addWidget(text.label(words, tone="flag", wrap=True))
