"""What the office does, with no window."""

import logging

__version__ = "0.1.0"
PROGRAM = "党建“双创”工作台"

# The window keeps a log; on the command line a trouble is one sentence, not a traceback beside it.
logging.getLogger(__name__).addHandler(logging.NullHandler())
