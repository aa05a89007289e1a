"""Letting the C library keep what is freed, as memory that is fresh costs more than the arithmetic.

glibc gives large blocks back to the system as soon as they are freed, and the next array has to be
cleared page by page again: on a virtual machine a third of the time of a reading. What counts as
large it learns from the blocks that are freed, up to 32 MiB, and it then keeps up to twice that.
"""

from __future__ import annotations

import numpy as np

__all__ = ["keep_freed_memory"]

LARGEST = (32 << 20) - (8 << 10)
"""Just below the largest block from which glibc learns, with its own administration."""


def keep_freed_memory() -> None:
    """Free one large block, which was never touched, so that later arrays are made of kept memory.

    >>> keep_freed_memory()
    """
    np.empty(LARGEST, dtype=np.uint8)
