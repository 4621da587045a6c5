"""A problem report tells how the program is, and not one word of what the office has on record."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from db.errors import UserError
from db.models import Person, Unit
from dualcreate_desktop import __version__
from dualcreate_desktop.office import problem_report, registry
from dualcreate_desktop.office.problem_report import skeleton
from dualcreate_desktop.office.store import Office

CRASH = """DualCreate Desktop 0.1.0 · Python 3.11.9 · Windows-10
2024-03-15 09:00:01

Traceback (most recent call last):
  File "D:\\用户\\zhangsan\\AppData\\Local\\Programs\\DualCreate\\_internal\\ui\\main_window.py", line 12, in save
    write("赵喆", phone="13800001234")
  File "D:\\用户\\张三\\office.py", line 7, in <module>
KeyError: '赵喆 13800001234'
    钱文博
zhaozhe

During handling of the above exception, another exception occurred:

db.errors.StoreError: 机械工程学院教工第一党支部的书记赵喆
"""


def texts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_of_an_error_its_kind_its_place_and_its_time_are_left() -> None:
    assert list(skeleton(CRASH)) == [
        "2024-03-15 09:00:01",
        "  ui/main_window.py:12 save",
        "  office.py:7 <module>",
        "KeyError",
        "db.errors.StoreError",
    ]


def test_no_person_unit_or_number_of_the_sample_office_is_in_the_report(
    sample_office: Office, tmp_path: Path
) -> None:
    with sample_office.read() as session:
        persons = set(session.scalars(select(Person.name)))
        units = set(session.scalars(select(Unit.name)))
    assert len(persons) > 50
    log = sample_office.paths.logs / "错误-20240315-090001.txt"
    log.write_text(CRASH + "\n".join(sorted(persons | units)), encoding="utf-8")
    target = tmp_path / "问题报告.zip"
    problem_report.pack(sample_office.paths, target, now=sample_office.clock())
    whole = "\n".join(f"{name}\n{text}" for name, text in texts(target).items())
    assert [name for name in (*persons, *units, "zhangsan", "张三", "zhaozhe") if name in whole] == []
    assert re.findall(r"1[3-9]\d{9}", whole) == []


def test_it_tells_the_version_the_rows_and_that_the_store_is_sound(
    sample_office: Office, tmp_path: Path
) -> None:
    target = tmp_path / "问题报告.zip"
    problem_report.pack(sample_office.paths, target, now=sample_office.clock())
    found = texts(target)
    assert __version__ in found["程序.txt"]
    assert "校验通过" in found["数据.txt"]
    assert f"unit {registry.units(sample_office).total}" in found["数据.txt"].splitlines()


def test_a_damaged_store_does_not_keep_a_report_from_being_made(office: Office, tmp_path: Path) -> None:
    office.database.close()
    office.paths.store.write_bytes(b"no store" * 1000)
    problem_report.pack(office.paths, tmp_path / "问题报告.zip", now=office.clock())
    assert "数据库读不出来" in texts(tmp_path / "问题报告.zip")["数据.txt"]


def test_a_place_that_cannot_be_written_is_a_sentence(office: Office, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="请换一个文件夹"):
        problem_report.pack(office.paths, tmp_path / "没有" / "问题报告.zip", now=office.clock())
