"""What all pictures of results share: made from a result, drawn as SVG or by matplotlib.

They are used as scikit-learn's Displays are: a display keeps what it draws as attributes, `plot`
draws it and returns the display, whose `axes` can then be changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self

from attrs import define, field

from klantkompas.drawing.geometry import Figure
from klantkompas.drawing.on_axes import draw_on_axes
from klantkompas.drawing.svg import draw_svg
from klantkompas.errors import ArgumentError
from klantkompas.wording.explanation import Text, is_property
from klantkompas.wording.sentence import Sentence
from klantkompas.wording.writer import Language, writer_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Display", "Pictured", "Results"]


class Results(Protocol):
    """What holds results by name: a `Reading`."""

    def __getitem__(self, lens: str) -> Any:
        """Return the result of a lens."""


@define(eq=False, kw_only=True)
class Display:
    """A picture of a result.

    Args:
        says: what the picture shows, as the result says it itself.
        axes: the matplotlib axes on which it was last drawn; empty before `plot`.
    """

    lens: ClassVar[str] = ""
    """The lens whose result it draws; empty for a result of something else."""

    says: tuple[Sentence, ...] = field(default=(), repr=False)
    axes: tuple[Axes, ...] = field(default=(), init=False, repr=False)

    def __init_subclass__(cls) -> None:
        """Refuse a class whose `figure` is a method."""
        super().__init_subclass__()
        is_property(cls, "figure")

    @property
    def figure(self) -> Figure:
        """The picture as geometry."""
        raise NotImplementedError

    @classmethod
    def from_result(cls, result: Any) -> Self:
        """Return the picture of a result.

        Args:
            result: the result.
        """
        raise NotImplementedError

    @classmethod
    def from_reading(cls, reading: Results) -> Self:
        """Return the picture of what a reading says.

        Args:
            reading: the reading.

        Raises:
            ArgumentError: the lens cannot tell, so that there is nothing to draw; or it draws what
                is no lens's result.
        """
        if not cls.lens:
            raise ArgumentError(
                f"{cls.__name__} draws what a reading alone does not have",
                remedy=f"Use {cls.__name__}.from_result(...)",
            )
        result = reading[cls.lens]
        if not isinstance(result, Pictured):
            raise ArgumentError(f"there is nothing to draw: {result}")
        return cls.from_result(result)

    def plot(self, ax: Axes | Sequence[Axes] | None = None, *, language: Language = "en") -> Self:
        """Draw the picture by matplotlib, which the extra ``plots`` installs.

        Args:
            ax: the axes to draw on: one, or one for each panel; without it, a new figure.
            language: ``"en"`` or ``"nl"``; or a `Writer`, such as `Reading.writer` returns.

        Returns:
            The display itself, with the axes as its `axes`.

        Raises:
            MissingExtraError: matplotlib is not installed.
            ArgumentError: there are as many axes as neither one nor the panels.
        """
        self.axes = draw_on_axes(self.figure, writer_of(language), ax)
        return self

    def svg(self, language: Language = "en", *, inline: bool = False) -> str:
        """Return the picture as SVG, with a title and a description.

        Args:
            language: ``"en"`` or ``"nl"``; or a `Writer`.
            inline: whether it is to stand in a page, whose colour of text it takes; otherwise it
                can be a file of its own, which brings its colours for light and dark screens along.
        """
        return draw_svg(self.figure, language, inline=inline)

    def _repr_html_(self) -> str:
        return self.svg(inline=True)


class Pictured(Text):
    """The base of results that have a picture."""

    __slots__ = ()

    def _html_parts(self, language: Language = "en") -> Iterable[str]:
        text, *rest = super()._html_parts(language)
        return text, self.display().svg(language, inline=True), *rest

    def display(self) -> Display:
        """Return the picture of the result, not yet drawn: ask it for `svg` or `plot`."""
        raise NotImplementedError

    def plot(
        self, ax: Axes | Sequence[Axes] | None = None, *, language: Language = "en"
    ) -> Display:
        """Draw the picture of the result by matplotlib.

        Args:
            ax: the axes to draw on: one, or one for each panel; without it, a new figure.
            language: ``"en"`` or ``"nl"``; or a `Writer`.

        Returns:
            The display, which keeps what was drawn and the axes.

        Raises:
            MissingExtraError: matplotlib is not installed.
            ArgumentError: there are as many axes as neither one nor the panels.
        """
        return self.display().plot(ax, language=language)
