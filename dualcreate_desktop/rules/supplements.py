"""What later notices of a round change: clauses that no longer hold, and days that were moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_parts import Dated, Evaluation, Move, Report, Stage


def superseded(notice: Notice) -> Mapping[str, str]:
    """Clause that no longer holds → title of the notice in whose favour."""
    return {clause: later.title for later in notice.supplements for clause in later.supersedes}


def move_of(notice: Notice, of: Dated, key: str) -> Move | None:
    """The last move of one stage, report or evaluation."""
    moves = [move for later in notice.supplements for move in later.moves if (move.of, move.key) == (of, key)]
    return moves[-1] if moves else None


def in_force(notice: Notice) -> Notice:
    """The rules as they hold with all supplements: days moved, superseded conditions and quotas left out.

    Result days are never before the moved evaluation. Done twice it changes nothing more.
    """
    if not notice.supplements:
        return notice
    gone = superseded(notice)
    return replace(
        notice,
        stages=tuple(_stage(item, move_of(notice, Dated.STAGE, item.key)) for item in notice.stages),
        reports=tuple(_report(item, move_of(notice, Dated.REPORT, item.key)) for item in notice.reports),
        evaluations=tuple(
            _evaluation(item, move_of(notice, Dated.EVALUATION, item.key)) for item in notice.evaluations
        ),
        conditions=tuple(rule for rule in notice.conditions if rule.clause not in gone),
        quotas=tuple(rule for rule in notice.quotas if rule.clause not in gone),
    )


def _stage(stage: Stage, move: Move | None) -> Stage:
    if move is None:
        return stage
    return replace(stage, deadline=move.deadline, opens=move.opens or stage.opens, clock_stated=True)


def _report(report: Report, move: Move | None) -> Report:
    return report if move is None else replace(report, deadline=move.deadline)


def _evaluation(evaluation: Evaluation, move: Move | None) -> Evaluation:
    if move is None:
        return evaluation
    day = move.deadline.date()
    published = evaluation.published and max(evaluation.published, day)
    return replace(evaluation, deadline=day, published=published)
