"""Texts of a letter without other people: no other customer's id or name, and staff by their role.

>>> blanked = Blanked(others=["0214", "Bakkerij De Zon"], staff={"Anna": "the account manager"})
>>> blanked("Anna says that bakkerij de zon (0214) pays, unlike 02145")
'the account manager says that [another customer] ([another customer]) pays, unlike 02145'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from klantkompas.wording.catalogue import mark

__all__ = ["A_CUSTOMER", "A_MEMBER", "Blanked"]

A_CUSTOMER = mark("[another customer]")
A_MEMBER = mark("a member of staff")
SHORTEST = 3
"""From how many characters on an id or name is looked for in a text (decided)."""
WORD = re.compile(r"\w+")


def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text.casefold()))


class Blanked:
    """Replaces whoever a text may not name.

    Ids and names are found as whole words, in any case, whatever stands between their words.

    Args:
        others: the ids and names of other customers; those of fewer than three characters are not
            looked for.
        staff: by the name of a member of staff, what to call them.
        customer: what to write for another customer.
    """

    def __init__(
        self, others: Iterable[str], staff: Mapping[str, str], customer: str = A_CUSTOMER
    ) -> None:
        named = {_words(each): customer for each in others if len(each.strip()) >= SHORTEST}
        named |= {_words(name): role for name, role in staff.items()}
        self._instead = {words: instead for words, instead in named.items() if words}
        self._longest = max(map(len, self._instead), default=0)

    def __call__(self, text: str) -> str:
        """Return a text in which nobody is named who may not be.

        Args:
            text: what somebody typed.
        """
        words = [*WORD.finditer(text)]
        plain = [each[0].casefold() for each in words]
        pieces, at, written = list[str](), 0, 0
        while at < len(words):
            length, instead = self._found(plain, at)
            if length:
                pieces += [text[written : words[at].start()], instead]
                written = words[at + length - 1].end()
            at += max(length, 1)
        return "".join((*pieces, text[written:]))

    def _found(self, words: list[str], at: int) -> tuple[int, str]:
        """Return how many words from a position on name somebody, and what to write instead."""
        for length in range(min(self._longest, len(words) - at), 0, -1):
            if (instead := self._instead.get(tuple(words[at : at + length]))) is not None:
                return length, instead
        return 0, ""
