"""Columns whose values are checked, in the form in which they are kept, wherever they come from."""
