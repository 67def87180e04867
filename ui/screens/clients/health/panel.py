"""Health beside a client's page: hand the form over, ask on the phone, print it; consents; what was answered when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from clinic.office import consents, screenings
from clinic.wording import _, day
from ui.kiosk import hand_over
from ui.panel import Head
from ui.screens.clients.health import words
from ui.screens.clients.health.consent_panel import ConsentPanel
from ui.screens.clients.health.paper_panel import PaperPanel
from ui.screens.clients.health.phone_form import PhoneForm
from ui.screens.clients.health.reading import ReadingPanel
from ui.screens.clients.scan_view import ScanView, looked
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import link, primary, quiet
from ui.widgets.cards import Card, column, row
from ui.widgets.chips import Chip
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from clinic.office.consents import ConsentRow, Consents
    from clinic.office.screenings import Health, VersionRow
    from clinic.values import ClientId, ConsentId
    from ui.screen import Counter


class Seen(NamedTuple):
    """All that the panel shows."""

    health: Health
    consents: Consents


def look(work: Any, client: ClientId) -> Seen:
    """Look at a client's health."""
    return Seen(screenings.of_client(work, client), consents.of_client(work, client))


class HealthPanel(QWidget):
    """What is known of a client's health, for whoever may know it; and every way to ask."""

    def __init__(self, counter: Counter, client: ClientId) -> None:
        super().__init__()
        self._counter = counter
        self._client = client
        self.setAccessibleName(_("Health"))
        self._lines = column(spacing=14, margin=18)
        self.setLayout(self._lines)
        self.hand: QWidget = self
        self.ask()

    def ask(self) -> None:
        """Look again."""
        self._counter.runner.ask(partial(look, client=self._client), self._show, latest="clients/health")

    def _show(self, seen: Seen) -> None:
        text.clear(self._lines)
        health = seen.health
        under = (
            _("Answered {day}").format(day=day(health.answered_on))
            if health.answered_on
            else _("No health history yet")
        )
        self._lines.addWidget(Head(_("Health"), under, self._counter.hide_panel))
        said, icon, tint = words.due(health)
        chips = [Chip(said, icon=icon, tint="covered" if tint == "covered" else "plain")]
        if health.draft_on:
            chips.append(Chip(_("Form begun {day}").format(day=day(health.draft_on)), icon="pencil"))
        self._lines.addLayout(Flow(*chips, spacing=6))
        self.hand = primary(_("Hand over the form"), self.hand_over, icon="user")
        phone = quiet(_("Ask on the phone"), partial(self._open_phone, health), icon="phone")
        paper = quiet(_("On paper"), self._on_paper, icon="printer")
        self._lines.addLayout(Flow(self.hand, phone, paper, spacing=8))
        near = words.presence(seen.consents.presence)
        if near:
            self._lines.addWidget(text.label(near, tone="info", wrap=True))
        self._lines.addWidget(self._consents(seen.consents))
        if health.may_read:
            self._lines.addWidget(self._versions(health))
        else:
            self._lines.addWidget(text.caption(_("Answers are read by therapists only."), wrap=True))
        self._lines.addStretch(1)
        QTimer.singleShot(0, self.hand, self.hand.setFocus)

    # Asking

    def hand_over(self) -> None:
        """Give the window to the client."""
        hand_over(self._counter, self._client)

    def _open_phone(self, health: Health) -> None:
        self._counter.show_panel(PhoneForm(self._counter, self._client, health))

    def _on_paper(self) -> None:
        self._counter.show_panel(PaperPanel(self._counter, self._client))

    # Consents

    def _consents(self, given: Consents) -> Card:
        card = Card(_("Consents"), link(_("Add"), partial(self._add_consent, given)), margin=14)
        if not given.rows:
            card.add(text.soft(_("Nothing is signed yet."), wrap=True))
        for one in given.rows:
            card.add(self._consent(one))
        return card

    def _consent(self, one: ConsentRow) -> QWidget:
        line = QWidget()
        glyph = text.Glyph("check" if one.stands else "x", "accent" if one.stands else "soft_ink")
        name = text.label(words.consent(one.kind), tone="ink" if one.stands else "soft", wrap=True)
        lines = column(name, text.caption(words.standing(one), wrap=True), spacing=1)
        things = row(glyph, spacing=8)
        things.addLayout(lines, 1)
        if one.paper is not None:
            opening = link(_("Page"), partial(self._open_paper, one.paper))
            opening.setAccessibleName(_("Signed page: {what}").format(what=words.consent(one.kind)))
            things.addWidget(opening)
        if one.stands:
            back = link(_("Withdraw"), partial(self._withdraw, one))
            back.setAccessibleName(_("Withdraw: {what}").format(what=words.consent(one.kind)))
            things.addWidget(back)
        line.setLayout(things)
        return line

    def _add_consent(self, given: Consents) -> None:
        self._counter.show_panel(ConsentPanel(self._counter, self._client, given))

    def _withdraw(self, one: ConsentRow) -> None:
        self._counter.runner.do(partial(consents.withdraw, consent=one.id), self._withdrawn)

    def _withdrawn(self, consent: ConsentId) -> None:
        runner = self._counter.runner
        step = Step(
            _("withdrawal of consent"),
            back=lambda: runner.do(partial(consents.take_back_withdrawal, consent=consent), _nothing),
            again=lambda: runner.do(partial(consents.withdraw, consent=consent), _nothing),
        )
        self._counter.toast(_("The consent is withdrawn from today on."), step)
        self.ask()

    # Reading

    def _versions(self, health: Health) -> Card:
        card = Card(_("What was answered"), margin=14)
        if not health.versions:
            card.add(text.soft(_("Each form that is filled in stands here."), wrap=True))
        for one in health.versions:
            opening = link(words.version(one), partial(self._read, one))
            lines = column(opening, spacing=0)
            said = words.remark(one)
            if said:
                lines.addWidget(text.caption(said, wrap=True))
            card.body.addLayout(lines)
        return card

    def _read(self, one: VersionRow) -> None:
        self._counter.show_panel(ReadingPanel(self._counter, self._client, one))

    def _open_paper(self, paper: str) -> None:
        query = partial(consents.signed_paper, paper=paper)
        self._counter.runner.ask(query, self._show_paper)

    def _show_paper(self, pages: bytes) -> None:
        view = ScanView(_("Signed page"), looked(pages), self._counter.hide_panel)
        self._counter.show_panel(view)


def _nothing(_answer: object) -> None:
    """Wait for no answer: what was touched is shown by itself."""
