"""A mail saved by Outlook (.msg): property streams inside an OLE file, as [MS-OXMSG] describes them."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from dualcreate_desktop.intake.containers import Envelope
from dualcreate_desktop.intake.filenames import gbk_or_utf8, python_charset, safe_name
from dualcreate_desktop.intake.mail import OFFICE_ZONE, Mail, Part

if TYPE_CHECKING:
    from olefile import OleFileIO

_SUBJECT, _SENDER_NAME, _SENDER_ADDRESS, _SENDER_SMTP = 0x0037, 0x0C1A, 0x0C1F, 0x5D01
_SENT, _RECEIVED, _CODE_PAGE = 0x0039, 0x0E06, 0x3FFD
_DATA, _SHORT_NAME, _LONG_NAME, _SHOWN_NAME = 0x3701, 0x3704, 0x3707, 0x3001
_UNICODE, _ANSI, _BINARY, _OBJECT = 0x001F, 0x001E, 0x0102, 0x000D
_TOP_HEADER, _INNER_HEADER, _ATTACHMENT_HEADER = 32, 24, 8
_ENTRY = struct.Struct("<HHI8s")
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)

Path = tuple[str, ...]
"""Where a storage stands in the file."""


def read_msg(data: bytes) -> Mail:
    """The mail that a file holds; a broken file may raise almost anything."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as file:
        return _mail(_Storage(file, (), _TOP_HEADER, _children(file)))


def _children(file: OleFileIO) -> dict[Path, list[str]]:
    """Storage → the names of the storages directly in it."""
    children: dict[Path, list[str]] = {}
    for path in file.listdir(streams=False, storages=True):
        children.setdefault(tuple(path[:-1]), []).append(path[-1])
    return children


@dataclass(frozen=True, slots=True)
class _Storage:
    """One storage with its properties.

    Args:
        header: bytes before the first entry of its property stream.
    """

    file: OleFileIO
    path: Path
    header: int
    children: dict[Path, list[str]]

    def storages(self, prefix: str) -> Iterator[Path]:
        """The storages in it whose name begins so, in their order."""
        names = self.children.get(self.path, [])
        return ((*self.path, name) for name in sorted(names) if name.startswith(prefix))

    def stream(self, tag: int, kind: int) -> bytes:
        """The content of a property; empty when there is none."""
        path = [*self.path, f"__substg1.0_{tag:04X}{kind:04X}"]
        if self.file.get_type(path) != 2:
            return b""
        with self.file.openstream(path) as stream:
            content: bytes = stream.read()
            return content

    def text(self, tag: int, code_page: int) -> str:
        """A text property, Unicode or in the code page of the mail."""
        if wide := self.stream(tag, _UNICODE):
            return wide.decode("utf-16-le", errors="replace").strip("\0 ")
        narrow = self.stream(tag, _ANSI).strip(b"\0 ")
        if code_page in (0, 1252, 65001):
            return gbk_or_utf8(narrow)
        return narrow.decode(python_charset(f"cp{code_page}"), errors="replace")

    def fixed(self, tag: int) -> int:
        """A number of the property stream; 0 when there is none."""
        path = [*self.path, "__properties_version1.0"]
        if self.file.get_type(path) != 2:
            return 0
        with self.file.openstream(path) as stream:
            entries = stream.read()[self.header :]
        whole = len(entries) // _ENTRY.size * _ENTRY.size
        values = (value for _, name, _, value in _ENTRY.iter_unpack(entries[:whole]) if name == tag)
        return int.from_bytes(next(values, b""), "little")


def _mail(storage: _Storage) -> Mail:
    page = storage.fixed(_CODE_PAGE)
    name = storage.text(_SENDER_NAME, page)
    address = storage.text(_SENDER_SMTP, page) or storage.text(_SENDER_ADDRESS, page)
    if "@" not in address:
        address = ""
    sender = f"{name} <{address}>" if address and name not in ("", address) else address or name
    moment = storage.fixed(_SENT) or storage.fixed(_RECEIVED)
    envelope = Envelope(sender, storage.text(_SUBJECT, page), _moment(moment))
    parts = (
        _part(storage, _Storage(storage.file, path, _ATTACHMENT_HEADER, storage.children), page)
        for path in storage.storages("__attach_version1.0_")
    )
    return Mail(envelope, tuple(parts))


def _part(mail: _Storage, attachment: _Storage, page: int) -> Part:
    """An attached file, or an attached mail, which is a storage of its own."""
    name = next(
        filter(None, (attachment.text(tag, page) for tag in (_LONG_NAME, _SHORT_NAME, _SHOWN_NAME))), ""
    )
    inner = (*attachment.path, f"__substg1.0_{_DATA:04X}{_OBJECT:04X}")
    holds_mail = mail.file.get_type([*inner, "__properties_version1.0"]) == 2
    if not holds_mail:
        return Part(safe_name(name or "附件"), attachment.stream(_DATA, _BINARY))
    nested = _mail(_Storage(mail.file, inner, _INNER_HEADER, mail.children))
    return Part(safe_name(f"{name or nested.envelope.subject or '转发的邮件'}.msg"), b"", nested)


def _moment(ticks: int) -> datetime | None:
    """Steps of 100 ns since 1601 in UTC; None when unset or nonsense."""
    try:
        moment = _EPOCH + timedelta(microseconds=ticks // 10)
        return moment.astimezone(OFFICE_ZONE).replace(tzinfo=None, microsecond=0) if ticks else None
    except OverflowError:
        return None
