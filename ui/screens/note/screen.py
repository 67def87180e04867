"""The treatment note: written between two visits, kept by itself, signed once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QSizePolicy, QWidget

from clinic.office import notes, phrases
from clinic.office.notes import Content
from clinic.wording import _, short_day
from clinic.wording.refusals import sentence
from ui.screen import Screen
from ui.screens.booking import BookFor, open_booking
from ui.screens.note import series
from ui.screens.note.foot import Foot
from ui.screens.note.head import Head
from ui.screens.note.middle import Middle
from ui.screens.note.page import OfNote, OfVisit, page_of
from ui.screens.note.paper import NotePaper
from ui.screens.note.reason import AskReason
from ui.screens.note.session import Session
from ui.screens.note.soap import Soap
from ui.shortcuts import shortcut
from ui.theme import theme
from ui.undo import Step
from ui.widgets.cards import column

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent

    from clinic.office.note_list import NoteRow
    from clinic.office.notes import Saved
    from clinic.office.phrases import PhraseRow
    from clinic.values import NoteId, Refusal, Topic
    from ui.screen import Counter
    from ui.screens.note.page import Page

AUTOSAVE_MS = 3_000
"""From the first thing typed to the draft: no more than this is ever lost."""
LEAST_HIGH = 240
WIDE, LEFT, RIGHT = 1_020, 340, 300
"""From this width on the three columns stand side by side, at the usual size of text."""


class Note(Screen):
    """The note of one visit."""

    key: ClassVar[str] = "note"
    icon: ClassVar[str] = "notebook-pen"
    under: ClassVar[str] = "today"
    topics: ClassVar[frozenset[Topic]] = frozenset()

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._wanted: OfVisit | OfNote | None = None
        self._page: Page | None = None
        self._kept = Content()
        """What the practice file knows; what is shown beyond that is not safe yet."""
        self._showing = False
        self.head = Head(self._go_back, self.copy_last)
        self.soap = Soap()
        self.middle = Middle()
        self.session = Session()
        self.foot = Foot(self.sign, self._rebook, self._charge, self._drop_draft, self._print)
        self._reason = AskReason(self._open_with_reason, self._go_back)
        self._reason.hide()
        for part in (self.soap, self.middle, self.session):
            part.changed.connect(self._changed)
        self.soap.phrase_kept.connect(self._keep_phrase)
        self.soap.last_asked.connect(self._open_last)
        self.soap.addendum_given.connect(self._add_addendum)
        self._autosave = QTimer(self, singleShot=True, interval=AUTOSAVE_MS)
        self._autosave.timeout.connect(self.save)
        self._lay_out()
        self._add_keys()

    @staticmethod
    def title() -> str:
        return _("Treatment note")

    def set_context(self, what: object) -> None:
        """Open on a visit or on a note; what was being written is put down first."""
        if isinstance(what, OfVisit | OfNote):
            self._put_down()
            self._wanted = what
            self._page = None
            self._body.hide()
            self.head.hide()
            self.foot.hide()
            self._reason.hide()

    def reload(self) -> None:
        """Open the note that is wanted; one that is being written is not disturbed."""
        wanted = self._wanted
        if wanted is None:
            self._body.hide()
            self.head.hide()
            self.foot.hide()
            self._reason.ask(_("A note is opened from its visit."), may_answer=False)
            self._reason.show()
        elif self._page is None:
            self.runner.ask(
                lambda work: page_of(work, wanted), self._show, self._ask_reason, latest="note/page"
            )

    def _open_with_reason(self, reason: str) -> None:
        wanted = self._wanted
        if wanted is not None:
            self.runner.ask(
                lambda work: page_of(work, wanted, reason), self._show, self._ask_reason, latest="note/page"
            )

    def _ask_reason(self, refusal: Refusal) -> None:
        """Ask why another's note is needed, or say why it does not open."""
        self._reason.ask(sentence(refusal), may_answer=refusal.code in {"reason_for_notes", "reason_missing"})
        self._reason.show()

    # Showing

    def _show(self, page: Page) -> None:
        self._reason.hide()
        self._page = page
        opened = page.opened
        content = opened.draft or opened.content
        self._kept = opened.content
        self.head.show_page(page)
        self.soap.offer_phrases(page.phrases)
        self.soap.show_last(page.last)
        writing = self._writing
        self.soap.show_addenda(opened.addenda, may_add=opened.signed_at is not None and opened.may_write)
        self._show_content(content)
        self.middle.show_past(page.past)
        self.middle.show_avoided(page.avoid)
        self.session.show_series(series.of(page))
        self.foot.show_page(page, writing=writing)
        for part in (self.head, self._body, self.foot):
            part.show()
        if writing:
            self.soap.parts["s"].writing.setFocus()

    def _show_content(self, content: Content) -> None:
        page, writing = self._page, self._writing
        if page is None:
            return
        self._showing = True
        self.soap.show_content(content, may_write=writing)
        self.middle.show_content(content, may_write=writing)
        self.session.show_content(content, page.series, page.opened.allergies, may_write=writing)
        self.session.minutes.setPlaceholderText(str(page.opened.minutes) if writing else "–")  # noqa: RUF001 - a dash
        self._showing = False

    @property
    def _writing(self) -> bool:
        return self._page is not None and self._page.opened.may_write and self._page.opened.signed_at is None

    def content(self) -> Content:
        """Give what the note says as it stands on the screen."""
        facts: dict[str, Any] = self.session.facts() | self.soap.words()
        treated = tuple(self.middle.treated.values())
        return Content(
            marks=self.middle.marks,
            treated=treated,
            areas=tuple(each.area for each in treated),
            **facts,
        )

    # Keeping

    def _changed(self) -> None:
        if self._writing and not self._showing:
            self.foot.say_unsaved()
            if not self._autosave.isActive():
                self._autosave.start()

    def save(self) -> None:
        """Keep the draft, if anything was changed since."""
        page = self._page
        self._autosave.stop()
        if page is None or not self._writing:
            return
        content = self.content()
        task = partial(notes.save_draft, appointment=page.opened.appointment, content=content)
        self.runner.do(task, self._saved, self._not_saved)

    def _saved(self, saved: Saved) -> None:
        self.foot.say_saved(saved.at)

    def _not_saved(self, refusal: Refusal) -> None:
        self.foot.say(sentence(refusal), refused=True)

    def keep(self) -> None:
        self._put_down()

    def _put_down(self) -> None:
        """Keep the note unsigned, as it stands, wherever one goes from here."""
        page = self._page
        self._autosave.stop()
        if page is None or not self._writing:
            self._page = None
            return
        content = self.content()
        self._page = None
        if content != self._kept or page.opened.draft is not None:
            task = partial(notes.put_down, appointment=page.opened.appointment, content=content)
            self.runner.do(task, _nothing, self._not_saved)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._put_down()

    # What is done from here

    def sign(self) -> None:
        """Sign the note as it stands."""
        page = self._page
        if page is None or not self._writing:
            return
        self._autosave.stop()
        task = partial(notes.sign, appointment=page.opened.appointment, content=self.content())
        self.foot.sign.setEnabled(False)
        self.runner.do(task, self._signed, self._not_signed)

    def _signed(self, _note: NoteId) -> None:
        self.foot.sign.setEnabled(True)
        self._page = None
        self.reload()
        self.counter.toast(_("Signed. What comes later is added as an addendum."))

    def _not_signed(self, refusal: Refusal) -> None:
        self.foot.sign.setEnabled(True)
        self.foot.say(sentence(refusal), refused=True)
        if refusal.at in self.soap.parts:
            self.soap.parts[refusal.at].writing.setFocus()

    def copy_last(self) -> None:
        """Take over what is usually so again from the last note."""
        page = self._page
        if page is None or page.last is None or not self._writing:
            return
        before = self.content()
        copied = replace(notes.copied(page.last.content), measures=before.measures)
        self._write(copied)
        said = _("Copied from {on}. Say what is different today.").format(on=short_day(page.last.at.date()))
        again = Step(_("copy of last note"), lambda: self._write(before), lambda: self._write(copied))
        self.counter.toast(said, again)

    def _write(self, content: Content) -> None:
        self._show_content(content)
        self._changed()

    def _drop_draft(self) -> None:
        """Go back to the note as it was last put down."""
        page = self._page
        if page is None:
            return
        draft = page.opened.draft or Content()
        self._show_content(page.opened.content)
        self.foot.show_page(page._replace(opened=replace(page.opened, draft=None)), writing=True)
        self._changed()
        self.counter.toast(
            _("What was typed since is put aside."),
            Step(_("putting aside"), lambda: self._write(draft)),
        )

    def _keep_phrase(self, part: str, words: str) -> None:
        self.runner.do(partial(phrases.keep, part=part, text=words), self._phrase_kept)

    def _phrase_kept(self, row: PhraseRow) -> None:
        page = self._page
        if page is not None and row not in page.phrases:
            self._page = page._replace(phrases=(*page.phrases, row))
            self.soap.offer_phrases(self._page.phrases)
        drop = partial(phrases.drop, phrase=row.id)
        step = Step(_("keeping of phrase"), lambda: self.runner.do(drop, _nothing))
        self.counter.toast(_("Kept. Type / in a note to find it."), step)

    def _add_addendum(self, words: str) -> None:
        page = self._page
        if page is not None and page.opened.note is not None:
            task = partial(notes.add_addendum, note=page.opened.note, text=words)
            self.runner.do(task, self._added, self._not_saved)

    def _added(self, _answer: object) -> None:
        self._page = None
        self.reload()
        self.counter.toast(_("The addendum stands with the note."))

    def _open_last(self, last: NoteRow) -> None:
        self.counter.go(self.key, OfNote(last.id, back="note"))

    def _print(self) -> None:
        """Show the signed note on paper beside the screen."""
        page = self._page
        if page is not None and page.opened.note is not None:
            self.counter.show_panel(NotePaper(self.counter, page.opened.note))

    def _rebook(self) -> None:
        if self._page is not None:
            opened = self._page.opened
            open_booking(self.counter, BookFor(opened.client, like=opened.appointment))

    def _charge(self) -> None:
        if self._page is not None:
            self.counter.go("till", self._page.opened.appointment)

    def _go_back(self) -> None:
        wanted = self._wanted
        client = self._page.opened.client if self._page is not None else None
        back = wanted.back if wanted is not None else "today"
        if back == "today" or client is None:
            self.counter.go("today")
        else:
            self.counter.go("clients", client)

    # Inside

    def _lay_out(self) -> None:
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(1)
        for part, share in ((self.soap, 7), (self.middle, 10), (self.session, 5)):
            self._columns.addWidget(part, share)
        inner = QWidget()
        inner.setObjectName("lines")
        inner.setLayout(self._columns)
        self._body = QScrollArea()
        self._body.setWidgetResizable(True)
        self._body.setFrameShape(QFrame.Shape.NoFrame)
        self._body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body.setWidget(inner)
        self._body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._body.setMinimumHeight(LEAST_HIGH)
        whole = column(self.head, self._reason, spacing=0)
        whole.addWidget(self._body, 1)
        whole.addWidget(self.foot)
        self.setLayout(whole)

    def _add_keys(self) -> None:
        shortcut(self, _("Sign the note"), "Ctrl+Return", self.sign)
        shortcut(self, _("Copy the last note"), "Ctrl+Shift+C", self.copy_last)
        shortcut(self, _("Back"), "Alt+Left", self._go_back)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.px(WIDE)
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )
        self.soap.setMinimumWidth(theme.px(LEFT) if wide else 0)
        self.session.setMinimumWidth(theme.px(RIGHT) if wide else 0)
        self.session.setMaximumWidth(theme.px(RIGHT + 30) if wide else 16_777_215)


def _nothing(_answer: object) -> None:
    """Wait for no answer."""
