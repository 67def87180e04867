"""The pages of the kiosk: a welcome, a page of questions or of last time's answers, consent and signature, thanks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from clinic.office.consents import SignedHow
from clinic.office.forms import in_words, questionnaire
from clinic.office.kiosk import Signed, signer_of
from clinic.wording import day
from ui.asking.control import Press
from ui.asking.words import Flag
from ui.kiosk.signature import SignatureField
from ui.widgets import text
from ui.widgets.cards import Card, column

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clinic.office.consents import ConsentKind
    from clinic.office.forms import Page
    from clinic.office.kiosk import Begun, Offered
    from ui.asking.control import Manner


class Hello(QWidget):
    """The first page: who this is for, how long it takes, and one button."""

    def __init__(self, begun: Begun, manner: Manner, begin: Callable[[], object]) -> None:
        super().__init__()
        name = begun.guardian if begun.minor and begun.guardian else begun.name
        head = text.label(manner.word("hello", name=name), "figure", wrap=True)
        lines = column(spacing=18)
        lines.addStretch(1)
        lines.addWidget(head)
        lines.addWidget(_large(manner.word("intro")))
        if begun.last_on is not None:
            on = day(begun.last_on, language=manner.language)
            lines.addWidget(_large(manner.word("intro_again", day=on)))
        if begun.minor:
            who = begun.guardian or manner.word("guardian_unnamed")
            lines.addWidget(_large(manner.word("intro_guardian", name=who, client=begun.name)))
        self.begin = Press(manner.word("begin"), manner, "primary", begin)
        self.begin.setMinimumWidth(220)
        lines.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addStretch(2)
        self.setLayout(lines)
        self.setFocusProxy(self.begin)


def _large(words: str) -> QWidget:
    made = text.label(words, "section", "soft", wrap=True)
    made.setProperty("weight", "regular")
    return made


class Before(QWidget):
    """What was answered last time on a page, and whether anything of it has changed.

    The two answers stand in the kiosk's foot, where no page is too long for them to be seen.
    """

    same = Signal()
    other = Signal()

    def __init__(
        self, page: Page, manner: Manner, answers: Mapping[str, Any] | None, head: str, *, kept: bool
    ) -> None:
        """Show the answers, or where they stay hidden only what the page asks about."""
        super().__init__()
        card = Card(margin=20)
        card.add(text.soft(head, wrap=True))
        if answers is None:
            for asked in page.questions:
                card.add(text.label(manner.say(asked.part.text), wrap=True))
        else:
            for at, said in enumerate(in_words(page, answers, manner.language)):
                if at:
                    card.add(text.rule())
                lines = column(text.soft(said.question, wrap=True), spacing=2)
                for each in said.lines:
                    lines.addWidget(text.label(each, weight="medium", wrap=True))
                card.body.addLayout(lines)
        words = ("keep_as_is", "fill_again") if kept else ("unchanged", "changed")
        self.keep = Press(manner.word(words[0]), manner, "primary", self.same.emit)
        self.change = Press(manner.word(words[1]), manner, "", self.other.emit)
        lines = column(card, spacing=16)
        lines.addStretch(1)
        self.setLayout(lines)
        self.setFocusProxy(self.keep)


class ConsentCard(Card):
    """A consent to be read, and a box that says so."""

    def __init__(self, offer: Offered, manner: Manner) -> None:
        words = offer.texts[manner.language]
        super().__init__(words.title, margin=20)
        self.kind: ConsentKind = offer.kind
        self.required = offer.required
        self.add(text.soft(words.short, wrap=True))
        for paragraph in words.paragraphs:
            self.add(text.label(paragraph, wrap=True))
        agree = next(
            part
            for question in questionnaire().asked("quick")
            if question.id == "Q14"
            for part in question.part.parts
            if part.key == "consent"
        )
        self.flag = Flag(agree, manner)
        self.flag.say(manner.word("i_agree"), f"{words.title}: {manner.word('i_agree')}")
        self.add(self.flag)

    @property
    def agreed(self) -> bool:
        """Whether the box is ticked."""
        return bool(self.flag.answer)


class SignPage(QWidget):
    """Consents, the declaration, and the signature under all of it."""

    changed = Signal()

    def __init__(self, begun: Begun, manner: Manner) -> None:
        super().__init__()
        self._begun = begun
        self.cards = [ConsentCard(offer, manner) for offer in begun.consents]
        lines = column(spacing=16)
        for card in self.cards:
            card.flag.changed.connect(self.changed)
            lines.addWidget(card)
        declared = next(q.part for q in questionnaire().asked("full") if q.id == "M01")
        signing = Card(manner.word("declaration_title"), margin=20)
        signing.add(text.label(manner.say(declared.parts[0].text), wrap=True))
        name = begun.guardian if begun.minor else begun.full_name
        self.signature = SignatureField(manner, name)
        self.signature.changed.connect(self.changed)
        signing.add(self.signature)
        lines.addWidget(signing)
        lines.addStretch(1)
        self.setLayout(lines)

    @property
    def signed(self) -> Signed:
        """Take the signature."""
        field = self.signature
        how = SignedHow.DRAWN if field.drawn else SignedHow.TYPED
        strokes = field.pad.strokes if field.drawn else ()
        return Signed(field.name.text(), signer_of(self._begun), how, strokes)

    @property
    def agreed(self) -> tuple[ConsentKind, ...]:
        """Take what was agreed to."""
        return tuple(card.kind for card in self.cards if card.agreed)

    @property
    def wants_consent(self) -> bool:
        """Whether the consent without which nobody is treated was not given."""
        return any(card.required and not card.agreed for card in self.cards)


class Thanks(QWidget):
    """The last page; nothing of the answers is left behind it."""

    def __init__(self, manner: Manner) -> None:
        super().__init__()
        lines = column(spacing=14)
        lines.addStretch(1)
        lines.addWidget(text.Glyph("circle-check", "accent", 40), 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(text.label(manner.word("thanks"), "figure"))
        lines.addWidget(_large(manner.word("thanks_under")))
        lines.addStretch(2)
        self.setLayout(lines)
