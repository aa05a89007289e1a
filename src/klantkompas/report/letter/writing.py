"""How a letter is written: money to the cent, and nobody named but the customer themselves."""

from __future__ import annotations

from attrs import evolve, field, frozen

from klantkompas.report.letter.addressed import TO_CUSTOMER
from klantkompas.report.letter.others import A_CUSTOMER, Blanked
from klantkompas.wording.catalogue import Translator, translator
from klantkompas.wording.sentence import CustomerName
from klantkompas.wording.writer import Writer

__all__ = ["LetterWriter"]


@frozen
class LetterWriter(Writer):
    """Writes sentences of a letter in its language.

    Args:
        language: ``"en"`` or ``"nl"``.
        catalogues: translations of plugins' texts, by language.
        customer_id: the id of the customer to whom the letter goes.
        blanked: replaces whoever a text may not name.
        quoting: whether it writes what others wrote, in which nobody else may be named.
    """

    customer_id: str = field(kw_only=True)
    blanked: Blanked = field(kw_only=True, eq=False, repr=False)
    quoting: bool = field(kw_only=True, default=False)
    text: Translator = field(init=False, repr=False, eq=False)

    @text.default
    def _to_the_customer(self) -> Translator:
        """Return the translator of a letter: what was worded for staff is said to the customer."""
        translate = translator(self.language, self.catalogues)
        return lambda message: translate(TO_CUSTOMER.get(message, message))

    @property
    def of_others(self) -> LetterWriter:
        """The writer of what others wrote, such as staff or plugins."""
        return evolve(self, quoting=True)

    @property
    def alone(self) -> LetterWriter:
        """The same writer, without the names of others that it would have to look for."""
        return evolve(self, blanked=Blanked((), {}))

    def money(self, value: float) -> str:
        """Return a sum of money to the cent."""
        return self._written(value, "#,##0.00")

    def customer(self, customer: CustomerName) -> str:
        """Return the customer's own id; of anybody else that they are another customer."""
        own = customer.id == self.customer_id
        return customer.id if own else self.text(A_CUSTOMER)

    def string(self, text: str) -> str:
        """Return a text; one that others wrote without whoever it may not name."""
        return self.blanked(text) if self.quoting else text
