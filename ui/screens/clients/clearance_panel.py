"""Clearances of a client: who was asked for what, how far each request is, and the next step as one button."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic.office import clearances, papers
from clinic.office.clearances import Closed, Stage
from clinic.values import Topic
from clinic.wording import _, day, short_day
from clinic.wording.refusals import sentence
from ui import printing
from ui.panel import Head
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import link, primary, quiet
from ui.widgets.cards import Card, Empty, column
from ui.widgets.chips import Chip, Tint
from ui.widgets.fields import Line
from ui.widgets.flow import Flow
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from clinic.office.clearances import Before, Page, Row
    from clinic.values import ClientId, Refusal
    from ui.screen import Counter

TINTS: dict[Stage, Tint] = {
    Stage.TO_ASK: "S3",
    Stage.ASKED: "info",
    Stage.RECEIVED: "info",
    Stage.VERIFIED: "covered",
    Stage.CLOSED: "plain",
}
ICONS = {
    Stage.TO_ASK: "stethoscope",
    Stage.ASKED: "hourglass",
    Stage.RECEIVED: "file-text",
    Stage.VERIFIED: "circle-check",
    Stage.CLOSED: "x",
}


def stage_words(stage: Stage) -> str:
    """Say how far a request is."""
    return {
        Stage.TO_ASK: _("To be asked"),
        Stage.ASKED: _("Asked"),
        Stage.RECEIVED: _("Answer received"),
        Stage.VERIFIED: _("Verified"),
        Stage.CLOSED: _("Closed"),
    }[stage]


class ClearancePanel(QWidget):
    """Every clearance asked for of one client."""

    answer_asked = Signal(object)
    """The request, as its row has it, that was answered."""

    def __init__(self, counter: Counter, client: ClientId) -> None:
        super().__init__()
        self._counter, self._client = counter, client
        self.head = Head(_("Clearances"), " ", counter.hide_panel)
        self.setAccessibleName(_("Clearances"))
        self._rows = column(spacing=12)
        self._message = text.label("", "caption", "refused", wrap=True)
        self._message.hide()
        self._new = quiet(_("Ask for a clearance"), self._ask_for, icon="stethoscope")
        self._new.hide()
        lines = column(self.head, spacing=14, margin=18)
        lines.addLayout(self._rows)
        lines.addWidget(self._message)
        lines.addWidget(self._new)
        lines.addStretch(1)
        self.setLayout(lines)
        counter.runner.topics_changed.connect(self._touched)
        self._look()

    def _look(self) -> None:
        query = partial(clearances.of_client, client=self._client)
        self._counter.runner.ask(query, self._show, self._refused, latest="clients/clearances")

    def _touched(self, topics: frozenset[Topic]) -> None:
        if Topic.LETTERS in topics or Topic.HEALTH in topics:
            self._look()

    def _show(self, page: Page) -> None:
        text.clear(self._rows)
        self._message.hide()
        self.head.under.setText(page.name)
        for at, row_ in enumerate(page.rows):
            self._rows.addWidget(RequestCard(self, row_, page, first=at == 0 and row_.open))
        if not page.rows:
            self._rows.addWidget(
                Empty(
                    _("What a clinician is asked before a visit stands here, until the answer is verified.")
                )
            )
        self._new.setVisible(page.may_change and not any(row_.open for row_ in page.rows))

    # What is done

    def _ask_for(self) -> None:
        task = partial(clearances.ask_for, client=self._client)
        self._counter.runner.do(task, lambda _request: self._look(), self._refused)

    def ask(self, request: str, clinician: dict[str, str]) -> None:
        """Print the letter to the clinician, and wait from now on."""
        task = partial(clearances.ask, request=request, clinician=clinician)
        self._counter.runner.do(task, self._asked, self._refused)

    def _asked(self, made: tuple[bytes, Before]) -> None:
        pages, before = made
        self._undoable(_("The request is printed; the answer is waited for."), _("request"), before)
        self.hand_out(pages)

    def look_first(self, request: str, clinician: dict[str, str]) -> None:
        """Save the letter as it would be printed, to be read before it is sent."""
        task = partial(clearances.preview, request=request, clinician=clinician)
        self._counter.runner.ask(task, self._save, self._refused)

    def hand_out(self, pages: bytes) -> None:
        """Print pages, or save them where there is no printer."""
        if printing.has_printer():
            printing.ask_printer(self, pages, lambda: None)
        else:
            self._save(pages)

    def _save(self, pages: bytes) -> None:
        path = printing.ask_file(self, "clearance-request")
        if path is not None:
            papers.put(path, pages)

    def verify(self, request: str, by: str) -> None:
        """Note who confirmed the clearance on the phone."""
        task = partial(clearances.verify, request=request, by=by)
        done = partial(self._undoable, _("The clearance is verified."), _("verification"))
        self._counter.runner.do(task, done, self._refused)

    def withdraw(self, request: str) -> None:
        """Wait no longer."""
        task = partial(clearances.withdraw, request=request)
        done = partial(self._undoable, _("The request is withdrawn; the flag stays."), _("withdrawal"))
        self._counter.runner.do(task, done, self._refused)

    def _undoable(self, said: str, name: str, before: Before) -> None:
        runner = self._counter.runner
        back = partial(clearances.put_back, before=before)
        self._counter.toast(said, Step(name, lambda: runner.do(back, lambda _done: None)))

    def _refused(self, refusal: Refusal) -> None:
        self._message.setText(sentence(refusal))
        self._message.show()


class RequestCard(Card):
    """One request with its next step."""

    def __init__(self, panel: ClearancePanel, shown: Row, page: Page, *, first: bool) -> None:
        super().__init__(margin=14)
        self._panel, self._row = panel, shown
        words = stage_words(shown.stage)
        self.setAccessibleName(_("Clearance: {stage}").format(stage=words))
        self.body.setSpacing(8)
        self.add(Chip(words, icon=ICONS[shown.stage], tint=TINTS[shown.stage]))
        for condition in shown.conditions:
            self.add(text.label(condition, weight="medium", wrap=True))
        self.add(text.caption(" \u00b7 ".join(_history(shown, page.today)), wrap=True))
        if not page.may_change or not shown.open:
            return
        make = {Stage.TO_ASK: self._to_ask, Stage.ASKED: self._waits, Stage.RECEIVED: self._to_verify}
        make[shown.stage](page, first=first)

    def _to_ask(self, page: Page, *, first: bool) -> None:
        known = self._row.clinician or page.provider
        self.fields = {name: Line(known.get(name, "")) for name in ("name", "credential", "phone", "fax")}
        form = Form(2)
        form.add("name", _("Clinician"), self.fields["name"])
        form.add("credential", _("Credential"), self.fields["credential"], optional=True)
        form.add("phone", _("Phone"), self.fields["phone"], optional=True)
        form.add("fax", _("Fax"), self.fields["fax"], optional=True)
        self.add(form)
        make = primary if first else quiet
        printing_it = make(_("Print the request"), self._ask)
        see = link(
            _("Save it to read first"), lambda: self._panel.look_first(self._row.id, self._clinician())
        )
        self.body.addLayout(Flow(printing_it, see, self._leave(), spacing=12))

    def _clinician(self) -> dict[str, str]:
        return {name: line.text() for name, line in self.fields.items()}

    def _ask(self) -> None:
        self._panel.ask(self._row.id, self._clinician())

    def _waits(self, _page: Page, *, first: bool) -> None:
        make = primary if first else quiet
        record = make(_("Record the answer"), lambda: self._panel.answer_asked.emit(self._row))
        again = link(
            _("Print it again"), lambda: self._panel.look_first(self._row.id, dict(self._row.clinician))
        )
        self.body.addLayout(Flow(record, again, self._leave(), spacing=12))

    def _to_verify(self, _page: Page, *, first: bool) -> None:
        self.by = Line()
        form = Form()
        form.add("by", _("Confirmed on the phone by"), self.by)
        self.add(form)
        make = primary if first else quiet
        verify = make(_("Verified by phone"), lambda: self._panel.verify(self._row.id, self.by.text()))
        self.by.returnPressed.connect(verify.click)
        self.body.addLayout(Flow(verify, spacing=12))

    def _leave(self) -> QWidget:
        return link(_("Withdraw"), lambda: self._panel.withdraw(self._row.id))


def _history(shown: Row, today: date) -> Sequence[str]:
    """Tell what happened to a request so far."""

    def near(on: date) -> str:
        return _("today") if on == today else short_day(on) if on.year == today.year else day(on)

    told = [_("opened {when}").format(when=near(shown.opened_on))]
    if shown.asked_on is not None:
        who = shown.clinician.get("name", "")
        when = near(shown.asked_on)
        told.append(
            _("asked {who} {when}").format(who=who, when=when) if who else _("asked {when}").format(when=when)
        )
    if shown.verified_on is not None:
        told.append(
            _("verified {when} by {who}").format(when=near(shown.verified_on), who=shown.verified_by)
            if shown.verified_by
            else _("verified {when}").format(when=near(shown.verified_on))
        )
    if shown.valid_to is not None:
        told.append(_("valid to {when}").format(when=near(shown.valid_to)))
    if shown.closed_for == Closed.WITHDRAWN:
        told.append(_("withdrawn"))
    elif shown.closed_for == Closed.VOIDED_BY_CHANGE:
        told.append(_("void: something has changed since"))
    if shown.open and shown.next_visit is not None:
        told.append(_("next visit {when}").format(when=near(shown.next_visit)))
    return [part[:1].upper() + part[1:] if at == 0 else part for at, part in enumerate(told)]
