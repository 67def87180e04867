"""Recording that a certificate, an insurance or a registration was renewed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from clinic.office import certificates, credentials
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
    from collections.abc import Callable
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
        renewed = {
            Why.CERTIFICATE_ENDS: _("Certificate renewed"),
            Why.POLICY_ENDS: _("Insurance renewed"),
            Why.REGISTRATION_ENDS: _("Registration renewed"),
        }
        self.until = DayLine(today)
        self.until.returnPressed.connect(self._record)
        self._form = Form()
        self._form.add("until", _("Valid to"), self.until)
        head = Head(
            renewed[item.why],
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
        until, item = self.until.day, self._item
        if until is None:
            self._form.refuse("until", _("Type a day, such as aug 31 2028."))
            return
        if item.staff is None:
            city = partial(credentials.renew_registration, city=item.name, until=until)
            self._counter.runner.do(city, self._registered, self._refused)
        elif item.why is Why.CERTIFICATE_ENDS:
            certificate = partial(credentials.renew_certificate, staff=item.staff, until=until)
            self._counter.runner.do(certificate, self._recorded, self._refused)
        else:
            policy = partial(credentials.renew_policy, staff=item.staff, until=until, kind=item.what)
            self._counter.runner.do(policy, self._recorded, self._refused)

    def _registered(self, before: list[dict[str, Any]]) -> None:
        self._told(partial(certificates.write_registrations, registrations=before))

    def _recorded(self, before: Before) -> None:
        self._told(partial(credentials.put_back, before=before))

    def _told(self, back: Callable[[Any], object]) -> None:
        runner = self._counter.runner
        self._counter.hide_panel()
        self._counter.toast(
            _("The renewal is recorded."),
            Step(
                _("renewal"),
                lambda: runner.do(back, lambda _done: None),
            ),
        )

    def _refused(self, refusal: Refusal) -> None:
        self._form.refuse(refusal.at, sentence(refusal))
