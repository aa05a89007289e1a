"""Which cut-offs differ between two readings, and by how much: what moved who did nothing.

Source: S1 step 7; decided.

>>> from datetime import date
>>> from klantkompas.compass import Compass
>>> from klantkompas.domain.interactions import Order
>>> from klantkompas.portfolio import Portfolio
>>> from klantkompas.reviews.recorded import record_of
>>> days = {"2026-01-05": 9.0, "2026-08-05": 72.0}
>>> orders = [Order(customer="a", on=date.fromisoformat(on), amount=days[on]) for on in days]
>>> portfolio, compass = Portfolio.from_records(orders), Compass(installed=False)
>>> then, now = (record_of(compass.read(portfolio, f"2026-{end}")) for end in ("02-28", "08-31"))
>>> from klantkompas.wording.writer import Writer
>>> for each in moved_cutoffs(then, now):
...     print(Writer("en").say(each))
orders large volumes: at least 72.00 (was at least 9.00)
the last on the shortlist: success factors met: 1; revenue: 72.00 (was success factors met: 1; \
revenue: 9.00)
"""

from __future__ import annotations

from klantkompas.reviews.recorded import RecordedReading
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Sentence, sentence

__all__ = ["moved_cutoffs"]

MOVED = mark("{what}: {now} (was {then})")
LAST = mark("the last on the shortlist")


def moved_cutoffs(before: RecordedReading, now: RecordedReading) -> tuple[Sentence, ...]:
    """Return the cut-offs that are not what they were: of success factors, then of the shortlist.

    Args:
        before: the earlier reading.
        now: the later one.

    Returns:
        A sentence for each: what it is now, and what it was.
    """
    then = {each.name: each.cutoff for each in before.factors}
    moved = list[tuple[str, Sentence, Sentence]]()
    for each in now.factors:
        if each.name in then:
            unit, old = now.measures.column(each.measure).unit, then[each.name]
            both = each.cutoff.of(unit, old.value), old.of(unit, each.cutoff.value)
            moved.append((each.title, *both))
    last, was = now.shortlist_cutoff, before.shortlist_cutoff
    if last is not None and was is not None:
        moved.append((LAST, last.parts[0], was.parts[0]))
    return tuple(
        sentence(MOVED, what=Sentence(what), now=new, then=old)
        for what, new, old in moved
        if new != old
    )
