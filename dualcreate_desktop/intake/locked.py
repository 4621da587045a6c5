"""Encrypted workbooks: opened in memory with the password that the office types."""

from __future__ import annotations

import io
from collections.abc import Sequence

from db.errors import FileRefused
from dualcreate_desktop.intake.containers import Kind, PasswordNeeded, Source, decrypted

EVERY_EXCEL_KNOWS = "VelvetSweatshop"
"""Excel protects read-only workbooks with this; it opens them without asking, and so do we."""


def unlock(source: Source, passwords: Sequence[str]) -> Source:
    """The source in clear, itself when it is not encrypted.

    Args:
        passwords: tried one after the other.

    Raises:
        PasswordNeeded: the password is missing or wrong.
        FileRefused: a kind of encryption that cannot be opened.
    """
    if source.kind is Kind.XLS:
        return _unlock(source, passwords) if _is_locked_xls(source.data) else source
    if source.kind is not Kind.ENCRYPTED:
        return source
    if source.data.startswith(b"PK"):
        raise FileRefused("ods 表格已加密", where=source.name, todo="请用原软件打开，去掉密码另存后再导入")
    return _unlock(source, passwords)


def _is_locked_xls(data: bytes) -> bool:
    import msoffcrypto

    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted())
    except Exception:  # noqa: BLE001 msoffcrypto knows fewer xls than the reader: what it cannot parse is not locked
        return False


def _unlock(source: Source, passwords: Sequence[str]) -> Source:
    for attempt in dict.fromkeys((EVERY_EXCEL_KNOWS, *passwords)):
        data = _decrypt(source.data, attempt) if attempt else b""
        if data:
            return decrypted(source, data)
    what = "密码不对" if any(passwords) else "文件已加密，需要密码"
    raise PasswordNeeded(what, where=source.name, todo="请输入打开密码；不知道密码的，请向报送单位询问")


def _decrypt(data: bytes, password: str) -> bytes:
    """The bytes in clear; empty when the password is wrong."""
    import msoffcrypto

    office = msoffcrypto.OfficeFile(io.BytesIO(data))
    clear = io.BytesIO()
    try:
        office.load_key(password=password)
        office.decrypt(clear)
    except Exception:  # noqa: BLE001 a wrong password shows as any of a dozen exceptions
        return b""
    return clear.getvalue()
