"""Where the data may lie: behind a Chinese or a very long path, never on a share, and not unwarned in a synchronised folder."""

from __future__ import annotations

import string
import sys
from datetime import datetime
from pathlib import Path, PureWindowsPath

import pytest

from db.errors import StoreError
from dualcreate_desktop.fields import Column
from dualcreate_desktop.intake.containers import open_source
from dualcreate_desktop.intake.folders import files_of
from dualcreate_desktop.intake.sheets import read_sheets
from dualcreate_desktop.long_paths import LONGEST, marked, reachable, unmarked
from dualcreate_desktop.office import registry, registry_writing, restoring
from dualcreate_desktop.office.store import Actor, open_office
from dualcreate_desktop.papers.workbook import Sheet, write_workbook
from dualcreate_desktop.paths import Paths, find_paths

NOON = datetime(2024, 3, 15, 12)
FORMS = [
    (r"C:\用户\张䶮\双创", r"\\?\C:\用户\张䶮\双创"),
    (r"\\server\share\双创", r"\\?\UNC\server\share\双创"),
]


@pytest.fixture
def deep(tmp_path: Path) -> Path:
    """A folder whose path is longer than the 260 characters of Windows; it is not there yet."""
    folder = tmp_path
    while len(str(folder)) < 300:
        folder /= "2024 双创 work papers of all the units"
    return folder


@pytest.fixture
def deep_list(deep: Path) -> Path:
    """A list down there."""
    reachable(deep).mkdir(parents=True)
    path = deep / "党支部名册.csv"
    reachable(path).write_bytes("党支部名称,支部类型\n教工第一党支部,教师\n".encode("gbk"))
    return path


@pytest.mark.parametrize(("plain", "form"), FORMS)
def test_a_path_of_any_length_is_marked_for_windows_and_shown_without_the_mark(plain: str, form: str) -> None:
    assert marked(PureWindowsPath(plain)) == form
    assert marked(PureWindowsPath(form)) == form
    assert unmarked(PureWindowsPath(form)) == plain
    assert unmarked(PureWindowsPath(plain)) == plain


def test_a_path_is_marked_only_when_it_is_long_and_on_windows(tmp_path: Path, deep: Path) -> None:
    assert reachable(tmp_path) == tmp_path
    assert (str(reachable(deep)) != str(deep)) == (sys.platform == "win32")
    assert (str(reachable(tmp_path, below=LONGEST)) != str(tmp_path)) == (sys.platform == "win32")


def test_an_office_behind_a_very_long_path_works_is_backed_up_and_put_back(deep: Path, actor: Actor) -> None:
    paths = find_paths(deep)
    office = open_office(paths, actor, lambda: NOON)
    with office.change("新增单位") as session:
        registry_writing.insert_units(session, [{"name": "法学院党委"}], today="2024-03-15")
    made = office.back_up("manual")
    office.close()
    assert restoring.put_back(paths, made, now=NOON) is not None
    again = open_office(find_paths(deep), actor, lambda: NOON)
    assert [row.name for row in registry.units(again).rows] == ["法学院党委"]
    again.close()


def test_a_paper_is_saved_and_replaced_behind_a_very_long_path(deep: Path) -> None:
    reachable(deep).mkdir(parents=True)
    for _ in range(2):
        write_workbook(deep / "公示.xlsx", [Sheet("公示", (Column("year", "年度"),), (NOON,))])
    assert [path.name for path in reachable(deep).iterdir()] == ["公示.xlsx"]


def test_a_list_behind_a_very_long_path_is_read_by_the_child(deep_list: Path) -> None:
    (grid,) = read_sheets(open_source(deep_list))
    assert grid.rows[1] == ("教工第一党支部", "教师")


def test_a_list_far_down_in_a_folder_that_was_dropped_is_found(tmp_path: Path, deep_list: Path) -> None:
    (found,) = files_of(tmp_path)
    assert found.path == deep_list
    assert found.inside[-1] == deep_list.parent.name
    assert open_source(found.path).is_table


def test_a_user_with_a_rare_character_in_the_name_has_the_data_in_the_own_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, actor: Actor
) -> None:
    profile = tmp_path / "张䶮 三"
    monkeypatch.setenv("LOCALAPPDATA" if sys.platform == "win32" else "XDG_DATA_HOME", str(profile))
    paths = find_paths()
    open_office(paths, actor, lambda: NOON).close()
    assert paths.store.is_relative_to(profile)
    assert paths.store.is_file()


@pytest.mark.parametrize(
    "share", ["//server/share/双创", r"\\server\share\双创", r"\\?\UNC\server\share\双创"]
)
def test_a_network_share_is_no_place_for_the_live_store(share: str, actor: Actor) -> None:
    with pytest.raises(StoreError, match=r"不能放在网络共享上.*请选择本机磁盘上的文件夹"):
        open_office(Paths(Path(share)), actor)


def _drives(kind: int) -> list[str]:
    """Letters of the drives that Windows says are of a kind."""
    if sys.platform != "win32":
        return []
    import ctypes

    ask = ctypes.WinDLL("kernel32").GetDriveTypeW
    return [letter for letter in string.ascii_uppercase if ask(f"{letter}:\\") == kind]


@pytest.mark.skipif(not _drives(4), reason="needs a drive that Windows has mapped to a share")
def test_a_drive_that_is_mapped_to_a_share_is_no_place_for_the_live_store(actor: Actor) -> None:
    mapped = Path(f"{_drives(4)[0]}:\\")
    with pytest.raises(StoreError, match="不能放在网络共享上"):
        open_office(find_paths(mapped / "双创"), actor)
    assert not (mapped / "双创").exists()


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive - 某大学", "OneDrive"),
        ("BaiduNetdisk", "百度网盘"),
        ("坚果云", "坚果云"),
        ("我的坚果云", "坚果云"),
        ("Nutstore", "坚果云"),
        ("微云同步助手", "微云"),
        ("WPS云盘", "WPS 云盘"),
        ("WeChat Files", "微信"),
        ("Seafile", "Seafile"),
        ("办公软件", ""),
    ],
)
def test_a_folder_that_a_service_synchronises_is_known_by_its_name(
    tmp_path: Path, folder: str, service: str
) -> None:
    assert Paths(tmp_path / folder / "双创").cloud == service


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveCommercial"])
def test_a_folder_of_onedrive_with_another_name_is_known_by_what_onedrive_tells(
    tmp_path: Path, deep: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "云上"))
    assert Paths(tmp_path / "云上" / "双创").cloud == "OneDrive"
    assert Paths(tmp_path / "云下").cloud == ""
    monkeypatch.setenv(variable, str(deep.parent))
    assert find_paths(deep).cloud == "OneDrive"
