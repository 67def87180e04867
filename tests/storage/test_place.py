"""Where a practice may live and where it may not."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from clinic.storage import place
from clinic.values import Trouble

MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
server:/export /mnt/share nfs4 rw 0 0
//nas/data /mnt/two\040words cifs rw 0 0
me@host: /people/me/far fuse.sshfs rw 0 0
""".strip()


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Personal)", "Dropbox"),
        ("OneDrive - Willow Clinic", "OneDrive"),
        ("Google Drive", "Google Drive"),
        ("GoogleDrive-me@example.org", "Google Drive"),
        ("Mobile Documents", "iCloud Drive"),
        ("Nextcloud", "Nextcloud"),
        ("Boxes", None),
        ("Practice", None),
    ],
)
def test_a_folder_that_a_service_copies_is_known_by_its_name(folder: str, service: str | None) -> None:
    assert place.syncing(PurePosixPath("/home/me") / folder / "work" / "practice.clinic") == service


def test_a_folder_that_a_service_copies_is_known_by_what_it_leaves_there(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    with pytest.raises(Trouble) as trouble:
        place.check_live(tmp_path / "practice.clinic")
    assert (trouble.value.code, trouble.value.facts) == ("synced_folder", {"which": "Syncthing"})


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/people/me/practice.clinic", "ext4"),
        ("/mnt/share/practice.clinic", "nfs4"),
        ("/mnt/two words/practice.clinic", "cifs"),
        ("/people/me/far/away/practice.clinic", "fuse.sshfs"),
    ],
)
def test_the_system_says_what_a_path_lies_on(path: str, kind: str) -> None:
    assert place.mounted_as(PurePosixPath(path), MOUNTS) == kind


def test_a_network_share_is_no_place_to_live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mounts"
    table.write_text(f"server:/x {tmp_path} nfs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(place, "MOUNTS", table)
    with pytest.raises(Trouble) as trouble:
        place.check_live(tmp_path / "practice.clinic")
    assert (trouble.value.code, trouble.value.facts) == ("network_share", {"which": "nfs"})


def test_a_system_that_tells_nothing_is_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "MOUNTS", tmp_path / "none")
    place.check_live(tmp_path / "practice.clinic")


def test_the_default_practice_lies_in_the_platforms_own_folder() -> None:
    assert place.default_path().name == "practice.clinic"
    assert Path.home() in place.default_path().parents
