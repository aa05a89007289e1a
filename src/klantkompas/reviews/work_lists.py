"""The lists to work from, all together: whom to cherish, put right, watch, let go, and everybody.

Each line says who, why, what to do, the class and whether that is sure, what they bring, and since
when it waits. A list that cannot be made says what it takes. Customers who object to profiling are
on none.

Source: S1 steps 3-7, S0, S4.

>>> from datetime import date
>>> from klantkompas.compass import Compass
>>> from klantkompas.domain.interactions import Order
>>> from klantkompas.portfolio import Portfolio
>>> orders = [Order(customer="a", on=date(2026, 1, d), amount=9.0, clear=True) for d in (5, 6, 7)]
>>> orders += [Order(customer="b", on=date(2026, 1, 2), amount=5.0)]
>>> lists = work_lists(Compass(installed=False).read(Portfolio.from_records(orders)))
>>> print(lists["cherish"])
Cherish: 1 A, of whom 0 may be slipping away
  a: they met 3 of 3 success factors in 6 months
>>> print(lists["changed"])
Changed: this list takes the reading of an earlier review
>>> lists["cherish"][0].label, lists["cherish"][0].revenue
('A', 27.0)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np
from attrs import field, frozen

from klantkompas._arrays import AnyArray
from klantkompas._checked import checked_instance
from klantkompas._nearest import nearest
from klantkompas._told import told
from klantkompas.compass import Reading
from klantkompas.compass.next_steps import NextSteps
from klantkompas.errors import ArgumentError
from klantkompas.hooks import Unanswered
from klantkompas.results import Result
from klantkompas.reviews.almost import almost_list
from klantkompas.reviews.by_class import Classed, Fitting
from klantkompas.reviews.compare import Review, compare_reviews
from klantkompas.reviews.guard import Guarded, guard_list
from klantkompas.reviews.letting_go import LettingGoPlan, Standing, one_time_buyers
from klantkompas.reviews.letting_go_plan import opening_of
from klantkompas.reviews.lists import CustomerList, Listed, of_class
from klantkompas.reviews.overdue import overdue_list
from klantkompas.reviews.put_right import put_right_list
from klantkompas.reviews.recorded import RecordedReading, record_of
from klantkompas.reviews.watch import watch_list
from klantkompas.reviews.work_list import TITLES, WorkLine, WorkList
from klantkompas.wording.catalogue import mark
from klantkompas.wording.plain import UNTOLD
from klantkompas.wording.sentence import Quantity, Sentence, sentence
from klantkompas.wording.writer import Language

__all__ = ["WorkLine", "WorkList", "WorkLists", "work_lists"]

TAKES = mark("{title}: this list takes {what}")
ORDERS = mark("orders, without which nobody has a class")
ANSWERS = mark("complaints, contacts or survey answers that bear a customer's id")
INVOICES = mark("invoices that say what is paid")
EARLIER = mark("the reading of an earlier review")
A_PLAN = mark("a plan for letting go, which takes two reviews")

CHERISH = mark("Cherish: {number} A, of whom {guarded} may be slipping away")
CHANGES = mark(
    "Changed: {risen} risen, {fallen} fallen; {new} new, {back} back, {went} no longer active"
)
EVERYBODY = mark("Everybody: {customers}")


@frozen(eq=False, repr=False, kw_only=True)
class WorkLists(Result):
    """The lists to work from, in order: a mapping by name that iterates over the lists.

    Args:
        lists: the lists.
        steps: what to do next for each customer, whichever list they are on; `Reading.profile`
            takes it.
    """

    lists: tuple[WorkList, ...]
    steps: NextSteps = field(metadata=UNTOLD)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the lists, in order."""
        return tuple(each.name for each in self.lists)

    def __getitem__(self, name: str) -> WorkList:
        """Return a list by its name.

        Raises:
            ArgumentError: there is no such list.
        """
        found = self._found(name)
        if found is None:
            raise ArgumentError(f"no list is called {name!r}. {nearest(name, self.names)}")
        return found

    def __iter__(self) -> Iterator[WorkList]:
        """Iterate over the lists."""
        return iter(self.lists)

    def __len__(self) -> int:
        """Return how many lists there are."""
        return len(self.lists)

    @property
    def to_call_first(self) -> WorkList | None:
        """The list whose first customer is to be called before anybody else; None for nobody.

        What cannot wait goes first, in the order in which `NextSteps` has it: what is to be put
        right, an A who may be slipping away, what is long unpaid; then who is nearest to A.
        """
        urgent = (each for each in map(self._found, CALLS) if each)
        return next((each for each in urgent if each.name != "cherish" or _is_guarded(each)), None)

    def _found(self, name: str) -> WorkList | None:
        return next((each for each in self.lists if each.name == name), None)

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence that opens each list: what it is, and how many customers it has."""
        return tuple(each.opening for each in self.lists)

    def text(self, language: Language = "en") -> str:
        """Return the lists as text: of each how many customers it has, and the first few.

        Args:
            language: as for `sentences`.

        Raises:
            ArgumentError: there is no such language.
        """
        return "\n".join(each.text(language) for each in self.lists)

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`: a row for each customer of each list."""
        every = [each.columns() for each in self.lists]
        return {name: np.concatenate([each[name] for each in every]) for name in every[0]}


CALLS = ("put_right", "cherish", "overdue", "almost")
"""From which lists whom to call first is taken, in order."""


def _is_guarded(lines: WorkList) -> bool:
    return isinstance(lines.listed[0], Guarded)


@frozen(eq=False, kw_only=True)
class _Made:
    """What the lists are made from; each of its methods makes one, or says what it takes."""

    reading: Reading
    now: RecordedReading
    previous: RecordedReading | None
    review: Review | None
    plan: LettingGoPlan | None

    @cached_property
    def _guarded(self) -> CustomerList[Guarded]:
        return guard_list(self.now, self.previous)

    @cached_property
    def steps(self) -> NextSteps:
        """What to do next for each customer."""
        verdicts = () if self.plan is None else self.plan.verdicts
        planned = {each.customer: each.step for each in verdicts}
        return NextSteps(
            self.reading,
            guarded=frozenset(each.customer for each in self._guarded.listed),
            planned={customer: step for customer, step in planned.items() if step is not None},
        )

    @cached_property
    def _lacks_classes(self) -> str:
        return ORDERS if np.isnan(self.reading.measures["active"]).all() else ""

    def cherish(self) -> CustomerList[Listed] | str:
        """The A's: those to guard first, then as on the shortlist."""
        guarded = self._guarded.listed
        first = {each.customer for each in guarded}
        places = of_class(self.now, "A")
        revenue = self.reading.measures["revenue"][places]
        best = np.lexsort((places, -revenue, -self.now.factors_met[places]))
        rest = [each for each in self.now.ids[places[best]].tolist() if each not in first]
        given = self.reading.classes.overrides
        fits = {each: Classed if each in given else Fitting for each in rest}
        listed = [*guarded, *(of(customer=each, reading=self.reading) for each, of in fits.items())]
        opening = sentence(CHERISH, number=len(listed), guarded=len(guarded))
        return self._lacks_classes or _listed(opening, listed)

    def put_right(self) -> CustomerList[Listed] | str:
        """Who is about to escalate, and for whom steps of recovery are open."""
        lenses = (self.reading.demands, self.reading.attitudes)
        nothing = all(isinstance(each, Unanswered) for each in lenses)
        return ANSWERS if nothing else put_right_list(self.reading)

    def almost(self) -> CustomerList[Listed] | str:
        """The B's by what separates them from A."""
        return self._lacks_classes or almost_list(self.now)

    def watch(self) -> CustomerList[Listed] | str:
        """The C's with a success factor in reach."""
        return self._lacks_classes or watch_list(self.now, self.previous)

    def overdue(self) -> CustomerList[Listed] | str:
        """Who has left an invoice unpaid for three months."""
        nothing = np.isnan(self.reading.measures["overdue_days"]).all()
        return INVOICES if nothing else overdue_list(self.now)

    def _of_plan(self, standing: Standing) -> CustomerList[Listed] | str:
        if self.plan is None:
            return A_PLAN
        listed = self.plan.standing(standing)
        return _listed(opening_of(standing, listed), listed)

    def let_go(self) -> CustomerList[Listed] | str:
        """The candidates for letting go whose D is sure."""
        return self._of_plan(Standing.SURE)

    def first_find_out(self) -> CustomerList[Listed] | str:
        """The D's of whom something is to be found out first."""
        return self._of_plan(Standing.FIND_OUT)

    def wait(self) -> CustomerList[Listed] | str:
        """The D's of whom too little is known yet."""
        return self._of_plan(Standing.WAIT)

    def one_time(self) -> CustomerList[Listed] | str:
        """Who ordered once and is silent since."""
        listed = one_time_buyers(self.now) if self.plan is None else self.plan.one_time
        return self._lacks_classes or _listed(opening_of(None, listed), listed)

    def changed(self) -> CustomerList[Listed] | str:
        """Who rose, then who fell, is new, came back and is not active any more; and why."""
        if self.review is None:
            return EARLIER
        sorts = {
            "risen": self.review.risen,
            "fallen": self.review.fallen,
            "new": self.review.new_customers,
            "back": self.review.came_back,
            "went": self.review.went,
        }
        opening = sentence(CHANGES, **{sort: len(listed) for sort, listed in sorts.items()})
        still_there = {*self.now.ids.tolist()}
        listed = [each for of in sorts.values() for each in of if each.customer in still_there]
        return _listed(opening, listed)

    def everybody(self) -> CustomerList[Listed] | str:
        """All customers, in id order, with their class and why."""
        shown = self.now.ids[self.reading.classes.shown].tolist()
        opening = sentence(EVERYBODY, customers=Quantity(len(shown), "customers"))
        return _listed(opening, [Classed(customer=each, reading=self.reading) for each in shown])


def _listed(opening: Sentence, listed: Sequence[Listed]) -> CustomerList[Listed]:
    return CustomerList(kind=Listed, opening=opening, listed=tuple(listed))


def _review_of(
    reading: Reading, now: RecordedReading, previous: Review | Reading | RecordedReading | None
) -> Review | None:
    if previous is None:
        return None
    if not isinstance(previous, Review):
        return compare_reviews(previous, now, rules=reading.classes.rules)
    if previous.current.as_of != reading.as_of:
        raise ArgumentError(
            told(
                "previous is a review of {as_of}, and the reading is of {now}",
                as_of=previous.current.as_of,
                now=reading.as_of,
            ),
            remedy=told(
                "Compare the earlier reading with this one: compare_reviews(earlier, reading)"
            ),
        )
    return previous


def work_lists(
    reading: Reading,
    previous: Review | Reading | RecordedReading | None = None,
    plan: LettingGoPlan | None = None,
    *,
    names: Iterable[str] | None = None,
) -> WorkLists:
    """Return the lists to work from, each with who, why and what to do.

    Args:
        reading: the reading.
        previous: the reading of the last review, or the review that compares this reading with it;
            without it nobody is known to have changed.
        plan: the plan for letting go by this reading; without it those lists say that it takes one.
        names: which lists to make; all of them unless given.

    Returns:
        Of the lists ``cherish``, ``put_right``, ``almost``, ``watch``, ``overdue``, ``let_go``,
        ``first_find_out``, ``wait``, ``one_time``, ``changed`` and ``everybody`` those that are
        wanted, in this order.

    Raises:
        ArgumentError: the previous reading is not earlier, the review or the plan is of another
            date, or there is no such list.

    >>> from datetime import date
    >>> from klantkompas import Compass, Order, Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
    >>> lists = work_lists(reading)
    >>> [line.customer for line in lists["cherish"]]
    ['a']
    """
    checked_instance(reading, Reading, "reading is a Reading, such as compass.read(...)")
    if plan is not None:
        checked_instance(plan, LettingGoPlan, "plan is a plan that plan_letting_go made")
        if plan.current_as_of != reading.as_of:
            raise ArgumentError(
                told(
                    "the plan is of {current_as_of}, and the reading of {as_of}",
                    current_as_of=plan.current_as_of,
                    as_of=reading.as_of,
                ),
                remedy=told("Make the plan by a review of this reading"),
            )
    now = record_of(reading)
    review = _review_of(reading, now, previous)
    made = _Made(
        reading=reading,
        now=now,
        previous=None if review is None else review.previous,
        review=review,
        plan=plan,
    )
    wanted = tuple(TITLES) if names is None else tuple(names)
    for name in wanted:
        if name not in TITLES:
            raise ArgumentError(f"no list is called {name!r}. {nearest(name, TITLES)}")
    lists = tuple(_work_list(made, name) for name in TITLES if name in wanted)
    return WorkLists(lists=lists, steps=made.steps, backend=reading.backend)


def _work_list(made: _Made, name: str) -> WorkList:
    found: CustomerList[Listed] | str = getattr(made, name)()
    reading, listed, missing = made.reading, tuple[Listed, ...](), ""
    if isinstance(found, str):
        opening = sentence(TAKES, title=Sentence(TITLES[name]), what=Sentence(found))
        missing = found
    else:
        opening, listed = found.opening, found.listed
    return WorkList(
        name=name,
        reading=reading,
        steps=made.steps,
        opening=opening,
        listed=listed,
        missing=missing,
        backend=reading.backend,
    )
