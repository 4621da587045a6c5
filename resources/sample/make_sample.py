"""Make the files of the sample office again: ``python -m resources.sample.make_sample [FOLDER]``.

For development only; the program reads what this wrote. The same files, to the byte, come out of every run.
"""

from __future__ import annotations

import sys
from pathlib import Path

from resources.sample.making.application_files import write_applications
from resources.sample.making.appraisal_files import write_appraisals
from resources.sample.making.branch_files import write_branches
from resources.sample.making.evidence_files import write_honours, write_incidents
from resources.sample.making.faulty_files import write_faulty
from resources.sample.making.manifest import manifest
from resources.sample.making.registry_files import write_people, write_units
from resources.sample.making.review_files import write_reviews
from resources.sample.making.standing_files import write_standing
from resources.sample.making.world import make_world


def make_sample(folder: Path) -> None:
    """Write manifest.toml into the folder and all that was mailed into its subfolder `files`, emptied before."""
    world, files = make_world(), folder / "files"
    files.mkdir(parents=True, exist_ok=True)
    for old in files.iterdir():
        old.unlink()
    imports = [
        write_units(files, world),
        *write_branches(files, world),
        *write_faulty(files, world),
        write_people(files, world),
        *write_appraisals(files, world),
        write_honours(files, world),
        write_incidents(files, world),
        *write_standing(files, world),
        *write_applications(files, world),
        *write_reviews(files, world),
    ]
    (folder / "manifest.toml").write_text(manifest(world, imports), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    make_sample(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
