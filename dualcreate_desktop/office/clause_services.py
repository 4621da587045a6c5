"""通知条款: every numbered clause of a round's notices, and where the program serves it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dualcreate_desktop.fields import Column
from dualcreate_desktop.office.rule_clauses import clause_wordings
from dualcreate_desktop.office.rule_editing import RuleDraft, RuleLine
from dualcreate_desktop.rules.clauses import ClauseService, Served, services


@dataclass(frozen=True, slots=True)
class ServedRow:
    """One clause.

    Args:
        text: its wording, else its gist.
        how: in what form, 规则、日期.
        by: what serves it, or the reason why nothing does.
        paths: of the rules that cite it themselves.
    """

    id: str
    heading: str
    text: str
    how: str
    by: str
    served: Served
    paths: tuple[str, ...]


SERVED_COLUMNS = (
    Column("id", "条款", 12),
    Column("text", "内容", 40),
    Column("how", "形式", 10),
    Column("by", "落实在哪里", 40),
    Column("served", "状态", 12, pill=True),
)


def served_rows(draft: RuleDraft, lines: Iterable[RuleLine]) -> tuple[ServedRow, ...]:
    """Every clause of the notice and of the later ones, in their order.

    Args:
        lines: the rules of the draft.
    """
    paths: dict[str, list[str]] = {}
    for line in lines:
        if line.clause:
            paths.setdefault(line.clause, []).append(line.path)
    listed = services(draft.notice)
    texts, holders = clause_wordings(draft.notice), _holders(listed)
    return tuple(
        _row(service, texts.get(service.clause, ""), tuple(paths.get(service.clause, ())), holders)
        for service in listed
    )


def _row(service: ClauseService, wording: str, paths: tuple[str, ...], holders: frozenset[str]) -> ServedRow:
    clause = service.clause
    text = " ".join(wording.split()) or service.heading
    by = "、".join(service.by) or service.reason
    if service.superseded_by:
        by = f"由《{service.superseded_by}》取代"
    elif not by and clause in holders:
        by = "见其下各条"
    how = "、".join(one.label for one in service.how)
    return ServedRow(clause, service.heading, text, how, by, _served(service, holders), paths)


def _served(service: ClauseService, holders: frozenset[str]) -> Served:
    if service.superseded_by:
        return Served.SUPERSEDED
    if service.by:
        return Served.RULED
    return Served.TOLD if service.reason or service.clause in holders else Served.BARE


def _holders(listed: Sequence[ClauseService]) -> frozenset[str]:
    """Clauses that only hold further ones, as 二 holds 二(一)."""
    ids = [service.clause for service in listed]
    return frozenset(one for one in ids if any(other != one and other.startswith(one) for other in ids))
