"""Beside the year's end: the books of the year, the sheet that closes it, and closing it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic.office import papers, years
from clinic.values import NOTHING
from clinic.wording import _, day, money, ngettext
from clinic.wording.refusals import sentence
from ui import printing
from ui.again import ask_again
from ui.panel import Head
from ui.widgets import text
from ui.widgets.buttons import quiet
from ui.widgets.cards import Facts
from ui.widgets.fields import Line
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.office.years import YearBooks
    from clinic.values import Progress, Refusal
    from ui.screen import Counter


class BooksPanel(QWidget):
    """The numbers of a year, its closing sheet as a PDF, and the button that closes it."""

    def __init__(self, counter: Counter, year: int) -> None:
        super().__init__()
        self._counter, self._year = counter, year
        self.books: YearBooks | None = None
        self._goes_to: Path | None = None
        self._facts = Facts()
        self._told = text.soft("", wrap=True)
        self.save = quiet(_("Closing sheet as PDF"), self._save, icon="download")
        self.reason = Line()
        self.form = Form()
        self.form.add("reason", _("Reason"), self.reason)
        self.close_year = quiet("", self._close, icon="lock")
        self.reason.returnPressed.connect(self._close)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(18, 18, 18, 18)
        lines.setSpacing(16)
        head = Head(
            _("Books of {year}").format(year=year),
            _("Numbers without a gap, and what they say"),
            counter.hide_panel,
        )
        for thing in (head, self._facts, self.save, self._told, self.form, self.close_year):
            lines.addWidget(thing)
        lines.addStretch(1)
        self.form.hide()
        self.close_year.hide()
        self.reload()

    def reload(self) -> None:
        """Ask for the year's books."""
        question = partial(years.of_year, year=self._year)
        self._counter.runner.ask(question, self._show, self._say_no, latest="year_end/books")

    def _show(self, books: YearBooks) -> None:
        self.books = books
        sheet = books.sheet
        facts = []
        for each in sheet.numbers:
            name = _("Receipts") if each.series.startswith("R") else _("Credit notes")
            facts.append((name, f"{each.series}-{sheet.year}-{each.first:06d} \u2013 {each.last:06d}"))
            missing = ngettext("{n} number", "{n} numbers", each.missing).format(n=each.missing)
            facts.append((_("Missing"), missing if each.missing else _("none")))
        facts += [
            (_("Void"), str(len(sheet.voids))),
            (_("Came in"), money(sum((amount for _how, amount in sheet.methods), start=NOTHING))),
            (_("Paid back in it"), money(sheet.paid_back)),
            (_("Made"), day(sheet.made_at.date())),
        ]
        self._facts.show_facts(facts)
        if books.closed:
            self._told.setText(
                _("The year is closed: nothing is dated into it, and none of its receipts is voided.")
            )
        elif not books.over:
            self._told.setText(_("The year can be closed once it is over."))
        else:
            self._told.setText(
                _(
                    "Close the year once everybody has their papers. A later mistake is put right by a credit note."
                )
            )
        self.close_year.say(
            _("Open the year again") if books.closed else _("Close {year}").format(year=self._year)
        )
        self.close_year.setVisible(books.over)
        self.form.setVisible(books.over)

    def _save(self) -> None:
        self._goes_to = printing.ask_file(self, _("Closing sheet {year}").format(year=self._year))
        if self._goes_to is not None:
            question = partial(years.closing_sheet, year=self._year)
            self._counter.runner.ask(question, self._write, self._say_no, latest="year_end/sheet")

    def _write(self, pages: bytes) -> None:
        goes_to = self._goes_to
        if goes_to is None:
            return

        def write(_progress: Progress) -> Path:
            papers.put(goes_to, pages)
            return goes_to

        self._counter.runner.outside(
            write, lambda path: self._told.setText(_("Saved in {folder}.").format(folder=path.parent))
        )

    def _close(self) -> None:
        if self.books is None:
            return
        task = years.open_again if self.books.closed else years.close
        made = partial(task, year=self._year, reason=self.reason.text())
        self._counter.runner.do(made, self._closed, self._say_no)

    def _closed(self, _done: None) -> None:
        closed = self.books is not None and not self.books.closed
        self.reason.clear()
        self.form.clear_messages()
        words = _("{year} is closed") if closed else _("{year} is open again")
        self._counter.toast(words.format(year=self._year))
        self.reload()

    def _say_no(self, refusal: Refusal) -> None:
        if refusal.code == "password_again":
            ask_again(self, self._counter, self._close)
        else:
            self.form.show()
            self.form.refuse(refusal.at, sentence(refusal))
