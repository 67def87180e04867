"""The panel of a letter: put on file, completed, revoked; what it still lacks is said while one types."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from clinic.office import letters
from clinic.wording import _
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.screens.clients import scans, words
from ui.screens.clients.letter_fields import LetterFields
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import column
from ui.widgets.chips import Chip
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.office.charts import Chart
    from clinic.office.letters import Completeness, Details, Scan
    from clinic.values import LetterId, Refusal
    from ui.screen import Counter

NEEDED = ("patient_name", "diagnoses", "treatment", "signer", "signed", "signed_on")
"""What a letter must say to count, in the order in which it is read."""
PAUSE_MS = 250
"""How long nothing is typed before the letter is weighed anew."""


class LetterPanel(QWidget):
    """One letter of a client, or a new one."""

    def __init__(self, counter: Counter, chart: Chart, letter: LetterId | None = None) -> None:
        super().__init__()
        self._counter = counter
        self._runner = counter.runner
        self._client = chart.id
        self._letter = letter
        self._details: Details | None = None
        self._waiting: Path | None = None
        self.fields = LetterFields(chart.today)
        self.fields.patient.setText(chart.name)
        self.fields.treatment.setText(_("massage therapy"))
        self.drop = scans.ScanDrop()
        self.drop.brought.connect(self.bring)
        self.drop.opened.connect(self._open_scan)
        self._parts = Flow(spacing=6)
        self._wanted = text.caption(wrap=True)
        self.save = primary(_("Put on file") if letter is None else _("Save"), self.put_on_file)
        self.revoke = quiet(_("Revoke"), self._revoke)
        self.revoke.setVisible(letter is not None)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._weigh)
        self.fields.changed.connect(self._pause.start)
        self.fields.diagnoses.typed.connect(self._look_up)
        self._lay_out()
        if letter is None:
            self._weigh()
        else:
            self.setEnabled(False)
            self._runner.ask(lambda work: letters.details(work, letter), self._show, self._refused)

    def _lay_out(self) -> None:
        named = _("New letter") if self._letter is None else _("Letter")
        under = _("It counts once it says all that is ticked below.")
        lines = column(Head(named, under, self._counter.hide_panel), spacing=14, margin=18)
        lines.addLayout(self._parts)
        lines.addWidget(self._wanted)
        lines.addWidget(self.fields)
        lines.addWidget(self.drop)
        lines.addLayout(Flow(self.save, self.revoke, quiet(_("Leave it"), self._counter.hide_panel)))
        lines.addStretch(1)
        self.setLayout(lines)
        self.setFocusProxy(self.fields.kind if self._letter is None else self.fields.patient)

    def _show(self, details: Details) -> None:
        self._details = details
        self.fields.show_facts(details.kind, details.facts)
        self.drop.show_kept(details.scans)
        self.revoke.say(_("Revoke") if details.revoked_on is None else _("Reinstate"))
        self.setEnabled(True)
        self._weigh()

    # What it lacks

    def _weigh(self) -> None:
        query = partial(letters.completeness, kind=self.fields.kind.currentData(), facts=self.fields.facts())
        self._runner.ask(query, self._show_completeness, self._refused, latest="clients/letter")

    def _show_completeness(self, found: Completeness) -> None:
        """Tick what is there, part by part."""
        text.clear(self._parts)
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

    def _look_up(self, line: str) -> None:
        """Find the codes that fit the diagnosis somebody is typing."""
        query = partial(letters.diagnosis_search, typed=line, signed_on=self.fields.signed_on.day)
        offer = partial(self.fields.diagnoses.offer, line)
        self._runner.ask(query, offer, self._refused, latest="clients/diagnosis")

    # What can be done

    def put_on_file(self) -> None:
        """Keep what is typed, with the scan that waits."""
        self.save.setEnabled(False)
        facts = self.fields.facts()
        details = self._details
        if details is None:
            task = partial(
                _add,
                client=self._client,
                kind=self.fields.kind.currentData(),
                facts=facts,
                scan=self._waiting,
            )
            self._runner.do(task, self._added, self._refused)
            return
        changes = {
            name: fact for name, fact in facts.items() if (fact or None) != (details.facts[name] or None)
        }
        edit = partial(letters.edit, letter=details.id, changes=changes, version=details.version)
        self._runner.do(edit, partial(self._edited, changes), self._refused)

    def _added(self, _letter: LetterId) -> None:
        self._counter.hide_panel()
        self._counter.toast(_("The letter is on file"))

    def _edited(self, changes: dict[str, Any], before: dict[str, Any]) -> None:
        letter = self._letter
        self._counter.hide_panel()
        step = Step(
            _("change of letter"),
            back=lambda: self._write(letter, before),
            again=lambda: self._write(letter, changes),
        )
        self._counter.toast(_("Letter changed"), step if changes else None)

    def _write(self, letter: LetterId | None, facts: dict[str, Any]) -> None:
        """Write the facts back as they were, or again, whatever version the letter is at now."""
        if letter is not None:
            self._runner.do(partial(_rewrite, letter=letter, facts=facts), _nothing)

    def _revoke(self) -> None:
        details = self._details
        if details is None:
            return
        revoked = details.revoked_on is not None
        there, back = (letters.reinstate, letters.revoke) if revoked else (letters.revoke, letters.reinstate)
        said = _("Letter reinstated") if revoked else _("Letter revoked from today on")
        step = Step(
            _("reinstating of letter") if revoked else _("revoking of letter"),
            back=lambda: runner.do(partial(back, letter=details.id), _nothing),
            again=lambda: runner.do(partial(there, letter=details.id), _nothing),
        )
        runner = self._runner
        runner.do(partial(there, letter=details.id), partial(self._done, said, step), self._refused)

    def _done(self, said: str, step: Step, _answer: object) -> None:
        self._counter.hide_panel()
        self._counter.toast(said, step)

    def bring(self, path: Path) -> None:
        """Take a scan: kept at once with a letter on file, else once the letter is."""
        letter = self._letter
        if letter is None:
            self._waiting = path
            self.drop.show_waiting(path)
        else:
            self._runner.do(lambda work: _attach(work, letter, path), self._attached, self._refused)

    def _attached(self, kept: tuple[Scan, ...]) -> None:
        self.drop.show_kept(kept)
        self._counter.toast(_("The scan is kept with the letter"))

    def _open_scan(self, scan: Scan) -> None:
        self._runner.ask(lambda work: letters.scan(work, scan.id), partial(self._show_scan, scan))

    def _show_scan(self, scan: Scan, content: bytes) -> None:
        name = _("Scan of the letter")
        view = scans.ScanView(name, scan.media_type, content, self._counter.hide_panel)
        self._counter.show_panel(view)

    def _refused(self, refusal: Refusal) -> None:
        self.setEnabled(True)
        self.save.setEnabled(True)
        self.fields.form.refuse(refusal.at, sentence(refusal))


def _add(work: Any, *, client: Any, kind: Any, facts: dict[str, Any], scan: Path | None) -> LetterId:
    letter = letters.add(work, client=client, kind=kind, **facts)
    if scan is not None:
        letters.attach(work, letter, scans.read(scan))
    return letter


def _attach(work: Any, letter: LetterId, path: Path) -> tuple[Scan, ...]:
    letters.attach(work, letter, scans.read(path))
    return letters.scans(work, letter)


def _rewrite(work: Any, *, letter: LetterId, facts: dict[str, Any]) -> None:
    letters.edit(work, letter, facts, version=letters.details(work, letter).version)


def _nothing(_answer: object) -> None:
    """Wait for no answer: what was touched is shown by itself."""
