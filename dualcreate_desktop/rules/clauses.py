"""The text of a notice by its numbered clauses, and where the program serves each of them.

The id of a clause is the way to it through the notice's own numbers: ``二(二)3`` is 二、（二）3. Items that a paragraph
counts inside itself (“（1）…；（2）…；（3）…”) are clauses too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from db.vocabulary import Labelled
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.supplements import superseded

PREAMBLE, ANNEXES = "前言", "附件"

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_LEVELS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"({_NUMERAL})[、.．]"), "{}"),
    (re.compile(rf"[（(]({_NUMERAL})[）)]"), "({})"),
    (re.compile(r"(\d{1,2})[.．、](?!\d)"), "{}"),
    (re.compile(r"[（(](\d{1,2})[）)]"), "({})"),
)
"""How a paragraph of each level begins, and what it adds to the id."""

_ANNEX_HEADING = re.compile(r"附\s*件\s*[:：]")
_ITEM = re.compile(r"(?:[（(](\d{1,2})[）)]|(?<![\d.])(\d{1,2})[.．](?!\d))")
_LEAST_ITEMS = 3
"""A paragraph that counts fewer does not list clauses."""


class How(Labelled):
    """In what form the program serves a clause."""

    RULE = "rule", "规则"
    DATE = "date", "日期"
    DOCUMENT = "document", "材料"
    REPORT = "report", "报告"
    LETTER = "letter", "文书"
    NONE = "none", "说明"


class Served(Labelled):
    """Whether a clause is served."""

    RULED = "ruled", "已落实"
    TOLD = "told", "不用落实"
    BARE = "bare", "未落实"
    SUPERSEDED = "superseded", "已被取代"


_HOW: Mapping[str, How] = {
    "阶段": How.DATE,
    "建设周期": How.DATE,
    "公示": How.DATE,
    "评估": How.DATE,
    "日期": How.DATE,
    "材料": How.DOCUMENT,
    "成果": How.DOCUMENT,
    "考核": How.REPORT,
    "报告": How.REPORT,
    "联系方式": How.LETTER,
    "依据文件": How.LETTER,
    "主办部门": How.LETTER,
    "部门联审": How.LETTER,
}
"""By what cites the clause (`Notice.citations`); everything else is a rule."""


@dataclass(frozen=True, slots=True)
class ClauseService:
    """One clause and where it is served.

    Args:
        by: what serves it: 条件：原则上至少成立5年, 材料：申报书 …
        reason: why nothing does; empty when something does.
        superseded_by: title of the later notice in whose place it no longer holds; empty while it holds.
    """

    clause: str
    heading: str
    how: tuple[How, ...]
    by: tuple[str, ...]
    reason: str = ""
    superseded_by: str = ""

    @property
    def served(self) -> bool:
        """Whether something serves it, or there is a reason why not."""
        return bool(self.by or self.reason or self.superseded_by)


def clause_texts(text: str) -> Mapping[str, str]:
    """The wording of each numbered clause by its id, in the order of the text; a clause does not hold those below it."""
    found: dict[str, list[str]] = {PREAMBLE: []}
    path: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        path = _next_path(path, line)
        found.setdefault("".join(path) or PREAMBLE, []).append(line)
    split: dict[str, str] = {}
    for clause, lines in found.items():
        split[clause] = "\n".join(lines)
        for number, item in _items(lines):
            split.setdefault(f"{clause}({number})" if clause[-1].isdigit() else f"{clause}{number}", item)
    return split


def services(notice: Notice) -> tuple[ClauseService, ...]:
    """Where each clause of the notice and of its supplements is served, in their order."""
    cited: dict[str, list[str]] = {}
    for clause, what in notice.citations():
        cited.setdefault(clause, []).append(what)
    gone = superseded(notice)
    return tuple(
        _service(notice, clause, heading, tuple(dict.fromkeys(cited.get(clause, ()))), gone.get(clause, ""))
        for clause, heading in notice.all_clauses.items()
    )


def _service(notice: Notice, clause: str, heading: str, by: tuple[str, ...], gone: str) -> ClauseService:
    how = tuple(dict.fromkeys(_HOW.get(what.split("：")[0], How.RULE) for what in by)) or (How.NONE,)
    return ClauseService(clause, heading, how, by, "" if by else notice.narrative.get(clause, ""), gone)


def _next_path(path: list[str], line: str) -> list[str]:
    """The way to the clause that a paragraph belongs to, given that of the paragraph before it."""
    if _ANNEX_HEADING.match(line):
        return [ANNEXES]
    for level, (begins, pattern) in enumerate(_LEVELS):
        if (found := begins.match(line)) and (level == 0 or path):
            if path[:1] == [ANNEXES]:
                return [ANNEXES, found[1]]
            return [*_padded(path, level), pattern.format(found[1])]
    return path


def _padded(path: list[str], level: int) -> list[str]:
    """The first `level` steps of a path; a level that the notice leaves out is an empty step."""
    return [*path, *("" for _ in range(level))][:level]


def _items(lines: list[str]) -> Iterator[tuple[int, str]]:
    """(number, text) of what a paragraph counts inside itself, beginning with 1."""
    for line in lines:
        marks = [(int(mark[1] or mark[2]), mark.start()) for mark in _ITEM.finditer(line) if mark.start()]
        run = [mark for number, mark in enumerate(marks, 1) if mark[0] == number]
        if len(run) < _LEAST_ITEMS or run != marks:
            continue
        ends = [start for _, start in run[1:]] + [len(line)]
        for (number, start), end in zip(run, ends, strict=True):
            yield number, line[start:end].strip(" ；;。")
