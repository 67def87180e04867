"""The line of time on a client's page: what the office tells of, worded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.office.happenings import Entry, Happening
from clinic.values import LetterKind, State
from clinic.wording import _, clock, money, short_day
from clinic.wording.letters import kind
from clinic.wording.reasons import phrase
from ui.screens.clients import words
from ui.widgets.timeline import Entry as Line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from clinic.office.charts import Chart

AHEAD = frozenset({State.TENTATIVE, State.CONFIRMED, State.ARRIVED, State.IN_TREATMENT})
NO_LETTER = frozenset({"E-NOLMN", "E-LMN-FUTURE", "E-LMN-EXPIRED"})
"""Reasons that say no letter speaks for the day at all."""
PARTS = {
    "visits": frozenset({Happening.VISIT, Happening.NOTE}),
    "letters": frozenset({Happening.LETTER}),
    "money": frozenset({Happening.RECEIPT, Happening.PAYMENT, Happening.REFUND}),
}
ICONS = {
    Happening.VISIT: "calendar",
    Happening.NOTE: "notebook-pen",
    Happening.LETTER: "file-text",
    Happening.RECEIPT: "receipt-text",
    Happening.PAYMENT: "banknote",
    Happening.REFUND: "undo-2",
}


def lines(chart: Chart, part: str = "all") -> tuple[Line, ...]:
    """Word everything that happened, or one part of it, newest first, what is ahead above."""
    shown = PARTS.get(part, frozenset(Happening))
    speaks = bool(chart.letters)
    return tuple(
        _line(entry, chart.today, letters_speak=speaks) for entry in chart.entries if entry.what in shown
    )


def _line(entry: Entry, today: date, *, letters_speak: bool) -> Line:
    on = entry.at.date()
    ahead = on > today or (on == today and entry.state in AHEAD)
    told, detail = _told(entry)
    remark, tone, icon = _remark(entry, letters_speak=letters_speak)
    return Line(
        day=short_day(on),
        icon=ICONS[entry.what],
        words=told,
        detail=_joined(detail),
        remark=remark,
        tone=tone,
        remark_icon=icon,
        what=entry,
        today=ahead and on == today,
        group=_("Ahead") if ahead else str(on.year),
    )


def _told(entry: Entry) -> tuple[str, tuple[str, ...]]:
    """Say what happened, and what is worth knowing of it."""
    match entry.what:
        case Happening.VISIT:
            standing = words.state(entry.state) if entry.state and entry.state is not State.DONE else ""
            return entry.words, (clock(entry.at), entry.staff, standing)
        case Happening.NOTE:
            return _("Note"), (_("signed") if entry.words == "signed" else _("not signed yet"),)
        case Happening.LETTER:
            return kind(LetterKind(entry.words)), (entry.number if entry.number != entry.id else "",)
        case Happening.RECEIPT:
            void = _("void") if entry.void else ""
            return _("Receipt {number}").format(number=entry.number), (void, entry.words)
        case Happening.PAYMENT:
            return _("Payment"), (words.method(entry.method),)
        case Happening.REFUND:
            return _("Refund"), (entry.number,)


def _remark(entry: Entry, *, letters_speak: bool) -> tuple[str, str, str]:
    """Give what stands at the right, its tone and its icon."""
    if entry.amount is not None:
        return money(entry.amount), "soft_ink" if entry.void else "ink", ""
    if entry.what is not Happening.VISIT or entry.state not in AHEAD | {State.DONE}:
        return "", "soft_ink", ""
    if entry.visit is not None and not entry.codes:
        numbered = (
            _("Visit {n} of {visits}").format(n=entry.visit, visits=entry.visits)
            if entry.visits
            else _("Visit {n}").format(n=entry.visit)
        )
        done = entry.state is State.DONE
        return numbered, "accent" if done else "soft_ink", "check" if done else "file-text"
    if not letters_speak or not entry.codes:
        return "", "soft_ink", ""
    if NO_LETTER & set(entry.codes):
        gap = entry.state in AHEAD
        return _("No letter on this date"), "S4" if gap else "soft_ink", "triangle-alert" if gap else ""
    return phrase(entry.codes[0]), "soft_ink", ""


def _joined(details: Iterable[str]) -> str:
    return ", ".join(filter(None, details))
