"""Making a declaration of a function: the one way to write what computes something.

The decorator of each declaration is beside it: `measure` beside `Measure`. What a decorator returns
is the declaration itself: a hook returns it, and ``Compass(plugins=[...])`` takes it as it is. Its
name is the function's, and the first line of the docstring says what it is. What is built in is
written in the same way.

>>> from klantkompas.hooks import rule, success_factor
>>> @success_factor(at_least=0.95, unit="share")
... def returns_little(measures):
...     '''Returns little.'''
...     return 1 - measures["credited_share"]
>>> returns_little.title, returns_little.criterion
('returns little', AtLeast(value=0.95))
>>> @rule("A", priority=50)
... def small_but_steady(card):
...     '''It orders every month.'''
...     return card["order_days"] >= 6
>>> small_but_steady.because
'it orders every month'
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TypeVar

from klantkompas.errors import PluginError

__all__ = ["first_line", "of_function", "one_parameter"]

FunctionT = TypeVar("FunctionT", bound=Callable[..., object])


def of_function(given: FunctionT, decorator: str, held_by: str) -> tuple[FunctionT, str]:
    """Return a decorated function and its name, with a qualified name that leads to it still.

    The module's attribute of that name is the declaration from now on, so the function is found by
    what holds it there: ``revenue.of``. Pickle looks it up by that name.

    Args:
        given: what the decorator is written above.
        decorator: the name of the decorator.
        held_by: the field of the declaration that holds the function.

    Raises:
        PluginError: it is not a function.
    """
    function: object = given
    if not inspect.isfunction(function):
        raise PluginError(f"@{decorator} is written above a function, not above {given!r}")
    function.__qualname__ = f"{function.__qualname__}.{held_by}"
    return given, function.__name__


def first_line(function: Callable[..., object], name: str) -> str:
    """Return the first line of a docstring as a phrase, without its full stop and capital.

    Args:
        function: the function.
        name: what to say where it has no docstring, with underscores for spaces.

    >>> first_line(first_line, "")
    'return the first line of a docstring as a phrase, without its full stop and capital'
    """
    lines = (inspect.getdoc(function) or "").strip().splitlines()
    phrase = lines[0].rstrip(" .") if lines else name.replace("_", " ")
    return phrase[:1].lower() + phrase[1:] if phrase[1:2].islower() else phrase


def one_parameter(function: Callable[..., object], what: str, expected: str, *allowed: str) -> None:
    """Refuse a function that has not one parameter, or one with another name than is allowed.

    Args:
        function: the function.
        what: what is made of it, for the error.
        expected: what its parameter is, for the error.
        *allowed: the names that the parameter can have; any, unless given.

    Raises:
        PluginError: it has other parameters.
    """
    parameters = list(inspect.signature(function).parameters)
    if len(parameters) != 1 or (allowed and parameters[0] not in allowed):
        raise PluginError(
            f"{what} is made of {function.__name__}({', '.join(parameters)}): "
            f"its function has one parameter, {expected}"
        )
