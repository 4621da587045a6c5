"""What the office does, with no window."""

__version__ = "0.1.0"
PROGRAM = "党建“双创”工作台"
