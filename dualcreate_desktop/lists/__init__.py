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
from dualcreate_desktop.lists.inquiries import INQUIRY_REPLIES
from dualcreate_desktop.lists.lineage import LINEAGE, REORGANISATIONS
from dualcreate_desktop.lists.registry import BRANCHES, PEOPLE, UNITS
from dualcreate_desktop.lists.rounds import APPLICATIONS, REVIEWERS
from dualcreate_desktop.lists.standing import DEBARMENTS, EARLIER_RESULTS, GROWTH, STAFFING, TOPICS

LIST_KINDS = (
    *(UNITS, BRANCHES, PEOPLE, LINEAGE, REORGANISATIONS),
    *(APPRAISALS, HONOURS, INCIDENTS, EARLIER_RESULTS, STAFFING, GROWTH, TOPICS, DEBARMENTS),
    *(APPLICATIONS, REVIEWERS, INQUIRY_REPLIES),
)
"""In the order in which an empty store can take them."""

__all__ = [
    "APPLICATIONS",
    "APPRAISALS",
    "APPRAISAL_KINDS",
    "BRANCHES",
    "BRANCH_KINDS",
    "DEBARMENTS",
    "EARLIER_RESULTS",
    "GRADES",
    "GROWTH",
    "HOLDERS",
    "HONOURS",
    "HONOUR_LEVELS",
    "INCIDENTS",
    "INQUIRY_REPLIES",
    "LINEAGE",
    "LIST_KINDS",
    "PEOPLE",
    "REORGANISATIONS",
    "REVIEWERS",
    "STAFFING",
    "TOPICS",
    "UNITS",
    "UNIT_KINDS",
]
