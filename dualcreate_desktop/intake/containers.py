"""What a received file is, told from its bytes: names and extensions are often wrong."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parseaddr
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import FileRefused

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType
from dualcreate_desktop.long_paths import reachable

LARGEST_FILE = 100 * 1024 * 1024
LARGEST_ENTRY = 20 * 1024 * 1024
LARGEST_RATIO = 200
LARGEST_TOTAL = 300 * 1024 * 1024
MOST_ENTRIES = 10_000

RESAVE = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入"
RESAVE_WORD = "请用 Word 或 WPS 打开，另存为 .docx 后再导入"


class PasswordNeeded(FileRefused):
    """The file is encrypted and the password is missing or wrong."""


class Kind(Enum):
    """What a file is; `label` is how the office calls it."""

    XLSX = "Excel 工作簿（xlsx）"
    XLSB = "Excel 二进制工作簿（xlsb）"
    XLS = "Excel 97-2003 工作簿（xls、et）"
    ODS = "开放文档表格（ods）"
    TEXT = "文本表格（csv、txt）"
    HTML = "网页表格"
    XML2003 = "Excel 2003 XML 表格"
    ENCRYPTED = "加密的工作簿"
    ZIP = "压缩包（zip）"
    DOCX = "Word 文档（docx）"
    DOC = "Word 97-2003 文档（doc、wps、rtf）"
    MSG = "Outlook 邮件（msg）"
    EML = "邮件（eml）"
    TNEF = "Outlook 附件包（winmail.dat）"
    PDF = "PDF 文件"
    RAR = "压缩包（rar、7z）"
    IMAGE = "图片"
    EMPTY = "空文件"
    UNKNOWN = "无法识别的文件"

    @property
    def label(self) -> str:
        """The Chinese name of this kind."""
        return self.value


SHEET_KINDS = frozenset(
    {
        *(Kind.XLSX, Kind.XLSB, Kind.XLS, Kind.ODS, Kind.TEXT, Kind.HTML, Kind.XML2003),
        *(Kind.ENCRYPTED, Kind.DOCX),
    }
)
"""The kinds that hold tables."""

CONTAINER_KINDS = frozenset({Kind.ZIP, Kind.EML, Kind.MSG})
"""The kinds that hold files."""

_INSTEAD = {
    Kind.EMPTY: "文件长度为零，请让对方重新发送",
    Kind.PDF: "PDF 不能作为表格导入，请向对方索取 Excel 文件",
    Kind.DOC: RESAVE_WORD,
    Kind.RAR: "请解压后导入其中的表格，或重新打包为 zip",
    Kind.ZIP: "请解压后导入其中的表格",
    Kind.MSG: "请先把邮件的附件另存，再导入附件",
    Kind.EML: "请先把邮件的附件另存，再导入附件",
    Kind.TNEF: "请对方用“HTML”或“纯文本”格式重新发送邮件，或把附件打成 zip 发送",
    Kind.IMAGE: "图片不能导入，请向对方索取 Excel 文件",
    Kind.UNKNOWN: "请确认文件是否完整，或用 Excel、WPS 另存为 .xlsx 后再导入",
}


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a mail says of itself.

    Args:
        sender: name and address as far as they are told: 张三 <zhangsan@example.cn>.
        sent: wall time of the office; None when the mail does not say.
    """

    sender: str = ""
    subject: str = ""
    sent: datetime | None = None

    @property
    def address(self) -> str:
        """The address alone, in lower case; empty when the sender has none."""
        return parseaddr(self.sender)[1].lower() if "@" in self.sender else ""


@dataclass(frozen=True, slots=True)
class Source:
    """A received file with its bytes.

    Args:
        name: file name as received, for messages; its extension decides nothing.
        sha256: of `data`, hexadecimal; the same file under another name has the same.
        inside: the mails, archives and folders of archives that hold it, the outermost first.
        envelope: of the innermost mail that holds it; None when it came in none.
    """

    name: str
    data: bytes
    sha256: str
    kind: Kind
    inside: tuple[str, ...] = ()
    envelope: Envelope | None = None

    @property
    def path(self) -> str:
        """Where it was found, for people: 通知.eml › 附件.zip › 名册.xlsx."""
        return " › ".join((*self.inside, self.name))

    @property
    def is_container(self) -> bool:
        """Whether `unpacking.unpack` finds files in it."""
        return self.kind in CONTAINER_KINDS

    @property
    def is_table(self) -> bool:
        """Whether `read_sheets` can read it."""
        return self.kind in SHEET_KINDS


def open_source(path: Path) -> Source:
    """Read a file from disk; FileRefused when it is missing, locked, too large or dangerous."""
    reached = reachable(path)
    try:
        if reached.stat().st_size > LARGEST_FILE:
            raise _too_large(path.name)
        data = reached.read_bytes()
    except OSError as error:
        raise FileRefused(
            "文件打不开",
            where=path.name,
            todo="请确认文件存在、没有被其他程序占用，再试一次",
        ) from error
    return source_of(path.name, data)


def source_of(
    name: str, data: bytes, *, inside: tuple[str, ...] = (), envelope: Envelope | None = None
) -> Source:
    """Tell what the bytes are; FileRefused for a bomb, an entity declaration or an oversized file."""
    if len(data) > LARGEST_FILE:
        raise _too_large(name)
    return Source(name, data, hashlib.sha256(data).hexdigest(), sniff(name, data), inside, envelope)


def require_table(source: Source) -> Source:
    """The source itself when it holds tables; FileRefused with what to do instead when it does not."""
    if source.is_table:
        return source
    raise FileRefused(f"不能作为表格读取：{source.kind.label}", where=source.name, todo=_INSTEAD[source.kind])


def decrypted(source: Source, data: bytes) -> Source:
    """The same file with its bytes in clear; name and hash remain those of the file as received."""
    return replace(source, data=data, kind=sniff(source.name, data))


def sniff(name: str, data: bytes) -> Kind:
    """The kind of the bytes; `name` is for messages and for the one case that bytes leave open."""
    if not data.strip(b"\0\t\r\n "):
        return Kind.EMPTY
    if known := _magic(data):
        return known
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(name, data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _sniff_ole(name, data)
    if data[:2] == b"\x09\x08" or data[:4] in (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"):
        return Kind.XLS
    return _sniff_text(name, data)


def _magic(data: bytes) -> Kind | None:
    if data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data):
        return Kind.IMAGE
    return next((kind for magic, kind in _MAGICS if data.startswith(magic)), None)


_MAGICS = (
    (b"%PDF-", Kind.PDF),
    (b"Rar!\x1a\x07", Kind.RAR),
    (b"7z\xbc\xaf\x27\x1c", Kind.RAR),
    (b"\x89PNG\r\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"\x78\x9f\x3e\x22", Kind.TNEF),
    (b"{\\rtf", Kind.DOC),
)


def _sniff_zip(name: str, data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            preflight(name, archive)
            kind = _zip_kind(archive)
            if kind is not Kind.ZIP:
                _refuse_doctypes(name, archive)
            return kind
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError, EOFError) as error:
        raise FileRefused("文件已损坏或没有下载完整", where=name, todo="请让对方重新发送") from error


def _zip_kind(archive: zipfile.ZipFile) -> Kind:
    names = set(archive.namelist())
    for part, kind in (
        ("xl/workbook.bin", Kind.XLSB),
        ("xl/workbook.xml", Kind.XLSX),
        ("word/document.xml", Kind.DOCX),
    ):
        if part in names:
            return kind
    if "mimetype" in names and "content.xml" in names:
        locked = b"encryption-data" in _head(archive, "META-INF/manifest.xml", 1 << 20)
        return Kind.ENCRYPTED if locked else Kind.ODS
    if "[Content_Types].xml" in names and b"sheet.main+xml" in _head(archive, "[Content_Types].xml", 1 << 16):
        return Kind.XLSX
    return Kind.ZIP


def _head(archive: zipfile.ZipFile, part: str, size: int) -> bytes:
    if part not in archive.NameToInfo:
        return b""
    with archive.open(part) as stream:
        return stream.read(size)


def preflight(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse a zip that would unpack too large, from its directory alone."""
    entries = archive.infolist()
    for entry in entries:
        if entry.file_size > LARGEST_ENTRY and entry.file_size > LARGEST_RATIO * max(entry.compress_size, 1):
            raise _bomb(name)
    if sum(entry.file_size for entry in entries) > LARGEST_TOTAL or len(entries) > MOST_ENTRIES:
        raise _bomb(name)


def _refuse_doctypes(name: str, archive: zipfile.ZipFile) -> None:
    for entry in archive.infolist():
        if entry.filename.endswith((".xml", ".rels")) and not entry.flag_bits & 1:
            refuse_doctype(name, _head(archive, entry.filename, 2048))


def refuse_doctype(name: str, head: bytes) -> None:
    """FileRefused when the beginning of an XML document declares a document type, in any encoding."""
    if b"<!DOCTYPE" in head.replace(b"\0", b""):
        raise _doctype(name)


def forbid_doctype(name: str, parser: XMLParserType) -> None:
    """Let a parser refuse a document type wherever it stands."""

    def refuse(*_: object) -> None:
        raise _doctype(name)

    parser.StartDoctypeDeclHandler = refuse


def _doctype(name: str) -> FileRefused:
    return FileRefused("文件中含有不允许的 DOCTYPE 声明，可能不安全", where=name, todo=RESAVE)


def _bomb(name: str) -> FileRefused:
    return FileRefused(
        "文件解压后过大，为安全起见不予打开",
        where=name,
        todo="请让对方把内容复制到新的工作簿后重新发送",
    )


def _too_large(name: str) -> FileRefused:
    return FileRefused(
        f"文件超过 {LARGEST_FILE // 1024 // 1024} MB", where=name, todo="请删去图片等无关内容后再导入"
    )


def _sniff_ole(name: str, data: bytes) -> Kind:
    """An OLE file by the stream names of its directory, which stand in it as UTF-16."""

    lower = data.lower()

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in lower

    if holds("__substg1.0_") and not name.lower().endswith((".xls", ".et")):
        return Kind.MSG
    if holds("encryptedpackage"):
        return Kind.ENCRYPTED
    if holds("worddocument") and not (holds("workbook") and name.lower().endswith((".xls", ".et"))):
        return Kind.DOC
    return Kind.XLS if holds("workbook") or holds("book") else Kind.UNKNOWN


_MAIL_HEADERS = re.compile(
    rb"^(from|to|cc|subject|date|received|return-path|mime-version|message-id|delivered-to|content-type|reply-to"
    rb"|dkim-signature|x-[a-z-]+):",
    re.MULTILINE,
)


def _sniff_text(name: str, data: bytes) -> Kind:
    head = data[:4096].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").replace(b"\r", b"").lstrip().lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and b"<workbook" in head:
        refuse_doctype(name, data[:4096])
        return Kind.XML2003
    if b"x-document-type: workbook" in head:
        return Kind.UNKNOWN
    if len(set(_MAIL_HEADERS.findall(head.partition(b"\n\n")[0]))) >= 2:
        return Kind.EML
    if any(tag in head for tag in (b"<html", b"<table", b"<!doctype html", b"<meta ")):
        return Kind.HTML
    if head.startswith((b"<?xml", b"<office:", b"id;p")):
        return Kind.DOC if b'progid="word.document"' in head else Kind.UNKNOWN
    return Kind.TEXT if _looks_like_text(data[:4096]) else Kind.UNKNOWN


def _looks_like_text(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    if 0 in head:
        return bool(utf_16(head))
    controls = sum(byte < 32 and byte not in b"\t\r\n\f\x1a\x1b" for byte in head)
    return controls * 50 <= len(head)


def utf_16(head: bytes) -> str:
    """The byte order of UTF-16 text without a mark, by which of the two reads as Chinese or ASCII; empty for neither."""
    best = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _readable(head, encoding))
    return best if _readable(head, best) > 0.9 else ""


def _readable(head: bytes, encoding: str) -> float:
    text = head[: len(head) // 2 * 2].decode(encoding, errors="replace")
    plain = sum(
        character in "\t\r\n"
        or " " <= character <= "~"
        or "\u3000" <= character <= "\u9fff"
        or "\uff00" <= character <= "\uffef"
        for character in text
    )
    return plain / max(len(text), 1)
