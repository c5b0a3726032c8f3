"""The central service started by itself: `python -m kiosk.central`.

Responsible for: nothing but calling the command; `python -m kiosk central` does the same.
Not responsible for: its arguments (`kiosk.central.command`).
"""

import sys

from kiosk.central.command import main

if __name__ == "__main__":
    sys.exit(main())
