"""What the verbs share that tell of a store: their arguments, the store opened, and both ways to tell of its rounds."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from db.errors import StoreError
from dualcreate_desktop.commands.parsing import data_folder
from dualcreate_desktop.office.rounds import RoundRow, rounds
from dualcreate_desktop.office.store import Actor, Office, has_data, open_office
from dualcreate_desktop.paths import find_paths


def describe_data(parser: argparse.ArgumentParser) -> None:
    """--data may stand behind the verb too."""
    parser.add_argument(
        "--data", type=data_folder, metavar="DIR", default=argparse.SUPPRESS, help="数据文件夹"
    )


def describe_round(parser: argparse.ArgumentParser) -> None:
    """The arguments of what tells of rounds."""
    describe_data(parser)
    parser.add_argument("--round", metavar="批次", help="只列这个批次；不写列全部")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


@contextmanager
def existing_office(arguments: argparse.Namespace) -> Iterator[Office]:
    """The office of --data, closed afterwards; whoever only looks makes neither a store nor a backup.

    Raises:
        StoreError: there is no store in the folder, or it cannot be opened.
    """
    paths = find_paths(arguments.data)
    paths.check_place()
    if not has_data(paths):
        raise StoreError("这个文件夹里没有数据", where=str(paths.data), todo="请用 --data 指定数据文件夹。")
    office = open_office(paths, Actor("命令行"), datetime.now, backs_up=False)
    try:
        yield office
    finally:
        office.close()


def tell_rounds(
    arguments: argparse.Namespace,
    read: Callable[[Office, str], dict[str, Any]],
    tell: Callable[[dict[str, Any]], None],
) -> int:
    """Tell of the rounds that were asked for, as JSON or in lines; the exit code.

    Args:
        read: what there is to tell of the round of an id, as JSON has it.
        tell: prints it in lines.

    Raises:
        StoreError: there is no store, or no round of that name.
    """
    with existing_office(arguments) as office:
        told = [read(office, row.id) for row in _chosen(office, arguments.round)]
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for one in told:
            tell(one)
    return 0


def _chosen(office: Office, name: str | None) -> tuple[RoundRow, ...]:
    there = rounds(office)
    if name is None:
        return there
    chosen = tuple(row for row in there if row.name == name)
    if not chosen:
        known = "、".join(row.name for row in there) or "（没有批次）"
        raise StoreError(f"没有名为“{name}”的批次", todo=f"现有批次：{known}。")
    return chosen
