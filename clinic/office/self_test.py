"""The program tries itself: libraries, fonts, paper, the database's floor and the files it ships."""

from __future__ import annotations

import importlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from clinic.documents import receipt
from clinic.documents.sheets import ChargeLine, Client, Letterhead, ReceiptSheet
from clinic.exchange import codes
from clinic.exchange.resources import RESOURCES, SCHEMA
from clinic.storage import connection
from clinic.values import LineKind, Money, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

LIBRARIES = ("sqlalchemy", "sqlcipher3", "cryptography", "argon2", "reportlab", "pypdf", "babel", "dateutil")


def run() -> tuple[str, ...]:
    """Check what the program stands on, and say what was checked; what fails is a Trouble by name."""
    checked = []
    for name, check in CHECKS.items():
        try:
            found = check()
        except (ImportError, OSError, LookupError, ValueError) as wrong:
            raise Trouble("self_test_failed", check=name) from wrong
        checked.append(f"{name}: {found}")
    return tuple(checked)


def _libraries() -> str:
    for name in LIBRARIES:
        importlib.import_module(name)
    return f"{len(LIBRARIES)} imported"


def _database() -> str:
    connection.check_library()
    opened = dbapi2.connect(":memory:")
    try:
        cipher = opened.execute("PRAGMA cipher_version").fetchone()
    finally:
        opened.close()
    if cipher is None:
        raise LookupError
    return f"SQLite {dbapi2.sqlite_version}, SQLCipher {cipher[0]}"


def _fonts() -> str:
    faces = sorted((RESOURCES / "fonts").glob("*.ttf"))
    if not any(face.name.startswith("Inter-") for face in faces):
        raise LookupError
    return f"{len(faces)} faces"


def _paper() -> str:
    sheet = ReceiptSheet(
        number="R-2000-000001",
        issued_at=datetime(2000, 1, 1, 12, tzinfo=UTC).replace(tzinfo=None),
        practice=Letterhead("Łódź 東京 العربية"),
        practitioner=None,
        client=Client("Hạnh Nguyễn"),
        lines=(ChargeLine(LineKind.TREATMENT, "Therapeutic massage", Money(12000)),),
        payments=(),
    )
    return f"a receipt of {len(receipt.pdf(sheet))} bytes"


def _resources() -> str:
    schemas = [json.loads(path.read_text("utf-8")) for path in SCHEMA.glob("*.json")]
    if not schemas:
        raise LookupError
    return f"{len(schemas)} schemas"


def _codes() -> str:
    known = codes.look_up("M54.50")
    if known is None:
        raise LookupError
    return f"release {known.release}"


CHECKS: dict[str, Callable[[], str]] = {
    "libraries": _libraries,
    "database": _database,
    "fonts": _fonts,
    "paper": _paper,
    "resources": _resources,
    "diagnosis codes": _codes,
}
