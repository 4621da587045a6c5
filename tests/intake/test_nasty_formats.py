"""Formats that no kept library writes, made here byte by byte: OpenDocument, XOR and passwords."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.xor_obfuscation import DocumentXOR
from xlwt.CompoundDoc import XlsDoc

from db.errors import FileRefused
from dualcreate_desktop.intake.containers import Kind, PasswordNeeded, source_of
from dualcreate_desktop.intake.sheets import read_sheets

ROWS = (("党支部名称", "正式党员数"), ("教工一支部", 12.0))
FILE_PASS, BOUND_SHEET = 0x2F, 0x85
NEVER_LOCKED = {0x809, 0x2F, 0xE1}


def zipped(**parts: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


ODS_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "manifest")
)


def open_document(*, locked: bool = False) -> bytes:
    def cell(value: str | float) -> str:
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'

    rows = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in ROWS)
    lock = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    return zipped(
        mimetype="application/vnd.oasis.opendocument.spreadsheet",
        **{
            "content.xml": f"<office:document-content {ODS_SPACES}><office:body><office:spreadsheet>"
            f'<table:table table:name="名册">{rows}</table:table></office:spreadsheet></office:body></office:document-content>',
            "META-INF/manifest.xml": f"<manifest:manifest {ODS_SPACES}>{lock if locked else ''}</manifest:manifest>",
        },
    )


def xor_locked(password: str) -> bytes:
    """An .xls as Excel 95 to 2003 locked it: each record's content turned and mixed with the password."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("名册")
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    key = DocumentXOR.create_xor_array_method1(password)
    code = DocumentXOR.create_xor_key_method1(password)
    check = next(number for number in range(1 << 16) if DocumentXOR.verifypw(password, number))
    file_pass = struct.pack("<HHHHH", FILE_PASS, 6, 0, code, check)
    plain, out = book.get_biff_data(), b""
    at = 0
    while at + 4 <= len(plain) and plain[at : at + 4] != bytes(4):
        number, size = struct.unpack_from("<HH", plain, at)
        body = plain[at + 4 : at + 4 + size]
        at += 4 + size
        out += struct.pack("<HH", number, size)
        if number == BOUND_SHEET:
            out += struct.pack("<I", struct.unpack_from("<I", body)[0] + len(file_pass))
            out += mixed(body[4:], key, len(out) + size)
        else:
            out += body if number in NEVER_LOCKED else mixed(body, key, len(out) + size)
        if len(out) == 4 + size:
            out += file_pass
    saved = io.BytesIO()
    XlsDoc().save(saved, out.ljust(4096, b"\0"))
    return saved.getvalue()


def mixed(body: bytes, key: list[int], start: int) -> bytes:
    return bytes(
        ((byte << 5 | byte >> 3) & 255) ^ key[(start + index) % 16] for index, byte in enumerate(body)
    )


def test_an_open_document_is_read() -> None:
    source = source_of("名册.ods", open_document())
    (grid,) = read_sheets(source)
    assert (source.kind, grid.name, grid.rows) == (Kind.ODS, "名册", ROWS)


def test_a_locked_open_document_says_how_it_can_be_opened() -> None:
    with pytest.raises(FileRefused, match="去掉密码另存"):
        read_sheets(source_of("名册.ods", open_document(locked=True)))


def test_a_workbook_locked_in_the_oldest_way_opens_with_its_password() -> None:
    source = source_of("名册.xls", xor_locked("zzb2024"))
    with pytest.raises(PasswordNeeded, match="需要密码"):
        read_sheets(source)
    with pytest.raises(PasswordNeeded, match="密码不对"):
        read_sheets(source, password="zzb2023")
    assert read_sheets(source, password="zzb2024")[0].rows == ROWS


def test_a_chinese_password_and_the_passwords_of_the_office_are_tried(
    make_workbook: Callable[..., bytes],
) -> None:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(make_workbook(ROWS))).encrypt("组织部２０２４", out)
    source = source_of("名册.xlsx", out.getvalue())
    assert read_sheets(source, passwords=("旧密码", "组织部２０２４"))[0].rows == ROWS
    assert read_sheets(source, password="组织部２０２４", passwords=("旧密码",))[0].rows == ROWS


@pytest.mark.parametrize("make", [open_document, lambda: xor_locked("1")])
def test_half_a_file_is_told_and_never_raises_anything_else(make: Callable[[], bytes]) -> None:
    data, troubles = make(), []
    for size in range(64, len(data), len(data) // 7):
        try:
            read_sheets(source_of("名册.dat", data[:size]), password="1")
        except FileRefused as trouble:
            troubles.append(trouble)
    assert troubles
    assert all(trouble.what and trouble.todo for trouble in troubles)
