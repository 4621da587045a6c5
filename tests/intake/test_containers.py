from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt

from db.errors import FileRefused
from dualcreate_desktop.intake.containers import Kind, open_source, require_table, source_of


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def old_workbook() -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("名册").write(0, 0, "党支部名称")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_bytes_decide_and_not_the_extension(make_workbook: Callable[..., bytes]) -> None:
    assert source_of("名册.xls", make_workbook([["党支部"]])).kind is Kind.XLSX
    assert source_of("名册.xlsx", old_workbook()).kind is Kind.XLS


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", Kind.EMPTY),
        (b"\0" * 512, Kind.EMPTY),
        (b"%PDF-1.7\n", Kind.PDF),
        (b"Rar!\x1a\x07\x01\x00", Kind.RAR),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 30, Kind.IMAGE),
        ("党支部,书记\n教工,张三".encode("gbk"), Kind.TEXT),
        ("党支部\t书记".encode("utf-16"), Kind.TEXT),
        ("name\tsecretary\n".encode("utf-16-le"), Kind.TEXT),
        (b"<html><meta charset=gb2312><table><tr><td>1</table>", Kind.HTML),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            Kind.XML2003,
        ),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>', Kind.DOC),
        (b"{\\rtf1\\ansi x}", Kind.DOC),
        (b'<?xml version="1.0"?><office:document office:version="1.3">', Kind.UNKNOWN),
        (b"ID;PCALCOOO32\nC;X1;Y1;K1\n", Kind.UNKNOWN),
        (
            b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related\r\n\r\n",
            Kind.UNKNOWN,
        ),
        (b"From: a@example.cn\r\nSubject: x\r\n\r\n", Kind.EML),
        (bytes(range(1, 32)) * 20, Kind.UNKNOWN),
        (zipped(**{"word/document.xml": b"<x/>"}), Kind.DOCX),
        (zipped(**{"a.txt": b"x"}), Kind.ZIP),
    ],
)
def test_every_kind_is_told_from_its_bytes(data: bytes, kind: Kind) -> None:
    assert source_of("附件.xls", data).kind is kind


def test_the_same_bytes_have_the_same_hash_under_any_name() -> None:
    first, copy = source_of("名册.csv", b"a,b"), source_of("名册 - 副本(1).csv", b"a,b")
    assert first.sha256 == copy.sha256 != source_of("名册.csv", b"a,c").sha256


def test_a_bomb_is_refused_from_the_directory_alone() -> None:
    bomb = zipped(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * (30 << 20)})
    with pytest.raises(FileRefused, match="解压后过大"):
        source_of("名册.xlsx", bomb)


def test_a_document_type_is_refused_in_any_encoding() -> None:
    for text in (
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><workbook/>",
        "<!DOCTYPE x><workbook/>".encode("utf-16"),
    ):
        with pytest.raises(FileRefused, match="DOCTYPE"):
            source_of("名册.xlsx", zipped(**{"xl/workbook.xml": text}))


def test_a_truncated_workbook_is_refused(make_workbook: Callable[..., bytes]) -> None:
    data = make_workbook([["党支部"]])
    with pytest.raises(FileRefused, match="已损坏或没有下载完整"):
        source_of("名册.xlsx", data[: len(data) // 2])


def test_what_holds_no_table_is_refused_with_what_to_do() -> None:
    with pytest.raises(FileRefused, match="请向对方索取 Excel 文件"):
        require_table(source_of("名册.pdf", b"%PDF-1.7\n"))


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"文件打不开（没有\.xlsx）"):
        open_source(tmp_path / "没有.xlsx")
