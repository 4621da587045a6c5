from __future__ import annotations

from pathlib import Path

import openpyxl

from db.vocabulary import Verdict
from dualcreate_desktop.papers.finding_matrix import Head, MatrixBook, Row, write_matrix


def test_every_sheet_of_the_matrix_is_printed_one_page_wide(tmp_path: Path) -> None:
    heads = tuple(Head(f"二(二){number}", "近3年考核等次", "硬性") for number in range(1, 20))
    row = Row("法学院", "法学院教工第一党支部", Verdict.PASS, (Verdict.PASS,) * len(heads))
    path = tmp_path / "矩阵.xlsx"
    write_matrix(path, MatrixBook("第三批 样板支部 审查意见矩阵", heads, (row,), ()))
    for sheet in openpyxl.load_workbook(path):
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (9, 1), sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    matrix = openpyxl.load_workbook(path)["审查矩阵"]
    assert matrix.print_title_rows == "$2:$3", "the clauses stand above the heads on every page"
