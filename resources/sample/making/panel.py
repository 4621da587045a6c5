"""The seven reviewers, whom they keep away from, and the marks that they gave."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from resources.sample.making.cases import CASES, Case, case_of
from resources.sample.making.world import World, draw

CRITERIA = (("工作基础", 30), ("特色经验", 30), ("建设目标", 20), ("预期成果", 20))

PLACES = {
    "benchmark_unit": ("u1", "u3", "u2", "u4", "u6"),
    "model_branch": (
        "b05", "b29", "b01", "b12", "b10", "b26", "b23", "b37", "b15", "b06", "b32", "b09", "b34", "b14",
        "b22", "b08", "b30", "b36", "b24", "b16", "b20", "b27", "b02", "b35", "b11", "b21", "b31", "b03",
    ),
}  # fmt: skip  # the intended order, best first
TIES = {"u4": "u2", "b26": "b10", "b20": "b16"}
"""Each has the reviewers' totals of the other."""
TARGETS = {"benchmark_unit": 3, "model_branch": 20}
"""How many the university means to choose in this round; its office edited the preset."""


@dataclass(frozen=True, slots=True)
class Panellist:
    """One reviewer.

    Args:
        unit: its short name; empty for somebody from outside.
        strictness: added to every total.
        statement: what the list says of keeping out; empty while nobody asked.
        declared: applications named in the statement.
        heeds: leaves the rows of their own unit blank, as they should.
    """

    number: int
    name: str
    unit: str
    title: str
    strictness: Fraction
    statement: str
    declared: tuple[str, ...] = ()
    heeds: bool = True

    def keeps_out_of(self, case: Case) -> bool:
        """Whether the case is of the reviewer's own unit, or named in the statement."""
        return case.unit == self.unit or case.key in self.declared


def panel(world: World) -> tuple[Panellist, ...]:
    """The seven reviewers; the first is the secretary of a unit that applies."""
    rng = draw("panel")
    names = (world.leaders["计算机学院"].secretary, *world.reviewers)
    posts = (
        ("计算机学院", "党委书记", "本单位有申报，回避", (), True),
        ("机械工程学院", "教授", "无", (), False),
        ("马克思主义学院", "教授、博士生导师", "无", (), True),
        ("人文学院", "党委副书记", "与法学院学生第二党支部书记系亲属，申请回避", ("b24",), True),
        ("离退休党工委", "原党委组织部副部长", "本单位有申报，回避", (), True),
        ("", "邻市高校党委组织部组织员", "无", (), True),
        ("", "市委党校教授", "", (), True),
    )
    return tuple(
        Panellist(number, name, unit, title, Fraction(rng.randint(-8, 8), 4), statement, declared, heeds)
        for number, (name, (unit, title, statement, declared, heeds)) in enumerate(
            zip(names, posts, strict=True), 1
        )
    )


def reviewed() -> list[Case]:
    """The applications that reach the review, in the order of the list of applications."""
    places = [key for category in PLACES.values() for key in category]
    return [case for case in CASES if case.key in places]


def total(case: Case, reviewer: Panellist) -> Fraction:
    """A reviewer's total for a case, before it is split over the criteria."""
    key = TIES.get(case.key, case.key)
    order = PLACES[case.category]
    step = Fraction(9, 4) if case.category == "benchmark_unit" else Fraction(3, 4)
    deviations = [Fraction(n, 2) for n in (-5, -3, -1, 0, 1, 3, 5)]
    draw(f"deviations {key}").shuffle(deviations)
    given = 93 - step * order.index(key) + deviations[reviewer.number - 1] + reviewer.strictness
    return given - 24 if (case.key, reviewer.number) == ("b31", 3) else given


def marks(case: Case, reviewer: Panellist) -> list[Fraction]:
    """The total split over the criteria in halves and quarters; no part exceeds its maximum."""
    whole, rng = total(case, reviewer), draw(f"split {case.key} {reviewer.number}")
    parts = [Fraction(int(whole * maximum / 100 * 2), 2) for _, maximum in CRITERIA]
    rest = whole - sum(parts)
    parts[0] += rest
    shift = Fraction(rng.choice((-1, 0, 1)), 2)
    room = min(CRITERIA[0][1] - parts[0], CRITERIA[1][1] - parts[1], parts[0], parts[1])
    shift = shift if abs(shift) <= room else Fraction(0)
    return [parts[0] + shift, parts[1] - shift, *parts[2:]]


def result(case: Case, panellists: tuple[Panellist, ...]) -> Fraction:
    """The mean of those who may review, without the highest and the lowest of five or more."""
    totals = sorted(total(case, reviewer) for reviewer in panellists if not reviewer.keeps_out_of(case))
    kept = totals[1:-1] if len(totals) >= 5 else totals
    return sum(kept, Fraction(0)) / len(kept)


def ranked(category: str, panellists: tuple[Panellist, ...]) -> list[Case]:
    """The reviewed cases of a category, best first; equal ones in the order of the list."""
    cases = [case_of(key) for key in PLACES[category]]
    return sorted(cases, key=lambda case: -result(case, panellists))
