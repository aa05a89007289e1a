"""Messages taken apart into words, and which of them hold a word or phrase of a list.

Whatever the script or the encoding that a message came in, its time grows with its length: words
are looked up in one set, and no pattern goes back over what it has read.

>>> mentions("weekend", "how are you")(["Hi, how are you?", "My weekends!", "Fine WEEKEND."])
array([ True, False,  True])
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, overload

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from klantkompas.errors import ArgumentError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Messages", "is_unseen", "mentions", "read_words", "words_of"]

_WORD = re.compile(r"\w+")
_UNSEEN = frozenset({"Mn", "Me", "Mc", "Cf", "Cs", "Cc"})
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def is_unseen(character: str) -> bool:
    r"""Return whether a character is invisible, so that a word continues across it.

    Such are combining accents, zero-width characters, control characters other than white space,
    and the remains of a byte in another encoding.

    Args:
        character: one character.

    >>> [is_unseen(each) for each in ("e", " ", "\u0301", "\u200b")]
    [False, False, True, True]
    """
    unseen = unicodedata.category(character) in _UNSEEN or character == _REPLACEMENT
    return unseen and not character.isspace()


class _Plain(dict[int, str]):
    """By code point, a character without accents and in its usual form."""

    def __missing__(self, code: int) -> str:
        """Find it once, for the messages that are now being read."""
        parts = unicodedata.normalize("NFKD", chr(code))
        self[code] = plain = "".join(part for part in parts if not is_unseen(part))
        return plain


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without accents and zero-width characters.

    Args:
        text: a text.

    Returns:
        Its words and numbers in order; an apostrophe or a hyphen parts two words.

    >>> words_of("Geïnteresseerd? Zo'n 2 dagen.")
    ['geinteresseerd', 'zo', 'n', '2', 'dagen']
    """
    return _taken_apart(text, _Plain())


def _taken_apart(text: str, plain: _Plain) -> list[str]:
    if not text.isascii() or "\0" in text:
        text = text.translate(plain)
    return _WORD.findall(text.lower())


@frozen(eq=False)
class _Words:
    """The words of some messages: which word stands where.

    Args:
        number: by distinct word, its number.
        numbers: for each word of all messages in order, which it is.
        first: for each message, the place of its first word; and the number of words at the end.
    """

    number: dict[str, int]
    numbers: NDArray[np.int32]
    first: NDArray[np.intp]

    @classmethod
    def of(cls, texts: Sequence[str]) -> _Words:
        """Take messages apart."""
        number: defaultdict[str, int] = defaultdict()
        number.default_factory = number.__len__
        numbers, first, plain = array("i"), [0], _Plain()
        for text in texts:
            numbers.extend(map(number.__getitem__, _taken_apart(text, plain)))
            first.append(len(numbers))
        return cls(dict(number), np.array(numbers, np.int32), np.array(first, np.intp))

    def holding(self, phrases: frozenset[tuple[str, ...]]) -> NDArray[np.bool_]:
        """Return a mask of the messages that hold one of the phrases, each a row of words."""
        known = [
            [self.number[word] for word in phrase]
            for phrase in phrases
            if all(map(self.number.__contains__, phrase))
        ]
        begins = np.zeros(len(self.number), dtype=np.bool_)
        begins[[phrase[0] for phrase in known]] = True
        places = np.flatnonzero(begins[self.numbers])
        found = np.zeros(len(self.first) - 1, dtype=np.bool_)
        for phrase in known:
            here = places[self.numbers[places] == phrase[0]]
            message = np.searchsorted(self.first, here, side="right") - 1
            for further, word in enumerate(phrase[1:], 1):
                inside = here + further < self.first[message + 1]
                here, message = here[inside], message[inside]
                same = self.numbers[here + further] == word
                here, message = here[same], message[same]
            found[message] = True
        return found


@frozen(eq=False)
class Messages(Sequence[str]):
    """Texts that are split into words once, however many cues read them.

    Args:
        texts: the texts.

    >>> messages = Messages.of(["Hello there", "Hi"])
    >>> len(messages), messages[1], messages.word_counts.tolist()
    (2, 'Hi', [2, 1])
    """

    texts: Sequence[str] = field(repr=False)

    @classmethod
    def of(cls, texts: Sequence[str]) -> Messages:
        """Return texts as messages; what is an instance already is returned unchanged."""
        return texts if isinstance(texts, cls) else cls(texts)

    def __len__(self) -> int:
        """Count the texts."""
        return len(self.texts)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        """Return a text, or some of them."""
        return self.texts[place]

    def __iter__(self) -> Iterator[str]:
        """Yield the texts one by one."""
        return iter(self.texts)

    @cached_property
    def _words(self) -> _Words:
        return _Words.of(self.texts)

    @property
    def word_counts(self) -> NDArray[np.intp]:
        """The number of words of each text."""
        return np.diff(self._words.first)

    def hold(self, phrases: frozenset[tuple[str, ...]]) -> NDArray[np.bool_]:
        """Return a mask of the texts that contain one of some phrases.

        Args:
            phrases: the phrases, each as a tuple of words in lower case.
        """
        return self._words.holding(phrases)


def mentions(*phrases: str) -> Callable[[Sequence[str]], NDArray[np.bool_]]:
    """Return a function for a cue that fires on words and phrases.

    Args:
        phrases: words, and phrases whose words follow one another; capitals and accents make no
            difference, and endings do: list each form of a word.

    Returns:
        A function that takes texts, and returns a mask of those that contain any of the phrases.

    Raises:
        ArgumentError: no phrase is given, or one has no words.

    >>> mentions("café", "see you")(["A CAFE", "see what you did", "Well, see you"])
    array([ True, False,  True])
    """
    wanted = frozenset(tuple(words_of(phrase)) for phrase in phrases)
    if not wanted or () in wanted:
        raise ArgumentError("give at least one word to look for, each with a letter or digit in it")
    return partial(_hold, wanted=wanted)


def _hold(texts: Sequence[str], wanted: frozenset[tuple[str, ...]]) -> NDArray[np.bool_]:
    return Messages.of(texts).hold(wanted)


def read_words(*files: str | Path | Traversable) -> tuple[str, ...]:
    """Return the words and phrases in files: one on each line, and comments after ``#``.

    Args:
        files: UTF-8 text files.

    Returns:
        The words and phrases of all files, to pass to `mentions`.

    Raises:
        ArgumentError: a file cannot be read.
    """
    found: list[str] = []
    for file in files:
        try:
            source = Path(file) if isinstance(file, str) else file
            lines = source.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as cause:
            raise ArgumentError(
                f"the word list {file} cannot be read ({cause}); it is a UTF-8 text file with a "
                "word or phrase on each line"
            ) from cause
        found += filter(None, (line.partition("#")[0].strip() for line in lines))
    return tuple(found)
