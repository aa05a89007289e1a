"""What hypothesis is told of klantkompas, so that `st.from_type` and `st.builds` know its types."""

from __future__ import annotations

from hypothesis import strategies as st

from klantkompas.classification.scorecard import Scorecard
from klantkompas.domain.customers import Customer
from klantkompas.domain.interactions import (
    Complaint,
    Contact,
    Departure,
    Invoice,
    Order,
    Response,
)
from klantkompas.portfolio import Measures, Portfolio
from klantkompas.testing import strategies

__all__ = ["register"]


def register() -> None:
    """Register a hypothesis strategy for each type that users pass in, and for portfolios.

    Hypothesis calls this by itself, by the entry point ``hypothesis``.

    >>> register()
    """
    st.register_type_strategy(Customer, strategies.customers())
    st.register_type_strategy(Order, strategies.orders())
    st.register_type_strategy(Invoice, strategies.invoices())
    st.register_type_strategy(Complaint, strategies.complaints())
    st.register_type_strategy(Contact, strategies.contacts())
    st.register_type_strategy(Response, strategies.responses())
    st.register_type_strategy(Departure, strategies.departures())
    st.register_type_strategy(Portfolio, strategies.portfolios())
    st.register_type_strategy(Measures, lambda _: strategies.measures())
    st.register_type_strategy(Scorecard, lambda _: strategies.scorecards())
