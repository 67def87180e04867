"""The panel of a letter: put on file, completed as one types, revoked; what it still lacks is said meanwhile."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSpacerItem, QWidget

from clinic.office import clearances, clinicians, letters
from clinic.values import LetterKind
from clinic.wording import _
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.screens.clients import scans, words
from ui.screens.clients.letter_fields import LetterFields
from ui.screens.clients.letter_keeping import Keeper, nothing, put_back_on_file, put_on_file, take_off_file
from ui.screens.clients.revoking import Revoking
from ui.screens.clients.scan_view import looked, shown, unreadable
from ui.theme import theme
from ui.undo import Step
from ui.unfinished import Way
from ui.widgets import text
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import column
from ui.widgets.chips import Chip
from ui.widgets.fields import Choice
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent

    from clinic.office.charts import Chart
    from clinic.office.clearances import Row as Asked
    from clinic.office.letters import Completeness, Details, Scan
    from clinic.values import LetterId, Refusal
    from ui.screen import Counter
    from ui.screens.clients.scan_view import Looked

NEEDED = ("patient_name", "diagnoses", "treatment", "signer", "signed", "signed_on")
"""What a letter must say to count, in the order in which it is read."""
PAUSE_MS = 250
"""How long nothing is typed before the letter is weighed anew."""
KEEP_MS = 1_500
"""How long nothing is typed before what was typed is kept."""
SCAN_HIGH, FIELDS_WIDE = 360, 340


class LetterPanel(QWidget):
    """One letter of a client, or a new one."""

    gone = Signal()
    """It went, and with it the reason to look at its scan."""

    def __init__(
        self,
        counter: Counter,
        chart: Chart,
        letter: LetterId | None = None,
        answers: Asked | None = None,
        *,
        with_scan: bool = False,
        beside: Callable[[Looked], bool] | None = None,
    ) -> None:
        """Take the letter to open, with its scan, or for a new one the request that a clearance answers.

        `beside` shows a scan beside the letter, and tells whether there was room for it.
        """
        super().__init__()
        self._counter = counter
        self._runner = counter.runner
        self._client = chart.id
        self._letter = letter
        self._details: Details | None = None
        self._waiting: scans.Brought | None = None
        self._with_scan, self._beside = with_scan, beside
        self._given_up = False
        about = {"client": chart.id} if letter is None else {"client": chart.id, "letter": letter}
        self.way = Way("clients", "letter", about)
        self.fields = LetterFields(chart.today)
        self.fields.patient.setText(chart.name)
        self.fields.treatment.setText(_("massage therapy"))
        self.follows = Choice([("", None), *((words.letter(c), c.id) for c in chart.letters if c.valid_to)])
        self.fields.form.add("superseded_by", _("Takes the place of"), self.follows, wide=True, optional=True)
        self.fields.form["superseded_by"].setVisible(letter is None and self.follows.count() > 1)
        self.drop = scans.ScanDrop()
        self.drop.brought.connect(self.bring)
        self.drop.opened.connect(self._open_scan)
        self._inside = column(spacing=0)
        """Where a scan is looked at when there is no room for it beside the letter."""
        self._parts = Flow(spacing=6)
        self._wanted = text.caption(wrap=True)
        self._side = text.label("", tone="ink", wrap=True)
        self._side.hide()
        self.save = primary(_("Put on file"), self.put_on_file)
        self.revoking = Revoking(self._revoke)
        self.revoke = self.revoking.open_button
        (self.revoke if letter is None else self.save).hide()
        self._kept = text.caption()
        self._keeper: Keeper | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._weigh)
        self._rest = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._rest.timeout.connect(self.keep)
        self.fields.changed.connect(self._pause.start)
        self.fields.changed.connect(self._typed)
        self.fields.diagnoses.typed.connect(self._look_up)
        self._lay_out()
        self._runner.ask(clinicians.directory, self.fields.signer.offer, self._refused)
        self._runner.ask(
            partial(clearances.rules_to_clear, client=chart.id), self.fields.clearance.offer, self._refused
        )
        if answers is not None:
            self.fields.begin_answer(answers)
        if letter is None:
            self._weigh()
        else:
            self.setEnabled(False)
            self._runner.ask(lambda work: letters.details(work, letter), self._show, self._refused)

    def _lay_out(self) -> None:
        new = self._letter is None
        self._head = Head(_("New letter") if new else _("Letter"), "", self._counter.hide_panel)
        lines = column(self._head, spacing=14, margin=18)
        lines.addLayout(self._parts)
        lines.addWidget(self._wanted)
        lines.addWidget(self._side)
        lines.addWidget(self.drop)
        lines.addLayout(self._inside)
        lines.addWidget(self.fields)
        leave = quiet(_("Leave it") if new else _("Done"), self._leave)
        lines.addLayout(Flow(self.save, leave, self.revoke))
        lines.addWidget(self.revoking)
        lines.addWidget(self._kept)
        lines.addStretch(1)
        lines.addSpacerItem(QSpacerItem(theme.px(FIELDS_WIDE), 0))
        self.setLayout(lines)
        self.setFocusProxy(self.fields.kind if new else self.fields.patient)

    def _show(self, details: Details) -> None:
        self.fields.show_facts(details.kind, details.facts)
        self._details = details
        self._keeper = Keeper(self._counter, details)
        self.drop.show_kept(details.scans)
        if details.scans and self._with_scan:
            self._open_scan(details.scans[-1])
        self.revoking.show_state(details.revoked_on, details.revoked_for)
        self.setEnabled(True)
        self._rest.stop()
        self._weigh()

    # What it lacks

    def _weigh(self) -> None:
        query = partial(
            letters.completeness,
            kind=self.fields.chosen_kind,
            facts=self.fields.facts(),
            client=self._client,
        )
        self._runner.ask(query, self._show_completeness, self._refused, latest="clients/letter")

    def _show_completeness(self, found: Completeness) -> None:
        """Tick what is there, part by part."""
        text.clear(self._parts)
        self._head.under.setText(self._standing(found))
        if self.fields.chosen_kind is LetterKind.CLEARANCE:
            return
        for part in (*NEEDED, *(name for name in found.missing if name not in NEEDED)):
            there = part not in found.missing
            said = words.part(part)
            chip = Chip(
                said, icon="check" if there else "circle-dashed", tint="covered" if there else "plain"
            )
            chip.setAccessibleName(
                _("{part}: there").format(part=said) if there else _("{part}: missing").format(part=said)
            )
            self._parts.addWidget(chip)
        wanted = ", ".join(words.lacking(name) for name in found.wanting)
        self._wanted.setVisible(bool(wanted))
        self._wanted.setText(_("Administrators also like to see {parts}.").format(parts=wanted))
        self._side.setVisible(bool(found.other_side))
        self._side.setText(
            _("{diagnosis}: the last notes speak of the other side. Look at the letter again.").format(
                diagnosis=", ".join(found.other_side)
            )
        )

    def _standing(self, found: Completeness) -> str:
        """Say in a sentence whether the letter says enough to count."""
        if self.fields.chosen_kind is LetterKind.CLEARANCE:
            return _("What a clinician answered, and which flags it lifts.")
        if found.missing:
            return _("It counts once everything below is ticked.")
        return _("All it must say is there.")

    def _look_up(self, line: str) -> None:
        """Find the codes that fit the diagnosis somebody is typing."""
        query = partial(letters.diagnosis_search, typed=line, signed_on=self.fields.signed_on.day)
        offer = partial(self.fields.diagnoses.offer, line)
        self._runner.ask(query, offer, self._refused, latest="clients/diagnosis")

    # What is kept

    def _typed(self) -> None:
        self._kept.clear()
        if self._letter is not None:
            self._rest.start()

    def put_on_file(self) -> None:
        """Keep a new letter, with the scan that waits."""
        self.save.setEnabled(False)
        self._runner.do(self._new(), self._added, self._refused)

    def _new(self) -> partial[LetterId]:
        return partial(
            put_on_file,
            client=self._client,
            kind=self.fields.chosen_kind,
            facts=self.fields.facts(),
            scan=self._waiting,
            follows=self.follows.currentData(),
        )

    def _added(self, letter: LetterId) -> None:
        self._given_up = True
        runner, mistake = self._runner, _("Put on file by mistake")
        which = {"letter": letter, "follows": self.follows.currentData()}
        step = Step(
            _("putting a letter on file"),
            back=lambda: runner.do(partial(take_off_file, reason=mistake, **which), nothing),
            again=lambda: runner.do(partial(put_back_on_file, **which), nothing),
        )
        self._counter.hide_panel()
        self._counter.toast(_("The letter is on file"), step)

    def keep(self) -> None:
        """Keep what is typed, as far as it can be."""
        self._rest.stop()
        if self._keeper is not None:
            self._keeper.keep(self.fields.facts(), self._saved, self._refused)

    def _saved(self) -> None:
        self.fields.form.clear_messages()
        self._kept.setText(_("Kept."))

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is typed when one goes on to something else, and offer the way back."""
        super().hideEvent(event)
        if event.spontaneous():
            return
        self.gone.emit()
        if self._given_up:
            return
        self._given_up = True
        self._rest.stop()
        if self._keeper is not None:
            self._keeper.leave(self.fields.facts())

    def _leave(self) -> None:
        self._counter.hide_panel()

    def _revoke(self, reason: str) -> None:
        details = self._details
        if details is None:
            return
        revoked = details.revoked_on is not None
        take_back = partial(letters.revoke, letter=details.id, reason=reason or details.revoked_for)
        restore = partial(letters.reinstate, letter=details.id)
        there, back = (restore, take_back) if revoked else (take_back, restore)
        said = _("Letter reinstated") if revoked else _("Letter revoked from today on")
        step = Step(
            _("reinstating of letter") if revoked else _("revoking of letter"),
            back=lambda: runner.do(back, nothing),
            again=lambda: runner.do(there, nothing),
        )
        runner = self._runner
        runner.do(there, partial(self._done, said, step), self.revoking.refuse)

    def _done(self, said: str, step: Step, _answer: object) -> None:
        self._counter.hide_panel()
        self._counter.toast(said, step)

    def bring(self, brought: scans.Brought) -> None:
        """Take a scan: kept at once with a letter on file, else once the letter is."""
        letter = self._letter
        if letter is None:
            self._waiting = brought
            self.drop.show_waiting(brought)
            self._open_scan(None)
        else:
            self._runner.do(lambda work: _attach(work, letter, brought), self._attached, self._refused)

    def _attached(self, kept: tuple[Scan, ...]) -> None:
        self.drop.show_kept(kept)
        self._counter.toast(_("The scan is kept with the letter"))

    def _open_scan(self, scan: Scan | None) -> None:
        """Look at a scan that is kept, or at the one that waits to be."""
        waiting = self._waiting
        if scan is not None:
            query = partial(_kept_scan, scan=scan.id)
            self._runner.ask(query, self._look, self._refused, latest="clients/scan")
        elif waiting is not None:
            self._runner.ask(
                lambda _work: looked(scans.read(waiting)), self._look, self._refused, latest="clients/scan"
            )

    def _look(self, scan: Looked) -> None:
        """Have the scan shown beside the letter, or among its fields where there is no such room."""
        text.clear(self._inside)
        if self._beside is not None and self._beside(scan):
            return
        paper = shown(scan)
        if paper is not None:
            paper.setMinimumHeight(theme.px(SCAN_HIGH))
        self._inside.addWidget(paper or unreadable())

    def _refused(self, refusal: Refusal) -> None:
        self.setEnabled(True)
        self.save.setEnabled(True)
        self.fields.form.refuse(refusal.at, sentence(refusal))


def _kept_scan(work: Any, *, scan: str) -> Looked:
    return looked(letters.scan(work, scan))


def _attach(work: Any, letter: LetterId, brought: scans.Brought) -> tuple[Scan, ...]:
    letters.attach(work, letter, scans.read(brought))
    return letters.scans(work, letter)
