"""python -m dualcreate_desktop: a verb, or the window when there is none."""

from __future__ import annotations

import io
import multiprocessing
import sys


def main(argv: list[str]) -> int:
    """Do what the command line says; the exit code."""
    from dualcreate_desktop import commands

    _print_whatever_comes()
    arguments = commands.parser().parse_args(argv)
    if arguments.self_test:
        from dualcreate_desktop.commands import self_test
        from ui.self_test import CHECKS

        return commands.run(lambda: self_test.run(CHECKS))
    if arguments.verb is None:
        from ui.start import run

        return run(arguments.data, sample=arguments.sample, opened=arguments.open)
    return commands.run(lambda: commands.VERBS[arguments.verb].run(arguments))


def _print_whatever_comes() -> None:
    """A file or pipe of another code page gets ? for what it lacks; a program with a window has no output at all."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main(sys.argv[1:]))
