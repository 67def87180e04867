"""What the papers of the intake print: the blank form, the form as it was answered, a consent as it was signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from clinic.documents.sheets import Format, Letterhead, Signature

LineKind = Literal["yes_no", "boxes", "write", "scale", "table", "tick"]


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line to answer on: what is asked, and the words to tick or the columns to fill in."""

    kind: LineKind
    text: str
    words: tuple[str, ...] = ()
    further: bool = False
    """Asked only after a yes, and set in from the others."""


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """One question of the blank form."""

    text: str
    hint: str
    must: bool
    lines: tuple[FormLine, ...]


@dataclass(frozen=True, slots=True)
class FormPart:
    """A part of the form under a heading of its own."""

    title: str
    questions: tuple[FormQuestion, ...]


@dataclass(frozen=True, slots=True)
class BlankSheet:
    """The form to be filled in by hand."""

    practice: Letterhead
    title: str
    language: str
    format: Format
    version: str
    on: date
    labels: Mapping[str, str]
    """What the paper itself says, in its language."""
    client: str
    born: date | None
    parts: tuple[FormPart, ...]
    declaration: str


@dataclass(frozen=True, slots=True)
class Told:
    """A question as it was answered, and whether otherwise than last time."""

    question: str
    lines: tuple[str, ...]
    changed: bool = False


@dataclass(frozen=True, slots=True)
class ToldPart:
    """A page of the form as it was answered."""

    title: str
    remark: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class SignedSheet:
    """What somebody signed, with the signature."""

    practice: Letterhead
    title: str
    number: str
    language: str
    format: Format
    labels: Mapping[str, str]
    client: str
    born: date | None
    at: datetime
    parts: tuple[ToldPart, ...]
    paragraphs: tuple[str, ...]
    signature: Signature
    signed_as: str
    text_sha256: str
