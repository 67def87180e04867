"""The trail of a file that is still to be brought up to date: it is walked as it was sealed then."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import create_engine, text

from clinic.storage import trail
from clinic.storage.trail import FIRST_SEAL

KEY = b"k" * 32
ROW = ("1", datetime(2026, 11, 18, tzinfo=UTC).isoformat(), "UTC", "owner", "owner", "created", "clients/c")


def test_rows_of_before_a_payload_could_be_emptied_are_vouched_for_and_a_changed_one_is_found() -> None:
    engine = create_engine("sqlite://")
    sealed = trail.seal(KEY, FIRST_SEAL, (*ROW, "{}"))
    with engine.begin() as opened:
        names = "sequence INTEGER, at, zone, person, role, action, object, payload, seal BLOB"
        opened.execute(text(f"CREATE TABLE audit ({names})"))
        asked = ", ".join(f":f{n}" for n in range(9))
        facts = {f"f{n}": value for n, value in enumerate((1, *ROW[1:], "{}", sealed))}
        opened.execute(text(f"INSERT INTO audit VALUES ({asked})"), facts)  # noqa: S608 - placeholders alone
        chain = trail.walk(opened, KEY)
        assert (chain.rows, chain.head, chain.broken_at) == (1, sealed, None)
        opened.execute(text("UPDATE audit SET payload = '{\"a\": 1}'"))
        assert trail.walk(opened, KEY).broken_at == 1
    engine.dispose()
