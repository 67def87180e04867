"""A trail whose words can be taken out where a file's time is over, and nowhere else; nobody can pretend it was."""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from clinic.storage import checks, erasing, trail
from clinic.storage.opening import create_vault, open_vault
from clinic.storage.vault import Vault
from clinic.storage.version import TIDY, UNTIDY
from clinic.values import Refusal, Trouble
from tests.storage.cabinet import DATA_KEY, PLANTED, STAMP, a_copy, book, insert, value

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Connection


LATER = date(2034, 1, 1)
SECRET = "sciatica on the left"


def an_older_row(
    opened: Connection, key: bytes, sequence: int, before: bytes, *, about: str, payload: str = "{}"
) -> bytes:
    """Write a row as every program before this one did: the seal covers the payload itself."""
    told = ("2026-11-23T10:00:00.000000Z", "UTC", "owner", "owner", "changed", f"clients/{about}")
    sealed = trail.seal(key, before, (str(sequence), *told, payload))
    columns = ("at", "zone", "person", "role", "action", "object")
    facts = dict(zip(columns, told, strict=True))
    insert(opened, "audit", sequence=sequence, payload=payload, seal=sealed, **facts)
    return sealed


def furnish(vault: Vault) -> None:
    """A client and a stranger, each with a row of before in the trail and one of now."""
    with vault.connect() as opened, opened.begin():
        practice = {"id": "practice", "name": "W", "time_zone": "UTC", "verification_key": b"v", "version": 1}
        insert(opened, "practice", **practice)
        insert(opened, "staff", id="owner", name="Mirela Oduya", role="owner", version=1)
        treatment = {"technique": "SW", "purpose": "RELAXATION", "minutes": 60, "price_cents": 9000}
        insert(opened, "treatments", id="t1", name="Swedish", version=1, **treatment)
        for client in ("c1", "c2", erasing.NOBODY):
            name = {"given_name": "", "family_name": PLANTED, "sort_key": "q", "search_text": PLANTED}
            insert(opened, "clients", id=client, version=1, **name)
        key, sealed = vault.audit_key, trail.FIRST_SEAL
        for sequence, about in ((1, "c2"), (2, "c1")):
            sealed = an_older_row(
                opened, key, sequence, sealed, about=about, payload=json.dumps({"was": SECRET})
            )
        entries = [
            trail.Entry("changed", f"clients/{one}", json.dumps({"is": SECRET})) for one in ("c2", "c1")
        ]
        trail.write(opened, vault.audit_key, STAMP, entries)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("aged") / "practice.clinic"
    create_vault(path, DATA_KEY, furnish).close()
    return path


@pytest.fixture
def aged(made: Path, tmp_path: Path) -> Any:
    vault = Vault(a_copy(made, tmp_path), DATA_KEY)
    yield vault
    vault.close()


def redrawn(_kind: object, sheet: bytes) -> bytes:
    return sheet


def erase(vault: Vault, *, day: date = LATER, clients: tuple[str, ...] = ("c1",)) -> None:
    with vault.connect() as opened, opened.begin():
        gone = erasing.erase(opened, clients, day, said="Erased", redrawn=redrawn)
        entry = trail.Entry(trail.ERASED, "clients/c1", trail.canonical(gone))
        trail.write(opened, vault.audit_key, STAMP, [entry])


def walked(vault: Vault, **since: Any) -> trail.Chain:
    with vault.connect(reading=True) as opened:
        return trail.walk(opened, vault.audit_key, **since)


def forge(vault: Vault, *statements: str) -> None:
    """Change the file as somebody might who can open it and takes the guards away first."""
    with closing(vault.raw()) as opened:
        for guard in ("audit_no_update", "audit_no_delete"):
            opened.execute(f"DROP TRIGGER IF EXISTS {guard}")
        for statement in statements:
            opened.execute(statement)


def test_rows_of_before_and_of_now_hold_in_one_chain(aged: Vault) -> None:
    chain = walked(aged)
    assert (chain.rows, chain.broken_at, chain.erased) == (4, None, 0)


def test_what_was_erased_is_gone_and_the_chain_still_holds(aged: Vault) -> None:
    head = walked(aged).head
    erase(aged)
    payloads = "SELECT group_concat(payload, '|') FROM audit WHERE sequence < 5"
    assert value(aged, payloads) == f'{{"was": "{SECRET}"}}||{{"is": "{SECRET}"}}|'
    assert value(aged, "SELECT count(*) FROM audit WHERE salt IS NOT NULL") == 2
    chain = walked(aged)
    assert (chain.rows, chain.broken_at, chain.erased) == (5, None, 2)
    assert walked(aged, since=(4, head)).broken_at is None  # what was anchored outside the file holds as well
    assert value(aged, "SELECT count(*) FROM clients WHERE id = 'c1'") == 0
    trail_found = next(found for found in checks.of_file(aged) if found.check == "trail")
    assert trail_found.ok
    assert trail_found.facts["erased"] == 2


def test_a_digest_is_no_way_to_guess_what_was_erased(aged: Vault) -> None:
    erase(aged)
    kept = value(aged, "SELECT digest FROM audit WHERE sequence = 4")
    guess = json.dumps({"is": SECRET})
    assert kept not in {hashlib.sha256(guess.encode()).hexdigest(), trail.digest(b"", guess)}


# Everything that somebody might do who wants to be rid of a row, or to put another in its place.
FORGERIES = {
    "a row blanked that nobody vouches for": (
        "UPDATE audit SET payload = '', salt = NULL WHERE sequence = 3",
    ),
    "an older row blanked": ("UPDATE audit SET payload = '' WHERE sequence = 1",),
    "another word in a row": ("UPDATE audit SET payload = '{}' WHERE sequence = 3",),
    "another salt": ("UPDATE audit SET salt = x'00' WHERE sequence = 3",),
    "a row made to look as those of before": (
        "UPDATE audit SET payload = digest, digest = NULL WHERE sequence = 3",
    ),
    "who did it, on an older row": ("UPDATE audit SET person = 'owner2' WHERE sequence = 1",),
    "the last rows cut off": ("DELETE FROM audit WHERE sequence IN (2, 3)",),
}
AFTERWARDS = {
    "who did it, on an older row that was blanked": ("UPDATE audit SET person = 'x' WHERE sequence = 2",),
    "the seal of an older row that was blanked": ("UPDATE audit SET seal = zeroblob(32) WHERE sequence = 2",),
    "the object of a blanked row": ("UPDATE audit SET object = 'clients/c2' WHERE sequence = 4",),
    "words put back": ("UPDATE audit SET payload = '{}' WHERE sequence = 2",),
    "one more row blanked": ("UPDATE audit SET payload = '', salt = NULL WHERE sequence = 3",),
    "the vouching entry blanked": ("UPDATE audit SET payload = '', salt = NULL WHERE sequence = 5",),
    "the vouching entry widened": (
        "UPDATE audit SET payload = replace(payload, '2,2', '2,3') WHERE sequence = 5",
    ),
    "the vouching entry gone": ("DELETE FROM audit WHERE sequence = 5",),
}


@pytest.mark.parametrize("statements", FORGERIES.values(), ids=FORGERIES.keys())
def test_a_forged_row_is_noticed(aged: Vault, statements: tuple[str, ...]) -> None:
    forge(aged, *statements)
    assert walked(aged).broken_at is not None


@pytest.mark.parametrize("statements", AFTERWARDS.values(), ids=AFTERWARDS.keys())
def test_an_erasure_hides_no_forgery(aged: Vault, statements: tuple[str, ...]) -> None:
    erase(aged)
    forge(aged, *statements)
    assert walked(aged).broken_at is not None


def test_no_row_of_the_older_kind_follows_one_of_the_newer(aged: Vault) -> None:
    with aged.connect() as opened, opened.begin():
        last = opened.execute(text("SELECT seal FROM audit WHERE sequence = 4")).scalar_one()
        an_older_row(opened, aged.audit_key, 5, last, about="c1")
    assert walked(aged).broken_at == 5


def test_what_came_before_an_older_row_that_was_erased_is_not_exchanged(aged: Vault) -> None:
    """Not even for a row with a good seal, from a trail that went another way after a restore."""
    erase(aged)
    forge(aged, "DELETE FROM audit WHERE sequence = 1")
    with aged.connect() as opened, opened.begin():
        an_older_row(opened, aged.audit_key, 1, trail.FIRST_SEAL, about="c2")
    assert walked(aged).broken_at == 5


def on_hold(opened: Connection) -> None:
    opened.exec_driver_sql("UPDATE clients SET hold = '{}' WHERE id = 'c1'")


def born_lately(opened: Connection) -> None:
    opened.exec_driver_sql("UPDATE clients SET born = '2015-01-01' WHERE id = 'c1'")


def treated_lately(opened: Connection) -> None:
    book(opened, "a1", 600, 660, state="done")
    opened.exec_driver_sql("UPDATE appointments SET at = '2027-01-01 09:00:00.000000'")


def booked_ahead(opened: Connection) -> None:
    book(opened, "a1", 600, 660)
    opened.exec_driver_sql("UPDATE appointments SET at = '2034-01-01 09:00:00.000000'")


def charged_lately(opened: Connection) -> None:
    insert(opened, "invoices", id="i1", client="c1", issued_on="2027-01-01", number="R-1", version=1)


def paid_lately(opened: Connection) -> None:
    insert(opened, "payments", id="p1", client="c1", paid_on="2027-01-01", method="cash", amount_cents=1)


def paid_back_lately(opened: Connection) -> None:
    insert(opened, "payments", id="p1", client="c1", paid_on="2020-01-01", method="cash", amount_cents=1)
    insert(opened, "refunds", id="f1", payment="p1", refunded_on="2027-01-01", amount_cents=1, number="C-1")


KEPT = (on_hold, born_lately, treated_lately, booked_ahead, charged_lately, paid_lately, paid_back_lately)


@pytest.mark.parametrize("kept", KEPT)
def test_the_file_itself_erases_nobody_whose_time_is_not_over(
    aged: Vault, kept: Callable[[Connection], None]
) -> None:
    with aged.connect() as opened, opened.begin():
        kept(opened)
    with pytest.raises(Refusal, match="file_is_kept"):
        erase(aged)
    with pytest.raises(Refusal, match="file_is_kept"):
        erase(aged, clients=("nobody",))
    assert walked(aged).erased == 0


DOOR = "INSERT INTO erasing (client, day, door) VALUES ('c1', '2034-01-01', 'open')"


def test_the_door_can_be_left_open_by_nobody(aged: Vault) -> None:
    with aged.connect() as opened:
        transaction = opened.begin()
        opened.exec_driver_sql(DOOR)
        opened.exec_driver_sql("UPDATE audit SET payload = '', salt = NULL WHERE sequence = 4")
        with pytest.raises(IntegrityError, match="FOREIGN KEY"):
            transaction.commit()
        opened.connection.rollback()
    assert walked(aged).broken_at is None
    assert value(aged, "SELECT payload FROM audit WHERE sequence = 4") != ""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET payload = '{}'",
        "UPDATE audit SET payload = '', salt = NULL, person = 'x'",
        "UPDATE audit SET payload = ''",  # the salt would stay
        "DELETE FROM audit",
        "UPDATE erasing SET client = 'c2'",
        "DELETE FROM consents WHERE id = 'of-c2'",
        "DELETE FROM signed_papers WHERE id = 'of-c2'",
        "DELETE FROM notes WHERE id = 'of-c2'",
        "DELETE FROM decisions WHERE id = 'of-c2'",
        "UPDATE lines SET text = '' WHERE id = 'of-c2'",
        "UPDATE lines SET price_cents = 1 WHERE id = 'of-c1'",
        "UPDATE papers SET sheet = x'' WHERE number = 'of-c2'",
        "UPDATE papers SET pages = NULL WHERE number = 'of-c2'",
        "UPDATE papers SET pages = x'01' WHERE number = 'of-c1'",
        "UPDATE papers SET number = 'x' WHERE number = 'of-c1'",
        "UPDATE papers SET sheet_hash = 'x' WHERE number = 'of-c1'",
    ],
)
def test_through_the_open_door_goes_only_what_is_the_clients(aged: Vault, statement: str) -> None:
    """Everything else is refused as ever, though a client is just being erased."""
    with aged.connect() as opened, opened.begin():
        for n, client in enumerate(("c1", "c2")):
            of_them(opened, client, n)
    with aged.connect() as opened:
        transaction = opened.begin()
        opened.exec_driver_sql(DOOR)
        with pytest.raises(Refusal, match=r"trail_is_final|paper_is_final|note_is_signed"):
            opened.exec_driver_sql(statement)
        transaction.rollback()


def of_them(opened: Connection, client: str, n: int) -> None:
    key, at = f"of-{client}", "2020-01-01T00:00:00.000000Z"
    book(opened, key, n * 100, n * 100 + 60, client=client, state="cancelled")
    insert(opened, "notes", id=key, appointment=key, written_by="owner", signed_at=at, soap="{}", version=1)
    decided = {"moment": "booking", "decided_at": at, "decided_by": "owner", "role": "owner", "outcome": "S0"}
    empty = dict.fromkeys(("policy", "findings", "overrides"), "[]")
    insert(opened, "decisions", id=key, appointment=key, decision="book", ruleset="1", **decided, **empty)
    signed = {"signer": "x", "role": "client", "method": "drawn", "signed_at": at, "text_sha256": "x"}
    told = {"kind": "treatment", "given_on": "2020-01-01", "text_version": "1", "language": "en"}
    insert(opened, "consents", id=key, client=client, version=1, **told, **signed)
    insert(opened, "signed_papers", id=key, client=client, taken_by="owner", **signed)
    insert(opened, "invoices", id=key, client=client, issued_on="2020-01-01", number=key, version=1)
    insert(opened, "lines", id=key, invoice=key, position=1, kind="treatment", text="Deep", price_cents=0)
    paper = {
        "number": key,
        "kind": "receipt",
        "invoice": key,
        "issued_at": at,
        "sheet": b"s",
        "sheet_hash": "h",
    }
    insert(opened, "papers", pages=b"p", pages_hash="h", printed_at=at, copies=0, **paper)


def test_an_erasure_that_was_cut_short_is_tidied_up_at_the_next_opening(aged: Vault) -> None:
    erase(aged)
    assert value(aged, "PRAGMA user_version") == UNTIDY
    path = aged.path
    aged.close()
    vault = open_vault(path, DATA_KEY)
    assert value(vault, "PRAGMA user_version") == TIDY
    vault.close()


def test_a_file_that_others_have_open_is_tidied_another_time(
    aged: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    erase(aged)
    monkeypatch.setattr("clinic.storage.connection.PATIENCE", 0.01)
    with closing(aged.raw()) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Trouble, match="in_use"):
            erasing.tidy(aged)
        open_vault(aged.path, DATA_KEY).close()
    assert value(aged, "PRAGMA user_version") == UNTIDY
