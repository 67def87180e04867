"""A breach of data: noted when it is noticed, and the days by which people have to be told."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox

from clinic.office import breaches
from clinic.wording import _, day, ngettext
from clinic.wording.refusals import sentence
from ui.screens.practice.entry import Entry, Field
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import quiet, small
from ui.widgets.cards import Card, column
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.office.breaches import Breach, Breaches, Noted
    from clinic.values import Refusal
    from ui.screen import Counter


class DataBreach(Card):
    """Note one, see the days, and note that people were told."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(_("Breach of data"))
        self._counter = counter
        self._shown: Breaches | None = None
        said = _(
            "A laptop or a copy in other hands is a breach where it was open; an encrypted file alone is none. "
            "California wants the people concerned told within 30 days of the day it was noticed."
        )
        self.covered = QCheckBox(_("This practice is a covered entity under HIPAA"))
        self.covered.clicked.connect(self._cover)
        self.listed = column(spacing=10)
        self.begin = quiet(_("Note a breach"), self.ask)
        self.add(text.soft(said, wrap=True), self.covered)
        self.body.addLayout(self.listed)
        self.body.addLayout(Flow(self.begin))

    def reload(self) -> None:
        """Look again."""
        self._counter.runner.ask(
            breaches.noted, self._show, lambda _refusal: self.hide(), latest="settings/breach"
        )

    def _show(self, found: Breaches) -> None:
        self._shown = found
        self.covered.setChecked(found.covered)
        text.clear(self.listed)
        for noted in found.noted:
            self.listed.addLayout(self._line(noted))
        self.show()

    def _line(self, noted: Noted) -> Any:
        breach, days = noted.breach, noted.deadlines
        head = ngettext("{day}, {n} person", "{day}, {n} people", breach.people).format(
            day=day(breach.discovered), n=f"{breach.people:,}"
        )
        told = (
            [_("told on {day}").format(day=day(breach.told_on))]
            if breach.told_on
            else [_("tell the people concerned by {day}").format(day=day(days.residents))]
        )
        if days.hipaa and not breach.told_on:
            told.append(_("HIPAA: by {day} at the latest").format(day=day(days.hipaa)))
        if days.attorney_general:
            told.append(_("a sample to the Attorney General by {day}").format(day=day(days.attorney_general)))
        lines = column(text.label(head, wrap=True), text.caption("; ".join(told), wrap=True), spacing=2)
        if breach.what:
            lines.addWidget(text.caption(breach.what, wrap=True))
        if breach.told_on is None:
            lines.addLayout(Flow(small(_("They are told"), partial(self._tell, breach))))
        return lines

    def ask(self) -> None:
        """Ask what is known of a breach."""
        if self._shown is None:
            return
        fields = (
            Field("discovered", _("Noticed on"), day=True, needed=True),
            Field("people", _("How many people it is about"), number=True, needed=True),
            Field("what", _("What happened, without names")),
        )
        entry = Entry(self._counter, _("Breach of data"), fields, self._shown.today, self._note)
        self._counter.show_panel(entry)
        self._entry = entry

    def _note(self, facts: Mapping[str, Any]) -> None:
        task = partial(
            breaches.note,
            discovered=date.fromisoformat(facts["discovered"]),
            people=int(facts["people"]),
            what=facts.get("what", ""),
        )
        self._counter.runner.do(task, self._noted, self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self._entry.form.refuse(refusal.at, sentence(refusal))

    def _noted(self, before: tuple[Breach, ...]) -> None:
        self._counter.hide_panel()
        self._kept(_("The breach is noted; Today says by when people are told"), before)

    def _tell(self, breach: Breach) -> None:
        said = _("Noted that they are told")
        self._counter.runner.do(partial(breaches.tell, breach=breach), partial(self._kept, said))

    def _kept(self, said: str, before: tuple[Breach, ...]) -> None:
        self.reload()
        back = partial(self._counter.runner.do, partial(breaches.undo, before=before), self._put_back)
        self._counter.toast(said, Step(_("note of a breach"), back))

    def _put_back(self, _done: object) -> None:
        self.reload()

    def _cover(self, on: bool) -> None:  # noqa: FBT001 - what Qt's signal brings
        self._counter.runner.do(partial(breaches.cover, covered=on), self._put_back)
