"""Finding where many functions of one variable cross zero, all at once.

Chandrupatla's method (1997, Advances in Engineering Software 28, 145-149): inverse quadratic
interpolation where the last points show that it can be trusted, halving elsewhere. Each root goes
its own way, whatever stands beside it in the array, so that no result depends on company.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from klantkompas.stats.checks import Floats

__all__ = ["find_roots"]

MOST_STEPS = 200
CLOSE = 4 * float(np.finfo(np.float64).eps)


def find_roots(function: Callable[[Floats], Floats], low: Floats, high: Floats) -> Floats:
    """Return for each element the point where a rising function crosses zero.

    Args:
        function: takes an array of points, gives the values there, element by element.
        low: where to begin; where the function is 0 or more already here, that is the answer.
        high: where to end; where the function is still 0 or less here, that is the answer.

    Returns:
        The crossing points, to the last few bits; NaN where an end is NaN.

    >>> find_roots(lambda x: x**2 - np.array([2.0, 9.0]), np.zeros(2), np.array([2.0, 4.0]))
    array([1.41421356, 3.        ])
    """
    near, far = high.astype(np.float64), low.astype(np.float64)
    at_near, at_far = function(near), function(far)
    root = np.where(at_far >= 0, far, near)
    searching = (at_near > 0) & (at_far < 0)
    step = np.full(near.shape, 0.5)
    with np.errstate(all="ignore"):
        for _ in range(MOST_STEPS):
            if not searching.any():
                break
            point = near + step * (far - near)
            at_point = function(point)
            same_side = (at_point > 0) == (at_near > 0)
            old, at_old = np.where(same_side, near, far), np.where(same_side, at_near, at_far)
            far, at_far = np.where(same_side, far, near), np.where(same_side, at_far, at_near)
            near, at_near = point, at_point
            closer = np.where(np.abs(at_near) < np.abs(at_far), near, far)
            root = np.where(searching, closer, root)
            least = (CLOSE * np.abs(closer) + np.finfo(np.float64).tiny) / np.abs(far - near)
            searching &= (least < 0.5) & (at_near != 0)
            place, height = (near - far) / (old - far), (at_near - at_far) / (at_old - at_far)
            trusted = (height**2 < place) & ((1 - height) ** 2 < 1 - place)
            by_curve = at_near / (at_far - at_near) * at_old / (at_far - at_old) + (old - near) / (
                far - near
            ) * at_near / (at_old - at_near) * at_far / (at_old - at_far)
            step = np.clip(np.where(trusted, by_curve, 0.5), least, 1 - least)
    return root
