"""The strip of figures on a client's page: the letter, the balance, the last visit and the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.office.charts import Chart, May, Standing
from clinic.values import LetterKind
from clinic.wording import _, day, money, ngettext, short_day
from ui.screens.clients import words
from ui.widgets.cards import Figure

if TYPE_CHECKING:
    from clinic.office.charts import LetterCard

PROVES = frozenset({LetterKind.LMN, LetterKind.PRESCRIPTION})
WELL_KNOWN = frozenset(
    {
        Standing.ACTIVE,
        Standing.EXPIRING,
        Standing.COMING,
        Standing.INCOMPLETE,
        Standing.USED_UP,
        Standing.EXPIRED,
    }
)
LIKELY = (
    Standing.ACTIVE,
    Standing.EXPIRING,
    Standing.COMING,
    Standing.INCOMPLETE,
    Standing.USED_UP,
    Standing.EXPIRED,
    *(standing for standing in Standing if standing not in WELL_KNOWN),
)
"""Which letter the strip speaks of, the likeliest first."""


def of(chart: Chart) -> list[Figure]:
    """Give the figures of a page; what the reader may not see is left out."""
    figures = []
    if May.SEE_LETTERS in chart.may:
        figures.append(_letter(chart))
    owed = _("to pay") if chart.balance else _("all paid")
    if chart.credit:
        owed = _("{credit} in credit").format(credit=money(chart.credit))
    figures.append(Figure(_("Balance"), money(chart.balance), owed))
    if May.SEE_VISITS in chart.may:
        figures += [_last(chart), _next(chart)]
    return figures


def _letter(chart: Chart) -> Figure:
    letters = sorted(
        (card for card in chart.letters if card.kind in PROVES), key=lambda c: LIKELY.index(c.standing)
    )
    if not letters:
        return Figure(_("Letter"), _("None"), _("on file"), "soft")
    letter = letters[0]
    ends = _ends(letter)
    if not letter.visits:
        return Figure(_("Letter"), words.standing(letter), ends, first=True)
    today = next((v for v in chart.coverage if v.at.date() == chart.today and v.letter == letter.id), None)
    if today is not None and today.visit is not None:
        counted, said = today.visit, _("is today's visit")
    else:
        counted, said = letter.used, _("used")
    if counted > letter.visits:
        over = counted - letter.visits
        value = _("{visits} of {visits}").format(visits=letter.visits)
        said = ngettext("used, {n} visit beyond", "used, {n} visits beyond", over).format(n=over)
    else:
        value = _("{n} of {visits}").format(n=counted, visits=letter.visits)
    return Figure(_("Letter"), value, ", ".join(filter(None, (said, ends))), first=True)


def _ends(letter: LetterCard) -> str:
    if letter.standing is Standing.INCOMPLETE:
        return _("not complete")
    if letter.standing is Standing.REVOKED:
        return _("revoked")
    if letter.standing is Standing.SUPERSEDED:
        return _("followed by another")
    if letter.valid_to is None:
        return ""
    if letter.standing is Standing.EXPIRED:
        return _("ended {day}").format(day=day(letter.valid_to))
    return _("valid to {day}").format(day=day(letter.valid_to))


def _last(chart: Chart) -> Figure:
    if chart.last_visit is None:
        return Figure(_("Last visit"), _("None"), _("yet"), "soft")
    on = chart.last_visit.date()
    written = short_day(on) if on.year == chart.today.year else day(on)
    return Figure(_("Last visit"), written, words.since(on, chart.today))


def _next(chart: Chart) -> Figure:
    if chart.next_visit is None:
        return Figure(_("Next visit"), _("None"), _("booked"), "soft")
    with_whom = _("with {name}").format(name=chart.next_with) if chart.next_with else ""
    return Figure(_("Next visit"), words.soon(chart.next_visit, chart.today), with_whom)
