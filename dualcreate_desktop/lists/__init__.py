"""The lists that the office receives, declared once for import, form pack, dialogs and exports."""

from __future__ import annotations

from dualcreate_desktop.lists.choices import (
    APPRAISAL_KINDS,
    BRANCH_KINDS,
    GRADES,
    HOLDERS,
    HONOUR_LEVELS,
    UNIT_KINDS,
)
from dualcreate_desktop.lists.evidence import APPRAISALS, HONOURS, INCIDENTS
from dualcreate_desktop.lists.registry import BRANCHES, PEOPLE, UNITS
from dualcreate_desktop.lists.rounds import APPLICATIONS, REVIEWERS

LIST_KINDS = (UNITS, BRANCHES, PEOPLE, APPRAISALS, HONOURS, INCIDENTS, APPLICATIONS, REVIEWERS)
"""In the order in which an empty store can take them."""

__all__ = [
    "APPLICATIONS",
    "APPRAISALS",
    "APPRAISAL_KINDS",
    "BRANCHES",
    "BRANCH_KINDS",
    "GRADES",
    "HOLDERS",
    "HONOURS",
    "HONOUR_LEVELS",
    "INCIDENTS",
    "LIST_KINDS",
    "PEOPLE",
    "REVIEWERS",
    "UNITS",
    "UNIT_KINDS",
]
