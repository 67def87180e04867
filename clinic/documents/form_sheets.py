"""What the papers of the intake print: the blank form, the form as it was answered, a consent as it was signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from clinic.documents.sheets import Format, Letterhead, Signature
from clinic.rules.body import Figure
from clinic.rules.forms import Page


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
    pages: tuple[Page, ...]
    """The pages of the one definition, as the window and the kiosk draw them."""
    figures: tuple[Figure, ...]
    """The body to be marked, from the front and from behind."""
    declaration: str
    brief: bool = False
    """Whether it asks of today only, and most lists stay empty."""


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
