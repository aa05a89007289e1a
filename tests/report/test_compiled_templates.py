"""Templates are compiled by the first process that needs them, and by no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from klantkompas.report.compiled_templates import CompiledTemplates


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which the name of each template that is compiled is added."""
    names: list[str] = []
    original = Environment.compile

    def compile_(self: Environment, source: str, name: str, *rest: object) -> object:
        names.append(name)
        return original(self, source, name, *rest)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", compile_)
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setattr("sys.pycache_prefix", None)
    return names


def rendered(folder: Path, source: str = "{{ n }}!", made_with: bytes = b"") -> str:
    """Return a template that another process would fill in."""
    cache = CompiledTemplates(folder, made_with=made_with)
    environment = Environment(
        autoescape=True, loader=DictLoader({"a": source}), bytecode_cache=cache
    )
    return environment.get_template("a").render(n=3)


def test_a_template_is_compiled_once(tmp_path: Path, compiled: list[str]) -> None:
    assert [rendered(tmp_path) for _ in range(3)] == ["3!"] * 3
    assert compiled == ["a"]
    assert [each.name for each in tmp_path.iterdir()] == ["__pycache__"]


def test_it_is_compiled_again_once_it_changes(tmp_path: Path, compiled: list[str]) -> None:
    assert [rendered(tmp_path, source) for source in ("{{ n }}!", "{{ n }}?")] == ["3!", "3?"]
    assert compiled == ["a", "a"]


def test_it_is_compiled_again_once_its_engine_changes(tmp_path: Path, compiled: list[str]) -> None:
    assert [rendered(tmp_path, made_with=each) for each in (b"trimmed", b"whole")] == ["3!"] * 2
    assert compiled == ["a", "a"]


@pytest.mark.parametrize("whole", [0, 3, 11, 12, 20, 60, 100])
def test_it_is_compiled_again_where_what_was_kept_is_not_whole(
    tmp_path: Path, compiled: list[str], whole: int
) -> None:
    assert rendered(tmp_path) == "3!"
    (kept,) = (tmp_path / "__pycache__").iterdir()
    kept.write_bytes(kept.read_bytes()[:whole])
    assert [rendered(tmp_path) for _ in range(2)] == ["3!"] * 2
    assert compiled == ["a", "a"]


def test_where_bytecode_cannot_be_kept_each_process_compiles(
    tmp_path: Path, compiled: list[str]
) -> None:
    (tmp_path / "__pycache__").write_text("a file, in which nothing can be written")
    assert [rendered(tmp_path) for _ in range(2)] == ["3!"] * 2
    assert compiled == ["a", "a"]


def test_where_no_bytecode_is_to_be_written_none_is(
    tmp_path: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert rendered(tmp_path) == "3!"
    assert compiled == ["a"]
    assert not [*tmp_path.iterdir()]


def test_bytecode_lies_where_python_keeps_its_own(
    tmp_path: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.pycache_prefix", str(tmp_path / "elsewhere"))
    assert rendered(tmp_path / "templates") == "3!"
    assert compiled == ["a"]
    assert [each.name for each in tmp_path.iterdir()] == ["elsewhere"]
