"""The side of a client's page: what is kept of them, and their letters with counters and gaps."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic.office.charts import May, Standing
from clinic.values import LetterKind, RequestKind
from clinic.wording import _, coverage, day, ngettext
from clinic.wording.letters import kind
from clinic.wording.requests import kind as named
from clinic.wording.requests import stands
from ui.screens.clients import words
from ui.widgets import text
from ui.widgets.buttons import link, small
from ui.widgets.cards import Card, Facts, column
from ui.widgets.chips import Chip
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clinic.office.charts import Chart, LetterCard
    from clinic.office.clients import Details, Found
    from clinic.office.merging import Done
    from clinic.office.requests import Row

PROVES = frozenset({LetterKind.LMN, LetterKind.PRESCRIPTION})
OF_A_LETTER = frozenset({RequestKind.RENEWAL, RequestKind.PROGRESS, RequestKind.THANKS})
AHEAD = frozenset(
    {
        Standing.REQUESTED,
        Standing.PENDING,
        Standing.INCOMPLETE,
        Standing.RECEIVED,
        Standing.COMING,
        Standing.ACTIVE,
        Standing.EXPIRING,
    }
)
BEHIND = frozenset(Standing) - AHEAD


class Side(QWidget):
    """Cards under one another: about the client, the letters that speak, those that no longer do."""

    edit_asked = Signal()
    request_asked = Signal(object, object)
    """The kind of a request, and the letter it is about or None."""
    track_asked = Signal(object)
    coverage_asked = Signal()
    client_asked = Signal(str)
    merge_asked = Signal()
    aftercare_asked = Signal()
    access_asked = Signal()
    parted = Signal(str)
    """A merge that is to be taken back."""
    letter_asked = Signal(object)
    """A letter to be opened, or None for a new one."""
    scan_asked = Signal(object)
    """A letter to be opened with its scan beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = column(spacing=16)
        self.setLayout(self._lines)

    def show_client(
        self,
        chart: Chart,
        details: Details,
        asked: Sequence[Row] = (),
        household: Sequence[Found] = (),
        merges: Sequence[Done] = (),
    ) -> None:
        """Show what is kept of this client."""
        text.clear(self._lines)
        editable, covered = May.CHANGE_CLIENT in chart.may, May.SEE_LETTERS in chart.may
        about = self._about(details, editable=editable, covered=covered)
        if household:
            about.add(text.caption(_("Same household")))
            about.body.addLayout(
                Flow(*(link(one.name, partial(self.client_asked.emit, one.id)) for one in household))
            )
        self._lines.addWidget(about)
        current = tuple(card for card in chart.letters if card.standing not in BEHIND)
        for card in current:
            self._lines.addWidget(self._letter(card, scanned=card.id in chart.scanned))
        earlier = tuple(card for card in chart.letters if card.standing in BEHIND)
        if earlier:
            self._lines.addWidget(self._earlier(earlier))
        if not chart.letters and May.SEE_LETTERS in chart.may:
            self._lines.addWidget(self._none(addable=May.CHANGE_LETTERS in chart.may))
        if May.SEE_LETTERS in chart.may:
            self._lines.addWidget(self._requests(chart, asked))
        if editable:
            self._lines.addWidget(self._file(merges, ownable=chart.owner, seen=May.SEE_VISITS in chart.may))

    def _file(self, merges: Sequence[Done], *, ownable: bool, seen: bool) -> Card:
        """Offer what is done to a file as a whole."""
        card = Card(_("This file"))
        for merge in merges:
            said = text.caption(
                _("Made one with another file of {name} on {day}.").format(
                    name=merge.name, day=day(merge.done_at.date())
                ),
                wrap=True,
            )
            card.add(said)
            if merge.reversible:
                card.body.addLayout(Flow(small(_("Part them again"), partial(self.parted.emit, merge.id))))
        offers = [small(_("After-care sheet"), self.aftercare_asked.emit)] if seen else []
        offers.append(small(_("Same person twice?"), self.merge_asked.emit))
        if ownable:
            offers.append(small(_("Give out the whole file"), self.access_asked.emit))
        card.body.addLayout(Flow(*offers, spacing=6))
        return card

    def _requests(self, chart: Chart, asked: Sequence[Row]) -> Card:
        """List what clinicians and plans were asked, and offer to ask."""
        card = Card(_("Requests"))
        for each in sorted(asked, key=lambda each: (not each.open, each.made_on)):
            opening = link(named(each.kind), partial(self.track_asked.emit, each))
            opening.setAccessibleName(
                _("{request}, made {day}").format(request=named(each.kind), day=day(each.made_on))
            )
            card.body.addLayout(Flow(opening, text.caption(stands(each))))
        if May.CHANGE_LETTERS in chart.may:
            latest = next((card_ for card_ in chart.letters if card_.kind in PROVES), None)
            offers = []
            for kind_ in RequestKind:
                if kind_ is RequestKind.RENEWAL and latest is None:
                    continue
                about = latest.id if latest is not None and kind_ in OF_A_LETTER else None
                offers.append(small(named(kind_), partial(self.request_asked.emit, kind_, about)))
            card.add(
                text.caption(_("Print to send or hand over; the clinician states the diagnosis."), wrap=True)
            )
            card.body.addLayout(Flow(*offers, spacing=6))
        elif not asked:
            card.add(text.soft(_("Nothing is asked for."), wrap=True))
        return card

    def _about(self, details: Details, *, editable: bool, covered: bool) -> Card:
        change = (link(_("Edit"), self.edit_asked.emit),) if editable else ()
        card = Card(_("About"), *change)
        facts = _facts(details)
        if facts:
            card.add(Facts(facts))
        else:
            card.add(text.soft(_("Only the name is on file."), wrap=True))
        if covered:
            card.body.addLayout(Flow(small(_("Is it covered?"), self.coverage_asked.emit)))
        return card

    def _letter(self, letter: LetterCard, *, scanned: bool) -> Card:
        opening = link(_("Open"), partial(self.letter_asked.emit, letter))
        opening.setAccessibleName(_("Open {letter}").format(letter=words.letter(letter)))
        offers = [opening]
        if scanned:
            offers.insert(0, link(_("Open scan"), partial(self.scan_asked.emit, letter)))
        card = Card(words.letter(letter), *offers)
        tint = "covered" if letter.standing is Standing.ACTIVE else "plain"
        icon = "check" if letter.standing is Standing.ACTIVE else "clock"
        top = Flow(
            text.soft(kind(letter.kind)),
            Chip(words.standing(letter), icon=icon, tint="covered" if tint == "covered" else "plain"),
        )
        card.body.addLayout(top)
        card.add(Facts(_letter_facts(letter)))
        if letter.missing:
            lacking = ", ".join(words.lacking(name) for name in letter.missing)
            card.add(
                text.label(_("It counts for nothing until it has {parts}.").format(parts=lacking), wrap=True)
            )
        elif letter.wanting:
            wanted = ", ".join(words.lacking(name) for name in letter.wanting)
            card.add(
                text.caption(_("Administrators also like to see {parts}.").format(parts=wanted), wrap=True)
            )
        return card

    def _earlier(self, letters: tuple[LetterCard, ...]) -> Card:
        card = Card(_("Earlier letters"))
        for letter in letters:
            opening = link(words.letter(letter), partial(self.letter_asked.emit, letter))
            told = ", ".join((words.standing(letter), words.used(letter)))
            card.body.addLayout(Flow(opening, text.caption(told)))
        return card

    def _none(self, *, addable: bool) -> Card:
        card = Card(_("Letters"))
        card.add(
            text.soft(
                _("Visits count as medical only under a letter. None is on file for this client."), wrap=True
            )
        )
        if addable:
            card.body.addLayout(Flow(small(_("Add letter"), lambda: self.letter_asked.emit(None))))
        return card


def _letter_facts(letter: LetterCard) -> list[tuple[str, str]]:
    facts = []
    if letter.issuer:
        facts.append((_("Signed by"), letter.issuer))
    if letter.signed_on:
        facts.append((_("Signed"), day(letter.signed_on)))
    if letter.valid_from and letter.valid_to:
        span = _("{first} to {last}").format(first=day(letter.valid_from), last=day(letter.valid_to))
        facts.append((_("Valid"), span))
    facts.append((_("Visits"), words.used(letter)))
    allowed = (
        [ngettext("{n} min", "{n} min", letter.minutes).format(n=letter.minutes)] if letter.minutes else []
    )
    if letter.frequency:
        allowed.append(words.frequency(*letter.frequency))
    if allowed:
        facts.append((_("Allows"), ", ".join(allowed)))
    if letter.diagnoses:
        facts.append((_("For"), ", ".join(letter.diagnoses)))
    if not letter.missing:
        facts.append((_("Complete"), _("yes, in every part") if not letter.wanting else _("yes")))
    return facts


def _facts(details: Details) -> list[tuple[str, str]]:
    listed = [
        (_("Born"), day(details.born) if details.born else ""),
        (_("Phone"), details.phone or ""),
        (_("Email"), details.email or ""),
        (_("Address"), _address(details.address or {})),
        (_("Guardian"), _person(details.guardian or {})),
        (_("In an emergency"), _person(details.emergency or {})),
        (_("Plan"), _plan(details.payer or {})),
        (_("Accounts"), _accounts(details.accounts or ())),
        (_("Kept on hold"), str((details.hold or {}).get("reason", ""))),
    ]
    return [(what, which) for what, which in listed if which]


def _plan(payer: Mapping[str, Any]) -> str:
    kind_ = coverage.plan(payer["plan_type"]) if payer.get("plan_type") else ""
    return ", ".join(part for part in (str(payer.get("name", "")), kind_) if part)


def _accounts(accounts: Iterable[Mapping[str, Any]]) -> str:
    """Name each kind of account once, with the years it runs for or since when there is one."""
    found: dict[str, list[str]] = {}
    for account in accounts:
        years = found.setdefault(str(account["kind"]), [])
        if opened := account.get("opened"):
            years.append(_("since {day}").format(day=day(_as_day(opened))))
        elif begins := account.get("year_start"):
            years.append(str(_as_day(begins).year))
    return "; ".join(
        f"{kind} {', '.join(dict.fromkeys(sorted(years)))}".strip() for kind, years in found.items()
    )


def _as_day(kept: str | date) -> date:
    return kept if isinstance(kept, date) else date.fromisoformat(kept)


def _address(address: Mapping[str, Any]) -> str:
    return ", ".join(
        str(address[part]) for part in ("street", "city", "region", "postal") if address.get(part)
    )


def _person(person: Mapping[str, Any]) -> str:
    return ", ".join(str(person[part]) for part in ("name", "relation", "phone") if person.get(part))
