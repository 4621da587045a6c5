"""Make what is handed over, or try it: ``python3 dev.py package`` — bundle, installer, portable zip, SHA-256 list."""

from __future__ import annotations

import sys

from resources.installer.artefacts import (
    BUNDLE,
    HANDED_OVER,
    artefacts,
    build_bundle,
    make_installer,
    make_portable,
    read_product,
    tell_sizes,
    write_sums,
)
from resources.installer.check import check


def main(arguments: list[str]) -> int:
    """Make everything; with --pack what is made of the bundle that is there; with --check try it all. The exit code."""
    if arguments == ["--check"]:
        return _check()
    if arguments not in ([], ["--pack"]):
        print("usage: python3 dev.py package [--check | --pack]", file=sys.stderr)
        return 2
    if not arguments:
        build_bundle()
    elif not BUNDLE.is_dir():
        print(f"There is no bundle in {BUNDLE}: run this without --pack.", file=sys.stderr)
        return 2
    return _pack()


def _pack() -> int:
    product = read_product()
    made = artefacts(product)
    HANDED_OVER.mkdir(parents=True, exist_ok=True)
    make_installer(made.installer, BUNDLE, product)
    make_portable(made.portable, BUNDLE)
    write_sums(made)
    return tell_sizes(made)


def _check() -> int:
    made = artefacts(read_product())
    if not made.sums.exists() and (code := main([])):
        return code
    return check(made)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
