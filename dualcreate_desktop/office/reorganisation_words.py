"""What an adjustment of branches will do, in a clerk's words, before it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from db.vocabulary import LineageKind
from dualcreate_desktop.intake.plan import Told
from dualcreate_desktop.office.registry import BRANCH_KIND_LABELS
from dualcreate_desktop.office.reorganising import Outcome, Standing

K = LineageKind

KEPT = "成立时间、考核和荣誉照旧"
"""What a branch keeps that stays itself."""


def foretold(outcome: Outcome) -> tuple[str, ...]:
    """What will happen to each branch, a sentence each without its full stop."""
    told = _WORDS[outcome.order.kind](outcome)
    if not outcome.order.planned:
        return tuple(told)
    ended = _quoted(outcome.before)
    return (f"只登记计划：{'，'.join(told)}", f"名册现在不变；{ended}标为{outcome.order.on.chinese}预计撤并")


def told(outcome: Outcome) -> Told:
    """The same for a row of a list, whose other cells name the branches."""
    return Told(_SHORT[outcome.order.kind](outcome), "；".join(foretold(outcome)))


def _short_merger(outcome: Outcome) -> str:
    return "原支部撤销，新建一个" if outcome.made else f"并入“{outcome.after[0].name}”"


def _short_split(outcome: Outcome) -> str:
    return "原支部撤销，新建各支部" if outcome.ended else "原支部继续，分出新支部"


_SHORT: Mapping[LineageKind, Callable[[Outcome], str]] = {
    K.FOUNDED: lambda outcome: f"新建{_kind(outcome.after[0])}",
    K.RENAMED: lambda _: "只改名称，其余照旧",
    K.DISSOLVED: lambda _: "撤销，不再列入名册",
    K.MERGED: _short_merger,
    K.SPLIT: _short_split,
    K.MOVED: lambda outcome: f"转入{outcome.after[0].unit_name}",
    K.REELECTED: lambda outcome: f"书记为{outcome.order.secretary.strip()}",
}


def _found(outcome: Outcome) -> tuple[str, ...]:
    return (f"新建{_new(outcome)}，从{outcome.order.on.chinese}算起",)


def _rename(outcome: Outcome) -> tuple[str, ...]:
    (before,), (after,) = outcome.before, outcome.after
    kind = f"，类型改为{_kind(after)}" if after.kind != before.kind else ""
    return (f"“{before.name}”更名为“{after.name}”{kind}，{KEPT}",)


def _dissolve(outcome: Outcome) -> tuple[str, ...]:
    return (f"{_quoted(outcome.before)}撤销，不再列入名册；考核、荣誉和沿革留存",)


def _merge(outcome: Outcome) -> tuple[str, ...]:
    (after,) = outcome.after
    across = len({branch.unit_id for branch in (*outcome.before, after)}) > 1
    if outcome.made:
        where = f"，属于{after.unit_name}" if across else ""
        return (f"{_quoted(outcome.before)}撤销，合并为新的{_new(outcome)}{where}",)
    former = next(branch for branch in outcome.before if branch.id == after.id)
    moved = f"，由{former.unit_name}转入{after.unit_name}" if former.unit_id != after.unit_id else ""
    return (f"{_quoted(outcome.ended)}并入“{after.name}”后撤销", f"“{after.name}”继续{moved}，{KEPT}")


def _split(outcome: Outcome) -> tuple[str, ...]:
    (before,) = outcome.before
    if outcome.ended:
        return (f"“{before.name}”撤销，拆分为新的{_new(outcome)}",)
    return (f"“{before.name}”继续，{KEPT}", f"另分出新的{_new(outcome)}")


def _move(outcome: Outcome) -> tuple[str, ...]:
    (before,), (after,) = outcome.before, outcome.after
    name = f"，名称改为“{after.name}”" if after.name != before.name else ""
    return (f"“{before.name}”由{before.unit_name}转入{after.unit_name}{name}，{KEPT}",)


def _reelect(outcome: Outcome) -> tuple[str, ...]:
    (branch,) = outcome.before
    return (f"“{branch.name}”换届，书记为{outcome.order.secretary.strip()}；原书记同日离任",)


_WORDS: Mapping[LineageKind, Callable[[Outcome], tuple[str, ...]]] = {
    K.FOUNDED: _found,
    K.RENAMED: _rename,
    K.DISSOLVED: _dissolve,
    K.MERGED: _merge,
    K.SPLIT: _split,
    K.MOVED: _move,
    K.REELECTED: _reelect,
}


def _quoted(branches: Iterable[Standing]) -> str:
    return "、".join(f"“{branch.name}”" for branch in branches)


def _new(outcome: Outcome) -> str:
    """The branches that are made, with their kind; it is one for all."""
    made = [branch for branch in outcome.after if branch.id in outcome.made]
    return f"{_quoted(made)}（{'、'.join(dict.fromkeys(map(_kind, made)))}）"


def _kind(branch: Standing) -> str:
    return BRANCH_KIND_LABELS.get(branch.kind, branch.kind)
