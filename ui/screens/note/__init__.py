"""The treatment note of a visit."""

from ui.screens.note.page import OfNote, OfVisit
from ui.screens.note.screen import Note

__all__ = ["Note", "OfNote", "OfVisit"]
