"""The types of what an error tells."""

from __future__ import annotations

from typing import assert_type

from klantkompas.errors import DataError, KlantkompasError, MissingExtraError

error = DataError("is not a date", table="orders", column="on", row=3, value="31-02-2025")

assert_type(error.table, str | None)
assert_type(error.column, str | None)
assert_type(error.row, int | None)
assert_type(error.value, object)
assert_type(MissingExtraError("files", "reading files").extra, str)

as_the_base: KlantkompasError = error
as_a_value_error: ValueError = error
