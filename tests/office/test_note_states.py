"""A note goes from draft to signed to amended, by any steps in any order, and never back."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from clinic.office import notes
from clinic.office.notes import Content, Mark, MarkKind, View
from clinic.values import AppointmentId, Refusal
from tests import practices

VISIT = AppointmentId("a-1")
FOLDER = Path(tempfile.mkdtemp(prefix="note-states-"))
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
CONTENTS = st.builds(
    Content,
    s=WORDS,
    p=WORDS,
    marks=st.lists(
        st.builds(
            Mark,
            st.sampled_from(MarkKind),
            st.sampled_from(("low_back", "left_knee")),
            st.sampled_from(View),
            st.tuples(st.just(0.5), st.just(0.25)),
            st.none() | st.integers(0, 10),
        ),
        max_size=2,
    ).map(tuple),
)


def template() -> Path:
    """Make the practice once."""
    there = FOLDER / "template" / "practice.clinic"
    if not there.exists():
        there.parent.mkdir(parents=True)
        visits = [practices.an_appointment(VISIT, "2026-11-18T11:00", staff="owner")]
        practices.make(there.parent, practices.a_document(appointments=visits))
    return there


class NoteStates(RuleBasedStateMachine):
    """The office beside a model that knows four things: note, draft, signed, addenda."""

    @initialize()
    def open_the_practice(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=FOLDER))
        self.desk = practices.sit_down(practices.copied(template(), self.folder))
        self.hour = 0
        self.note = Content()
        self.draft: Content | None = None
        self.signed = False
        self.addenda: list[str] = []

    def step(self, task: object) -> bool:
        """Do something a little later, and tell whether it was allowed."""
        self.hour += 1
        self.desk.clock = lambda: practices.NOW + timedelta(hours=self.hour)
        try:
            self.desk.writing(task)  # type: ignore[arg-type]  # a task of the office
        except Refusal:
            return False
        return True

    @rule(content=CONTENTS)
    def type(self, content: Content) -> None:
        done = self.step(partial(notes.save_draft, appointment=VISIT, content=content))
        assert done is not self.signed
        if done:
            self.draft = tidy(content)

    @rule(content=CONTENTS)
    def put_down(self, content: Content) -> None:
        done = self.step(partial(notes.put_down, appointment=VISIT, content=content))
        assert done is not self.signed
        if done:
            self.note, self.draft = tidy(content), None

    @rule(content=CONTENTS)
    def sign(self, content: Content) -> None:
        done = self.step(partial(notes.sign, appointment=VISIT, content=content))
        assert done is (not self.signed and bool(content.s.strip() or content.p.strip()))
        if done:
            self.note, self.draft, self.signed = tidy(content), None, True

    @rule(words=WORDS)
    def amend(self, words: str) -> None:
        key = self.opened().note
        if key is None:
            return
        done = self.step(partial(notes.add_addendum, note=key, text=words))
        assert done is (self.signed and bool(words.strip()))
        if done:
            self.addenda.append(words.strip())

    def opened(self) -> notes.Opened:
        return self.desk.reading(partial(notes.open_visit, appointment=VISIT))

    @invariant()
    def agrees(self) -> None:
        opened = self.opened()
        assert opened.content == self.note
        assert opened.draft == self.draft
        assert (opened.signed_at is not None) is self.signed
        assert [each.text for each in opened.addenda] == self.addenda

    def teardown(self) -> None:
        self.desk.close()
        shutil.rmtree(self.folder)


def tidy(content: Content) -> Content:
    return Content(s=content.s.strip(), p=content.p.strip(), marks=content.marks)


NoteStates.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestNoteStates = NoteStates.TestCase
