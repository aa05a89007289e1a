"""Net Promoter Scores of others to compare with, each with where and when it was seen (S2).

A score means little without its scale, year and country: people in one country give other marks
than those in another. Where the number of answers is known, so is how sure the figure is.

>>> for benchmark in BENCHMARKS:
...     print(benchmark)
Rabobank -8.0 (2011, the Netherlands, scale 1-10)
ABN AMRO -20.0 (2011, the Netherlands, scale 1-10)
ING -20.0 (2011, the Netherlands, scale 1-10)
Apple +60.0 (2011, the Netherlands, scale 1-10)
"""

from __future__ import annotations

from typing import TypeVar

from attrs import Attribute, field, frozen

from klantkompas.errors import ArgumentError
from klantkompas.stats.answers import checked_scale
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Listing, Quantity, Sentence, Value, sentence

__all__ = ["BENCHMARKS", "Benchmark"]

ValueT = TypeVar("ValueT")


def _text(benchmark: Benchmark, attribute: Attribute[ValueT], value: ValueT) -> None:
    if not (isinstance(value, str) and value.strip()):
        raise ArgumentError(f"a benchmark needs a {attribute.name}, not {value!r}")


def _points(benchmark: Benchmark, attribute: Attribute[ValueT], value: ValueT) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -100 <= value <= 100:
        raise ArgumentError(
            f"the benchmark {benchmark.name!r} is {value!r}, where it should be from -100 to 100"
        )


def _whole(benchmark: Benchmark, attribute: Attribute[ValueT], value: ValueT) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ArgumentError(
            f"the benchmark {benchmark.name!r} has {attribute.name} {value!r}, where it should be "
            "a whole number above 0"
        )


def _whole_or_unknown(benchmark: Benchmark, attribute: Attribute[ValueT], value: ValueT) -> None:
    if value is not None:
        _whole(benchmark, attribute, value)


BENCHMARK = mark("{name} {value} ({facts}, scale {scale})")
NETHERLANDS = mark("the Netherlands")


@frozen(kw_only=True)
class Benchmark(Text):
    """The Net Promoter Score of another organisation, with where and when it was published.

    Args:
        name: the organisation; each name may be used once, so include the year for a second one.
        value: in points, from -100 to 100.
        source: where it was published.
        year: when it was seen.
        scale: the scale that was asked on, ``(0, 10)`` or ``(1, 10)``.
        answers: on how many answers it rests; None where unknown.
        country: where it was asked; None where unknown.

    Raises:
        ArgumentError: the value is not from -100 to 100, or another argument is not of its kind.

    >>> print(Benchmark(name="Ours", value=31.5, source="survey", year=2025, scale=(0, 10)))
    Ours +31.5 (2025, scale 0-10)
    """

    name: str = field(validator=_text)
    value: float = field(validator=_points)
    source: str = field(validator=_text)
    year: int = field(validator=_whole)
    scale: tuple[int, int] = field(converter=checked_scale)
    answers: int | None = field(default=None, validator=_whole_or_unknown)
    country: str | None = None

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence of the benchmark: the score with its year, country and scale."""
        facts: list[Value] = [str(self.year)]
        if self.country:
            known = self.country == NETHERLANDS
            facts.append(Sentence(NETHERLANDS) if known else self.country)
        if self.answers:
            facts.append(Quantity(self.answers, "answers"))
        value = Quantity(self.value, "score")
        scale = Listing(self.scale, "-")
        return (
            sentence(BENCHMARK, name=self.name, value=value, facts=Listing(facts), scale=scale),
        )


def _of_the_source(name: str, value: float) -> Benchmark:
    return Benchmark(
        name=name, value=value, source="S2", year=2011, scale=(1, 10), country=NETHERLANDS
    )


BENCHMARKS = (
    _of_the_source("Rabobank", -8),
    _of_the_source("ABN AMRO", -20),  # the source prints "AA"
    _of_the_source("ING", -20),
    _of_the_source("Apple", 60),
)
"""The figures printed in the source, which bears no date: about 2011, by what it speaks of."""
