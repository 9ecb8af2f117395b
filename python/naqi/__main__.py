"""`python -m naqi` is the command `naqi`."""

import sys

from naqi.cli import main

if __name__ == "__main__":
    sys.exit(main())
