"""A name that refers to something is looked up where it is given, and refused with the nearest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from klantkompas import (
    Advice,
    AtLeast,
    ClassificationRule,
    Compass,
    Cue,
    Lens,
    Measure,
    PluginError,
    SuccessFactor,
    Trait,
    hookimpl,
)
from klantkompas.hooks import ExportShape, Signal, mentions


def advice(about: str, of: str) -> Advice:
    return Advice(name="mine", about=about, of=of, text="Call them.")


def cue(**given: Any) -> Cue:
    return Cue(name="mine", fires=mentions("x"), describes="says x", **given)


def rule(**given: Any) -> ClassificationRule:
    return ClassificationRule(
        name="mine", label="Star", when=lambda card: card.count > 5, because="so", **given
    )


def needing(name: str) -> Lens:
    space: dict[str, Any] = {}
    exec(f"def look(measures, {name}): ...", space)
    return Lens(name="mine", question="?", look=space["look"])


def factor(measure: str) -> SuccessFactor:
    return SuccessFactor(name="mine", measure=measure, criterion=AtLeast(1), title="is mine")


def counting(**given: Any) -> Measure:
    return Measure(
        name="mine", of=lambda period: np.zeros(period.customers), unit="x", describes="x", **given
    )


def saying(text: str) -> Trait:
    shown = Signal(name="shown", fires=lambda measures: measures["active"], says=text)
    return Trait(name="mine", title="x", signals=(shown,))


def shape(**given: Any) -> object:
    class Plugin:
        @hookimpl
        def klantkompas_export_shapes(self) -> list[ExportShape]:
            return [ExportShape(name="mine", title="x", **given)]

    return Plugin()


NAMES: dict[str, tuple[Callable[[], Any], str]] = {
    "advice on a trait": (lambda: Compass([advice("trait", "brasen")]), "Did you mean 'brazen'?"),
    "advice on a class": (lambda: Compass([advice("class", "E")]), "There are: A, B, C, D."),
    "advice on a colour": (lambda: advice("colour", "bleu"), "Did you mean 'blue'?"),
    "advice on a subject": (lambda: advice("color", "blue"), "Did you mean 'colour'?"),
    "what replaces advice": (
        lambda: Advice(name="mine", about="class", of="A", text="x", replaced_by="chanel"),
        "Did you mean 'channel'?",
    ),
    "a factor's measure": (lambda: Compass([factor("revenu")]), "Did you mean 'revenue'?"),
    "how many a measure counts": (
        lambda: Compass([counting(counted_by="order_cuont")]),
        "Did you mean 'order_count'?",
    ),
    "how many a measure could count": (
        lambda: Compass([counting(out_of="invoices_du")]),
        "Did you mean 'invoices_due'?",
    ),
    "how many a measure counts, by a tally": (
        lambda: Compass([counting(counted_by="credits_given")]),
        "has as counted_by 'credits_given', which is not there",
    ),
    "what a measure is unknown without": (
        lambda: Compass([counting(unknown_without="credit_given")]),
        "Did you mean 'credits_given'?",
    ),
    "a table that a measure reads": (
        lambda: Compass([counting(reads=["ordres.clear"])]),
        "of the plugin 'mine' reads the table 'ordres', which is not there. Did you mean 'orders'?",
    ),
    "a column that a measure reads": (
        lambda: Compass([counting(reads=["orders.cleer"])]),
        "reads of orders the column 'cleer', which is not there. Did you mean 'clear'?",
    ),
    "a measure in a signal's text": (
        lambda: Compass([saying("It ordered {order_cuont}.")]),
        "Did you mean 'order_count'?",
    ),
    "a day in a signal's text": (
        lambda: Compass([saying("It did on {day_of_nothing}.")]),
        "the measure 'days_since_nothing', which is not there",
    ),
    "a signal's text with one brace": (
        lambda: Compass([saying("It ordered {order_count.")]),
        "which cannot be filled in: expected '}' before end of string. Name measures in braces",
    ),
    "the table of a shape": (
        lambda: Compass([shape(table="ordres")]),
        "the export shape 'mine' is of the table 'ordres', which is not there. Did you mean",
    ),
    "a field of a shape": (
        lambda: Compass([shape(table="orders", fields={"amuont": "Bedrag"})]),
        "has of orders the field 'amuont', which is not there. Did you mean 'amount'?",
    ),
    "a lens's need": (lambda: Compass([needing("clases")]), "Did you mean 'classes'?"),
    "a lens's own name": (lambda: Compass([needing("mine")]), "in a circle"),
    "a class beside another": (lambda: Compass([rule(above="Z")]), "the class 'Z' is not known"),
    "a class beside none": (lambda: Compass([rule()]), 'such as above="A"'),
    "what to block": (lambda: Compass(block={"klantkompas.ruls"}), "'klantkompas.rules'?"),
    "what to block without the installed": (
        lambda: Compass(block={"klantkompas.ruls"}, installed=False),
        "'klantkompas.rules'?",
    ),
    "what to leave out": (lambda: Compass(leave_out={"pays_in_time"}), "'pays_on_time'?"),
    "a cue that nothing comes of": (cue, "pushes on neither axis"),
    "a cue that pushes and does not": (
        lambda: cue(rationality=1, counted_only=True),
        "pushes and is counted_only",
    ),
    "a cue that reads": (lambda: cue(reads="txt", rationality=1), "'text' or 'channel'"),
    "a trait that nothing shows": (lambda: Trait(name="mine", title="x"), "nothing shows it"),
}


@pytest.mark.parametrize("case", NAMES)
def test_a_name_that_nothing_has_is_refused(case: str) -> None:
    give, said = NAMES[case]
    with pytest.raises(PluginError) as caught:
        give()
    assert "'mine'" in str(caught.value) or "names" in str(caught.value) or "about=" in said
    assert said in str(caught.value)


def test_advice_of_a_plugin_may_be_on_what_is_left_out() -> None:
    """A plugin cannot know what a business leaves out."""
    Compass([advice("trait", "brazen")], leave_out={"brazen"})
    Compass([advice("class", "A")], leave_out={"a_best_fitting"})


def test_a_built_in_advice_does_not_stand_in_the_way_of_blocking_its_traits() -> None:
    Compass(installed=False, block={"klantkompas.traits"})


def test_what_is_built_in_may_be_referred_to_though_it_is_left_out() -> None:
    """A portfolio has the tables of the built-in kinds in any case."""
    reads = counting(reads=["orders.clear", "customers.since", "nominations"])
    Compass([reads], installed=False, block={"klantkompas.plugins.built_in_kinds"})


def test_a_cue_may_be_counted_only() -> None:
    counted = Compass([cue(counted_only=True)], installed=False).declarations
    assert "cue_mine" in {each.name for each in counted.measures}
