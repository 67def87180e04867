"""The keys: a random data key opens the practice, and each person's password unwraps it from a slot."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import math
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinic.storage import keyring, passwords, tries
from clinic.storage.keyring import DEFAULT, FLOOR, Cost, Ring, Slot
from clinic.storage.troubles import plainly
from clinic.values import Refusal, StaffId, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["DEFAULT", "FLOOR", "Cost"]

KEY_BYTES = 32
CHECK_BYTES = 16
RECOVERY_BYTES = 16
RECOVERY_CHECK_BYTES = 4
LONG_ENOUGH = 0.5
"""Seconds that trying one password should take on this machine."""
MISREAD = str.maketrans("018", "OIB")
"""Figures that base32 has not, and the letters they are mistaken for."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who can sign in."""

    staff: StaffId
    name: str


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The data key, and who opened it."""

    data_key: bytes
    person: Person


def new_data_key() -> bytes:
    """Make the key of a new practice."""
    return secrets.token_bytes(KEY_BYTES)


def derived(data_key: bytes, purpose: str) -> bytes:
    """Make from the data key a key for one purpose only."""
    return hmac.new(data_key, b"clinic/1/" + purpose.encode(), hashlib.sha256).digest()


def fingerprint(data_key: bytes) -> str:
    """Name a practice by its key without telling the key."""
    return derived(data_key, "fingerprint").hex()[:8]


def calibrated() -> Cost:
    """Find what makes one try take long enough on this machine."""
    memory = DEFAULT.memory_kib
    while True:
        cost = Cost(memory, DEFAULT.passes, DEFAULT.lanes)
        started = time.perf_counter()
        try:
            _derive("calibration", bytes(CHECK_BYTES), cost)
        except HashingError:  # less memory to spare than asked for
            memory //= 2
            continue
        took = time.perf_counter() - started
        return Cost(memory, max(cost.passes, math.ceil(cost.passes * LONG_ENOUGH / took)), cost.lanes)


@plainly()
def create(path: Path, data_key: bytes, *, staff: StaffId, name: str, password: str, cost: Cost) -> str:
    """Write the first key file of a practice that is about to be made, and return its recovery key.

    Keys that lie there without their practice are put aside, never overwritten.
    """
    if path.exists():
        raise Trouble("already_there")
    passwords.check(password, about=(name,))
    path.parent.mkdir(parents=True, exist_ok=True)
    ring = Ring(fingerprint(data_key), generation=0, slots=())
    recovery = secrets.token_bytes(RECOVERY_BYTES)
    slots = (
        _seal(ring, data_key, Person(staff, name), password, cost),
        _seal(ring, data_key, None, recovery.hex(), cost),
    )
    keyring.set_aside(path)
    keyring.write(path, ring.with_slots(slots))
    return _spell(recovery)


def people(path: Path) -> tuple[Person, ...]:
    """List who can sign in; no password is needed for that."""
    slots = keyring.read(path).slots
    return tuple(Person(StaffId(slot.staff), slot.name) for slot in slots if not slot.is_recovery)


def unlock(path: Path, name: str | None, password: str, *, patient: bool = False) -> Unlocked:
    """Open the practice's key by a person's password; no name means the only one who can sign in."""
    ring = keyring.read(path)
    unlocked = unlock_ring(path, ring, name, password, patient=patient)
    keyring.mend(path)
    return unlocked


def unlock_ring(
    path: Path, ring: Ring, name: str | None, password: str, *, patient: bool = False
) -> Unlocked:
    """Open a key ring wherever it came from; wrong passwords are counted beside the path."""
    for slot in _slots_of(ring, name):
        tries.wait_for(path, slot.id, patient=patient)
        data_key = _open(ring, slot, passwords.normal(password))
        if data_key is not None:
            tries.succeeded(path, slot.id)
            return Unlocked(data_key, Person(StaffId(slot.staff), slot.name))
        tries.failed(path, slot.id)
    raise Trouble("wrong_password")


def unlock_recovery(path: Path, typed: str) -> bytes:
    """Open the practice's key by the recovery key as it was printed."""
    ring = keyring.read(path)
    data_key = unlock_ring_recovery(ring, typed)
    keyring.mend(path)
    return data_key


def unlock_ring_recovery(ring: Ring, typed: str) -> bytes:
    """Open a key ring by its recovery key; a slip of the finger is told apart from a wrong key."""
    secret = read_recovery(typed)
    for slot in ring.slots:
        if slot.is_recovery and (data_key := _open(ring, slot, secret.hex())) is not None:
            return data_key
    raise Trouble("wrong_recovery_key")


def change_password(path: Path, name: str | None, old: str, new: str, cost: Cost | None = None) -> None:
    """Give a person another password; until the new key file stands, the old one opens."""
    unlocked = unlock(path, name, old)
    ring = keyring.read(path)
    same = next(slot.cost for slot in ring.slots if slot.staff == unlocked.person.staff)
    set_password(path, unlocked.data_key, person=unlocked.person, password=new, cost=cost or same)


def set_password(path: Path, data_key: bytes, *, person: Person, password: str, cost: Cost) -> None:
    """Give a person a password, whether new here or not: the data key speaks for whoever asks."""
    passwords.check(password, about=(person.name,))
    ring = _ring_of(path, data_key)
    others = (slot for slot in ring.slots if slot.staff != person.staff)
    _replace(path, ring, (*others, _seal(ring, data_key, person, password, cost)))


def remove_person(path: Path, data_key: bytes, staff: StaffId) -> None:
    """Let a person's password open nothing any more; the last one who can sign in stays."""
    ring = _ring_of(path, data_key)
    left = tuple(slot for slot in ring.slots if slot.staff != staff)
    if all(slot.is_recovery for slot in left):
        raise Refusal("last_person")
    _replace(path, ring, left)


def new_recovery(path: Path, data_key: bytes, cost: Cost) -> str:
    """Make another recovery key; the printed one before it opens nothing any more."""
    ring = _ring_of(path, data_key)
    recovery = secrets.token_bytes(RECOVERY_BYTES)
    people_slots = (slot for slot in ring.slots if not slot.is_recovery)
    _replace(path, ring, (*people_slots, _seal(ring, data_key, None, recovery.hex(), cost)))
    return _spell(recovery)


def read_recovery(typed: str) -> bytes:
    """Read a recovery key as somebody typed it; spaces, dashes, case and look-alikes do not matter."""
    letters = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(MISREAD)
    try:
        content = base64.b32decode(letters)
    except ValueError:
        raise Refusal("recovery_key_mistyped") from None
    secret, check = content[:RECOVERY_BYTES], content[RECOVERY_BYTES:]
    if len(content) != RECOVERY_BYTES + RECOVERY_CHECK_BYTES or check != _check_of(secret):
        raise Refusal("recovery_key_mistyped")
    return secret


def _spell(secret: bytes) -> str:
    """Spell a recovery key in eight groups of four."""
    letters = base64.b32encode(secret + _check_of(secret)).decode()
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _check_of(secret: bytes) -> bytes:
    return hashlib.sha256(b"clinic/1/recovery" + secret).digest()[:RECOVERY_CHECK_BYTES]


def _slots_of(ring: Ring, name: str | None) -> tuple[Slot, ...]:
    of_people = tuple(slot for slot in ring.slots if not slot.is_recovery)
    if name is None:
        if len(of_people) != 1:
            raise Trouble("who_is_it")
        return of_people
    wanted = passwords.normal(name).casefold()
    found = tuple(slot for slot in of_people if passwords.normal(slot.name).casefold() == wanted)
    if not found:
        raise Trouble("unknown_person")
    return found


def _ring_of(path: Path, data_key: bytes) -> Ring:
    ring = keyring.read(path)
    if ring.practice != fingerprint(data_key):
        raise Trouble("other_practice")
    return ring


def _replace(path: Path, ring: Ring, slots: Iterable[Slot]) -> None:
    keyring.write(path, ring.with_slots(tuple(slots)))


def _derive(secret: str, salt: bytes, cost: Cost) -> tuple[bytes, bytes]:
    """Return the wrapping key and the check that may be shown; neither tells of the other."""
    both = hash_secret_raw(
        secret.encode(errors="surrogatepass"),  # what can't be a password is merely a wrong one
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES + CHECK_BYTES,
        type=Type.ID,
    )
    return both[:KEY_BYTES], both[KEY_BYTES:]


def _authenticated(ring: Ring, slot_id: str, staff: str, cost: Cost) -> bytes:
    facts = [ring.practice, slot_id, staff, cost.memory_kib, cost.passes, cost.lanes]
    return json.dumps(facts).encode()


def _seal(ring: Ring, data_key: bytes, person: Person | None, secret: str, cost: Cost) -> Slot:
    slot_id, salt, nonce = secrets.token_hex(8), secrets.token_bytes(16), secrets.token_bytes(12)
    staff, name = (person.staff, person.name) if person else ("", "")
    wrapping, check = _derive(passwords.normal(secret), salt, cost)
    wrapped = AESGCM(wrapping).encrypt(nonce, data_key, _authenticated(ring, slot_id, staff, cost))
    return Slot(slot_id, staff, name, cost, salt, check, nonce, wrapped)


def _open(ring: Ring, slot: Slot, secret: str) -> bytes | None:
    """Unwrap the data key; None is a wrong password, a slot that was tampered with is damage."""
    try:
        wrapping, check = _derive(secret, slot.salt, slot.cost)
    except HashingError as error:
        raise Trouble("too_little_memory") from error
    if not hmac.compare_digest(check, slot.check):
        return None
    try:
        facts = _authenticated(ring, slot.id, slot.staff, slot.cost)
        data_key = AESGCM(wrapping).decrypt(slot.nonce, slot.wrapped, facts)
    except (InvalidTag, ValueError) as error:
        raise Trouble("key_file_damaged") from error
    if fingerprint(data_key) != ring.practice:
        raise Trouble("key_file_damaged")
    return data_key
