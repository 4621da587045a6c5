"""The verbs of the command line, one module each: `describe` adds its arguments, `run` does it."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from db.errors import UserError, cause
from dualcreate_desktop import PROGRAM, __version__
from dualcreate_desktop.commands import check, demo, findings, inspect, notice, quota
from dualcreate_desktop.commands.parsing import Parser, data_folder

VERBS: dict[str, ModuleType] = {
    "demo": demo,
    "inspect": inspect,
    "check": check,
    "notice": notice,
    "findings": findings,
    "quota": quota,
}

INTERRUPTED = 130
"""The exit code of what Ctrl+C ended, as every shell knows it."""

_CLOSED_PIPE = frozenset({errno.EPIPE, errno.EINVAL})
"""Whoever read our output has had enough, as `| head` has; the latter is how Windows says it."""


def parser() -> argparse.ArgumentParser:
    """What the program understands; with no verb it opens the window."""
    top = Parser(prog="dualcreate_desktop", description=PROGRAM)
    top.add_argument(
        "--data", type=data_folder, metavar="DIR", help="数据文件夹（默认在用户目录下，或程序旁的“数据”）"
    )
    top.add_argument("--sample", action="store_true", help="打开示例办公室，不影响正式数据")
    top.add_argument("--open", type=Path, metavar="FILE", help="打开一个批次规则文件或备份")
    top.add_argument("--self-test", action="store_true", help="检查程序自身是否完好")
    top.add_argument("--version", action="version", version=__version__)
    verbs = top.add_subparsers(dest="verb", metavar="命令")
    for name, module in VERBS.items():
        module.describe(verbs.add_parser(name, help=module.HELP, description=module.HELP))
    return top


def run(verb: Callable[[], int]) -> int:
    """Run what was asked for, the exit code; a trouble of the user is one sentence on the error stream."""
    try:
        code = verb()
        if sys.stdout is not None:  # a program with a window has none
            sys.stdout.flush()
        return code
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno in _CLOSED_PIPE and error.filename is None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        else:
            print(_refused_by_system(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return INTERRUPTED


def _refused_by_system(error: OSError) -> UserError:
    return UserError(
        f"文件不能读写：{cause(error)}",
        where=str(error.filename or ""),
        todo="请检查文件夹权限和磁盘空间后再试",
    )
