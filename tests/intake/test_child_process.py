"""The reading process: one for many files, stopped in the middle of any, never alone."""

from __future__ import annotations

import io
import multiprocessing
import struct
import subprocess
import sys
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.errors import FileRefused
from dualcreate_desktop.intake import sheets
from dualcreate_desktop.intake.containers import Kind, Source, source_of
from dualcreate_desktop.intake.sheets import Cancelled, dismiss, read_sheets, unpack_source

ROOT = Path(__file__).parents[2]
CSV = "党支部名称,书记\n教工一支部,张三\n".encode("gbk")
PASSWORD = b"1"


@pytest.fixture(autouse=True)
def _no_child_from_before() -> Iterator[None]:
    dismiss()
    yield
    dismiss()


def children() -> list[int | None]:
    return [child.pid for child in multiprocessing.active_children()]


def slow_archive() -> bytes:
    """A locked archive whose decryption, byte by byte in Python, takes about a minute."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def crc(value: int, byte: int) -> int:
        return (value >> 8) ^ zlib.crc32(bytes([(value ^ byte) & 255]), 0xFFFFFFFF) ^ 0xFFFFFFFF

    def encrypt(byte: int) -> int:
        mixed = keys[2] | 2
        sent = byte ^ (((mixed * (mixed ^ 1)) >> 8) & 255)
        update(byte)
        return sent

    def update(byte: int) -> None:
        keys[0] = crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 255)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = crc(keys[2], keys[1] >> 24)

    for byte in PASSWORD:
        update(byte)
    packed = bytes(encrypt(byte) for byte in bytes(12)) + bytes(90 << 20)
    common = struct.pack("<HHHHHIII", 20, 1, 0, 0, 33, 0, len(packed), len(packed) - 12)
    local = b"PK\x03\x04" + common + struct.pack("<HH", 1, 0) + b"a" + packed
    entry = (
        b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHHHII", 1, 0, 0, 0, 0, 0, 0) + b"a"
    )
    return local + entry + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), len(local), 0)


def test_one_child_reads_file_after_file() -> None:
    read_sheets(source_of("一.csv", CSV))
    first = children()
    for number in range(5):
        assert read_sheets(source_of(f"{number}.csv", CSV))[0].cell(1, 0) == "教工一支部"
    assert len(first) == 1
    assert children() == first


def test_files_read_at_the_same_time_have_a_child_each_and_one_stays() -> None:
    done: list[int] = []
    threads = [
        threading.Thread(target=lambda: done.append(len(read_sheets(source_of("a.csv", CSV)))))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [1, 1, 1]
    assert len(children()) == 1


def test_a_child_that_died_while_it_waited_is_replaced() -> None:
    read_sheets(source_of("a.csv", CSV))
    for child in multiprocessing.active_children():
        child.kill()
        child.join()
    assert read_sheets(source_of("b.csv", CSV))[0].cell(1, 1) == "张三"


def test_after_a_file_that_kills_its_reader_the_next_one_is_read() -> None:
    read_sheets(source_of("a.csv", CSV))
    with pytest.raises(FileRefused, match=r"无法读取|过大"):
        read_sheets(Source("毒.ods", far_cell(), "", Kind.ODS))
    assert read_sheets(source_of("b.csv", CSV))[0].cell(1, 1) == "张三"


def far_cell() -> bytes:
    """An ods whose one cell stands in XFD1048576: its reader asks for more memory than there is and aborts."""
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="甲"><table:table-row table:number-rows-repeated="1048575">'
        '<table:table-cell table:number-columns-repeated="16383"/><table:table-cell office:value-type="string">'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<x/>")
    return out.getvalue()


@pytest.fixture(scope="module")
def slow() -> Source:
    return source_of("慢.zip", slow_archive())


def test_reading_is_cancelled_in_its_middle_and_leaves_no_process(slow: Source) -> None:
    asked = iter(range(1000))
    with pytest.raises(Cancelled):
        unpack_source(slow, passwords=(PASSWORD.decode(),), cancelled=lambda: next(asked) >= 60)
    assert next(asked) == 61
    assert children() == []


def test_sending_a_large_file_is_cancelled_too(slow: Source) -> None:
    read_sheets(source_of("a.csv", CSV))
    asked = iter(range(1000))
    with pytest.raises(Cancelled):
        unpack_source(slow, cancelled=lambda: next(asked) >= 3)
    assert next(asked) == 4
    assert children() == []


def test_reading_is_given_up_when_its_time_is_over(slow: Source) -> None:
    with pytest.raises(FileRefused, match="读取时间过长"):
        unpack_source(slow, passwords=(PASSWORD.decode(),), timeout=0.5)
    assert children() == []


def test_the_child_dies_in_mid_read_when_its_parent_is_killed(slow: Source, tmp_path: Path) -> None:
    """Both hold the output: it ends when both are gone, long before the archive would be read."""
    archive = tmp_path / "慢.zip"
    archive.write_bytes(slow.data)
    script = tmp_path / "parent.py"
    script.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from dualcreate_desktop.intake.containers import open_source\n"
        "from dualcreate_desktop.intake.sheets import unpack_source\n"
        "def told():\n"
        "    print('reading', flush=True)\n"
        "    return False\n"
        "if __name__ == '__main__':\n"
        f"    unpack_source(open_source(Path({str(archive)!r})), passwords=('1',), cancelled=told)\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-X", "utf8", str(script)]
    with subprocess.Popen(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        for _ in range(5):
            assert parent.stdout.readline().strip() == b"reading"
        parent.kill()
        parent.communicate(timeout=15)


def test_the_child_is_retired_after_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_FILES", 2)
    read_sheets(source_of("a.csv", CSV))
    first = children()
    read_sheets(source_of("b.csv", CSV))
    assert children() == []
    read_sheets(source_of("c.csv", CSV))
    assert children() not in ([], first)


def test_a_file_that_needs_too_much_memory_is_refused_and_its_child_not_used_again(
    make_workbook: Callable[..., bytes],
) -> None:
    wide = make_workbook(
        [[f"第{row}行第{column}列的一段文字" for column in range(40)] for row in range(3000)]
    )
    with pytest.raises(FileRefused):
        read_sheets(source_of("大.xlsx", wide), memory=60 << 20)
    assert children() == []
