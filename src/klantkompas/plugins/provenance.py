"""Which plugin gave what: every declaration of a compass, and who declared it."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from klantkompas._arrays import AnyArray, as_objects
from klantkompas._nearest import nearest
from klantkompas._told import told
from klantkompas.errors import ArgumentError
from klantkompas.hooks import Plugin
from klantkompas.results import Result
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = ["Provenance"]

SKIPPED = mark("a plugin that cannot be used was skipped: {detail}")


@frozen(eq=False, repr=False)
class Provenance(Result):
    """Which plugin declared what.

    Args:
        plugins: all plugins, the blocked and broken ones included.
        declared: by kind and name, who declared it.

    >>> from klantkompas.compass import Compass
    >>> provenance = Compass(installed=False).declarations.provenance
    >>> print(provenance.plugin_of("success factor", "clear_orders"))
    'klantkompas.factors'
    """

    plugins: tuple[Plugin, ...] = ()
    declared: Mapping[tuple[str, str], Plugin] = field(factory=dict)

    def plugin_of(self, kind: str, name: str) -> Plugin:
        """Return the plugin that declared something.

        Args:
            kind: such as ``"success factor"``, ``"classification rule"``, ``"measure"`` or
                ``"lens"``.
            name: the name of the declaration.

        Returns:
            The plugin, with its origin and version.

        Raises:
            ArgumentError: there is no such kind, or nothing of that name.
        """
        kinds = {each for each, _ in self.declared}
        if kind not in kinds:
            raise ArgumentError(
                told(
                    "nothing declared is a {kind}. {there}",
                    kind=repr(kind),
                    there=nearest(kind, kinds),
                )
            )
        if (kind, name) not in self.declared:
            names = [known for each, known in self.declared if each == kind]
            raise ArgumentError(
                told(
                    "no {kind} is called {name}. {there}",
                    kind=kind,
                    name=repr(name),
                    there=nearest(name, names),
                )
            )
        return self.declared[kind, name]

    @property
    def notes(self) -> tuple[DataNote, ...]:
        """Notes on the plugins that were skipped, because they are broken."""
        return tuple(
            DataNote(SKIPPED, detail=each.problem)
            for each in self.plugins
            if each.status == "broken"
        )

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`: a row for each declaration."""
        rows = [
            (kind, name, plugin.name, plugin.origin, plugin.distribution, plugin.version)
            for (kind, name), plugin in sorted(self.declared.items(), key=lambda item: item[0])
        ]
        headings = ("kind", "name", "plugin", "origin", "distribution", "version")
        columns = zip(*rows, strict=True) if rows else ((),) * len(headings)
        return {
            heading: as_objects(each or None for each in column)
            for heading, column in zip(headings, columns, strict=True)
        }

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the result: how many declarations each plugin has."""
        by = list(self.declared.values())
        return tuple(
            sentence(
                "{plugin}: {count}",
                plugin=str(each),
                count=Quantity(by.count(each), "declarations"),
            )
            for each in self.plugins
        )
