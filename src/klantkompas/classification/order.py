"""In which order rules are asked, and classes stand."""

from __future__ import annotations

from collections.abc import Sequence

from klantkompas._nearest import nearest
from klantkompas.domain.classes import CLASSES
from klantkompas.errors import PluginError
from klantkompas.hooks import ClassificationRule, describe

__all__ = ["class_order", "in_order"]


def in_order(rules: Sequence[ClassificationRule]) -> tuple[ClassificationRule, ...]:
    """Return rules in the order in which they are tried: by priority, then by name."""
    return tuple(sorted(rules, key=lambda rule: (rule.priority, rule.name)))


def class_order(rules: Sequence[ClassificationRule]) -> tuple[str, ...]:
    """Return the classes that rules give, best first.

    Args:
        rules: the rules; those that give a class of their own say where it stands.

    Returns:
        A, B, C and D, with the other classes between them.

    Raises:
        PluginError: a class of one's own has no place, or stands beside an unknown one.
    """
    order = [each.label for each in CLASSES]
    waiting = [rule for rule in in_order(rules) if rule.label not in order]
    while waiting:
        ready = [rule for rule in waiting if (rule.above or rule.below) in order]
        if not ready:
            rule = waiting[0]
            beside = rule.above or rule.below
            remedy = (
                f"the class {beside!r} is not known. {nearest(beside, order)}"
                if beside
                else f'say where it stands, such as above="{order[0]}"'
            )
            raise PluginError(f"{describe(rule)} gives {rule.label!r}: {remedy}")
        for rule in ready:
            if rule.label not in order:
                beside = rule.above or rule.below or ""
                order.insert(order.index(beside) + (rule.above is None), rule.label)
        waiting = [rule for rule in waiting if rule.label not in order]
    return tuple(order)
