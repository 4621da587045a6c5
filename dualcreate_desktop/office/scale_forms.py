"""The form of 等次标准: lines between grades in per cent or in points, and how many may have a grade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

from db.errors import NotAllowed
from dualcreate_desktop.fields import Choice, Field, FieldType
from dualcreate_desktop.lists import APPRAISALS, GRADES
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.office.scales import ScaleForm
from dualcreate_desktop.rules.scales import Band, Scale, Share, percent_of

T = FieldType

PERCENT, POINTS = "percent", "points"

FIELDS = (
    APPRAISALS.field("kind"),
    APPRAISALS.field("year"),
    Field(
        "measure",
        "分数线",
        T.CHOICE,
        required=True,
        choices=(Choice(PERCENT, "按满分的百分比"), Choice(POINTS, "按得分")),
    ),
    Field("maximum", "满分", T.DECIMAL, minimum=1, maximum=1000, hint="各单位自定满分的不填"),
    Field("note", "备注", width=20),
)

LEAST = Field("least", "最低", T.DECIMAL, minimum=0, maximum=1000)
MOST = Field("most", "比例上限", T.DECIMAL, minimum=0, maximum=100)
GRADE = Field("grade", "等次", T.CHOICE, choices=GRADES)

_FINE = Decimal("0.0000000001")


@dataclass(frozen=True, slots=True)
class GradeLine:
    """One grade as the form shows it.

    Args:
        least: from how many per cent or points on; None where the grade is given without points.
        most: per cent of a unit's appraisals that may have it; None where there is no limit.
    """

    grade: str
    least: Decimal | None = None
    most: Decimal | None = None


NEW_SCALE = ScaleForm(None, "", Scale("branch_work", 0, Decimal(100)))
"""What a new one begins with; its year is asked."""

USUAL_LINES = tuple(GradeLine(grade) for grade in ("好", "较好", "一般", "差"))


def lines_of(scale: Scale) -> tuple[GradeLine, ...]:
    """The grades of a scale from the best down, in per cent; those of a new scale without numbers."""
    shares = {share.grade: share.percent for share in scale.shares}
    bands = sorted(scale.bands, key=lambda band: band.at_least, reverse=True)
    known = [GradeLine(band.grade, band.at_least, shares.pop(band.grade, None)) for band in bands]
    return (*known, *(GradeLine(grade, None, most) for grade, most in shares.items())) or USUAL_LINES


def scale_form(form: ScaleForm, values: dict[str, Value], lines: Sequence[GradeLine]) -> ScaleForm:
    """The form as it was left.

    Raises:
        NotAllowed: lines in points want a maximum that they do not exceed.
    """
    maximum = values.get("maximum")
    most = maximum if isinstance(maximum, Decimal) else None
    if values.get("measure") == POINTS:
        lines = _in_percent(lines, most)
    used = [line for line in lines if line.grade]
    scale = Scale(
        str(values["kind"]),
        int(str(values["year"])),
        most,
        tuple(Band(line.grade, line.least) for line in used if line.least is not None),
        tuple(Share(line.grade, line.most) for line in used if line.most is not None),
    )
    return replace(form, scale=scale, note=str(values.get("note") or ""))


def _in_percent(lines: Sequence[GradeLine], maximum: Decimal | None) -> tuple[GradeLine, ...]:
    """Rounded down, far finer than points are given, so that exactly these points still reach the line."""
    if maximum is None:
        raise NotAllowed("按得分写分数线，须写明满分", todo="请填写满分，或改为按百分比。")
    for line in lines:
        if line.least is not None and line.least > maximum:
            raise NotAllowed(f"“{line.grade}”的分数线 {line.least:f} 超出满分 {maximum:f}", todo="请改正。")
    return tuple(
        line
        if line.least is None
        else replace(line, least=percent_of(line.least, maximum).quantize(_FINE, ROUND_DOWN).normalize())
        for line in lines
    )
