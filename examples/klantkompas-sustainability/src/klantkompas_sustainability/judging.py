"""What the packaging says of a customer: a way to contribute, and a reason to be held back.

>>> RETURNS_PACKAGING.measure_name, NEVER_A_WHILE_PACKAGING_STAYS_AWAY.label
('packaging_return_share', 'B')
"""

from __future__ import annotations

from klantkompas import AtLeast, ClassificationRule, SuccessFactor

__all__ = ["NEVER_A_WHILE_PACKAGING_STAYS_AWAY", "RETURNS_PACKAGING"]

RETURNS_PACKAGING = SuccessFactor(
    name="returns_packaging",
    measure="packaging_return_share",
    criterion=AtLeast(0.9),
    title="returns its packaging",
    least_basis=10,
)

NEVER_A_WHILE_PACKAGING_STAYS_AWAY = ClassificationRule(
    name="never_a_while_packaging_stays_away",
    label="B",
    when=lambda card: card.shortlisted & (card.count >= 2) & (card["packaging_return_share"] < 0.5),
    because="they would be A, but less than half of the packaging comes back",
    priority=50,
)
