"""A file goes back to its sender, marked, and returns mended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from db.errors import NotAllowed
from db.vocabulary import RowState
from dualcreate_desktop.office import incoming, sending_back
from dualcreate_desktop.office.receiving import Answers
from dualcreate_desktop.office.store import Office

HEAD = ("所属院级党组织", "党支部名称", "支部类型", "成立时间", "正式党员数")


@pytest.fixture
def received(office: Office, branches: dict[str, str], tmp_path: Path) -> Path:
    """A workbook with two troubles."""
    path = tmp_path / "党支部名册.xlsx"
    book = openpyxl.Workbook()
    for row in (
        HEAD,
        ("机械学院", "机械工程学院教工第一党支部", "火星", "2015.6", 20),
        ("机械学院", "机械工程学院教工第二党支部", "教师", "下半年", 13),
        ("机械学院", "机械工程学院研究生第一党支部", "研究生", "2015.6", 31),
    ):
        book.worksheets[0].append(row)
    book.save(path)
    return path


def test_the_copy_is_marked_and_the_mail_says_what_to_do(
    office: Office, received: Path, tmp_path: Path
) -> None:
    previews = incoming.open_file(office, received)
    back = sending_back.send_back(
        office, previews, tmp_path / sending_back.copy_name(previews), until=datetime(2024, 3, 20, 17)
    )
    assert (back.path.name, back.problems, back.rebuilt, back.losses) == (
        "党支部名册（请修改）.xlsx",
        2,
        False,
        (),
    )
    assert back.mail.text.startswith("机械工程学院党委：")
    assert "第 2 行 C 列：“火星”不在可选项中" in back.mail.text
    assert "2024年3月20日17:00前" in back.mail.text
    assert back.mail.text.endswith("党委组织部　王小明\n2024年3月15日")
    book = openpyxl.load_workbook(back.path)
    assert book.worksheets[1]["C2"].comment is not None
    assert book.worksheets[0]["A3"].value == "请于 2024年3月20日17:00前改好发回。"


def test_the_copy_mended_by_its_sender_comes_back_clean(
    office: Office, received: Path, tmp_path: Path
) -> None:
    first = incoming.open_file(office, received)
    back = sending_back.send_back(office, first, tmp_path / "修改稿.xlsx")
    (again,) = incoming.open_file(office, back.path)
    assert [row.state for row in again.rows()] == [row.state for row in first[0].rows()]
    book = openpyxl.load_workbook(back.path)
    book.worksheets[1]["C2"] = "教师"
    book.worksheets[1]["D3"] = "2015.6"
    book.save(back.path)
    (mended,) = incoming.open_file(office, back.path)
    assert [row.state for row in mended.rows()] == [RowState.SAME, RowState.CHANGED, RowState.SAME]
    assert mended.sheet.plan.all_problems == ()


def test_what_the_office_mended_itself_is_not_asked(office: Office, received: Path, tmp_path: Path) -> None:
    (preview,) = incoming.open_file(office, received)
    mended = incoming.mend(office, preview, Answers(mends={(1, 2): "教师"}))
    back = sending_back.send_back(office, [mended], tmp_path / "修改稿.xlsx")
    assert back.problems == 1


def test_a_file_without_problems_is_not_sent_back(
    office: Office, branches: dict[str, str], send: Callable[..., Path], tmp_path: Path
) -> None:
    path = send([HEAD, ("机械学院", "机械工程学院教工第一党支部", "教师", "2015.6", 20)])
    previews = incoming.open_file(office, path)
    with pytest.raises(NotAllowed, match="没有需要修改的地方"):
        sending_back.send_back(office, previews, tmp_path / "修改稿.xlsx")


def test_the_work_is_stopped_by_whoever_is_told(office: Office, received: Path, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def tell(done: int, total: int, what: str) -> None:
        raise Stopped

    previews = incoming.open_file(office, received)
    with pytest.raises(Stopped):
        sending_back.send_back(office, previews, tmp_path / "修改稿.xlsx", tell=tell)
    assert not (tmp_path / "修改稿.xlsx").exists()
