"""What a result says, as sentences in the reader's language.

>>> from klantkompas.wording.catalogue import mark
>>> explanation = Explanation("17", (Sentence(mark("tactical")),))
>>> print(explanation)
tactical
>>> explanation.sentences("nl")
('tactisch',)
"""

from __future__ import annotations

from collections.abc import Iterable
from inspect import isfunction

from attrs import frozen

from klantkompas.errors import PluginError
from klantkompas.wording.catalogue import mark
from klantkompas.wording.markup import html_lines
from klantkompas.wording.plain import Plain
from klantkompas.wording.sentence import Sentence
from klantkompas.wording.writer import Language, Writer, writer_of

__all__ = ["OPTED_OUT", "Explanation", "InLanguage", "Text", "is_property"]

OPTED_OUT = Sentence(mark("They object to profiling: they count in totals only."))
"""All that a lens says of a customer who objects to profiling."""


def is_property(cls: type, name: str) -> None:
    """Refuse a class that defines as a method what is read as a property.

    Args:
        cls: the class.
        name: the name of the property.

    Raises:
        PluginError: it is a method.
    """
    if isfunction(vars(cls).get(name)):
        raise PluginError(
            f"{cls.__qualname__}.{name} is a method, and is read as a property",
            remedy="Write @property above it",
        )


class Text(Plain):
    """The base of results that print as sentences; the language is chosen when they are read.

    They become plain data too: `to_dict` and `to_json`.
    """

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        """Refuse a class whose `parts` is a method."""
        super().__init_subclass__()
        is_property(cls, "parts")

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences as data, what matters most first."""
        raise NotImplementedError

    def sentences(self, language: Language = "en") -> tuple[str, ...]:
        """Return the sentences as strings in a language, the most important first.

        Args:
            language: ``"en"`` or ``"nl"``; or a `Writer`, such as `Reading.writer` returns, which
                knows plugins' texts too.

        Raises:
            ArgumentError: there is no such language.
        """
        return tuple(map(writer_of(language).say, self.parts))

    def text(self, language: Language = "en") -> str:
        """Return the sentences as one string in a language, with a line for each.

        Args:
            language: as for `sentences`.

        Raises:
            ArgumentError: there is no such language.
        """
        return "\n".join(self.sentences(language))

    def __str__(self) -> str:
        """Return the text in English."""
        return self.text()

    def __repr__(self) -> str:
        """Print as text."""
        return str(self)

    def in_language(self, language: Language) -> InLanguage:
        """Return the result as a notebook shows it, and as it prints, in a language.

        Args:
            language: as for `sentences`.

        Raises:
            ArgumentError: there is no such language.

        >>> from klantkompas.wording.catalogue import mark
        >>> print(Explanation("17", (Sentence(mark("tactical")),)).in_language("nl"))
        tactisch
        """
        return InLanguage(self, writer_of(language))

    def _html_parts(self, language: Language = "en") -> Iterable[str]:
        """Return what a notebook shows, part by part: the text, and what more there is to see."""
        yield html_lines(self.text(language).splitlines(), language)

    def _repr_html_(self) -> str:
        return self._html()

    def _html(self, language: Language = "en") -> str:
        return f"<div>{''.join(self._html_parts(language))}</div>"


@frozen(repr=False)
class InLanguage:
    """A result as it is shown in a language: it prints so, and a notebook shows it so.

    Args:
        result: the result.
        writer: writes in the language.
    """

    result: Text
    writer: Writer

    def __str__(self) -> str:
        """Return the text in the language."""
        return self.result.text(self.writer)

    def __repr__(self) -> str:
        """Print as text."""
        return str(self)

    def _repr_html_(self) -> str:
        return self.result._html(self.writer)  # noqa: SLF001 (it is the result's other half)


@frozen(repr=False)
class Explanation(Text):
    """What is said of one customer.

    Args:
        customer: the customer's id.
        parts: the sentences, what matters most first.
    """

    customer: str
    parts: tuple[Sentence, ...]
