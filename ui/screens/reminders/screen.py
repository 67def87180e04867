"""The reminders: visits to confirm, clients due to come again, and what else waits; a key notes what came of it."""

from __future__ import annotations

from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QStackedWidget, QWidget

from clinic.office import attention, drafts, reminders
from clinic.office.attention import Why
from clinic.office.drafts import EVENT, Draft, Wanted
from clinic.values import Outcome, Topic
from clinic.wording import _, ngettext, weekday
from clinic.wording.refusals import sentence
from ui.screen import Offer, Screen
from ui.screens.booking import BookFor
from ui.screens.calendars import CalendarIn, CalendarsOut
from ui.screens.reminders.columns import of_clients, of_visits
from ui.screens.reminders.panels import AllDrafts, Words
from ui.screens.today import giving_up
from ui.screens.today.attention import Attention
from ui.screens.today.beside import clear
from ui.table import Column, Table
from ui.theme import theme
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import Segments, link, quiet, unticked
from ui.widgets.cards import Card, Empty, Page, column, row
from ui.widgets.flow import Flow
from ui.widgets.keyed import Keyed

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from clinic.office.attention import Item
    from clinic.office.booking import Moved
    from clinic.office.reminders import Call, Lists, Recorded
    from clinic.values import Refusal
    from ui.screen import Counter


class Opening(Enum):
    """What the reminders can be opened on besides their lists."""

    CALENDARS_OUT = auto()
    CALENDAR_IN = auto()


VISITS, AGAIN, PRACTICE = "visits", "again", "practice"
OURS = frozenset(Why) - {Why.UNPAID, Why.UNCHARGED, Why.FEE_OPEN}
"""What the practice itself has to see to: letters, notes, the backup, credentials."""
NARROW = ((3, 860), (2, 720))


class Reminders(Screen):
    """Whom to reach today."""

    key: ClassVar[str] = "reminders"
    icon: ClassVar[str] = "bell"
    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.CALENDAR, Topic.CLIENTS, Topic.LETTERS, Topic.NOTES, Topic.STAFF, Topic.PRACTICE}
    )

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._lists: Lists | None = None
        self._items: tuple[Item, ...] = ()
        self.parts = Segments(self._choices(), _("Which list"))
        self.parts.switched.connect(lambda _part: self._show_part())
        self._under = text.soft()
        self.visits = self._table(of_visits(), _("Visits to confirm"), _("Nobody has to be called today."))
        self.again = self._table(of_clients(), _("Due to come again"), _("Nobody is due to come again."))
        self.practice = Attention()
        self.all = quiet(_("All drafts"), self._ask_all, icon="mail")
        self._words = link(_("Words of reminders"), self._ask_words)
        self._lay_out()

    @staticmethod
    def title() -> str:
        return _("Reminders")

    @classmethod
    def offers(cls) -> tuple[Offer, ...]:
        return (
            Offer(_("Calendars for other programs"), "upload", "", Opening.CALENDARS_OUT),
            Offer(_("Take a calendar in"), "download", "", Opening.CALENDAR_IN),
        )

    def set_context(self, what: object) -> None:
        """Open with the panel that writes calendars, or takes one in."""
        if what is Opening.CALENDARS_OUT:
            self._show_panel(CalendarsOut(self.counter))
        elif what is Opening.CALENDAR_IN:
            panel = CalendarIn.choose(self, self.counter)
            if panel is not None:
                self._show_panel(panel)

    def reload(self) -> None:
        """Ask for the lists, and for what the practice has to see to."""
        self.runner.ask(reminders.lists, self._show, self._keep_off, latest="reminders/lists")
        self.runner.ask(attention.items, self._show_items, lambda _no: None, latest="reminders/items")

    # What is done from here

    def note(self, outcome: Outcome) -> None:
        """Keep what came of reaching the chosen one."""
        call = self._chosen
        if call is not None:
            task = partial(
                reminders.record, outcome=outcome, client=call.client, appointment=call.appointment
            )
            self.runner.do(task, partial(self._noted, outcome, task))

    def _noted(self, outcome: Outcome, task: partial[Recorded], recorded: Recorded) -> None:
        said = {
            Outcome.CONFIRMED: _("Confirmed."),
            Outcome.LEFT_MESSAGE: _("A message was left."),
            Outcome.NO_ANSWER: _("Nobody answered."),
            Outcome.CANCELLED: _("The visit is cancelled."),
            Outcome.WROTE: _("Noted that they were written to."),
        }[outcome]
        step = Step(
            _("note of the call"),
            lambda: self.runner.do(partial(reminders.take_back, recorded=recorded), self._say_nothing),
            lambda: self.runner.do(task, self._say_nothing),
        )
        self.counter.toast(said, step)
        self._go_on()

    def _go_on(self) -> None:
        """Go to the next one, as a finger on a paper list does."""
        view = self._table_shown.view
        at = view.currentIndex().row()
        if at + 1 < len(self._table_shown.model.rows):
            view.selectRow(at + 1)

    def cancel(self) -> None:
        """Ask why the visit is given up."""
        call = self._chosen
        if call is not None and call.appointment is not None:
            giving_up.cancel(self.counter, call.appointment, partial(self._cancelled, call))

    def _cancelled(self, _call: Call, _before: Moved) -> None:
        self._table_shown.view.setFocus()

    def write(self, kind: str) -> None:
        """Open the mail program, the phone or the calendar with a draft for the chosen one."""
        call = self._chosen
        if call is not None:
            wanted = Wanted(call.client, call.appointment, call.staff)
            self.runner.ask(
                partial(drafts.draft, wanted=wanted), partial(self._open_draft, kind), self._say_refusal
            )

    def _open_draft(self, kind: str, draft: Draft) -> None:
        url = {"mail": draft.mailto, "text": draft.sms}.get(kind, "")
        if kind == "event":
            self._save_event(draft)
        elif not url:
            no = (
                _("There is no email address on file.")
                if kind == "mail"
                else _("There is no number on file.")
            )
            self.counter.toast(no)
        elif QDesktopServices.openUrl(QUrl(url)):
            self.note(Outcome.WROTE)
        else:
            self.counter.toast(_("No program on this computer opens such a message."))

    def _save_event(self, draft: Draft) -> None:
        if not draft.event:
            self.counter.toast(_("There is no visit to write down."))
            return
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save for a calendar"), EVENT, _("Calendar (*.ics)")
        )
        if chosen:
            self.runner.outside(
                lambda _progress: drafts.save(draft.event, chosen),
                lambda _done: self.counter.toast(_("The entry for the calendar is saved.")),
                lambda no: self.counter.toast(sentence(no)),
            )

    def _ask_all(self) -> None:
        calls = [call for call in self._table_shown.model.rows if not call.reached]
        wanted = tuple(Wanted(call.client, call.appointment, call.staff) for call in calls)
        if not wanted or self._lists is None:
            self.counter.toast(_("Everybody on this list was reached."))
            return
        mails = sum(bool(call.email) for call in calls)
        self._show_panel(AllDrafts(self.counter, wanted, mails, self._lists.today))

    def _ask_words(self) -> None:
        self.runner.ask(
            drafts.templates, lambda said: self._show_panel(Words(self.counter, said, self.reload))
        )

    def _show_panel(self, panel: QWidget) -> None:
        self.counter.show_panel(panel)
        QTimer.singleShot(0, panel, panel.setFocus)

    # Showing

    @property
    def _table_shown(self) -> Table[Call]:
        return self.again if self.parts.chosen == AGAIN else self.visits

    @property
    def _chosen(self) -> Call | None:
        return self._table_shown.current

    def _show(self, lists: Lists) -> None:
        first = self._lists is None
        self._lists = lists
        self.visits.show_rows(tuple(sorted(lists.visits, key=lambda call: (call.reached, call.at))))
        self.again.show_rows(lists.again)
        self._words.setVisible(lists.may_write_templates)
        self.parts.offer(self._choices())
        self._show_part()
        if first and self.hasFocus():
            self._to_table()

    def _show_items(self, items: tuple[Item, ...]) -> None:
        self._items = tuple(item for item in items if item.why in OURS)
        if self._lists is not None:
            self.practice.show_items(self._items, self._lists.today)
        self.parts.offer(self._choices())

    def _show_part(self) -> None:
        part = self.parts.chosen
        self._stack.setCurrentIndex((VISITS, AGAIN, PRACTICE).index(part))
        self._foot.setVisible(part != PRACTICE and self._lists is not None and self._lists.may_change)
        self.all.setVisible(part != PRACTICE)
        for only in self._of_visits:
            only.setVisible(part == VISITS)
        self._book.setVisible(part == AGAIN)
        self._under.setText(self._explained())

    def _explained(self) -> str:
        lists = self._lists
        if lists is None:
            return ""
        if self.parts.chosen == VISITS:
            told = _("Visits of {days}").format(days=_(" and ").join(weekday(day) for day in lists.days))
        elif self.parts.chosen == AGAIN:
            told = _("Nothing booked, and the days of their plan, or three weeks, have gone by")
        else:
            return _("What the practice has to see to")
        if lists.left_alone:
            alone = ngettext(
                "{n} asked not to be contacted", "{n} asked not to be contacted", lists.left_alone
            ).format(n=lists.left_alone)
            return f"{told} · {alone}"
        return told

    def _choices(self) -> tuple[tuple[str, str], ...]:
        lists = self._lists
        visits = sum(not call.reached for call in lists.visits) if lists else 0
        again = len(lists.again) if lists else 0
        return (
            (VISITS, _("To confirm {n}").format(n=visits or "").strip()),
            (AGAIN, _("Due again {n}").format(n=again or "").strip()),
            (PRACTICE, _("The practice {n}").format(n=len(self._items) or "").strip()),
        )

    def _keep_off(self, _refusal: Refusal) -> None:
        self._card.hide()
        self._under.setText(_("Your role does not see the calendar."))

    def _say_refusal(self, refusal: Refusal) -> None:
        self.counter.toast(sentence(refusal))

    def _say_nothing(self, _answer: object) -> None:
        """Let the lists show it."""

    # Inside

    def _table(self, columns: tuple[Column[Call], ...], name: str, nothing: str) -> Table[Call]:
        table: Table[Call] = Table(
            columns,
            name=name,
            empty=Empty(nothing, icon="circle-check"),
            identity=lambda call: (call.client, call.appointment),
        )
        table.opened.connect(lambda call: self.counter.go("clients", call.client))
        for said, keys, run in self._acts():
            action = QAction(said, table.view)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(unticked(run))
            table.view.addAction(action)
        table.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.view.customContextMenuRequested.connect(partial(self._menu, table))
        return table

    def _acts(self) -> tuple[tuple[str, str, Callable[[], object]], ...]:
        return (
            (_("Confirmed"), "C", partial(self.note, Outcome.CONFIRMED)),
            (_("Left a message"), "L", partial(self.note, Outcome.LEFT_MESSAGE)),
            (_("No answer"), "N", partial(self.note, Outcome.NO_ANSWER)),
            (_("Cancel visit"), "Del", self.cancel),
            (_("Email"), "M", partial(self.write, "mail")),
            (_("Text message"), "T", partial(self.write, "text")),
            (_("For their calendar"), "I", partial(self.write, "event")),
            (_("Book again"), "B", self._book_again),
        )

    def _menu(self, table: Table[Call], place: QPoint) -> None:
        if table.current is not None:
            menu = QMenu(table)
            menu.addActions(table.view.actions())
            menu.popup(table.view.viewport().mapToGlobal(place))

    def _book_again(self) -> None:
        call = self._chosen
        if call is not None:
            self.counter.go("today", BookFor(call.client))

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        practice = Page(margin=15, on_card=True)
        practice.body.addWidget(self.practice)
        practice.body.addStretch(1)
        for part in (self.visits, self.again, practice):
            self._stack.addWidget(part)
        self.practice.followed.connect(self._clear)
        names = [self._act(*each) for each in self._acts()]
        self._of_visits = (names[0], names[3], names[6])
        self._book = names[7]
        self._foot = QWidget()
        acts = Flow(*names, spacing=8)
        acts.setContentsMargins(15, 9, 15, 11)
        self._foot.setLayout(acts)
        self._card = Card(margin=1)
        self._card.body.setSpacing(6)
        right = QWidget()
        right.setLayout(row(self._words, self.all, spacing=12))
        tools = Flow(self.parts, right, last_right=True)
        tools.setContentsMargins(15, 11, 15, 3)
        self._card.body.addLayout(tools)
        self._card.body.addWidget(self._stack, 1)
        self._card.body.addWidget(text.rule())
        self._card.body.addWidget(self._foot)
        lines = column(spacing=16, margin=20)
        lines.addLayout(Flow(text.title(self.title()), self._under, spacing=12))
        lines.addWidget(self._card, 1)
        self.setLayout(lines)
        self.setFocusProxy(self.visits.view)
        self.setMinimumHeight(theme.px(320))

    def _act(self, said: str, keys: str, run: Callable[[], object]) -> QWidget:
        """Make a button that shows its key."""
        return Keyed(said, keys, run)

    def _clear(self, item: Item) -> None:
        if self._lists is not None:
            clear(self.counter, item, self._lists.today, self.reload)

    def _to_table(self) -> None:
        view = self._table_shown.view
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._table_shown.current is None and self._table_shown.model.rows:
            view.selectRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for at, least in NARROW:
            for table in (self.visits, self.again):
                table.view.setColumnHidden(at, self.width() < theme.px(least))
