"""The command: ``python -m klantkompas``."""

from __future__ import annotations

import sys

from klantkompas.command import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
