"""How large what is read may be: far more than a business has, far less than would fell a machine.

>>> Limits().columns
16384
>>> limits_of({"id_length": 2000}).id_length
2000
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import Attribute, field, fields, frozen

from klantkompas._nearest import nearest
from klantkompas._printable import shown
from klantkompas._told import told
from klantkompas.errors import ArgumentError, DataError
from klantkompas.wording.writer import Writer

__all__ = ["DEFAULT_LIMITS", "Limits", "limits_of", "raised", "too_long"]


_ALWAYS = 100_000_000


def _positive(limits: Limits, attribute: Attribute[int], value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ArgumentError(
            f"the limit {attribute.name} is {shown(value)}", remedy="Give a whole number from 1 up"
        )


def _limit(default: int) -> int:
    limit: int = field(default=default, validator=_positive)
    return limit


@frozen(kw_only=True)
class Limits:
    """Limits to what is read, so that a damaged or malicious file is refused in seconds (decided).

    Args:
        unpacked_bytes: how large a compressed file or a workbook may be when unpacked, in bytes.
        unpacked_ratio: how many times as large as the file that may be; up to 100 MB it does not
            matter.
        cells: how many cells a sheet may span, from its first to its last with a value.
        columns: how many columns a file may have.
        cell_length: how long a value may be, in bytes of UTF-8.
        id_length: how long an id may be, in characters.

    Raises:
        ArgumentError: a limit is not a whole number from 1 up.

    >>> Limits(id_length=2000).id_length
    2000
    """

    unpacked_bytes: int = _limit(4_000_000_000)
    unpacked_ratio: int = _limit(100)
    cells: int = _limit(50_000_000)
    columns: int = _limit(16_384)
    cell_length: int = _limit(1_000_000)
    id_length: int = _limit(1_000)

    def unpacked(self, packed: int) -> int:
        """Return the largest size in bytes that a packed file may have when unpacked.

        Args:
            packed: the size of the file as it is, in bytes.
        """
        return min(self.unpacked_bytes, max(_ALWAYS, self.unpacked_ratio * packed))

    def to_unpack(self, packed: int, unpacked: int) -> tuple[str, str]:
        """Return the remedies for a file that is too large: in Python and as a command.

        Args:
            packed: how many bytes the file is.
            unpacked: how many it is, or may be, when unpacked.
        """
        if unpacked > self.unpacked_bytes:
            return raised("unpacked_bytes", unpacked)
        return raised("unpacked_ratio", -(-unpacked // packed))


DEFAULT_LIMITS = Limits()


def limits_of(given: Mapping[str, int]) -> Limits:
    """Return limits of which some are given by name, and the others are the defaults.

    Args:
        given: by name, the limit.

    Raises:
        ArgumentError: there is no limit with that name, or it is not a whole number from 1 up.
    """
    known = [each.name for each in fields(Limits)]
    for name in given:
        if name not in known:
            raise ArgumentError(
                told("no limit is named {name}", name=shown(name)), remedy=nearest(name, known)
            )
    return Limits(**given)


def raised(name: str, to: int) -> tuple[str, str]:
    """Return the remedies that raise a limit: in Python and on the command line.

    Args:
        name: the name of the limit.
        to: the value that is needed.

    >>> raised("cells", 70_000_000)[1]
    'If it is right so, raise the limit: --limit cells=70000000'
    """
    ways = f"limits=Limits({name}={to})", f"--limit {name}={to}"
    python, command = (told("If it is right so, raise the limit: {how}", how=how) for how in ways)
    return python, command


def too_long(
    size: int, table: str, *, column: str | None = None, row: int | None = None
) -> DataError:
    """Return the error for a value that is longer than is allowed.

    Args:
        size: how many bytes it is.
        table: the table's name.
        column: its heading, where it is known.
        row: its row, where it is known.
    """
    remedy, command = raised("cell_length", size)
    return DataError(
        told("holds a value of {size} bytes, more than is allowed", size=Writer().number(size)),
        table=table,
        column=column,
        row=row,
        remedy=remedy,
        command=command,
    )
