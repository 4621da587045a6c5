"""The branches: named, founded, counted and led as a register shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from random import Random

from resources.sample.making.cases import CASES
from resources.sample.making.people import EXTENSION_A, Names, extension
from resources.sample.making.university import UNITS, Unit

ORDINALS = (
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    *(f"十{n}" for n in "一二三四五六七八九"),
    "二十",
    "二十一",
    "二十二",
)

ROLES = {
    "教工": "teacher",
    "本科生": "undergraduate",
    "硕士生": "graduate",
    "博士生": "graduate",
    "研究生": "graduate",
    "学生": "student",
    "师生联合": "mixed",
    "机关": "office",
    "离退休": "retired",
}
KIND_WORDS = {
    "teacher": ("教师党支部", "教工", "教师", "教职工党支部"),
    "undergraduate": ("本科生党支部", "本科生"),
    "graduate": ("研究生党支部", "研究生"),
    "student": ("学生党支部", "学生"),
    "mixed": ("师生联合党支部", "师生联合"),
    "office": ("机关党支部", "机关", "行政"),
    "retired": ("离退休党支部", "离退休", "退休教职工"),
}
"""How lists write a kind; the first is the official word."""

YEARS_FOUNDED = {
    "undergraduate": (2010, 2022),
    "graduate": (2010, 2022),
    "student": (2009, 2021),
    "mixed": (2015, 2020),
}
MEMBERS = {"undergraduate": (6, 24), "graduate": (14, 48), "student": (12, 40), "retired": (18, 65)}

OLD_ENOUGH = "2019-09"
"""An applicant whose age is not its case was founded then or earlier, so that it was appraised in all three years."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One 党支部. `body` is its name without the unit; dates are text YYYY[-MM[-DD]], empty where nobody knows."""

    unit: Unit
    number: int
    body: str
    kind: str
    founded: str
    full: int
    probationary: int
    secretary: str
    since: str
    phone: str
    planned_end: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """The name in full, as its unit writes it."""
        return self.unit.prefix + self.body

    @property
    def code(self) -> str:
        """组织编码."""
        return f"{self.unit.code[:3]}{self.number:02d}"

    def kind_word(self, turn: int) -> str:
        """Its kind in one of the words that lists use."""
        words = KIND_WORDS[self.kind]
        return words[turn % len(words)]


def make_branches(rng: Random, names: Names) -> tuple[Branch, ...]:
    """All branches in the order of the units; what the cases need is set as they need it."""
    return tuple(
        _make(unit, number, body, rng, names)
        for unit in UNITS
        for number, body in enumerate(bodies(unit.plan), start=1)
    )


def bodies(plan: str) -> list[str]:
    """The names that a unit's plan stands for: 教工2 → 教工第一党支部, 教工第二党支部."""
    found: list[str] = []
    for word in plan.split():
        role, count = re.fullmatch(r"(\D+)(\d*)", word).groups()  # type: ignore[union-attr]  # every word fits
        if count:
            found += [f"{role}第{ORDINALS[n]}党支部" for n in range(int(count))]
        else:
            found.append(f"{role}党支部")
    return found


def kind_of(unit: Unit, body: str) -> str:
    """The kind that the name tells; a department's branch is one of its unit's sort."""
    for role, kind in ROLES.items():
        if role in body:
            return kind
    return "teacher" if unit.kind == "hospital" else "office"


def _make(unit: Unit, number: int, body: str, rng: Random, names: Names) -> Branch:
    kind = kind_of(unit, body)
    first, last = YEARS_FOUNDED.get(kind, (1999, 2019))
    fewest, most = MEMBERS.get(kind, (7, 32))
    founded = f"{rng.randint(max(first, int(unit.founded[:4])), max(last, int(unit.founded[:4])))}-{rng.randint(1, 12):02d}"
    if rng.random() < 0.3:
        founded += f"-{rng.randint(1, 28):02d}"
    branch = Branch(
        unit=unit,
        number=number,
        body=body,
        kind=kind,
        founded=founded,
        full=rng.randint(fewest, most),
        probationary=0 if kind == "retired" else rng.randint(0, 3 if kind in ("teacher", "office") else 9),
        secretary=names.take(EXTENSION_A if (unit.short, number) == ("材料学院", 5) else ""),
        since=f"{rng.randint(2020, 2023)}-{rng.randint(1, 12):02d}",
        phone=extension(rng),
    )
    return _as_the_cases_need(branch)


def _as_the_cases_need(branch: Branch) -> Branch:
    for case in CASES:
        if (case.unit, case.branch) == (branch.unit.short, branch.body):
            founded = min(branch.founded, OLD_ENOUGH) if case.founded is None else case.founded
            return replace(branch, founded=founded, planned_end=case.planned_end)
    return branch
