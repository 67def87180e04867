"""Recording that a certificate or an insurance was renewed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from clinic.office import credentials
from clinic.office.attention import Why
from clinic.wording import _, day
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.screens.today.attention import apart
from ui.undo import Step
from ui.widgets.buttons import primary
from ui.widgets.cards import column
from ui.widgets.dates import DayLine
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from datetime import date

    from clinic.office.attention import Item
    from clinic.office.credentials import Before
    from clinic.values import Refusal
    from ui.screen import Counter


class Renewal(QWidget):
    """Asks for one day: until when it is valid now."""

    def __init__(self, counter: Counter, item: Item, today: date) -> None:
        super().__init__()
        self._counter = counter
        self._item = item
        certificate = item.why is Why.CERTIFICATE_ENDS
        self.until = DayLine(today)
        self.until.returnPressed.connect(self._record)
        self._form = Form()
        self._form.add("until", _("Valid to"), self.until)
        head = Head(
            _("Certificate renewed") if certificate else _("Insurance renewed"),
            _("{name}, until now valid to {on}").format(
                name=apart(item.name), on=day(item.on) if item.on else ""
            ),
            counter.hide_panel,
        )
        lines = column(head, self._form, primary(_("Record renewal"), self._record), spacing=16, margin=18)
        lines.addStretch(1)
        self.setLayout(lines)
        self.setFocusProxy(self.until)

    def _record(self) -> None:
        until, staff = self.until.day, self._item.staff
        if until is None or staff is None:
            self._form.refuse("until", _("Type a day, such as aug 31 2028."))
            return
        renew = (
            credentials.renew_certificate
            if self._item.why is Why.CERTIFICATE_ENDS
            else credentials.renew_policy
        )
        self._counter.runner.do(partial(renew, staff=staff, until=until), self._recorded, self._refused)

    def _recorded(self, before: Before) -> None:
        runner = self._counter.runner
        self._counter.hide_panel()
        self._counter.toast(
            _("The renewal is recorded."),
            Step(
                _("renewal"),
                lambda: runner.do(partial(credentials.put_back, before=before), lambda _done: None),
            ),
        )

    def _refused(self, refusal: Refusal) -> None:
        self._form.refuse(refusal.at, sentence(refusal))
