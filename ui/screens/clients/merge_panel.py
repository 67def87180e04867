"""Making two files of one person one: the other is found, both are seen side by side, and each detail is chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from clinic.office import clients, merging
from clinic.wording import _, day, ngettext
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.screens.clients.words import detail
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import link, primary, quiet
from ui.widgets.cards import column
from ui.widgets.fields import Choice, Search
from ui.widgets.flow import Flow
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from clinic.office.clients import Found
    from clinic.office.merging import Preview
    from clinic.values import ClientId, MergeId, Progress, Refusal
    from ui.screen import Counter

LEAST = 2


class MergePanel(QWidget):
    """The client whose page is open is kept; the one found here goes into it."""

    def __init__(self, counter: Counter, client: ClientId, name: str) -> None:
        super().__init__()
        self._counter, self._client, self._name = counter, client, name
        self._gone: ClientId | None = None
        self.search = Search(_("The other file: name or phone"))
        self.search.textChanged.connect(self._look)
        self._offers = column(spacing=8)
        self._told = column(spacing=8)
        self.form = Form()
        self.choices: dict[str, Choice] = {}
        self._said = text.label("", tone="refused", wrap=True)
        self._said.hide()
        self.leave = primary(_("Leave them apart"), counter.hide_panel)
        self.make_one = quiet(_("Make them one"), self._merge)
        self.make_one.setEnabled(False)
        under = _("What the other file holds moves into this one. It can be taken back for thirty days.")
        head = Head(_("Same person twice?"), under, counter.hide_panel)
        self._lines = column(head, self.search, spacing=14, margin=18)
        self._lines.addLayout(self._offers)
        self._lines.addLayout(self._told)
        self._lines.addWidget(self.form)
        self._lines.addWidget(self._said)
        self._lines.addLayout(Flow(self.leave, self.make_one))
        self._lines.addStretch(1)
        self.setLayout(self._lines)
        self.setFocusProxy(self.search)
        counter.runner.ask(partial(merging.alike, client=client), self._offer, self._refused)

    def _look(self, typed: str) -> None:
        if len(typed.strip()) >= LEAST:
            query = partial(clients.search, typed=typed, limit=8)
            self._counter.runner.ask(query, self._offer, self._refused, latest="clients/merge")

    def _offer(self, found: tuple[Found, ...]) -> None:
        text.clear(self._offers)
        for each in found:
            if each.id != self._client:
                facts = ", ".join(filter(None, (day(each.born) if each.born else "", each.phone or "")))
                self._offers.addLayout(
                    Flow(link(each.name, partial(self.choose, each.id)), text.caption(facts))
                )

    def choose(self, gone: ClientId) -> None:
        """Look at what making them one would do."""
        query = partial(merging.preview, kept=self._client, gone=gone)
        self._counter.runner.ask(query, self._show, self._refused)

    def _show(self, found: Preview) -> None:
        self._gone = found.gone.id
        text.clear(self._offers)
        text.clear(self._told)
        self._said.hide()
        heading = _("{gone} goes into {kept}").format(gone=found.gone.name, kept=found.kept.name)
        self._told.addWidget(text.section(heading))
        moving = sum(found.moving.values())
        told = ngettext("{n} record moves.", "{n} records move.", moving).format(n=moving)
        self._told.addWidget(text.soft(told, wrap=True))
        self._lines.removeWidget(self.form)
        self.form.deleteLater()
        self.form, self.choices = Form(), {}
        for name, (ours, theirs) in found.differing.items():
            choice = Choice([(_written(ours), False), (_written(theirs), True)])
            self.choices[name] = choice
            self.form.add(name, detail(name), choice)
        self._lines.insertWidget(4, self.form)
        self.make_one.setEnabled(True)

    def _merge(self) -> None:
        gone = self._gone
        if gone is None:
            return
        chosen = {name: bool(choice.currentData()) for name, choice in self.choices.items()}
        client = self._client

        def go(desk: Any, _progress: Progress) -> MergeId:
            return merging.make_one(desk, kept=client, gone=gone, chosen=chosen)

        self.make_one.setEnabled(False)
        self._counter.runner.long_do(go, self._merged, self._refused, words=_("Making two files one"))

    def _merged(self, merge: MergeId) -> None:
        runner = self._counter.runner
        step = Step(
            _("making two files one"),
            back=lambda: runner.do(partial(merging.take_back, merge_=merge), lambda _done: None),
        )
        self._counter.hide_panel()
        self._counter.toast(_("The two files are one"), step)

    def _refused(self, refusal: Refusal) -> None:
        self._said.setText(sentence(refusal))
        self._said.show()
        self.make_one.setEnabled(self._gone is not None)


def _written(value: Any) -> str:
    """Write a detail so that two can be told apart."""
    if hasattr(value, "year"):
        return day(value)
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if not isinstance(part, (dict, list)))
    if isinstance(value, (list, tuple)):
        return ", ".join(_written(part) if isinstance(part, dict) else str(part) for part in value)
    return str(value)
