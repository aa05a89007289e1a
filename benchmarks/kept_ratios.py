"""Ratios of processor time that are kept in a file, and may not get worse by more than a tenth.

A ratio is the time of a peer, or of importing what everybody imports, divided by the time of ours:
more is better, and another machine has nearly the same.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

__all__ = ["add_options", "keep_or_compare"]

FALL = 0.1
"""The part by which a ratio may be below the one that is kept."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say where ratios are kept."""
    parser.add_argument("--ratios", type=Path, help="the file to compare the ratios with")
    parser.add_argument("--keep", action="store_true", help="write them there instead")


def keep_or_compare(found: Mapping[str, float], given: argparse.Namespace) -> None:
    """Write ratios to their file, or end with those that fell by more than a tenth."""
    if given.ratios is None:
        return
    kept = json.loads(given.ratios.read_text()) if given.ratios.exists() else {}
    if given.keep:
        kept |= {name: float(f"{ratio:.3g}") for name, ratio in found.items()}
        given.ratios.write_text(json.dumps(dict(sorted(kept.items())), indent=2) + "\n")
        return
    fallen = [
        f"{name}: {ratio:.3g}, where {kept[name]:.3g} is kept"
        for name, ratio in found.items()
        if name in kept and ratio < (1 - FALL) * kept[name]
    ]
    if fallen:
        sys.exit("\n  ".join(["these ratios fell by more than a tenth:", *fallen]))
    print(f"{sum(name in kept for name in found)} ratios are no worse than those kept")
