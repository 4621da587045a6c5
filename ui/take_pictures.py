"""python -m ui.take_pictures [DIR]: pictures of every tab and dialog with the sample office; without DIR the manual's.

They are drawn to memory, so that they are alike on every PC. Apart from `ui.pictures`, because each reading process
imports the module that was started, and should not need Qt.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui.pictures import main

    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else None))
