"""Every page of a practice file as it is under its key, also those in which no table looks any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

if TYPE_CHECKING:
    from pathlib import Path

PAGE, RESERVE, IV, SALT = 4096, 80, 16, 16
FRAME = 24
"""What stands before each page in the write-ahead log, whose own head is a little longer."""
LOG_HEAD = 32


def pages_of(path: Path, data_key: bytes) -> bytes:
    """Decipher the file and the log beside it, page by page, as SQLCipher lays them out."""
    whole = path.read_bytes()
    pages = [whole[at : at + PAGE] for at in range(0, len(whole), PAGE)]
    log = path.with_name(path.name + "-wal")
    if log.exists():
        frames = log.read_bytes()[LOG_HEAD:]
        pages += [frames[at + FRAME : at + FRAME + PAGE] for at in range(0, len(frames), FRAME + PAGE)]
    return b"".join(_deciphered(page, data_key, salted=page[:SALT] == whole[:SALT]) for page in pages)


def _deciphered(page: bytes, data_key: bytes, *, salted: bool) -> bytes:
    end = PAGE - RESERVE
    cipher = Cipher(AES(data_key), CBC(page[end : end + IV])).decryptor()
    return cipher.update(page[SALT if salted else 0 : end]) + cipher.finalize()
