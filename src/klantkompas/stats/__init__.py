"""The statistics that several lenses share: intervals, differences, and how many answers to ask."""

from __future__ import annotations
