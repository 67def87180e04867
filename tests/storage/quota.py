"""Let less and less be written, and look at what is said and what is left.

Run as a program with a folder and a number of rounds; each is a child of this process with a limit of its own.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from clinic.storage import backup, checks, disk, keys
from clinic.storage.opening import create_vault, open_vault
from clinic.values import Trouble
from tests.storage.cabinet import ANOTHER, DATA_KEY, PASSWORD, WHEN, a_copy, a_practice, insert, issue, value

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.storage.vault import Vault

LARGEST = 1_600_000
SAID = {"disk_full", "disk_error"}


def write_much(vault: Vault) -> None:
    with vault.connect() as opened, opened.begin():
        insert(opened, "rooms", id="big", name="x" * 300_000, version=1)


def outcome(task: Callable[[], object]) -> str:
    try:
        task()
    except Trouble as trouble:
        return trouble.code
    return "done"


def a_round(path: Path, limit: int) -> None:
    """Do everything that writes, under the limit; whatever fails says so, and reading goes on."""
    vault = open_vault(path, DATA_KEY)
    window = vault.raw()
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    said = {
        "issue": outcome(lambda: issue(vault, 1)),
        "write": outcome(lambda: write_much(vault)),
        "backup": outcome(lambda: backup.back_up(vault, at=WHEN)),
        "password": outcome(lambda: keys.change_password(path, None, PASSWORD, ANOTHER)),
        "new": outcome(lambda: create_vault(path.with_name("new.clinic"), DATA_KEY)),
    }
    assert set(said.values()) <= SAID | {"done"}, said
    assert value(vault, "SELECT count(*) FROM clients") == 1
    assert [file for file in path.parent.rglob("*") if disk.ASIDE in file.name] == []
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    issue(vault, 2 if said["issue"] == "done" else 1)  # it recovers without a restart
    window.close()
    vault.close()
    os.write(1, f"{sorted(set(said.values()))}\n".encode())


def main(folder: str, rounds: str) -> None:
    model = a_practice(Path(folder))
    for n in range(int(rounds)):
        path = a_copy(model, Path(folder) / "round")
        child = os.fork()
        if child == 0:
            a_round(path, LARGEST * n // int(rounds))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert status == 0, n
        vault = open_vault(path, DATA_KEY)
        bad = [finding for finding in checks.of_practice(vault) if not finding.ok]
        assert bad == [], (n, bad)
        vault.close()
        shutil.rmtree(path.parent)


if __name__ == "__main__":
    main(*sys.argv[1:])
