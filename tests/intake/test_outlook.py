"""Mails saved by Outlook, written here stream by stream, since no kept library writes them."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from datetime import UTC, datetime

from dualcreate_desktop.intake.containers import Envelope, Kind, Source, source_of
from dualcreate_desktop.intake.outlook import read_msg
from dualcreate_desktop.intake.sheets import unpack_source
from dualcreate_desktop.intake.unpacking import Unopened

Tree = Mapping[str, "bytes | Tree"]
"""Name → the content of a stream, or a storage."""

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END = 0xFFFFFFFF, 0xFFFFFFFE
CSV = "党支部名称,书记\n教工一支部,张三\n".encode("gbk")


class Ole:
    """A compound file of version 3 with one FAT sector: enough for mails of 50 KB."""

    def __init__(self, tree: Tree) -> None:
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.mini, self.mini_fat = b"", list[int]()
        self.entries: list[bytes] = [b""]
        child = self._storage(tree)
        start = self._chain(self.mini)
        self.entries[0] = self._entry("Root Entry", 5, child, start, len(self.mini))

    def _storage(self, tree: Tree) -> int:
        """Its entries, each the right sibling of the one before; the first one's number."""
        numbers = []
        for name, content in tree.items():
            numbers.append(len(self.entries))
            self.entries.append(b"")
            if isinstance(content, bytes):
                self.entries[numbers[-1]] = self._stream(name, content)
            else:
                self.entries[numbers[-1]] = self._entry(name, 1, self._storage(content), 0, 0)
        for number, following in zip(numbers, [*numbers[1:], FREE], strict=True):
            entry = self.entries[number]
            self.entries[number] = entry[:72] + struct.pack("<I", following) + entry[76:]
        return numbers[0] if numbers else FREE

    def _stream(self, name: str, content: bytes) -> bytes:
        if len(content) >= CUTOFF:
            return self._entry(name, 2, FREE, self._chain(content), len(content))
        start = len(self.mini_fat)
        count = -(-len(content) // MINI)
        self.mini += content.ljust(count * MINI, b"\0")
        self.mini_fat += [*range(start + 1, start + count), END][:count]
        return self._entry(name, 2, FREE, start if count else END, len(content))

    def _chain(self, content: bytes) -> int:
        start, count = len(self.sectors), -(-len(content) // SECTOR)
        padded = content.ljust(count * SECTOR, b"\0")
        self.sectors += [padded[at : at + SECTOR] for at in range(0, len(padded), SECTOR)]
        self.fat += [*range(start + 1, start + count), END][:count]
        return start if count else END

    def _entry(self, name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le") + b"\0\0"
        head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
        return head + bytes(36) + struct.pack("<IQ", start, size)

    def bytes(self) -> bytes:
        mini_fat = self._chain(struct.pack(f"<{len(self.mini_fat)}I", *self.mini_fat).ljust(SECTOR, b"\xff"))
        directory = self._chain(b"".join(self.entries).ljust(-(-len(self.entries) // 4) * SECTOR, b"\0"))
        own = len(self.sectors)
        fat = struct.pack(f"<{own + 1}I", *self.fat, 0xFFFFFFFD).ljust(SECTOR, b"\xff")
        assert len(fat) == SECTOR
        header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
        header += struct.pack("<HHHHHHII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0)
        header += struct.pack("<IIIIIIIII", 1, directory, 0, CUTOFF, mini_fat, 1, END, 0, own)
        return header.ljust(SECTOR, b"\xff") + b"".join(self.sectors) + fat


def wide(tag: int, text: str) -> dict[str, bytes | Tree]:
    return {f"__substg1.0_{tag:04X}001F": text.encode("utf-16-le")}


def narrow(tag: int, text: str) -> dict[str, bytes | Tree]:
    return {f"__substg1.0_{tag:04X}001E": text.encode("gbk")}


def properties(header: int, *, sent: datetime | None = None, code_page: int = 0) -> dict[str, bytes | Tree]:
    entries = b""
    if sent is not None:
        ticks = int((sent - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
        entries += struct.pack("<HHIQ", 0x0040, 0x0039, 6, ticks)
    if code_page:
        entries += struct.pack("<HHIQ", 0x0003, 0x3FFD, 6, code_page)
    return {"__properties_version1.0": bytes(header) + entries}


def attachment(number: int, content: Tree) -> dict[str, bytes | Tree]:
    return {f"__attach_version1.0_#{number:08X}": {**properties(8), **content}}


MODERN: Tree = {
    **properties(32, sent=datetime(2024, 3, 4, 1, 30, tzinfo=UTC)),
    **wide(0x0037, "报送名册"),
    **wide(0x0C1A, "张三"),
    **wide(0x0C1F, "/O=UNI/CN=ZHANGSAN"),
    **wide(0x5D01, "zhangsan@example.cn"),
    **attachment(
        0, {**wide(0x3704, "MINGCE~1.CSV"), **wide(0x3707, "名册.csv"), "__substg1.0_37010102": CSV}
    ),
    **attachment(1, {**wide(0x3707, "大表.csv"), "__substg1.0_37010102": CSV * 300}),
}
OLD: Tree = {
    **properties(32, code_page=936),
    **narrow(0x0037, "转发：名册"),
    **narrow(0x0C1A, "李四"),
    **attachment(0, {**narrow(0x3001, "原邮件"), "__substg1.0_3701000D": {**MODERN, **properties(24)}}),
}


def test_sender_subject_date_and_attachments_of_a_saved_mail() -> None:
    mail = read_msg(Ole(MODERN).bytes())
    assert mail.envelope == Envelope("张三 <zhangsan@example.cn>", "报送名册", datetime(2024, 3, 4, 9, 30))
    assert [(part.name, part.data) for part in mail.parts] == [("名册.csv", CSV), ("大表.csv", CSV * 300)]


def test_names_of_an_older_mail_are_in_its_code_page() -> None:
    mail = read_msg(Ole(OLD).bytes())
    assert mail.envelope == Envelope("李四", "转发：名册", None)
    assert mail.parts[0].name == "原邮件.msg"


def test_a_mail_in_a_mail_is_opened() -> None:
    source = source_of("转发.msg", Ole(OLD).bytes())
    assert source.kind is Kind.MSG
    items = unpack_source(source)
    assert [item.path for item in items] == [
        "转发.msg › 原邮件.msg › 名册.csv",
        "转发.msg › 原邮件.msg › 大表.csv",
    ]
    assert all(isinstance(item, Source) and item.kind is Kind.TEXT for item in items)
    assert [item.envelope and item.envelope.subject for item in items] == ["报送名册"] * 2


def test_a_mail_cut_short_is_told_and_does_not_raise() -> None:
    whole = Ole(MODERN).bytes()
    for size in range(1024, len(whole), 1024):
        for item in unpack_source(Source("断.msg", whole[:size], "", Kind.MSG)):
            assert isinstance(item, Source | Unopened)
