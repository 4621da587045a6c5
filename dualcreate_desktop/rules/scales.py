"""The scale of an appraisal in a year, and where recorded points and grades contradict it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Band:
    """A grade, given from `at_least` per cent of the greatest points on."""

    grade: str
    at_least: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """No more than `percent` of the branches that a unit appraised may have the grade; rounded down."""

    grade: str
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Scale:
    """How one kind of appraisal is graded in one year.

    Args:
        maximum: the greatest points, None where units set their own.
        bands: the best first; none where grades are given without points.
    """

    kind: str
    year: int
    maximum: Decimal | None = None
    bands: tuple[Band, ...] = ()
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True)
class Graded:
    """One recorded appraisal, as the checks look at it.

    Args:
        name: of the body that was appraised.
        maximum: the greatest points of its unit, None for that of the scale.
        source: id of its record.
    """

    unit: str
    name: str
    kind: str
    year: int
    grade: str | None
    points: Decimal | None = None
    maximum: Decimal | None = None
    source: str = ""
