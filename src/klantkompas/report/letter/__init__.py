"""The letter to a customer: what is held, what was made of it, and what they can do about it."""

from __future__ import annotations

from klantkompas.report.letter.letter import Letter, letter

__all__ = ["Letter", "letter"]
