"""What a lens says of one customer, kept as data and said in the reader's language.

>>> from klantkompas.wording.catalogue import mark
>>> GREETING = mark("tactical")
>>> told = Explanation("17", (Sentence(GREETING),))
>>> print(told)
tactical
>>> told.sentences("nl")
('tactisch',)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from klantkompas.wording.catalogue import Translator, mark, translator

__all__ = ["OPTED_OUT", "Explanation", "Sentence", "sentence"]


@frozen
class Sentence:
    """A sentence, and what fills it in.

    Args:
        message: the marked English text, with places such as ``{score:g}``.
        values: what stands in these places; a `Sentence` is said in the same language.
    """

    message: str
    values: Mapping[str, Any] = field(factory=dict)

    def said(self, translate: Translator) -> str:
        """Say it in a language.

        Args:
            translate: gives a text in that language.

        Returns:
            The filled-in sentence.
        """
        filled = {
            name: value.said(translate) if isinstance(value, Sentence) else value
            for name, value in self.values.items()
        }
        return translate(self.message).format(**filled)


def sentence(message: str, **values: Any) -> Sentence:
    """Make a sentence of a marked text and what fills it in.

    Args:
        message: the marked English text.
        **values: what stands in its places.

    Returns:
        The sentence.

    >>> sentence("a {score:g}", score=9.0).said(str)
    'a 9'
    """
    return Sentence(message, values)


OPTED_OUT = Sentence(mark("It objects to profiling: it counts in totals only."))
"""All that a lens says of a customer that objects to profiling."""


@frozen
class Explanation:
    """What a lens says of one customer.

    Args:
        customer: the customer's id.
        told: the sentences, what matters most first.
    """

    customer: str
    told: tuple[Sentence, ...]

    def sentences(self, language: str = "en") -> tuple[str, ...]:
        """Say it in a language.

        Args:
            language: ``"en"`` or ``"nl"``.

        Returns:
            The sentences.

        Raises:
            ArgumentError: there is no catalogue for the language.
        """
        translate = translator(language)
        return tuple(each.said(translate) for each in self.told)

    def __str__(self) -> str:
        """Say it in English, a line for each sentence."""
        return "\n".join(self.sentences())
