"""The imprint: what a file of pages says of itself, and the way to the press, which starts with the first paper."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from clinic.documents.page import Page


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place in the file that its reader can jump to."""

    title: str
    page: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the file says of itself."""

    title: str
    author: str
    subject: str
    language: str
    dated: date


def start() -> None:
    """Start the press ahead of the first paper: that takes as long as many papers do."""
    import_module("clinic.documents.press")


def print_pages(pages: Sequence[Page], bookmarks: Iterable[Bookmark], imprint: Imprint) -> bytes:
    """Print the pages into one file: the same pages, the same bytes."""
    from clinic.documents import press  # noqa: PLC0415 - heavy, and on most days nobody prints at once

    return press.print_pages(pages, bookmarks, imprint)
