"""Names of party organisations, brought to one form and taken apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from dualcreate_desktop.intake.ordinals import ordinal_number

_OLD_NAME = re.compile(r"[(（\[【〔]\s*(?:原名?|曾用名|原名称|原为)\s*[:：]?\s*(.+?)\s*[)）\]】〕]")
_PARTY = re.compile(r"^(?:中国共产党|中共)")
_UNIVERSITY = re.compile(r"^.{2,12}?大学(?=.{2})")
_COMMITTEE = re.compile(
    r"(?:党委|党总支|总支|直属党支部|党工委|分党委|总支部|基层委员会|委员会|工作委员会|总支部委员会|支部委员会)+$"
)
_BRANCH_END = re.compile(r"(?:党支部|支部)(?:委员会)?$|支$")
_ORDINAL = re.compile(r"第?([〇零一二三四五六七八九十百]+|\d{1,4})$")
_ORDINAL_INSIDE = re.compile(r"第([〇零一二三四五六七八九十百]+|\d{1,4})")
_COHORT = re.compile(r"(\d{4}|\d{2})[级届]")

_ROLES = (
    ("mixed", re.compile(r"师生联合|师生")),
    ("retired", re.compile(r"离退休|退休|离休")),
    ("teacher", re.compile(r"教职工|教师|教工|教职员工")),
    ("office", re.compile(r"机关|行政管理|行政|管理人员|党政")),
    ("student", re.compile(r"学生(?!工作)")),
)
_LEVELS = (
    ("undergraduate", re.compile(r"本科生?")),
    ("doctor", re.compile(r"博士研究生|博士生?")),
    ("master", re.compile(r"硕士研究生|硕士生?")),
    ("graduate", re.compile(r"研究生")),
)


@dataclass(frozen=True, slots=True)
class BranchName:
    """The parts of a branch's name.

    Args:
        stem: what remains when the other parts are taken out: the unit, the department, the place.
        role: teacher, student, mixed, office, retired, or empty.
        levels: undergraduate, master, doctor, graduate; several in 硕博.
        cohort: 2019级 as 2019.
        ordinal: 第十一 as 11; None when the branch has no number.
    """

    stem: str
    role: str = ""
    levels: frozenset[str] = frozenset()
    cohort: str = ""
    ordinal: int | None = None

    @property
    def people(self) -> str:
        """Whose branch it is: role and levels in one word, empty when the name does not say."""
        return "+".join(filter(None, (self.role, *sorted(self.levels))))

    @property
    def kind(self) -> tuple[str, str, int | None]:
        """What must agree for two names to mean one branch."""
        return self.people, self.cohort, self.ordinal


@lru_cache(maxsize=65_536)
def normal(text: str) -> str:
    """A name for comparison: NFKC, no spaces, one kind of brackets, dashes and dots, lower case."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).casefold()
    return plain.translate(_SAME)


_SAME = str.maketrans("【〔[{】〕]}—–·•", "(((())))--··")


def without_old_name(text: str) -> tuple[str, str]:
    """新名（原旧名） as (新名, 旧名); the second is empty when none is given."""
    found = _OLD_NAME.search(text)
    if found is None:
        return text.strip(), ""
    return (text[: found.start()] + text[found.end() :]).strip(), found[1]


@lru_cache(maxsize=65_536)
def unit_core(text: str) -> str:
    """What tells units apart: without 中共, the university and 党委, 党总支, 委员会."""
    core = _PARTY.sub("", normal(text))
    core = _UNIVERSITY.sub("", core)
    return _COMMITTEE.sub("", core) or core


@lru_cache(maxsize=65_536)
def parse_branch(text: str) -> BranchName:
    """Take a branch's name apart. It never fails: what is not understood stays in the stem."""
    rest = _BRANCH_END.sub("", _PARTY.sub("", normal(text)))
    rest, ordinal = _take_ordinal(rest)
    rest, cohort = _take(rest, _COHORT)
    rest, levels = _take_levels(rest)
    rest, role = _take_role(rest)
    if levels and role == "student":
        role = ""
    return BranchName(rest.strip("-()·"), role, frozenset(levels), cohort[-2:], ordinal)


def _take_levels(text: str) -> tuple[str, frozenset[str]]:
    levels = {"master", "doctor"} if "硕博" in text else set()
    text = text.replace("硕博", "", 1)
    for level, pattern in _LEVELS:
        text, found = _take(text, pattern)
        if found:
            levels.add(level)
    return text, frozenset(levels)


def _take_role(text: str) -> tuple[str, str]:
    roles = []
    for role, pattern in _ROLES:
        text, found = _take(text, pattern)
        if found:
            roles.append(role)
    return text, roles[0] if roles else ""


def _take(text: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    """The text without the last occurrence of the pattern (a unit's own name comes first), and what it matched."""
    matches = list(pattern.finditer(text))
    if not matches:
        return text, ""
    found = matches[-1]
    return text[: found.start()] + text[found.end() :], found[1] if pattern.groups else found[0]


def _take_ordinal(text: str) -> tuple[str, int | None]:
    """The number at the end, or behind 第 further in (第一教工); 二〇一九级 and 一体化 are no ordinals."""
    for pattern in (_ORDINAL, _ORDINAL_INSIDE):
        found = pattern.search(text)
        if found is not None and (number := ordinal_number(found[1])) is not None:
            return text[: found.start()] + text[found.end() :], number
    return text, None
