"""Letting the C library keep what is freed, as memory that is fresh costs more than the arithmetic.

glibc gives large blocks back to the system as soon as they are freed, and the next array has to be
cleared page by page again: on a virtual machine a third of the time of a reading. What counts as
large it learns from the blocks that are freed, up to 32 MiB. Of the end of its memory it keeps what
it is told to keep; by default less than a reading of a million rows frees, all of whose pages were
then cleared again by every next one, a sixth of its time.
"""

from __future__ import annotations

import ctypes
import sys

import numpy as np

__all__ = ["keep_freed_memory"]

LARGEST = (32 << 20) - (8 << 10)
"""Just below the largest block from which glibc learns, with its own administration."""
M_TRIM_THRESHOLD = -1
"""The number of glibc's setting for how much it keeps of what is free at the end of its memory."""
KEPT = 256 << 20


def keep_freed_memory() -> None:
    """Free one large block, which was never touched, so that later arrays are made of kept memory.

    Of other C libraries than glibc nothing is asked.

    >>> keep_freed_memory()
    """
    np.empty(LARGEST, dtype=np.uint8)
    if sys.platform == "linux" and (set_to := getattr(ctypes.CDLL(None), "mallopt", None)):
        set_to(M_TRIM_THRESHOLD, KEPT)
