"""Taking on a client: a name is enough, the rest follows on their page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from clinic.office import clients
from clinic.wording import _
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.undo import Step
from ui.unfinished import Way
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import column
from ui.widgets.fields import Line
from ui.widgets.flow import Flow
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from clinic.values import ClientId, Refusal
    from ui.screen import Counter


class NewClient(QWidget):
    """The panel that takes somebody on and opens their page."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self.way = Way("clients", "client")
        self.given, self.family, self.phone = Line(), Line(), Line()
        self.form = Form()
        self.form.add("given_name", _("Given name"), self.given)
        self.form.add("family_name", _("Family name"), self.family)
        self.form.add("phone", _("Phone"), self.phone, optional=True)
        self.save = primary(_("Add client"), self.take_on, icon="user-plus")
        for line in (self.given, self.family, self.phone):
            line.returnPressed.connect(self.take_on)
        lines = column(
            Head(
                _("New client"),
                _("A name is enough. The rest can follow on their page."),
                counter.hide_panel,
            ),
            self.form,
            spacing=16,
            margin=18,
        )
        lines.addLayout(Flow(self.save, quiet(_("Leave it"), counter.hide_panel)))
        lines.addStretch(1)
        self.setLayout(lines)
        self.setFocusProxy(self.given)

    def take_on(self) -> None:
        """Put the client on file."""
        self.save.setEnabled(False)
        task = partial(
            clients.create,
            given_name=self.given.text().strip(),
            family_name=self.family.text().strip(),
            phone=self.phone.text().strip() or None,
        )
        self._counter.runner.do(task, self._taken_on, self._refused)

    def _taken_on(self, client: ClientId) -> None:
        self._counter.hide_panel()
        self._counter.go("clients", client)
        runner = self._counter.runner
        step = Step(
            _("new client"),
            back=lambda: runner.do(partial(clients.archive, client=client), _nothing),
            again=lambda: runner.do(partial(clients.unarchive, client=client), _nothing),
        )
        self._counter.toast(_("The client is on file"), step)

    def _refused(self, refusal: Refusal) -> None:
        self.save.setEnabled(True)
        self.form.refuse(refusal.at, sentence(refusal))


def _nothing(_answer: object) -> None:
    """Wait for no answer: the list shows whether the client is there."""
