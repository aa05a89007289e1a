"""A reading in a few lines, in the reader's language: what the command says of it.

>>> from datetime import date
>>> from klantkompas import Compass, Order, Portfolio
>>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
>>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
>>> print(summary_of(reading, "nl").splitlines()[0])
Per 7 januari 2026, over 6 maanden: 1 klant; actief: 1
"""

from __future__ import annotations

from collections.abc import Iterable

from klantkompas.compass import Reading
from klantkompas.compass.in_brief import in_brief
from klantkompas.report.gaps import MISSING, gaps_of, knows_too_little, opening_of
from klantkompas.wording.sentence import Sentence, indented, sentence
from klantkompas.wording.writer import Language, writer_of

__all__ = ["summary_of"]


def summary_of(reading: Reading, language: Language = "en") -> str:
    """Return a reading as a text of a few lines.

    Args:
        reading: the reading.
        language: ``"en"`` or ``"nl"``; or a `Writer`.

    Returns:
        How many customers there are, their classes, whether a few bring most, the score, and what
        was odd in the data.

    Raises:
        ArgumentError: there is no such language.
    """
    say = writer_of(language).say
    return "\n".join(map(say, in_brief(reading, tuple(_missing(reading)))))


def _missing(reading: Reading) -> Iterable[Sentence]:
    if knows_too_little(reading):
        yield opening_of(reading)
        yield Sentence(MISSING)
        yield from indented(
            sentence("{needed}: {what}", what=Sentence(gap.what), needed=gap.needed)
            for gap in gaps_of(reading)
            if gap.remedy
        )
