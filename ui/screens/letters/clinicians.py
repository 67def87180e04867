"""The directory of the other clinicians: found by name, put right in place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from clinic.office import clinicians, taking_back
from clinic.wording import _
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.undo import Step
from ui.unfinished import Way
from ui.widgets import text
from ui.widgets.buttons import link, primary, quiet
from ui.widgets.cards import column
from ui.widgets.fields import Line, Search
from ui.widgets.flow import Flow
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.office.clinicians import Known
    from clinic.values import ClinicianId, Refusal
    from ui.screen import Counter

SHOWN = 40


class Clinicians(QWidget):
    """Everybody outside the practice who signs, refers or is written to."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        under = _(
            "Who signs letters, refers, and is written to. Signers of letters stand here by themselves."
        )
        self.search = Search(_("Name, practice or NPI"))
        self.search.textChanged.connect(self.ask)
        self.new = primary(_("New clinician"), lambda: self._open(None), icon="user-plus")
        self._found = column(spacing=10)
        lines = column(Head(_("Clinicians"), under, counter.hide_panel), self.search, spacing=14, margin=18)
        lines.addLayout(Flow(self.new))
        lines.addLayout(self._found)
        lines.addStretch(1)
        self.setLayout(lines)
        self.setFocusProxy(self.search)
        self.ask()

    def ask(self, _typed: str = "") -> None:
        """Look again."""
        query = partial(clinicians.directory, typed=self.search.text(), limit=SHOWN)
        self._counter.runner.ask(query, self._show, latest="letters/clinicians")

    def _show(self, found: tuple[Known, ...]) -> None:
        text.clear(self._found)
        for known in found:
            told = ", ".join(filter(None, (known.practice, known.phone)))
            told = told or ("" if known.id else _("signed a letter on file"))
            line = column(link(known.called, partial(self._open, known)), text.caption(told), spacing=0)
            self._found.addLayout(line)
        if not found:
            self._found.addWidget(text.soft(_("Nobody is found by these words."), wrap=True))

    def _open(self, known: Known | None) -> None:
        self._counter.show_panel(EditClinician(self._counter, known))


def _fields() -> tuple[tuple[str, str, bool], ...]:
    return (
        ("name", _("Name"), True),
        ("credential", _("Credential"), False),
        ("npi", _("NPI"), False),
        ("licence", _("License"), False),
        ("practice", _("Practice"), False),
        ("phone", _("Phone"), False),
        ("fax", _("Fax"), False),
        ("email", _("Email"), True),
        ("address.street", _("Street"), True),
        ("address.city", _("City"), False),
        ("address.region", _("State"), False),
        ("address.postal", _("ZIP code"), False),
    )


class EditClinician(QWidget):
    """One clinician, new or to be put right."""

    def __init__(self, counter: Counter, known: Known | None) -> None:
        super().__init__()
        self._counter, self._known = counter, known
        self.way = Way("letters", "clinician") if known is None else None
        self.form = Form(2)
        self.lines: dict[str, Line] = {}
        for key, name, wide in _fields():
            self.lines[key] = Line(_shown(known, key))
            self.lines[key].setCursorPosition(0)
            self.form.add(key, name, self.lines[key], wide=wide, optional=key != "name")
        self.save = primary(_("Keep"), self.keep)
        head = Head(_("Clinician"), _("As they sign, and where they are reached."), counter.hide_panel)
        lines = column(head, self.form, spacing=16, margin=18)
        lines.addLayout(Flow(self.save, quiet(_("All clinicians"), self._back)))
        lines.addStretch(1)
        self.setLayout(lines)
        self.setFocusProxy(self.lines["name"])

    def facts(self) -> dict[str, Any]:
        """Read out what is typed."""
        typed = {key: line.text().strip() or None for key, line in self.lines.items()}
        address = {key.partition(".")[2]: typed.pop(key) for key in list(typed) if "." in key}
        address = {part: value for part, value in address.items() if value}
        return {**typed, "address": address or None}

    def keep(self) -> None:
        """Keep what is typed."""
        facts, known = self.facts(), self._known
        runner = self._counter.runner
        if known is None or known.id is None:
            runner.do(partial(clinicians.keep, facts=facts), partial(self._kept, facts), self._refused)
            return
        task = partial(clinicians.edit, clinician=known.id, changes=facts, version=known.version)
        runner.do(task, partial(self._changed, known.id, facts), self._refused)

    def _kept(self, facts: Mapping[str, Any], clinician: ClinicianId) -> None:
        runner = self._counter.runner
        step = Step(
            _("new clinician"),
            back=lambda: runner.do(partial(taking_back.clinician, clinician=clinician), _nothing),
            again=lambda: runner.do(partial(clinicians.keep, facts=facts, again=clinician), _nothing),
        )
        self._back()
        self._counter.toast(_("The clinician is in the directory"), step)

    def _changed(self, clinician: ClinicianId, facts: Mapping[str, Any], before: Mapping[str, Any]) -> None:
        runner = self._counter.runner
        step = Step(
            _("change of clinician"),
            back=lambda: runner.do(partial(_rewrite, clinician=clinician, facts=before), _nothing),
            again=lambda: runner.do(partial(_rewrite, clinician=clinician, facts=facts), _nothing),
        )
        self._back()
        self._counter.toast(_("Clinician changed"), step)

    def _back(self) -> None:
        self._counter.show_panel(Clinicians(self._counter))

    def _refused(self, refusal: Refusal) -> None:
        self.form.refuse(refusal.at, sentence(refusal))


def _shown(known: Known | None, key: str) -> str:
    if known is None:
        return ""
    whole, _dot, part = key.partition(".")
    value = (known.address or {}).get(part) if part else getattr(known, whole)
    return str(value or "")


def _rewrite(work: Any, *, clinician: ClinicianId, facts: Mapping[str, Any]) -> None:
    clinicians.edit(work, clinician, facts, version=clinicians.details(work, clinician).version)


def _nothing(_answer: object) -> None:
    """Wait for no answer: what was touched is shown by itself."""
