"""The scale of an appraisal in a year, and where recorded points and grades contradict it.

Bands are per cent of the greatest points that the unit itself could give, since totals differ from unit to unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dualcreate_desktop.rules.terms import APPRAISALS

_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Band:
    """A grade, given from `at_least` per cent of the greatest points on."""

    grade: str
    at_least: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """No more than `percent` of what a unit appraised may have the grade; rounded down."""

    grade: str
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Scale:
    """How one kind of appraisal is graded in one year.

    Args:
        maximum: the greatest points, None where units set their own.
        bands: in any order; none where grades are given without points.
    """

    kind: str
    year: int
    maximum: Decimal | None = None
    bands: tuple[Band, ...] = ()
    shares: tuple[Share, ...] = ()

    def grade_at(self, percent: Decimal) -> str | None:
        """The grade that so many per cent deserve; None below every band."""
        reached = [band for band in self.bands if percent >= band.at_least]
        return max(reached, key=lambda band: band.at_least).grade if reached else None


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


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What does not fit, as a sentence, with the ids of the records that it speaks of."""

    unit: str
    text: str
    sources: tuple[str, ...]


def percent_of(points: Decimal, maximum: Decimal) -> Decimal:
    """Per cent of the greatest points, exact; ValueError when that is not above zero."""
    if maximum <= 0:
        raise ValueError(f"no points can be had of {maximum}")
    return points * _HUNDRED / maximum


def mean(answers: Iterable[Decimal | None]) -> Decimal | None:
    """The mean of answers on a 0–5 scale, to two decimals; None is 不了解 and is left out, never zero.

    None when nobody knew.
    """
    known = [answer for answer in answers if answer is not None]
    if not known:
        return None
    return (sum(known, Decimal(0)) / len(known)).quantize(_CENT, ROUND_HALF_UP)


def contradictions(scales: Iterable[Scale], graded: Iterable[Graded]) -> tuple[Contradiction, ...]:
    """All that does not fit: points above their maximum, grades against their points, shares exceeded.

    An appraisal of a kind and year without a scale is not looked at.
    """
    by_scale: dict[tuple[str, int], list[Graded]] = {}
    for item in sorted(graded, key=lambda item: (item.unit, item.name, item.source)):
        by_scale.setdefault((item.kind, item.year), []).append(item)
    return tuple(
        found
        for scale in sorted(scales, key=lambda scale: (-scale.year, scale.kind))
        for found in _contradictions(scale, by_scale.get((scale.kind, scale.year), ()))
    )


def _contradictions(scale: Scale, graded: Sequence[Graded]) -> Iterator[Contradiction]:
    for item in graded:
        text = _against_points(scale, item)
        if text:
            said = f"{item.name} {_what(scale)}：{text}"
            yield Contradiction(item.unit, said, (item.source,) if item.source else ())
    for unit, items in _by_unit(graded).items():
        for share in scale.shares:
            yield from _over_share(scale, share, unit, items)


def _what(scale: Scale) -> str:
    return f"{scale.year} 年度{APPRAISALS.get(scale.kind, scale.kind)}"


def _against_points(scale: Scale, item: Graded) -> str:
    maximum = item.maximum or scale.maximum
    if item.points is None or maximum is None or maximum <= 0:
        return ""
    if not 0 <= item.points <= maximum:
        return f"得 {_plain(item.points)} 分，不在 0 至 {_plain(maximum)} 分之间"
    if item.grade is None or item.grade not in {band.grade for band in scale.bands}:
        return ""
    percent = percent_of(item.points, maximum)
    deserved = scale.grade_at(percent)
    if deserved == item.grade:
        return ""
    shown = percent.quantize(_CENT, ROUND_HALF_UP)
    points = f"得 {_plain(item.points)} 分（满分 {_plain(maximum)} 分的 {_plain(shown)}%）"
    fitting = f"应为“{deserved}”" if deserved else "达不到任何一档"
    return f"{points}，登记为“{item.grade}”，按标准{fitting}"


def _by_unit(graded: Sequence[Graded]) -> Mapping[str, Sequence[Graded]]:
    units: dict[str, list[Graded]] = {}
    for item in graded:
        if item.grade is not None:
            units.setdefault(item.unit, []).append(item)
    return units


def _over_share(scale: Scale, share: Share, unit: str, items: Sequence[Graded]) -> Iterator[Contradiction]:
    had = Counter(item.grade for item in items)[share.grade]
    allowed = int(share.percent * len(items) / _HUNDRED)
    if had > allowed:
        text = (
            f"{unit} {_what(scale)}：评为“{share.grade}”的 {had} 个，多于 {_plain(share.percent)}% 的上限"
            f"（{len(items)} 个中最多 {allowed} 个）"
        )
        sources = (item.source for item in items if item.grade == share.grade and item.source)
        yield Contradiction(unit, text, tuple(sources))


def _plain(number: Decimal) -> str:
    """Without needless zeros and never with an exponent: 90, 87.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
