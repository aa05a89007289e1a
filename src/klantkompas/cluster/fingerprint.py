"""What a piece of work was done with, so that its leftovers are never taken for another's.

Files count by name, size, time of change and their last bytes (where Parquet says what it holds);
functions by their code, what they hold on to, and the source file in which they stand.

>>> from functools import partial
>>> of_objects(partial(max, 1)) == of_objects(partial(max, 1)) != of_objects(partial(max, 2))
True
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Set
from hashlib import sha256
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import attrs
import numpy as np

__all__ = ["of_files", "of_library", "of_objects"]

FOOTER = 1 << 16


def of_files(files: Iterable[Path]) -> str:
    """Return a text that changes when files do.

    Args:
        files: the files, in order.

    Returns:
        A text that differs when a file was added, left out or written anew.
    """
    digest = sha256()
    for file in files:
        state = file.stat()
        digest.update(repr((file.name, state.st_size, state.st_mtime_ns)).encode())
        with file.open("rb") as content:
            content.seek(max(0, state.st_size - FOOTER))
            digest.update(content.read())
    return digest.hexdigest()


def of_library() -> str:
    """Return a text that changes when klantkompas' code, or numpy's or polars' version does."""
    import polars

    digest = sha256(f"{polars.__version__} {np.__version__}".encode())
    for source in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def of_objects(*things: object) -> str:
    """Return a text that changes when some declarations or options do.

    Args:
        *things: declarations, functions, plain values, and collections of them.

    Returns:
        A text that is the same in every process, and differs when a value, the code of a function
        or the source file in which it stands differs.
    """
    return sha256(repr(_described(things, set())).encode()).hexdigest()


def _source(module: str | None) -> str:
    file = getattr(sys.modules.get(module or ""), "__file__", None)
    return sha256(Path(file).read_bytes()).hexdigest() if file and Path(file).is_file() else ""


def _described(thing: object, above: set[int]) -> object:
    """Describe a thing by texts in nested lists; what it is part of is not described again."""
    if id(thing) in above:
        return "what it is part of"
    above = above | {id(thing)}
    kind: Any = type(thing)
    if attrs.has(kind):
        fields = [getattr(thing, one.name) for one in attrs.fields(kind) if one.init]
        return [kind.__qualname__, *(_described(each, above) for each in fields)]
    for types, describe in KINDS:
        if isinstance(thing, types):
            name, held = describe(thing)
            described = [_described(each, above) for each in held]
            return [name, *(sorted(map(repr, described)) if name == "set" else described)]
    if type(thing).__module__ == "builtins" and "__repr__" in vars(type(thing)):
        return repr(thing)
    try:
        return ["object", _described(thing.__reduce_ex__(4), above)]
    except TypeError:
        return ["object", type(thing).__qualname__]


def _function(function: FunctionType) -> tuple[str, Iterable[object]]:
    held = [cell.cell_contents for cell in function.__closure__ or ()]
    kept = (function.__code__, function.__defaults__, function.__kwdefaults__, held)
    return f"{function.__qualname__} {_source(function.__module__)}", kept


KINDS: tuple[tuple[Any, Callable[[Any], tuple[str, Iterable[object]]]], ...] = (
    (Mapping, lambda thing: ("mapping", thing.items())),
    (Set, lambda thing: ("set", thing)),
    (list | tuple, lambda thing: ("row", thing)),
    (np.ndarray, lambda thing: (str(thing.dtype), thing.tolist())),
    (ModuleType, lambda thing: (f"module {thing.__name__} {_source(thing.__name__)}", ())),
    (type, lambda thing: (f"{thing.__qualname__} {_source(thing.__module__)}", ())),
    (CodeType, lambda thing: (thing.co_code.hex(), (thing.co_names, thing.co_consts))),
    (FunctionType, _function),
)
"""What a thing of a kind is called, and what it holds."""
