"""How certain a class is when factors are unknown, and which is most worth finding out (section 6).

>>> print(ClassRange(customer="17", worst="C", best="B", worth_finding_out="pays_on_time"))
17 is from C to B; most worth finding out: pays_on_time
"""

from __future__ import annotations

from attrs import frozen

from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import CustomerName, Sentence, sentence

__all__ = ["ClassRange"]

CERTAIN = mark("{customer} is {best} whatever is unknown")
BETWEEN = mark("{customer} is from {worst} to {best}")
FIND_OUT = mark("{between}; most worth finding out: {factor}")


@frozen(kw_only=True)
class ClassRange(Text):
    """The classes that one customer may be in, given what is unknown of them.

    Args:
        customer: the customer's id.
        worst: their class if none of their unknown factors were met, or if all were, whichever is
            worse.
        best: the better of those two classes.
        worth_finding_out: the missing factor that would lift the class; None where none would.
        title: what that factor says of a customer; where empty, its name is shown.
    """

    customer: str
    worst: str | None
    best: str | None
    worth_finding_out: str | None = None
    title: str = ""

    @property
    def provisional(self) -> bool:
        """Whether the customer may be in more than one class."""
        return self.worst != self.best

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence with the range, and the factor that is most worth finding out."""
        customer, factor = CustomerName(self.customer), self.worth_finding_out
        if not self.provisional:
            return (sentence(CERTAIN, customer=customer, best=self.best),)
        between = sentence(BETWEEN, customer=customer, worst=self.worst, best=self.best)
        return (
            between
            if factor is None
            else sentence(FIND_OUT, between=between, factor=Sentence(self.title or factor)),
        )
