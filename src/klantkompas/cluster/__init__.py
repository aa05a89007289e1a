"""Portfolios that outgrow memory, or one machine: measured in parts by the same code."""

from __future__ import annotations

from klantkompas.cluster.parts import measure_in_parts
from klantkompas.cluster.spark import SparkMeasures, measure_on_spark

__all__ = ["SparkMeasures", "measure_in_parts", "measure_on_spark"]
