"""The code on every printed page: digits that a scanner types, with a check digit against misreading by hand."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from db.errors import UserError
from dualcreate_desktop.papers.content import Copy, Document

_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
"""H. M. Damm's table: one wrong digit and any two neighbours exchanged are always found."""

LENGTH = 16
"""Digits of a code: type 2, date 6, serial 5, copy 2, check 1."""


class PaperKind(Enum):
    """What kind of paper a code stands on; the number is printed and must never change its meaning."""

    APPLICATION = 1
    SUMMARY = 2
    ELIGIBILITY = 3
    NOTICE = 4
    RECEIPT = 5
    SCORE_SHEET = 6
    RANKING = 7
    SELECTION = 8
    INQUIRY = 9
    OTHER = 99

    @property
    def published(self) -> bool:
        """Whether the paper is put up for everyone, or goes out as a letter; such a one bears no code."""
        return self in (PaperKind.NOTICE, PaperKind.SELECTION, PaperKind.INQUIRY)


@dataclass(frozen=True, slots=True)
class PaperCode:
    """What a code says.

    Args:
        printed: the day of the print run, 2000 to 2099.
        serial: of the paper on that day, 0 to 99999.
        copy: number of the copy, 0 to 99; 0 where copies are not told apart.
    """

    kind: PaperKind
    printed: date
    serial: int
    copy: int

    @property
    def digits(self) -> str:
        """The sixteen digits, check digit last; ValueError when a part is out of its range."""
        if not (0 <= self.serial <= 99999 and 0 <= self.copy <= 99 and 2000 <= self.printed.year <= 2099):
            raise ValueError(f"no code for {self}")
        body = f"{self.kind.value:02}{self.printed:%y%m%d}{self.serial:05}{self.copy:02}"
        return body + str(_remainder(body))


def grouped(digits: str) -> str:
    """The digits by fours, as they are printed under the QR code and easily typed."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def read_code(typed: str) -> PaperCode:
    """What a scanned or typed code says; blanks, hyphens and full-width digits are accepted.

    Raises:
        UserError: it is not one of our codes, or a digit was misread.
    """
    digits = "".join(char for char in unicodedata.normalize("NFKC", typed) if char not in " -\t\r\n")
    if not (len(digits) == LENGTH and digits.isascii() and digits.isdigit()):
        raise UserError(
            f"“{typed.strip()}”不是本程序的材料编码", todo=f"编码是 {LENGTH} 位数字，请重新扫描或输入。"
        )
    if _remainder(digits) != 0:
        raise UserError(f"编码 {grouped(digits)} 的校验位不符", todo="请核对二维码下方的数字后重新输入。")
    try:
        kind = PaperKind(int(digits[:2]))
        day = date(2000 + int(digits[2:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        raise UserError(
            f"编码 {grouped(digits)} 不是本程序编制的", todo="请核对是否扫描了别的二维码。"
        ) from None
    return PaperCode(kind, day, int(digits[8:13]), int(digits[13:15]))


def copies(document: Document, total: int, code: PaperCode | None = None) -> tuple[Document, ...]:
    """The copies of a paper (一式几份), each labelled 第1份 共2份 and with its own code, where it has one."""
    return tuple(
        replace(
            document,
            copy=Copy(number, total),
            code=replace(code, copy=number).digits if code is not None else document.code,
        )
        for number in range(1, total + 1)
    )


def draw_code(canvas: Any, digits: str, left: float, top: float, side: float) -> None:
    """Draw the QR code (level Q) as a square of `side` points, its quiet zone included; made once for all pages."""
    name = f"code{digits}"
    if not canvas.hasForm(name):
        canvas.beginForm(name, 0, 0, side, side)
        _draw_square(canvas, digits, side)
        canvas.endForm()
    canvas.saveState()
    canvas.translate(left, top - side)
    canvas.doForm(name)
    canvas.restoreState()


def _draw_square(canvas: Any, digits: str, side: float) -> None:
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.renderPDF import draw
    from reportlab.graphics.shapes import Drawing

    square = Drawing(side, side)
    square.add(QrCodeWidget(digits, barWidth=side, barHeight=side, barLevel="Q"))
    draw(square, canvas, 0, 0)


def _remainder(digits: str) -> int:
    """Zero for digits that end in their check digit; otherwise the check digit to append."""
    state = 0
    for digit in digits:
        state = _DAMM[state][int(digit)]
    return state
