"""What an error keeps when it is pickled, as by a pool of processes: all that can be, as it is.

>>> error = picklable({"row": 3, "value": lambda: 1})
>>> error["row"], type(error["value"]).__name__
(3, 'Shown')
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping

from klantkompas._printable import shown

__all__ = ["Shown", "picklable"]


class Shown:
    """What stands for a value that cannot be pickled: it is shown as that value was."""

    def __init__(self, value: object) -> None:
        self.text = shown(value)

    def __repr__(self) -> str:
        return self.text


def _kept(value: object) -> object:
    """Return a value, or how it is shown where it cannot be pickled."""
    try:
        pickle.dumps(value)
    except Exception:  # noqa: BLE001  whatever the value's own methods raise
        return Shown(value)
    return value


def picklable(attributes: Mapping[str, object]) -> dict[str, object]:
    """Return the attributes of an object, with `Shown` for each that cannot be pickled."""
    return {name: _kept(each) for name, each in attributes.items()}
