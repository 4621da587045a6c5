"""check: is the store sound, are the presets, is there a good backup."""

from __future__ import annotations

import argparse
from datetime import datetime

from dualcreate_desktop.office import backup, rounds
from dualcreate_desktop.office.store import Actor, open_office
from dualcreate_desktop.paths import find_paths

HELP = "检查数据库、备份和通知预设是否完好"


def describe(_parser: argparse.ArgumentParser) -> None:
    """It has no arguments of its own."""


def run(arguments: argparse.Namespace) -> int:
    """Check one thing after the other; the first trouble ends it."""
    paths = find_paths(arguments.data)
    for preset in rounds.presets():
        print(f"通知预设　完好　{preset.title}")
    if paths.cloud:
        print(f"数据文件夹　注意　在{paths.cloud}的同步目录里，数据可能损坏：请把它移到本机磁盘的其他文件夹")
    office = open_office(paths, Actor("检查"), datetime.now)
    try:
        backup.verify(paths.store)
        print(f"数据库　　完好　{paths.store}")
        for row in rounds.rounds(office):
            print(f"批次　　　完好　{row.name}（规则第 {rounds.rules_of(office, row.id).version} 版）")
        newest = backup.backups(paths.backups)[0]
        backup.verify(newest)
        print(f"最近备份　完好　{newest.name}（共 {len(backup.backups(paths.backups))} 份）")
    finally:
        office.close()
    return 0
