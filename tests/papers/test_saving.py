from __future__ import annotations

import errno
import sys
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest

from db.errors import UserError
from dualcreate_desktop.papers.saving import make_folder, save_whole


def failing(number: int) -> OSError:
    return OSError(number, "reason")


def test_a_file_is_replaced_only_when_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "公示.pdf"
    path.write_text("older")

    def half(unfinished: Path) -> None:
        unfinished.write_text("half")
        raise failing(errno.ENOSPC)

    with pytest.raises(UserError, match=r"磁盘空间不足.*公示\.pdf"):
        save_whole(path, half)
    assert path.read_text() == "older"
    assert list(tmp_path.iterdir()) == [path]
    other = tmp_path / "older.pdf"
    other.hardlink_to(path)
    save_whole(path, lambda unfinished: unfinished.write_text("new"))
    assert path.read_text() == "new"
    assert other.read_text() == "older"  # the new file took the name; the older one was never written into
    assert set(tmp_path.iterdir()) == {path, other}


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EACCES, "正被 WPS、Word、Excel 或阅读器打开"),
        (errno.EPERM, "也可能没有权限"),
        (errno.ENOENT, "找不到要保存到的文件夹"),
        (errno.EIO, "文件没有写成：磁盘读写出错"),
        (errno.ELOOP, "文件没有写成：系统提示“"),
    ],
)
def test_a_trouble_of_the_disk_is_told_in_chinese(tmp_path: Path, number: int, told: str) -> None:
    def write(unfinished: Path) -> None:
        raise failing(number)

    with pytest.raises(UserError, match=told):
        save_whole(tmp_path / "公示.pdf", write)


def test_a_folder_is_made_with_those_above_it_and_a_file_of_its_name_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "评审" / "排名"
    make_folder(folder)
    make_folder(folder)
    assert folder.is_dir()
    (tmp_path / "公示").write_text("a file")
    for taken in ("公示", "公示/第三批"):
        with pytest.raises(UserError, match=r"文件没有写成.*公示"):
            make_folder(tmp_path / taken)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk by device")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    def write(unfinished: Path) -> None:
        with Path("/dev/full").open("wb") as full:
            full.write(b"x" * 100000)

    with pytest.raises(UserError, match="磁盘空间不足"):
        save_whole(tmp_path / "公示.pdf", write)


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows refuses to replace an open file")
def test_a_file_open_in_another_program_is_told(tmp_path: Path) -> None:
    path = tmp_path / "公示.pdf"
    with path.open("wb"), pytest.raises(UserError, match="请关闭后重试"):
        save_whole(path, lambda unfinished: unfinished.write_text("new"))


def test_a_file_that_a_scanner_holds_for_a_moment_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "公示.pdf"
    path.write_text("older")
    held = path.open("rb")
    with closing(held):
        scanned = Timer(0.15, held.close)
        scanned.start()
        save_whole(path, lambda unfinished: unfinished.write_text("new"))
        scanned.join()
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_of_that_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "公示.pdf").mkdir()
    with pytest.raises(UserError, match=r"公示\.pdf"):
        save_whole(tmp_path / "公示.pdf", lambda unfinished: unfinished.write_text("new"))


def test_a_fault_of_ours_is_not_hidden(tmp_path: Path) -> None:
    def write(unfinished: Path) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_whole(tmp_path / "公示.pdf", write)
