"""The kiosk itself: page after page, each kept as it is filled in, and a password to leave."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from clinic import wording
from clinic.office import kiosk
from clinic.office.forms import questionnaire
from clinic.wording import day
from clinic.wording.refusals import sentence
from ui.asking.control import Manner, Press, first_in
from ui.asking.page import PageView
from ui.kiosk.foot import Foot
from ui.kiosk.guard import Guard
from ui.kiosk.leaving import Leaving
from ui.kiosk.pages import Before, Hello, SignPage, Thanks
from ui.theme import theme
from ui.widgets import text
from ui.widgets.cards import column, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.kiosk import Begun
    from clinic.values import ClientId, Refusal
    from ui.screen import Counter

WIDE = 880
SIZES = (125, 160, 200)
"""Sizes of text on the kiosk, in percent: nobody is asked to read what the desk reads."""
SAVED_MS = 2_500
"""How soon after the last answer a page half filled in is kept."""


class Kiosk(QWidget):
    """The form as a client sees it; it holds answers only until they are kept."""

    done = Signal()
    """The password was given, and the window is the practice's again."""

    def __init__(self, counter: Counter, begun: Begun) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._counter = counter
        self._runner = counter.runner
        self._begun: Begun | None = begun
        self._client = begun.client
        self._manner = Manner(begun.now, wording.language(), touch=True)
        self._before = (wording.language(), theme.percent)
        self._answers: dict[str, dict[str, Any] | None] = {}
        """Pages filled in at this sitting; None where nothing has changed."""
        self._draft = dict(begun.kept)
        self._opened: set[str] = set()
        """Pages of which the client said that something has changed."""
        self._at = -1
        self._warned = False
        self.view: QWidget | None = None
        self._guard = Guard(self)
        self._saving = QTimer(self, singleShot=True, interval=SAVED_MS)
        self._saving.timeout.connect(self._save)
        self._lay_out()
        theme.choose(percent=max(SIZES[0], theme.percent))
        self.show_page(-1)

    # For the window

    def stand(self) -> None:
        """Take the window over."""
        self._guard.stand()
        self._begin_at_first()

    def rest(self) -> None:
        """Go back to the first page after nobody has touched it for a while; what was filled in stays."""
        self._collect()
        self._save()
        if self._begun is not None:
            self.show_page(-1)

    def let_go(self) -> None:
        """Give the window back: the guard goes, the text and the language are the practice's again."""
        self._saving.stop()
        self._guard.leave()
        language, percent = self._before
        wording.speak(language)
        theme.choose(percent=percent)

    # Going through

    @property
    def pages(self) -> tuple[Any, ...]:
        """The pages of questions."""
        return questionnaire().pages["full"]

    def show_page(self, at: int) -> None:
        """Show a page: -1 the welcome, then the questions, then the signature."""
        begun = self._begun
        if begun is None:
            return
        self._at, self._warned = at, False
        self._say("")
        if at < 0:
            self._put(Hello(begun, self._manner, self.go_on))
        elif at == len(self.pages):
            sign = SignPage(begun, self._manner)
            sign.changed.connect(lambda: self._say(""))
            self._put(sign)
        else:
            self._put(self._view_of(begun, at))
        self._fit_buttons()
        self._begin_at_first()

    def _view_of(self, begun: Begun, at: int) -> QWidget:
        page = self.pages[at]
        filled = self._answers.get(page.id)
        if filled is not None or page.id in self._opened:
            return self._questions(page, filled)
        told_before = page.id in self._answers or page.id in self._draft
        if told_before or begun.last_on is not None:
            return self._earlier(begun, page, kept=told_before)
        return self._questions(page, None)

    def _questions(self, page: Any, answers: dict[str, Any] | None) -> PageView:
        view = PageView(page, self._manner, frozenset(q.id for q in page.questions) - {"M01"})
        begun = self._begun
        known = begun.before if begun is not None and begun.before is not None else {}
        drafted = self._draft.get(page.id) or {}
        elsewhere = {k: v for told in self._answers.values() for k, v in (told or {}).items()}
        view.show_answers({**known, **elsewhere, **drafted, **(answers or {})})
        view.changed.connect(self._said)
        return view

    def _earlier(self, begun: Begun, page: Any, *, kept: bool) -> Before:
        unchanged = page.id in begun.unchanged or page.id in self._answers
        shown = self._draft.get(page.id) if kept and not unchanged else begun.before
        on = day(begun.last_on, language=self._manner.language) if begun.last_on else ""
        hidden = shown is None
        word = "done_already" if kept else "hidden" if hidden else "last_time"
        view = Before(page, self._manner, shown, self._manner.word(word, day=on), kept=kept)
        view.same.connect(partial(self._same, page.id, kept=kept))
        view.other.connect(partial(self._other, page.id))
        return view

    def _same(self, page: str, *, kept: bool) -> None:
        if kept:
            self._step(1)
            return
        self._keep(page, None)

    def _other(self, page: str) -> None:
        self._opened.add(page)
        self._answers.pop(page, None)
        self.show_page(self._at)

    def _said(self) -> None:
        self._warned = False
        self._say("")
        self._saving.start()

    def go_on(self) -> None:
        """Keep the page and turn to the next; what is still open is said once."""
        view = self.view
        if isinstance(view, SignPage):
            self._finish(view)
        elif isinstance(view, PageView):
            open_ = view.open_questions()
            if open_ and not self._warned:
                view.mark_open()
                self._warned = True
                named = [self._manner.say(view.cards[key].asked.part.text) for key in open_]
                self._say(self._manner.word("still_open", what="; ".join(named)))
                self.next.setText(self._manner.word("leave_open"))
                self.next.setAccessibleName(self.next.text())
                self._scroll.ensureWidgetVisible(view.cards[next(iter(open_))], 0, 40)
                return
            self._keep(view.page.id, view.answers)
        elif isinstance(view, Before):
            view.keep.click()
        else:
            self._step(1)

    def go_back(self) -> None:
        """Turn to the page before; what was filled in here stays."""
        self._collect()
        self._step(-1)

    def _step(self, by: int) -> None:
        self.show_page(self._at + by)
        self._scroll.verticalScrollBar().setValue(0)

    def _begin_at_first(self) -> None:
        """Let the keys begin at the first answer of the page, not at what stands above it."""
        view = self.view
        first = None if view is None else first_in(view)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    # Keeping

    def _collect(self) -> None:
        if isinstance(self.view, PageView) and self.view.answers:
            self._answers[self.view.page.id] = self.view.answers

    def _keep(self, page: str, answers: dict[str, Any] | None) -> None:
        self._saving.stop()
        self._answers[page] = answers
        self._opened.discard(page)
        task = partial(kiosk.keep_page, client=self._client, page=page, answers=answers)
        self._runner.do(task, lambda _kept: self._step(1), self._refused)

    def _save(self) -> None:
        """Keep a page half filled in, without turning it."""
        self._saving.stop()
        view = self.view
        if isinstance(view, PageView) and view.answers:
            task = partial(kiosk.keep_page, client=self._client, page=view.page.id, answers=view.answers)
            self._runner.do(task, lambda _kept: None, self._refused)

    def _finish(self, sign: SignPage) -> None:
        if not sign.signature.is_signed:
            self._say(self._manner.word("sign_wanted"))
            return
        if sign.wants_consent and not self._warned:
            self._warned = True
            self._say(self._manner.word("consent_wanted"))
            return
        self.next.setEnabled(False)
        task = partial(
            kiosk.finish,
            client=self._client,
            signed=sign.signed,
            language=self._manner.language,
            agreed=sign.agreed,
        )
        self._runner.do(task, self._finished, self._refused)

    def _finished(self, _screening: object) -> None:
        self._begun = None
        self._answers, self._draft = {}, {}
        self._put(Thanks(self._manner))
        self._fit_buttons()

    def _refused(self, refusal: Refusal) -> None:
        self.next.setEnabled(True)
        self._say(sentence(refusal))

    # How it looks

    def _lay_out(self) -> None:
        self.language = Press("", self._manner, "plain", self._turn_language)
        self.larger = Press("A+", self._manner, "plain", partial(self._resize, 1))
        self.smaller = Press("A-", self._manner, "plain", partial(self._resize, -1))
        self._practice = text.strong(self._counter.seat.practice)
        top = row(self._practice, spacing=4)
        top.addStretch(1)
        for press in (self.language, self.smaller, self.larger):
            top.addWidget(press)
        top.setContentsMargins(28, 10, 20, 10)
        self._head = text.label("", "figure", wrap=True)
        self._under = text.label("", tone="soft", wrap=True)
        self._inner = QWidget()
        self._inner.setObjectName("canvas")
        self._inner.setMaximumWidth(round(WIDE * SIZES[-1] / 100))
        self._body = QVBoxLayout(self._inner)
        self._body.setContentsMargins(28, 8, 28, 28)
        self._body.setSpacing(16)
        self._body.addWidget(self._head)
        self._body.addWidget(self._under)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        holder.setObjectName("canvas")
        middle = row(spacing=0)
        middle.addStretch(1)
        middle.addWidget(self._inner, 100)
        middle.addStretch(1)
        holder.setLayout(middle)
        self._scroll.setWidget(holder)
        self.foot = Foot(self._manner, self.go_back, self.go_on, self._ask_password)
        self.back, self.next, self.staff = self.foot.back, self.foot.next, self.foot.staff
        whole = column(spacing=0)
        whole.addLayout(top)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self.foot)
        self.setLayout(whole)

    def _put(self, view: QWidget) -> None:
        if self.view is not None:
            self._body.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
        self.foot.hold((view.change, view.keep) if isinstance(view, Before) else ())
        self.view = view
        wide = WIDE * theme.percent / 100 * 0.8
        self._inner.setMaximumWidth(round(max(WIDE, wide)))
        page = self.pages[self._at] if isinstance(view, PageView | Before) else None
        sign = isinstance(view, SignPage)
        head = page.title if page else questionnaire().words["consents_title" if sign else "begin"]
        under = page.under if page else questionnaire().words["consents_under"]
        self._head.setText(self._manner.say(head))
        self._under.setText(self._manner.say(under))
        self._head.setVisible(page is not None or sign)
        self._under.setVisible(page is not None or sign)
        self._body.addWidget(view, 1)

    def _fit_buttons(self) -> None:
        say, asked = self._manner.word, 0 <= self._at < len(self.pages)
        sign = isinstance(self.view, SignPage)
        self.back.setText(say("back"))
        self.back.setVisible(asked or sign)
        self.next.setText(say("finish" if sign else "next"))
        self.next.setVisible(isinstance(self.view, PageView | SignPage))
        self.next.setEnabled(True)
        count = say("page_of", n=self._at + 1, of=len(self.pages) + 1)
        self.foot.count.setText(count if asked or sign else "")
        self.staff.setText(say("staff"))
        self.staff.setVisible(not isinstance(self.view, Leaving))
        self.language.setText(say("other_language"))
        self.language.setVisible(not isinstance(self.view, Leaving))
        for press, word in ((self.larger, "larger"), (self.smaller, "smaller")):
            press.setAccessibleName(say(word))
            press.setToolTip(say(word))
        for press in (self.back, self.next, self.staff, self.language):
            press.setAccessibleName(press.text())

    def _say(self, words: str) -> None:
        self.foot.message.setText(words)
        if not words and self.next.text() == self._manner.word("leave_open"):
            self._fit_buttons()

    def _turn_language(self) -> None:
        self._collect()
        other = "en" if self._manner.language == "es" else "es"
        wording.speak(other)
        self._manner = replace(self._manner, language=other)
        if isinstance(self.view, Thanks):
            self._put(Thanks(self._manner))
            self._fit_buttons()
        else:
            self.show_page(self._at)

    def _resize(self, by: int) -> None:
        at = min(range(len(SIZES)), key=lambda each: abs(SIZES[each] - theme.percent))
        theme.choose(percent=SIZES[min(len(SIZES) - 1, max(0, at + by))])

    # Leaving

    def _ask_password(self) -> None:
        self._collect()
        self._save()
        finished = self._begun is None
        leaving = Leaving(
            self._manner, self._runner, self._counter.seat.confirm, partial(self._stay, finished=finished)
        )
        leaving.let_out.connect(self.done)
        at, self._at = self._at, -2
        self._put(leaving)
        self._fit_buttons()
        self._at = at
        self._say("")
        leaving.password.setFocus()

    def _stay(self, *, finished: bool) -> None:
        if finished:
            self._put(Thanks(self._manner))
            self._fit_buttons()
        else:
            self.show_page(self._at)


def hand_over(counter: Counter, client: ClientId, failed: Callable[[Refusal], object] | None = None) -> None:
    """Give the window to a client."""
    query = partial(kiosk.begin, client=client)
    counter.runner.ask(query, lambda begun: counter.cover(Kiosk(counter, begun)), failed, latest="kiosk")
