"""A client's papers of any time: chosen at the left, seen at the right as they will be printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from clinic.office import handouts
from clinic.office.handouts import Handout, Wanted
from clinic.values import Basis, ClientId
from clinic.wording import _, ngettext
from clinic.wording.reasons import phrase
from clinic.wording.refusals import sentence
from ui import printing
from ui.screens.till.claims import ClaimsPanel
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import Segments, icon_only, primary, quiet
from ui.widgets.cards import Card, Page, column, row
from ui.widgets.fields import Choice, Line
from ui.widgets.flow import Flow
from ui.widgets.forms import Form
from ui.widgets.paper import Paper
from ui.widgets.period import Period, today

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.office.handouts import Handed, Made
    from clinic.values import Refusal
    from ui.screen import Counter

PAGE_WIDTH = 356


@dataclass(frozen=True, slots=True)
class PapersOf:
    """A client whose papers are wanted, perhaps of one receipt."""

    client: ClientId
    name: str
    number: str = ""
    what: Handout = Handout.RECEIPTS


class Handouts(QWidget):
    """Which papers, of which time; preview, print, save, or a draft of a mail."""

    left = Signal()

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self._about: PapersOf | None = None
        self.made: Made | None = None
        self._title, self._told = text.title(""), text.soft("", wrap=True)
        may = counter.seat.allows("letter_change")  # whoever reads no letter names no diagnosis on paper
        superbills = [(_("Superbills"), Handout.SUPERBILLS)] if may else []
        self.what = Choice(
            [
                (_("Receipts"), Handout.RECEIPTS),
                *superbills,
                (_("Statement"), Handout.STATEMENT),
                (_("Credit notes"), Handout.CREDIT_NOTES),
                (_("Good-faith estimate"), Handout.ESTIMATE),
            ]
        )
        self.period = Period(today())
        self.basis = Segments(
            [(Basis.PAYMENT.value, _("Paid")), (Basis.SERVICE.value, _("Delivered"))], _("Which clock counts")
        )
        self.diagnosis = QCheckBox(_("Show the diagnosis, as the client wishes"))
        self.letters = QCheckBox(_("Letters may go along with the year's papers"))
        self.letters.toggled.connect(self._agree)
        self.units = Choice(
            [
                (_("as kept with the plan"), ""),
                (_("all minutes together (CMS)"), "CMS_8MIN"),
                (_("each code by itself (AMA)"), "AMA_SPM"),
            ]
        )
        self.password = Line()
        self.password.setEchoMode(QLineEdit.EchoMode.Normal)
        self.paper = Paper()
        self._note = text.label("", wrap=True)
        self.print = primary(_("Print"), self._print, icon="printer")
        self.save = quiet(_("Save as PDF"), self._save, icon="download")
        self.mail = quiet(_("Email draft"), self._draft, icon="file-text")
        self.claims = quiet(_("What can still be claimed"), self._open_claims)
        self.what.activated.connect(lambda _at: self._choose())
        self.period.changed.connect(self.reload)
        self.basis.switched.connect(self.reload)
        self.diagnosis.toggled.connect(self.reload)
        self.units.activated.connect(lambda _at: self.reload())
        self._lay_out()

    def _lay_out(self) -> None:
        head = row(icon_only("arrow-left", _("Back to the till"), self.left.emit), spacing=8)
        head.addLayout(column(self._title, self._told, spacing=2), 1)
        self._form = Form()
        self._form.add("what", _("Which papers"), self.what)
        self._form.add("first", _("Of which time"), self.period)
        self._form.add("basis", _("By the day it was"), self.basis)
        self._form.add("units", _("The payer counts minutes"), self.units)
        self._form.add("password", _("Password for the file"), self.password, optional=True)
        card = Card()
        card.add(self._form, self.diagnosis, self.letters)
        side = Page(margin=0)
        side.setFixedWidth(theme.px(PAGE_WIDTH))
        side.body.addWidget(card)
        side.body.addLayout(Flow(self.print, self.save, self.mail))
        side.body.addLayout(Flow(self.claims))
        side.body.addWidget(self._note)
        side.body.addStretch(1)
        parts = row(side, spacing=16)
        parts.addWidget(self.paper, 1)
        whole = column(spacing=16)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.addLayout(head)
        whole.addLayout(parts, 1)
        self.setLayout(whole)

    def open(self, about: PapersOf) -> None:
        """Begin with a client, or with one receipt of theirs."""
        self._about = about
        self._title.setText(about.name)
        self.what.choose(about.what)
        self.diagnosis.setChecked(False)
        self.password.clear()
        self.letters.hide()
        question = partial(handouts.lets_letters_go, client=about.client)
        self._counter.runner.ask(question, self._show_agreed, lambda _no: None, latest="till/letters")
        self._choose()

    def _show_agreed(self, agreed: bool) -> None:  # noqa: FBT001 - the answer of a question
        self.letters.blockSignals(True)  # noqa: FBT003 - Qt's own argument
        self.letters.setChecked(agreed)
        self.letters.blockSignals(False)  # noqa: FBT003 - as above
        self.letters.show()

    def _agree(self, agreed: bool) -> None:  # noqa: FBT001 - Qt hands it over so
        if self._about is not None:
            task = partial(handouts.agree_on_letters, client=self._about.client, agreed=agreed)
            self._counter.runner.do(task, lambda _done: None, self._refuse)

    @property
    def wanted(self) -> Wanted | None:
        """What is asked for now."""
        if self._about is None:
            return None
        first, last = self.period.days
        what = Handout(self.what.currentData())
        number = self._about.number if what in {Handout.RECEIPTS, Handout.SUPERBILLS} else ""
        wanted = Wanted(self._about.client, what, first, last, number, Basis(self.basis.chosen))
        shows = what in {Handout.RECEIPTS, Handout.STATEMENT} and self.diagnosis.isChecked()
        return replace(wanted, show_diagnosis=shows, unit_rule=self.units.currentData())

    def _choose(self) -> None:
        what = Handout(self.what.currentData())
        one = bool(self._about and self._about.number) and what in {Handout.RECEIPTS, Handout.SUPERBILLS}
        self._form["first"].setVisible(not one and what is not Handout.ESTIMATE)
        self._form["basis"].setVisible(what is Handout.STATEMENT)
        self._form["units"].setVisible(what is Handout.SUPERBILLS)
        may = self._counter.seat.allows("letter_change")
        self.diagnosis.setVisible(may and what in {Handout.RECEIPTS, Handout.STATEMENT})
        self._told.setText(
            _("Of receipt {number}").format(number=self._about.number)
            if one and self._about
            else _("Papers of any time, as they were issued")
        )
        self.reload()

    def reload(self) -> None:
        """Make the pages again."""
        wanted = self.wanted
        if wanted is not None:
            self.made = None
            self._ready(ready=False)
            self._counter.runner.ask(
                partial(handouts.make, wanted=wanted), self._show, self._refuse, latest="till/handout"
            )

    def _open_claims(self) -> None:
        if self._about is not None:
            self._counter.show_panel(ClaimsPanel(self._counter, self._about.client, self._about.name))

    def _ready(self, *, ready: bool) -> None:
        for button in (self.print, self.save, self.mail):
            button.setEnabled(ready)

    def _show(self, made: Made) -> None:
        self.made = made
        self._ready(ready=True)
        self.paper.show_pdf(made.pages)
        told = [ngettext("{n} paper", "{n} papers", made.papers).format(n=made.papers)]
        told += [_warned(code) for code in made.warnings]
        text.retone(self._note, "soft")
        self._note.setText("\n".join(told))

    def _refuse(self, refusal: Refusal) -> None:
        if refusal.at == "password":
            self._form.refuse("password", sentence(refusal))
            return
        self.paper.show_nothing()
        text.retone(self._note, "refused")
        self._note.setText(sentence(refusal))

    def _print(self) -> None:
        if self.made is None:
            return
        if not printing.has_printer():
            self._note.setText(_("There is no printer here. Save the papers as a PDF instead."))
            self.save.setFocus()
            return
        printing.ask_printer(self, self.made.pages, lambda: self._note.setText(_("Sent to the printer.")))

    def _file_name(self) -> str:
        wanted = self.wanted
        if wanted is None:
            return ""
        return wanted.number or f"{wanted.what.value}_{wanted.first}_{wanted.last}"

    def _save(self) -> None:
        self._write(printing.ask_file(self, self._file_name()))

    def _draft(self) -> None:
        self._write(printing.ask_draft(self, self._file_name()))

    def _write(self, path: Path | None) -> None:
        wanted = self.wanted
        if path is None or wanted is None:
            return
        self._form.clear_messages()
        task = partial(handouts.hand_out, wanted=wanted, path=path, password=self.password.text())
        self._counter.runner.do(task, self._written, self._refuse)

    def _written(self, handed: Handed) -> None:
        text.retone(self._note, "soft")
        self._note.setText(_("Saved in {folder}.").format(folder=handed.path.parent))


def _warned(code: str) -> str:
    words = {
        "W-UNITS": _("A code's minutes come to no unit of their own."),
        "W-NO-DIAGNOSIS": _("No diagnosis from a clinician: most insurers ask for one."),
    }
    return words.get(code) or f"{phrase(code)}."
