"""Mails and archives, in one another: every file inside is found, and nothing gets out of its container."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from email.message import EmailMessage

import pytest

from dualcreate_desktop.intake.containers import Kind, Source, require_table, source_of
from dualcreate_desktop.intake.sheets import read_sheets, unpack_source
from dualcreate_desktop.intake.unpacking import DEEPEST, Item, Unopened, unpack

CSV = "党支部名称,书记\n教工一支部,张三\n".encode("gbk")


def zipped(entries: Iterable[tuple[str, bytes]], *, encoding: str = "utf-8") -> bytes:
    """An archive byte by byte, since Python writes names beyond ASCII only as UTF-8 with the flag."""
    local, directory = b"", b""
    flag = 0x800 if encoding == "utf-8" else 0
    for name, data in entries:
        raw, offset = name.encode(encoding), len(local)
        sizes = struct.pack("<III", zlib.crc32(data), len(data), len(data))
        common = struct.pack("<HHHHH", 20, flag, 0, 0, 33) + sizes
        local += b"PK\x03\x04" + common + struct.pack("<HH", len(raw), 0) + raw + data
        tail = struct.pack("<HHHHHII", len(raw), 0, 0, 0, 0, 0, offset)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + common + tail + raw
    count = directory.count(b"PK\x01\x02")
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(local), 0)
    return local + directory + b"PK\x05\x06" + end


def mail(*attachments: tuple[str, bytes], sender: str = "张三 <zhangsan@example.cn>") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = sender, "报送材料"
    message["Date"] = "Mon, 4 Mar 2024 09:30:00 +0800"
    message.set_content("见附件")
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def found(name: str, data: bytes, *passwords: str) -> tuple[Item, ...]:
    return unpack(source_of(name, data), passwords)


def sources(items: Iterable[Item]) -> list[Source]:
    return [item for item in items if isinstance(item, Source)]


def unopened(items: Iterable[Item]) -> list[Unopened]:
    return [item for item in items if isinstance(item, Unopened)]


def test_a_workbook_in_a_zip_in_a_mail_is_found_with_its_way_and_sender(
    make_workbook: Callable[..., bytes],
) -> None:
    workbook = make_workbook([["党支部名称"], ["教工一支部"]])
    packed = zipped([("机械学院/名册.xlsx", workbook)])
    (source,) = sources(unpack_source(source_of("来信.eml", mail(("附件.zip", packed)).as_bytes())))
    assert source.path == "来信.eml › 附件.zip › 机械学院 › 名册.xlsx"
    assert (source.kind, source.sha256) == (Kind.XLSX, source_of("x", workbook).sha256)
    assert source.envelope is not None
    assert (source.envelope.sender, source.envelope.subject) == ("张三 <zhangsan@example.cn>", "报送材料")
    assert read_sheets(source)[0].cell(1, 0) == "教工一支部"


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_names_in_an_archive_are_read_with_and_without_the_flag(encoding: str) -> None:
    (source,) = sources(found("附件.zip", zipped([("材料学院/名册（终稿）.csv", CSV)], encoding=encoding)))
    assert (source.name, source.inside) == ("名册（终稿）.csv", ("附件.zip", "材料学院"))


def test_a_name_that_climbs_out_of_the_archive_stays_in_it() -> None:
    names = [
        "../../../etc/名册.csv",
        "/根/名册.csv",
        "C:\\Windows\\名册.csv",
        "..\\名册.csv",
        "a\u202ecsv.exe/\x07名册.csv",
    ]
    packed = zipped([("内.zip", zipped([(name, CSV) for name in names]))])
    items = sources(found("外.zip", packed))
    assert [source.name for source in items] == ["名册.csv"] * 5
    assert not any(part in ("..", "", "C:") or "\u202e" in part for source in items for part in source.inside)


def test_locks_and_forks_are_no_files_of_the_sender() -> None:
    names = ["__MACOSX/._名册.csv", "~$名册.xlsx", ".DS_Store", "Thumbs.db", "名册.csv"]
    assert [s.name for s in sources(found("a.zip", zipped([(name, CSV) for name in names])))] == ["名册.csv"]


def test_a_mail_in_a_mail_and_a_zip_in_a_zip_are_opened_and_no_deeper() -> None:
    inner = mail(
        ("包.zip", zipped([("里.zip", zipped([("名册.csv", CSV)]))])), sender="李四 <lisi@example.cn>"
    )
    outer = mail()
    outer.add_attachment(inner)
    (source,) = sources(found("外.eml", outer.as_bytes()))
    assert source.inside == ("外.eml", "报送材料.eml", "包.zip", "里.zip")
    assert source.envelope is not None
    assert source.envelope.address == "lisi@example.cn"
    deep = zipped([("名册.csv", CSV)])
    for level in range(DEEPEST):
        deep = zipped([(f"{level}.zip", deep)])
    (item,) = unopened(found("外.zip", deep))
    assert "套了 4 层以上" in item.what
    assert "解压" in item.todo


def test_mails_nested_without_end_stop_too() -> None:
    message = mail(("名册.csv", CSV))
    for _ in range(DEEPEST + 2):
        outer = mail()
        outer.add_attachment(message)
        message = outer
    (item,) = found("外.eml", message.as_bytes())
    assert isinstance(item, Unopened)
    assert "层以上" in item.what


def test_a_bomb_keeps_only_itself_out() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (30 << 20))
    items = found("附件.zip", zipped([("名册.xlsx", bomb.getvalue()), ("名册.csv", CSV)]))
    assert [item.what for item in unopened(items)] == ["文件解压后过大，为安全起见不予打开"]
    assert [source.name for source in sources(items)] == ["名册.csv"]


def test_too_many_files_are_refused_with_a_way_out() -> None:
    (item,) = unopened(found("a.zip", zipped([(f"{n}.csv", b"a") for n in range(501)])))
    assert (item.what, item.todo) == ("压缩包里有 501 个文件，超过 500 个", "请解压后分批导入其中的表格")


def test_a_locked_archive_opens_with_a_password_of_the_office() -> None:
    assert [item.locked for item in unopened(found("a.zip", LOCKED))] == [True]
    assert "密码不对" in unopened(found("a.zip", LOCKED, "统战部"))[0].what
    (source,) = sources(found("a.zip", LOCKED, "统战部", "组织部2024"))
    assert (source.name, source.data) == ("名册.csv", CSV)


@pytest.mark.parametrize("passwords", [(), ("组织部2024",)])
def test_an_archive_locked_with_aes_asks_for_no_password_and_says_the_way_out(
    passwords: tuple[str, ...],
) -> None:
    aes = LOCKED.replace(struct.pack("<HHH", 20, 1, 0), struct.pack("<HHH", 51, 1, 99))
    (item,) = unopened(found("a.zip", aes, *passwords))
    assert (item.locked, item.what) == (False, "压缩包用 AES 加密，本程序打不开")
    assert "解压" in item.todo


def test_a_broken_archive_and_a_broken_attachment_are_told() -> None:
    half = zipped([("名册.csv", CSV)])
    flipped = half.replace(CSV, CSV[:-3] + b"???")
    items = found("来信.eml", mail(("坏.zip", flipped), ("好.csv", CSV)).as_bytes())
    assert ("名册.csv", "压缩包里的文件已损坏") in {(item.name, item.what) for item in unopened(items)}
    assert [source.name for source in sources(items)] == ["好.csv"]


@pytest.mark.parametrize(
    ("data", "todo"),
    [
        (b"Rar!\x1a\x07\x01\x00", "重新打包为 zip"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "重新打包为 zip"),
        (b"\x78\x9f\x3e\x22\x01\x00\x01\x08", "“HTML”或“纯文本”格式重新发送邮件"),
        (b"%PDF-1.7", "索取 Excel 文件"),
        (b"\x89PNG\r\n\x1a\n", "索取 Excel 文件"),
    ],
)
def test_what_is_no_table_comes_along_and_says_how_it_could_be_read(data: bytes, todo: str) -> None:
    (source,) = sources(found("来信.eml", mail(("附件.dat", data)).as_bytes()))
    with pytest.raises(Exception, match=todo):
        require_table(source)


def test_a_mail_without_attachments_says_so() -> None:
    (item,) = unopened(found("空.eml", mail().as_bytes()))
    assert item.what == "邮件里没有附件"
    assert "超大附件" in item.todo
    packed = zipped([("空.eml", mail().as_bytes()), ("空.zip", zipped([])), ("名册.csv", CSV)])
    items = found("附件.zip", packed)
    assert [item.what for item in unopened(items)] == ["邮件里没有附件", "压缩包是空的"]


def test_what_holds_no_files_is_itself() -> None:
    source = source_of("名册.csv", CSV)
    assert unpack(source) == (source,) == unpack_source(source)


def locked(data: bytes, password: bytes) -> bytes:
    """ZipCrypto, which archivers still write and the standard library only reads."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 255)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = crc(keys[2], keys[1] >> 24)

    def crc(value: int, byte: int) -> int:
        return (value >> 8) ^ zlib.crc32(bytes([(value ^ byte) & 255]), 0xFFFFFFFF) ^ 0xFFFFFFFF

    for byte in password:
        update(byte)
    out = bytearray()
    for byte in bytes(11) + bytes([zlib.crc32(data) >> 24]) + data:
        mixed = keys[2] | 2
        out.append(byte ^ (((mixed * (mixed ^ 1)) >> 8) & 255))
        update(byte)
    return bytes(out)


def locked_zip(name: str, data: bytes, password: str) -> bytes:
    packed, raw = locked(data, password.encode("gbk")), name.encode("gbk")
    sizes = struct.pack("<III", zlib.crc32(data), len(packed), len(data))
    common = struct.pack("<HHHHH", 20, 1, 0, 0, 33) + sizes
    local = b"PK\x03\x04" + common + struct.pack("<HH", len(raw), 0) + raw + packed
    entry = (
        b"PK\x01\x02"
        + struct.pack("<H", 20)
        + common
        + struct.pack("<HHHHHII", len(raw), 0, 0, 0, 0, 0, 0)
        + raw
    )
    return local + entry + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), len(local), 0)


LOCKED = locked_zip("名册.csv", CSV, "组织部2024")
