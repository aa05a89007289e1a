"""Which column is which field, from a file or a command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from klantkompas.domain.field_source import Heading
from klantkompas.errors import ArgumentError, KlantkompasError
from klantkompas.io.mapping_file import column_of, mapping_of, read_mapping


def test_a_heading_a_product_and_a_style() -> None:
    given = {
        "orders": {
            "customer": "Klant",
            "amount": ["Aantal", {"heading": "Prijs", "style": "1.234,56"}],
            "on": {"heading": "Datum", "style": "d-m-y"},
        }
    }
    assert mapping_of(given) == {
        "orders": {
            "customer": "Klant",
            "amount": ("Aantal", Heading("Prijs", style="1.234,56")),
            "on": Heading("Datum", style="d-m-y"),
        }
    }


def test_the_mapping_of_the_example_shop_can_be_read() -> None:
    shop = Path(__file__).parents[2] / "examples" / "shop" / "columns.toml"
    mapping = read_mapping(shop)
    assert mapping["orders"]["amount"] == ("Aantal", "Prijs")
    assert mapping["departures"]["on"] == Heading("Per", style="d-m-y")


@pytest.mark.parametrize(
    "wrong",
    [3, True, "", "  ", [], [3], [["a"]], {"style": "d-m-y"}, {"heading": "a", "stile": "b"}],
)
def test_anything_else_is_refused_with_table_and_field(wrong: Any) -> None:
    with pytest.raises(ArgumentError, match=r"orders\.amount"):
        mapping_of({"orders": {"amount": wrong}})


def test_a_field_outside_a_table_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"customer.*outside any table"):
        mapping_of({"customer": "Klant"})


def test_errors_name_the_file(tmp_path: Path) -> None:
    file = tmp_path / "columns.toml"
    with pytest.raises(KlantkompasError, match=r"columns\.toml: cannot be read: No such file"):
        read_mapping(file)
    file.write_text("[orders\n")
    with pytest.raises(ArgumentError, match=r"columns\.toml: is not written as TOML.*line 1"):
        read_mapping(file)
    file.write_text("[orders]\namount = 3\n")
    with pytest.raises(ArgumentError, match=r"columns\.toml: orders\.amount is 3"):
        read_mapping(file)
    file.write_bytes(b'[orders]\namount = "\xe9"\n')
    with pytest.raises(ArgumentError, match="UTF-8"):
        read_mapping(file)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "columns.toml"
    file.write_bytes(b'\xef\xbb\xbf[orders]\namount = "Bedrag"\n')
    assert read_mapping(file) == {"orders": {"amount": "Bedrag"}}


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("orders.amount=Bedrag", ("orders", "amount", ("Bedrag",))),
        ("orders.amount=Aantal*Prijs", ("orders", "amount", ("Aantal", "Prijs"))),
        (
            "orders.amount = Aantal * Prijs per stuk",
            ("orders", "amount", ("Aantal", "Prijs per stuk")),
        ),
        ("orders.amount=a=b", ("orders", "amount", ("a=b",))),
        (r"responses.score=Likely? \*", ("responses", "score", ("Likely? *",))),
        (r"orders.amount=A\*B*C", ("orders", "amount", ("A*B", "C"))),
    ],
)
def test_a_column_on_the_command_line(text: str, column: tuple[str, str, tuple[str, ...]]) -> None:
    assert column_of(text) == column


@pytest.mark.parametrize(
    "text",
    [
        "",
        "orders",
        "orders.amount",
        "amount=Bedrag",
        "orders.=Bedrag",
        ".amount=Bedrag",
        "orders.amount=",
        "orders.amount=Aantal*",
        "=Bedrag",
    ],
)
def test_a_column_that_is_not_written_so_is_refused(text: str) -> None:
    with pytest.raises(ArgumentError, match="names no column"):
        column_of(text)
