"""notice: a round's rules read back, checked, and held against the clauses of its notice; without a store."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from db.errors import FileRefused
from dualcreate_desktop.office.rounds import presets
from dualcreate_desktop.rules.clauses import ClauseService, services
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_loading import load_notice, mistakes
from dualcreate_desktop.rules.notice_sentences import RuleSentence, told_notice
from dualcreate_desktop.rules.notice_warnings import notice_warnings

HELP = "批次规则：逐条读出、检查错误、对照通知条款"

_LARGEST = 5_000_000
"""Bytes; rules of a round are a hundredth of that."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Its own verbs and their arguments."""
    verbs = parser.add_subparsers(dest="what", metavar="做什么", required=True)
    show = verbs.add_parser("show", help="每条规则一句话，注明条款")
    check = verbs.add_parser("check", help="列出规则文件的所有错误；没有错误时退出码为 0")
    clauses = verbs.add_parser("clauses", help="通知每一条在哪里落实，或为什么不用落实")
    for verb in (show, check, clauses):
        verb.add_argument("rules", metavar="PRESET_OR_FILE", help="预设的名称，或规则文件（.toml）")
    clauses.add_argument("--json", action="store_true", help="输出 JSON")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; of the check, 1 when there are mistakes."""
    source, text = _rules(arguments.rules)
    if arguments.what == "check":
        return _check(source, text)
    notice = load_notice(text, source)
    if arguments.what == "show":
        _show(notice)
    else:
        _clauses(notice, as_json=arguments.json)
    return 0


def _rules(name: str) -> tuple[str, str]:
    """(source, TOML) of a preset or of a file."""
    shipped = {preset.key: preset.toml for preset in presets()}
    if name in shipped:
        return name, shipped[name]
    path = Path(name)
    if not path.is_file():
        raise FileRefused(f"没有这个预设，也没有这个文件：{name}", todo=f"可用的预设：{'、'.join(shipped)}")
    if path.stat().st_size > _LARGEST:
        raise FileRefused("文件太大，不像是批次规则", where=path.name)
    try:
        return path.name, path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused("文件不是 UTF-8 编码", where=path.name, todo="请另存为 UTF-8 后再试") from error


def _check(source: str, text: str) -> int:
    found = mistakes(text, source)
    for mistake in found:
        print(f"{source}　{mistake.told}")
    if found:
        print(f"共 {len(found)} 处错误")
        return 1
    print(f"{source}　没有发现错误")
    for warning in notice_warnings(load_notice(text, source)):
        print(f"请核对　{warning.text}")
    return 0


def _show(notice: Notice) -> None:
    print(f"{notice.batch}　{notice.title}{f'　{notice.doc_number}' if notice.doc_number else ''}")
    for heading, lines in told_notice(notice):
        print(f"\n{heading}")
        for line in lines:
            print(f"  {_line(line)}")
    _list("通知没有写明、暂按下面的理解", notice.assumptions)
    _list("请核对", tuple(warning.text for warning in notice_warnings(notice)))


def _line(line: RuleSentence) -> str:
    gone = f"（已由《{line.superseded_by}》取代）" if line.superseded_by else ""
    return f"[{line.clause or '批次设置'}]　{line.text}{gone}"


def _list(heading: str, lines: tuple[str, ...]) -> None:
    if lines:
        print(f"\n{heading}", *lines, sep="\n  ")


def _clauses(notice: Notice, *, as_json: bool) -> None:
    listed = services(notice)
    if as_json:
        print(json.dumps([_service(item) for item in listed], ensure_ascii=False, indent=2))
        return
    for item in listed:
        print(f"{item.clause}　{item.heading}")
        for text in (
            *item.by,
            *filter(None, (item.reason, item.superseded_by and f"已由《{item.superseded_by}》取代")),
        ):
            print(f"    {text}")


def _service(item: ClauseService) -> dict[str, object]:
    return {
        "clause": item.clause,
        "heading": item.heading,
        "how": [how.label for how in item.how],
        "by": list(item.by),
        "reason": item.reason,
        "superseded_by": item.superseded_by,
        "served": item.served,
    }
