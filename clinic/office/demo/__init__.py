"""The demo: a practice that never was, to try everything on."""

from clinic.office.demo.document import build
from clinic.office.demo.making import Made, make

__all__ = ["Made", "build", "make"]
