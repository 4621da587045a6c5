"""python -m dualcreate_desktop: a verb, or the window when there is none."""

from __future__ import annotations

import multiprocessing
import sys


def main(argv: list[str]) -> int:
    """Do what the command line says; the exit code."""
    from dualcreate_desktop import commands

    arguments = commands.parser().parse_args(argv)
    if arguments.verb is None and not arguments.self_test:
        from ui.app import run

        return run(arguments.data, sample=arguments.sample)
    return commands.run(arguments)


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main(sys.argv[1:]))
