"""What needs attention, beside the day: each entry says why it is there, and its link clears it."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from clinic.office.attention import Why
from clinic.values import State
from clinic.wording import _, day, money, ngettext, short_day
from ui.screens.today.folded import foldable, told_together
from ui.screens.today.told import Told, of_flags, of_history, of_leaving, of_visits
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import link
from ui.widgets.cards import Card, column, row

if TYPE_CHECKING:
    from datetime import date

    from clinic.office.attention import Item

NO_BREAK = "\u00a0"
THUMB = 38
"""How far what belongs to a kind stands in: as wide as an icon with its ground."""
OF_LETTERS = frozenset({Why.AFTER_LETTER, Why.BEYOND_LETTER, Why.LETTER_ENDS, Why.FEW_VISITS})
OF_FLAGS = frozenset(
    {
        Why.FLAG_EMERGENCY,
        Why.FLAG_REFUSES,
        Why.FLAG_HOLDS,
        Why.FLAG_SETTLED,
        Why.QUESTIONS_OPEN,
    }
)
OF_CLEARANCES = frozenset({Why.CLEARANCE_TO_ASK, Why.CLEARANCE_LATE, Why.CLEARANCE_TO_VERIFY})
ICONS = {
    Why.FLAG_EMERGENCY: "siren",
    Why.FLAG_REFUSES: "octagon-x",
    Why.FLAG_HOLDS: "stethoscope",
    Why.FLAG_SETTLED: "circle-check",
    Why.QUESTIONS_OPEN: "circle-question-mark",
    Why.HISTORY_ENDS: "circle-question-mark",
    Why.HISTORY_AWAY: "circle-question-mark",
    Why.CLEARANCE_TO_ASK: "stethoscope",
    Why.CLEARANCE_LATE: "stethoscope",
    Why.CLEARANCE_TO_VERIFY: "stethoscope",
    Why.LEAVES: "calendar-clock",
    Why.BREACH: "siren",
    Why.NOTHING_OFFERED: "leaf",
    Why.BACKUP_OVERDUE: "shield-alert",
    Why.AFTER_LETTER: "calendar-clock",
    Why.BEYOND_LETTER: "calendar-clock",
    Why.LETTER_ENDS: "file-clock",
    Why.FEW_VISITS: "file-text",
    Why.UNPAID: "banknote",
    Why.UNCHARGED: "banknote",
    Why.FEE_OPEN: "banknote",
    Why.DRAFT: "notebook-pen",
    Why.UNSIGNED: "pencil",
    Why.REVIEW_DUE: "chart-column",
    Why.CERTIFICATE_ENDS: "badge-check",
    Why.POLICY_ENDS: "badge-check",
    Why.REGISTRATION_ENDS: "badge-check",
}
OF_PAPERS = frozenset({Why.CERTIFICATE_ENDS, Why.POLICY_ENDS, Why.REGISTRATION_ENDS})


def near(on: date, today: date) -> str:
    """Write a day as short as it is clear."""
    if on == today:
        return _("today")
    return (short_day(on) if on.year == today.year else day(on)).replace(" ", NO_BREAK)


def apart(name: str) -> str:
    """Keep a name's own direction of writing from turning the sentence around it."""
    return f"\u2068{name}\u2069"


def told(item: Item, today: date) -> Told:
    """Say what an entry is about."""
    if item.why in OF_LETTERS:
        return _of_letter(item, today)
    if item.why is Why.LEAVES:
        return of_leaving(item, near(item.on, today) if item.on else "", apart(item.name))
    if item.why in OF_PAPERS:
        return _of_credential(item, today)
    if item.why in OF_FLAGS or item.why in OF_CLEARANCES:
        return of_flags(item, near(item.on, today) if item.on else "", apart(item.name))
    when = near(item.on, today) if item.on else ""
    if item.why in {Why.HISTORY_ENDS, Why.HISTORY_AWAY}:
        return of_history(item, when, near(item.since, today) if item.since else "", apart(item.name))
    visit = of_visits(item, when, apart(item.name))
    made = _("The last copy is from {when}.").format(when=when) if when else _("No copy was made yet.")
    return {
        Why.BREACH: Told(
            _("Breach of data: tell those concerned"),
            ngettext("{n} person, by {when}", "{n} people, by {when}", item.count).format(
                n=f"{item.count:,}", when=when
            ),
            _("Open the note"),
        ),
        Why.NOTHING_OFFERED: Told(
            _("Nothing is on the price list yet"),
            _("Visits can be booked once your treatments are on it."),
            _("Add a treatment"),
        ),
        Why.BACKUP_OVERDUE: Told(_("Backup overdue"), made, _("Back up now")),
        Why.UNPAID: Told(_("{amount} unpaid").format(amount=money(item.amount)), visit, _("Take payment")),
        Why.UNCHARGED: Told(_("Visit not charged"), visit, _("Take payment")),
        Why.FEE_OPEN: Told(
            _("Fee of {amount} not charged").format(amount=money(item.amount)),
            _missed(item).format(name=apart(item.name), when=when),
            _("Charge it or let it go"),
        ),
        Why.DRAFT: Told(_("A note you were writing is kept"), visit, _("Go on writing")),
        Why.UNSIGNED: Told(_("Note not signed"), visit, _("Open note")),
        Why.REVIEW_DUE: Told(
            _("Measures are due again"),
            _("{name} comes {when}; {done} of {visits} visits of the plan are done").format(
                name=apart(item.name), when=when, done=item.used, visits=item.visits
            ),
            _("Open the page"),
        ),
    }[item.why]


def _missed(item: Item) -> str:
    if item.state is State.NO_SHOW:
        return _("{name} did not come, {when}")
    return _("{name} cancelled late, {when}")


def _of_credential(item: Item, today: date) -> Told:
    days = (item.on - today).days if item.on else 0
    match item.why:
        case Why.CERTIFICATE_ENDS:
            ended = _("Certificate has ended")
            ends = ngettext("Certificate ends in a day", "Certificate ends in {n} days", days)
            last = _("Certificate ends today")
        case Why.POLICY_ENDS:
            ended = _("Insurance has ended")
            ends = ngettext("Insurance ends in a day", "Insurance ends in {n} days", days)
            last = _("Insurance ends today")
        case _:
            ended = _("Registration has ended")
            ends = ngettext("Registration ends in a day", "Registration ends in {n} days", days)
            last = _("Registration ends today")
    when = near(item.on, today) if item.on else ""
    valid = _("{name}, valid to {when}").format(name=apart(item.name), when=when)
    if item.what:
        valid = _("{name}, {kind}, valid to {when}").format(
            name=apart(item.name), kind=item.what.lower(), when=when
        )
    said = ends.format(n=days) if days > 0 else ended if days < 0 else last
    renews = item.staff is not None or item.why is Why.REGISTRATION_ENDS
    return Told(said, valid, _("Record renewal") if renews else "")


def _of_letter(item: Item, today: date) -> Told:
    on = near(item.on, today) if item.on else ""
    first = near(item.first, today) if item.first else ""
    facts = {
        "name": apart(item.name),
        "on": on,
        "first": first,
        "used": item.used,
        "visits": item.visits or 0,
    }
    match item.why:
        case Why.AFTER_LETTER:
            what = ngettext(
                "A visit falls after a letter ends", "{n} visits fall after a letter ends", item.count
            )
            ended = item.on is not None and item.on < today
            why = (
                _("{name}, from {first}; the letter ended {on}")
                if ended
                else _("{name}, from {first}; the letter ends {on}")
            )
        case Why.BEYOND_LETTER:
            what = ngettext(
                "A visit is one too many for a letter", "{n} visits are too many for a letter", item.count
            )
            why = _("{name}, from {first}; the letter gives\u00a0{visits}")
        case Why.FEW_VISITS:
            what = ngettext("A letter has one visit left", "A letter has {n} visits left", item.count)
            why = _("{name} used {used} of {visits}")
        case _:
            what = _("A letter runs out")
            why = _("{name}, on {on}; {used} of {visits} used") if item.visits else _("{name}, on {on}")
    return Told(what.format(n=item.count), why.format(**facts), _("Add the next letter"))


class Attention(QWidget):
    """The list beside the day."""

    followed = Signal(object)
    """The Item whose link was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Needs attention"))
        self._count = text.caption()
        head = row(text.section(_("Needs attention")))
        head.addStretch(1)
        head.addWidget(self._count)
        self._card = Card(margin=14)
        self._card.body.setSpacing(0)
        self._inside = QVBoxLayout()
        self._inside.setSpacing(10)
        self._card.body.addLayout(self._inside)
        whole = column(spacing=8)
        whole.addLayout(head)
        whole.addWidget(self._card)
        self.setLayout(whole)
        self._unfolded: set[Why] = set()
        self._shown: tuple[tuple[Item, ...], date] | None = None

    def show_items(self, items: tuple[Item, ...], today: date) -> None:
        """List these entries in place of the old."""
        if self._shown == (items, today) and self._inside.count():
            return
        self._shown = (items, today)
        focused = self._place_of_focus()
        text.clear(self._inside)
        kinds = [(why, tuple(kind)) for why, kind in groupby(items, key=lambda item: item.why)]
        told_of = sum(1 if foldable(why, kind) else len(kind) for why, kind in kinds)
        self._count.setText(str(told_of) if items else "")
        for why, kind in kinds:
            self._list_kind(why, kind, today)
        if not items:
            calm = text.soft(_("Nothing is left undone."), wrap=True)
            line = QWidget()
            inside = row(text.Glyph("circle-check", "accent"), spacing=8)
            inside.addWidget(calm, 1)
            line.setLayout(inside)
            self._inside.addWidget(line)
        if focused is not None:
            links = self._links()
            if links:
                links[min(focused, len(links) - 1)].setFocus()

    def _links(self) -> list[QWidget]:
        return [
            each
            for each in self.findChildren(QWidget)
            if each.property("role") == "link" and not each.isHidden()
        ]

    def _place_of_focus(self) -> int | None:
        return next((at for at, each in enumerate(self._links()) if each.hasFocus()), None)

    def _list_kind(self, why: Why, items: tuple[Item, ...], today: date) -> None:
        """List the entries of one kind; where there are several, tell them in one that opens their list."""
        folds = foldable(why, items)
        if folds:
            self._add(self._together(why, items))
        if not folds or why in self._unfolded:
            for item in items:
                self._add(self._entry(item, told(item, today), inside=folds), ruled=not folds)

    def _add(self, entry: QWidget, *, ruled: bool = True) -> None:
        if ruled and self._inside.count():
            self._inside.addWidget(text.rule())
        self._inside.addWidget(entry)

    def _together(self, why: Why, items: tuple[Item, ...]) -> QWidget:
        """Tell the entries of a kind in one, with the link that lists or folds them."""
        said = told_together(why, items, [apart(item.name) for item in items])
        opened = why in self._unfolded
        words = _("Fold the list") if opened else _("List them")
        lists = link(words, partial(self._fold, why))
        lists.setAccessibleName(f"{words}: {said.what}")
        return self._laid_out(why, said, lists)

    def _fold(self, why: Why) -> None:
        self._unfolded ^= {why}
        if self._shown is not None:
            shown, self._shown = self._shown, None
            self.show_items(*shown)

    def _entry(self, item: Item, said: Told, *, inside: bool) -> QWidget:
        clears = None
        if said.remedy:
            clears = link(said.remedy, lambda: self.followed.emit(item))
            clears.setAccessibleName(f"{said.remedy}: {said.what}, {said.why}")
        return self._laid_out(None if inside else item.why, said, clears)

    def _laid_out(self, why: Why | None, said: Told, clears: QWidget | None) -> QWidget:
        """Lay an entry out; one of a kind that is told together stands in, without the icon of its kind."""
        thumb = QFrame()
        thumb.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if why is not None:
            thumb.setProperty("role", "thumb")
            thumb.setLayout(row(text.Glyph(ICONS[why]), margin=6))
        else:
            thumb.setFixedWidth(theme.px(THUMB) - 10)
        words = column(
            text.label(said.what, weight="semibold", wrap=True), text.caption(said.why, wrap=True), spacing=2
        )
        if clears is not None:
            words.addWidget(clears, 0, Qt.AlignmentFlag.AlignLeft)
        entry = QWidget()
        line = row(spacing=10)
        line.addWidget(thumb, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        entry.setLayout(line)
        entry.setAccessibleName(f"{said.what}: {said.why}")
        return entry
