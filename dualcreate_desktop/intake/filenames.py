"""Names of received files: only what may be shown and kept, whatever their container says."""

from __future__ import annotations

import re
import unicodedata

NAMELESS = "未命名"

_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]")
_DRIVE = re.compile(r"^[A-Za-z]:$")
_LITTER = re.compile(r"^(?:\._.*|~\$.*|\.DS_Store|Thumbs\.db|desktop\.ini)$", re.IGNORECASE)


def safe_name(name: str) -> str:
    """The last part of a name, composed, without control, direction and replacement characters."""
    parts = path_parts(name)
    return parts[-1] if parts else NAMELESS


def path_parts(path: str) -> tuple[str, ...]:
    """The folders and the name of a path in an archive; steps upwards, drives and roots are left out."""
    parts = (
        _INVISIBLE.sub("", unicodedata.normalize("NFC", part)).strip() for part in re.split(r"[\\/]", path)
    )
    return tuple(part for part in parts if part not in ("", ".", "..") and not _DRIVE.match(part))


def is_litter(parts: tuple[str, ...]) -> bool:
    """Whether a path names what systems leave behind: locks of open workbooks, thumbnails, forks of macOS."""
    return not parts or "__MACOSX" in parts or bool(_LITTER.match(parts[-1]))


def gbk_or_utf8(data: bytes) -> str:
    """Text of unknown encoding from a Chinese PC: strict UTF-8, else GB18030."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def python_charset(charset: str) -> str:
    """The codec for a declared charset: gb2312 stands over GBK text as a rule; GB18030 for an unknown one."""
    import codecs

    name = charset.strip().lower().replace("_", "-")
    if name in _CHINESE:
        return "gb18030"
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return "gb18030"


_CHINESE = frozenset({"gb2312", "gbk", "cp936", "x-gbk", "ms936", "euc-cn", "gb-2312", "hz-gb-2312", "936"})
