"""Reading the command line: what argparse says in English is said in Chinese."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

WRONG_USE = 2
"""The exit code of a command line that is not understood."""

_WORDS: Mapping[str, str] = {
    "usage: ": "用法： ",
    "positional arguments:": "参数：",
    "options:": "选项：",
    "show this help message and exit": "显示这份说明",
    "show program's version number and exit": "显示版本号",
}

_REFUSALS: Mapping[str, str] = {
    r"unrecognized arguments: (.+)": r"没有这个参数：\1",
    r"the following arguments are required: (.+)": r"还缺少：\1",
    r"argument (.+?): expected .*": r"\1 后面没有写内容",
    r"argument (.+?): invalid choice: (.+) \(choose from (.+)\)": r"\1里没有 \2，可以用 \3",
    r"argument (.+?): ignored explicit argument (.+)": r"\1 后面不能写 \2",
    r"ambiguous option: (.+) could match (.+)": r"\1 不明确，可能是 \2",
    r"argument (.+?): (.+)": r"\1 \2",
}
"""The first that fits is said; the last is for what our own types of arguments refuse."""


class Parser(argparse.ArgumentParser):
    """A parser that explains itself and refuses in Chinese; its subparsers do too."""

    def format_usage(self) -> str:
        """How the command is written."""
        return _in_chinese(super().format_usage())

    def format_help(self) -> str:
        """How the command is written, and what each argument is for."""
        return _in_chinese(super().format_help())

    def error(self, message: str) -> NoReturn:
        """Say what is not understood, and end."""
        self.exit(WRONG_USE, f"{self.format_usage()}{refusal(message)}。加 --help 可以查看说明。\n")


def refusal(message: str) -> str:
    """What argparse has against a command line, in Chinese; in its own words when it says something unusual."""
    for english, chinese in _REFUSALS.items():
        if found := re.fullmatch(english, message, re.DOTALL):
            return found.expand(chinese)
    return f"无法理解这条命令：{message}"


def data_folder(text: str) -> Path:
    """The folder that --data names.

    Raises:
        argparse.ArgumentTypeError: it names none, as an empty variable of a batch file does.
    """
    if not text.strip():
        raise argparse.ArgumentTypeError("后面没有写文件夹")
    return Path(text)


def _in_chinese(text: str) -> str:
    for english, chinese in _WORDS.items():
        text = text.replace(english, chinese)
    return text
