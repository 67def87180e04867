"""The line of time on a client's page: what the office tells of, worded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.office.happenings import Entry, Happening
from clinic.values import AHEAD, HOLDING, LetterKind, State
from clinic.wording import _, clock, money, short_day
from clinic.wording import outcomes as measured
from clinic.wording.letters import kind
from clinic.wording.reasons import phrase
from clinic.wording.reminders import outcome
from clinic.wording.requests import kind as asked
from clinic.wording.requests import stands
from ui.screens.clients import words
from ui.widgets.timeline import Entry as Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from clinic.office.charts import Chart
    from clinic.office.measures import Point
    from clinic.office.requests import Row

NO_LETTER = frozenset({"E-NOLMN", "E-LMN-FUTURE", "E-LMN-EXPIRED"})
"""Reasons that say no letter speaks for the day at all."""
USED_UP = "E-COUNT"
PARTS = {
    "visits": frozenset({Happening.VISIT}),
    "letters": frozenset({Happening.LETTER}),
    "money": frozenset({Happening.RECEIPT, Happening.PAYMENT, Happening.REFUND}),
    "messages": frozenset({Happening.CONTACT}),
}
WITH_REQUESTS = frozenset({"all", "letters", "messages"})
ICONS = {
    Happening.VISIT: "calendar",
    Happening.CONTACT: "phone",
    Happening.LETTER: "file-text",
    Happening.RECEIPT: "receipt-text",
    Happening.PAYMENT: "banknote",
    Happening.REFUND: "undo-2",
}


def lines(
    chart: Chart, requests: Sequence[Row] = (), pain: Mapping[date, Point] | None = None, part: str = "all"
) -> tuple[Line, ...]:
    """Word everything that happened, or one part of it, newest first, what is ahead above.

    `pain` is how strong it was on a day before the hands and after, for whoever reads notes.
    """
    shown = PARTS.get(part, frozenset(Happening))
    speaks = bool(chart.letters)
    found = [
        (entry.at.date(), _line(entry, chart.today, pain or {}, letters_speak=speaks))
        for entry in chart.entries
        if entry.what in shown
    ]
    if part in WITH_REQUESTS and requests:
        found += [(each.made_on, _request(each)) for each in requests]
        found.sort(key=lambda one: one[0], reverse=True)
    return tuple(line for _on, line in found)


def _request(each: Row) -> Line:
    """Word what a clinician or a plan was asked, and where that stands."""
    return Line(
        day=short_day(each.made_on),
        icon="mail",
        words=asked(each.kind),
        detail=stands(each),
        what=each,
        group=str(each.made_on.year),
    )


def _line(entry: Entry, today: date, pain: Mapping[date, Point], *, letters_speak: bool) -> Line:
    on = entry.at.date()
    ahead = on > today or (on == today and entry.state in AHEAD)
    told, detail = _told(entry, pain.get(on))
    remark, tone, icon = _remark(entry, letters_speak=letters_speak)
    return Line(
        day=short_day(on),
        icon="notebook-pen" if entry.note else ICONS[entry.what],
        words=told,
        detail=_joined(detail),
        remark=remark,
        tone=tone,
        remark_icon=icon,
        what=entry,
        today=ahead and on == today,
        group=_("Ahead") if ahead else str(on.year),
    )


def _told(entry: Entry, pain: Point | None) -> tuple[str, tuple[str, ...]]:
    """Say what happened, and what is worth knowing of it."""
    match entry.what:
        case Happening.VISIT:
            standing = words.state(entry.state) if entry.state and entry.state is not State.DONE else ""
            return entry.words, (clock(entry.at), entry.staff, standing, *_noted(entry, pain))
        case Happening.CONTACT:
            about = _("About coming again") if entry.words == "again" else _("About a visit")
            return about, (outcome(entry.outcome) if entry.outcome else "", entry.staff)
        case Happening.LETTER:
            return kind(LetterKind(entry.words)), (entry.number if entry.number != entry.id else "",)
        case Happening.RECEIPT:
            void = _("void") if entry.void else ""
            return _("Receipt {number}").format(number=entry.number), (void, *_paid(entry), entry.words)
        case Happening.PAYMENT:
            return _("Payment"), (words.method(entry.method),)
        case Happening.REFUND:
            return _("Refund"), (entry.number,)


def _noted(entry: Entry, pain: Point | None) -> tuple[str, ...]:
    """Say how the note of a visit stands, and how the pain went."""
    if entry.note is None:
        return ()
    note = _("note signed") if entry.signed else _("note not signed yet")
    if pain is None or pain.before is None or pain.after is None:
        return (note,)
    before, after = measured.number(pain.before), measured.number(pain.after)
    return (note, _("pain {before} to {after}").format(before=before, after=after))


def _paid(entry: Entry) -> tuple[str, ...]:
    """Say how a receipt was paid; of several ways each with its amount."""
    if len(entry.paid) == 1:
        return (words.method(entry.paid[0][0]),)
    return tuple(f"{money(amount)} {words.method(method)}".strip() for method, amount in entry.paid)


def _remark(entry: Entry, *, letters_speak: bool) -> tuple[str, str, str]:
    """Give what stands at the right, its tone and its icon."""
    if entry.amount is not None:
        return money(entry.amount), "soft_ink" if entry.void else "ink", ""
    if entry.what is not Happening.VISIT or entry.state not in HOLDING:
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
    codes, ahead = set(entry.codes), entry.state in AHEAD
    said = _("No letter on this date") if NO_LETTER & codes else phrase(entry.codes[0])
    gap = ahead and bool(codes & (NO_LETTER | {USED_UP}))
    return said, "S4" if gap else "soft_ink", "triangle-alert" if gap else ""


def _joined(details: Iterable[str]) -> str:
    return ", ".join(filter(None, details))
