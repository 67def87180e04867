"""Names of files and folders made from people's names, safe on every system."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LETTERS = 40
_BYTES = 72
"""Three parts and a mark stay below the 255 bytes that systems allow a name."""

# Windows opens devices under these names, whatever follows their first dot.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,58}[A-Za-z0-9])?")


def folder_names(clients: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Name a folder ``Family_Given_id`` for each client; no two are alike, even where case is ignored."""
    names = {identity: file_stem(*name, identity) for identity, name in clients.items()}
    alike = Counter(map(_as_disks_see_it, names.values()))
    return {
        identity: name if alike[_as_disks_see_it(name)] == 1 else f"{name}-{_mark(identity)}"
        for identity, name in names.items()
    }


def file_stem(*parts: str) -> str:
    """Join parts to a file name; the last one, an id, stays as it is where it can, else it gets a mark."""
    *names, identity = parts
    slugs = [_slug(name) for name in names]
    slugs.append(
        identity if _PLAIN.fullmatch(identity) else f"{_slug(identity)}-{_mark(identity)}".lstrip("-")
    )
    stem = "_".join(filter(None, slugs))
    return f"_{stem}" if _DEVICES.fullmatch(stem) else stem


def _slug(text: str) -> str:
    """Keep letters, digits and the marks that letters carry; all else becomes a hyphen."""
    kept = "".join(
        char if unicodedata.category(char)[0] in "LMN" else "-"
        for char in unicodedata.normalize("NFKC", text[: 4 * _LETTERS])
    )
    short = re.sub("-+", "-", kept)[:_LETTERS].strip("-")
    return short.encode()[:_BYTES].decode(errors="ignore").strip("-")


def _mark(identity: str) -> str:
    return sha256(identity.encode(errors="surrogatepass")).hexdigest()[:10]


def _as_disks_see_it(name: str) -> str:
    return unicodedata.normalize("NFD", name.casefold())
