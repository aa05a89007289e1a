r"""Does the customer write sentences in capitals?

Idea: who writes so is angry; so an emotional and extravert customer. A sentence ends at . ! ? or
where a line ends. It is in capitals when, not counting words of one repeated letter and words that
touch a digit, it has at least three words and ten letters, and at least 80% of its letters are
capitals; words of scripts without capitals do not count. A run of acronyms is taken for one.
Source: S3; the measure of it is decided.

>>> capital_sentences("Hello. WHERE IS MY ORDER? The COVID FAQ is empty.")
[(7, 25)]
>>> in_capitals.fires(["ik wacht nog.\nIK BEN HET ZAT", "OK, DANK U", "De KPN en de ING"]).tolist()
[True, False, False]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from klantkompas._arrays import BoolArray
from klantkompas._checked import checked_instance
from klantkompas._messages import is_unseen
from klantkompas.hooks import cue
from klantkompas.wording.catalogue import mark

__all__ = ["capital_sentences", "in_capitals"]

MIN_WORDS = 3
MIN_LETTERS = 10
MIN_CAPITALS = 80
"""Of a hundred letters."""

_SENTENCE = re.compile(r"[^.!?\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+[.!?]?")
_WITHIN_WORDS = re.compile("['`\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}]")
_WORD = re.compile(r"[^\W_]+")
_NO_CAPITALS = bytes(each for each in range(128) if not chr(each).isupper())


def _capitals(text: str) -> int:
    if text.isascii():
        return len(text.encode().translate(None, _NO_CAPITALS))
    return sum(map(str.isupper, text))


def _counts(word: str) -> bool:
    """Whether a word counts: letters only, which have case, and not all the same."""
    small = word.lower()
    return word.isalpha() and small != word.upper() and len(set(small)) > 1


def _is_in_capitals(sentence: str) -> bool:
    if _capitals(sentence) * 100 < MIN_CAPITALS * MIN_LETTERS:
        return False
    if not sentence.isascii() or "\0" in sentence:
        sentence = "".join(each for each in sentence if not is_unseen(each))
    words = [word for word in _WORD.findall(_WITHIN_WORDS.sub("", sentence)) if _counts(word)]
    joined = "".join(words)
    capitals = _capitals(joined)
    letters = capitals + sum(map(str.islower, joined))
    return (
        len(words) >= MIN_WORDS
        and letters >= MIN_LETTERS
        and capitals * 100 >= MIN_CAPITALS * letters
    )


def _found(text: str) -> Iterator[tuple[int, int]]:
    if _capitals(text) * 100 >= MIN_CAPITALS * MIN_LETTERS:
        for found in _SENTENCE.finditer(text):
            if _is_in_capitals(found[0]):
                before = len(found[0]) - len(found[0].lstrip())
                yield found.start() + before, found.start() + len(found[0].rstrip())


def capital_sentences(text: str) -> list[tuple[int, int]]:
    """Return the positions of the sentences in capitals in a text.

    Args:
        text: a message.

    Returns:
        For each sentence the positions of its begin and end in the text, so that
        ``text[begin:end]`` is the sentence with the mark that ends it.

    Raises:
        ArgumentError: it is not a string.

    >>> text = "Wacht. DIT DUURT VEEL TE LANG! Graag antwoord."
    >>> [text[begin:end] for begin, end in capital_sentences(text)]
    ['DIT DUURT VEEL TE LANG!']
    """
    return list(_found(checked_instance(text, str, "text is a string")))


@cue(
    name="capital_sentences",
    describes=mark("writes sentences in capitals"),
    extraversion=1,
    rationality=-1,
)
def in_capitals(texts: Sequence[str]) -> BoolArray:
    """Return which texts have a sentence in capitals."""
    return np.fromiter((any(_found(text)) for text in texts), np.bool_, len(texts))
