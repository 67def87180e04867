"""Who the visit is for: somebody found while one types, or somebody new by name and phone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from clinic.office import clients
from clinic.wording import _, day, short_day
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import Button, link, small
from ui.widgets.cards import Card, column, row
from ui.widgets.fields import Line, Search
from ui.widgets.forms import Field, Form

if TYPE_CHECKING:
    from datetime import date

    from clinic.office.clients import Found
    from clinic.office.proposals import Usual
    from clinic.values import ClientId
    from ui.runner import Runner

SUGGESTED, ROW = 6, 30
RESTING_MS = 150
PERSON = Qt.ItemDataRole.UserRole
NOBODY = "new"


class Who(QWidget):
    """The client of a booking."""

    picked = Signal(object)
    """The id of a client found, or None where somebody new is taken on."""
    left = Signal()
    """The client was let go, to look for another."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self.client: ClientId | None = None
        self.new = False
        self._waiting = False
        self._asked = ""
        self.twins: list[Button] = []
        self.line = Search(_("Name, phone or birth date"))
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._ask)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Clients found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setProperty("role", "suggestions")
        self.list.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._take)
        self.list.hide()
        self.field = Field(_("Client"), self.line)
        self._searching = QWidget()
        self._searching.setLayout(column(self.field, self.list, spacing=4))
        self._name = text.label(weight="semibold", wrap=True)
        self._under = text.caption(wrap=True)
        self._chosen = Card(margin=12)
        top = row(self._name, spacing=8)
        top.setStretch(0, 1)
        self._change = link(_("Change"), self.start)
        self._change.setAccessibleName(_("Choose another client"))
        top.addWidget(self._change, 0, Qt.AlignmentFlag.AlignTop)
        self._chosen.body.setSpacing(2)
        self._chosen.body.addLayout(top)
        self._chosen.add(self._under)
        self._badge = column(spacing=0)
        self._chosen.body.addLayout(self._badge)
        self._resting = QTimer(self, singleShot=True, interval=RESTING_MS)
        self._resting.timeout.connect(self._ask_twins)
        self._lay_out_new()
        self.setLayout(column(self._searching, self._chosen, self._fresh, spacing=0))
        self._show(self._searching)

    def _lay_out_new(self) -> None:
        """Lay out what somebody new is asked for first: a name and a phone number."""
        self.given, self.family, self.phone = Line(), Line(), Line()
        self.form = Form(2)
        self.form.add("given_name", _("Given name"), self.given)
        self.form.add("family_name", _("Family name"), self.family)
        self.form.add("phone", _("Phone"), self.phone, wide=True, optional=True)
        self._fresh = QWidget()
        head = row(text.label(_("New client"), weight="semibold"))
        head.addStretch(1)
        head.addWidget(link(_("Look for a client instead"), self.start))
        fresh = column(spacing=8)
        fresh.addLayout(head)
        fresh.addWidget(self.form)
        self._twins = column(spacing=6)
        fresh.addLayout(self._twins)
        for line in (self.given, self.family, self.phone):
            line.textChanged.connect(lambda _typed: self._resting.start())
        self._fresh.setLayout(fresh)

    def start(self) -> None:
        """Look for a client."""
        let_go = self.client is not None or self.new
        self.client, self.new = None, False
        self._show(self._searching)
        self.line.selectAll()
        self.line.setFocus()
        if let_go:
            self.left.emit()

    def show_client(self, usual: Usual, today: date) -> None:
        """Show who was picked."""
        self.client = usual.client
        self._name.setText(usual.name)
        known = [usual.phone] if usual.phone else []
        known.append(
            _("last here {day}").format(day=_near(usual.last.date(), today))
            if usual.last
            else _("first visit")
        )
        self._under.setText(" \u00b7 ".join(known))
        self._chosen.setAccessibleName(_("Client: {name}").format(name=usual.name))
        text.clear(self._badge)
        if usual.missing:
            names = _missing()
            words = _("Still to ask: {what}").format(what=", ".join(names[each] for each in usual.missing))
            self._badge.addWidget(text.caption(words, wrap=True))
        self._show(self._chosen)

    def stay(self) -> None:
        """Let nobody else be chosen: the visit is this client's."""
        self._change.hide()

    @property
    def name(self) -> str:
        """The name of the client found; empty where nobody is."""
        return self._name.text() if self.client is not None else ""

    @property
    def known(self) -> bool:
        """Whether it is clear who comes."""
        return self.client is not None or self.new

    def _show(self, part: QWidget) -> None:
        for each in (self._searching, self._chosen, self._fresh):
            each.setVisible(each is part)

    def _ask(self, typed: str) -> None:
        self.field.say()
        self._asked = typed.strip()
        if self._asked:
            self._runner.ask(
                partial(clients.search, typed=self._asked, limit=SUGGESTED),
                partial(self._suggest, self._asked),
                latest="booking/clients",
            )
        else:
            self._waiting = False
            self.list.hide()

    def _suggest(self, typed: str, found: tuple[Found, ...]) -> None:
        if typed != self._asked:
            return
        self.list.clear()
        for person in found:
            item = QListWidgetItem(person.name + (f"  {person.phone}" if person.phone else ""))
            item.setData(PERSON, person.id)
            self.list.addItem(item)
        item = QListWidgetItem(theme.icon("user-plus", "accent"), _("New client “{name}”").format(name=typed))
        item.setData(PERSON, NOBODY)
        self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(theme.px(ROW) * self.list.count() + 2)
        for at in range(self.list.count()):
            self.list.item(at).setSizeHint(QSize(0, theme.px(ROW)))
        self.list.show()
        if self._waiting:
            self._waiting = False
            self._take(self.list.item(0))

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        self.list.hide()
        key = item.data(PERSON)
        if key == NOBODY:
            self.begin_new(self._asked)
        else:
            self.client = key
            self.picked.emit(key)

    def begin_new(self, typed: str) -> None:
        """Go on with what was typed as a name, or as a phone number."""
        self.new = True
        if any(sign.isdigit() for sign in typed):
            self.phone.setText(typed)
            typed = ""
        given, _space, family = typed.rpartition(" ")
        self.given.setText(given or family)
        self.family.setText(family if given else "")
        self._show(self._fresh)
        (self.phone if typed and given else self.family if typed else self.given).setFocus()
        self.picked.emit(None)

    def _ask_twins(self) -> None:
        """Look whether the one who is taken on is on file already."""
        if self.new:
            self._runner.ask(
                partial(
                    clients.twins,
                    given_name=self.given.text(),
                    family_name=self.family.text(),
                    phone=self.phone.text(),
                ),
                self._show_twins,
                latest="booking/twins",
            )

    def _show_twins(self, found: tuple[Found, ...]) -> None:
        text.clear(self._twins)
        self.twins = []
        if found and self.new:
            self._twins.addWidget(text.label(_("Already on file?"), weight="semibold"))
            for person in found:
                words = person.name + (f", {person.phone}" if person.phone else "")
                button = small(words, partial(self._take_twin, person), icon="user")
                button.setAccessibleName(_("Book for {name} instead").format(name=person.name))
                self.twins.append(button)
                self._twins.addWidget(button)

    def _take_twin(self, person: Found) -> None:
        self.new, self.client = False, person.id
        self.picked.emit(person.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the suggestions and take one while the hands stay on the line."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            key = Qt.Key(event.key())
            if key in steps and self.list.isVisible():
                at = self.list.currentRow() + steps[key]
                self.list.setCurrentRow(min(max(at, 0), self.list.count() - 1))
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._enter()
                return True
        return super().eventFilter(watched, event)

    def _enter(self) -> None:
        """Take the suggestion; where it has not come yet, take it when it does."""
        if not self._asked:
            self.field.say(_("Type a name, or a part of one."))
        elif self.list.isVisible() and not self._runner.busy:
            self._take(self.list.currentItem())
        else:
            self._waiting = True
            self._ask(self._asked)


def _near(on: date, today: date) -> str:
    return short_day(on) if on.year == today.year else day(on)


def _missing() -> dict[str, str]:
    return {
        "phone": _("phone"),
        "born": _("birth date"),
        "email": _("email"),
        "emergency": _("emergency contact"),
    }
