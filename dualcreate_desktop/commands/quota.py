"""quota: what every unit may and must apply for, and what it does."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from dualcreate_desktop.commands.opening import describe_round, tell_rounds
from dualcreate_desktop.office.quotas import quota_page
from dualcreate_desktop.office.rounds import rules_of
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.quotas import QuotaLine

HELP = "列出各院级党组织的名额：可报、应报、已报、超出、不足"


def describe(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    describe_round(parser)


def run(arguments: argparse.Namespace) -> int:
    """Tell the quota table of each round."""
    return tell_rounds(arguments, _round, _tell)


def _round(office: Office, round_id: str) -> dict[str, Any]:
    rules, page = rules_of(office, round_id), quota_page(office, round_id)
    names = {category.key: category.short_name for category in rules.notice.categories}
    return {
        "round": rules.round_name,
        "rules_version": rules.version,
        "units": [
            {
                "id": row.unit_id,
                "unit": row.unit,
                "branches": row.branches,
                "lines": [_line(line, names) for line in row.lines],
            }
            for row in page.rows
        ],
        "totals": [{**asdict(total), "name": names[total.category]} for total in page.totals],
    }


def _line(line: QuotaLine, names: dict[str, str]) -> dict[str, Any]:
    return {**asdict(line), "name": names[line.category]}


def _tell(told: dict[str, Any]) -> None:
    print(f"{told['round']}（规则第 {told['rules_version']} 版）")
    for unit in told["units"]:
        for line in unit["lines"]:
            print(f"  {unit['unit']}（{unit['branches']} 个党支部）　{line['name']}：{_numbers(line)}")
            clause = f"（{line['clause']}）" if line["clause"] else ""
            print(f"      {line['explanation']}{clause}")
    for total in told["totals"]:
        print(f"  合计　{total['name']}：目标 {total['target']}，{_numbers(total)}")


def _numbers(line: dict[str, Any]) -> str:
    allowed = "不限" if line["allowed"] is None or line.get("unlimited") else str(line["allowed"])
    told = f"可报 {allowed}，应报 {line['obliged']}，已报 {line['applied']}"
    extra = [f"超出 {line['over']}"] if line["over"] else []
    extra += [f"不足 {line['short']}"] if line["short"] else []
    if line["impossible"]:
        extra.append("无法完成" if line["impossible"] is True else f"无法完成的单位 {line['impossible']} 个")
    return "，".join([told, *extra])
