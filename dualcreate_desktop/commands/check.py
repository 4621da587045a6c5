"""check: is the store sound, are the presets, is there a good backup."""

from __future__ import annotations

import argparse

from dualcreate_desktop.commands.opening import describe_data, existing_office
from dualcreate_desktop.office import backup, rounds
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.paths import find_paths

HELP = "检查数据库、备份和通知预设是否完好"


def describe(parser: argparse.ArgumentParser) -> None:
    """Its argument."""
    describe_data(parser)


def run(arguments: argparse.Namespace) -> int:
    """Check one thing after the other; the first trouble ends it."""
    for preset in rounds.presets():
        print(f"通知预设　完好　{preset.title}")
    if cloud := find_paths(arguments.data).cloud:
        print(f"数据文件夹　注意　在{cloud}的同步目录里，数据可能损坏：请把它移到本机磁盘的其他文件夹")
    with existing_office(arguments) as office:
        _check_store(office)
        _check_backups(office)
    return 0


def _check_store(office: Office) -> None:
    backup.verify(office.paths.store)
    print(f"数据库　　完好　{office.paths.store}")
    for row in rounds.rounds(office):
        print(f"批次　　　完好　{row.name}（规则第 {rounds.rules_of(office, row.id).version} 版）")


def _check_backups(office: Office) -> None:
    known = backup.backups(office.paths.backups)
    if not known:
        print("最近备份　没有　下次打开程序时会自动备份")
        return
    backup.verify(known[0])
    print(f"最近备份　完好　{known[0].name}（共 {len(known)} 份）")
