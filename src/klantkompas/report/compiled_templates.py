"""Templates are compiled once, not by each process: their bytecode is kept as that of modules is.

It lies in ``__pycache__`` beside the templates, or where ``PYTHONPYCACHEPREFIX`` says. None is kept
where nothing may be written there, or where Python is told to write no bytecode.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from pickle import UnpicklingError

import jinja2
from jinja2.bccache import Bucket

__all__ = ["CompiledTemplates"]


class CompiledTemplates(jinja2.FileSystemBytecodeCache):
    """The bytecode of templates, by the name and the text of each.

    Args:
        folder: the folder of the templates.
        made_with: the code on which it depends, besides a template's text, what that compiles to.
    """

    def __init__(self, folder: Path, *, made_with: bytes) -> None:
        """Find the folder of the bytecode."""
        kept = Path(cache_from_source(str(folder / "templates.py"))).parent
        super().__init__(str(kept), f"%s.jinja-{jinja2.__version__}")
        self._made_with = made_with

    def get_source_checksum(self, source: str) -> str:
        """Return a checksum of a template and of what it is compiled with.

        Args:
            source: the template.
        """
        return super().get_source_checksum(f"{self._made_with!r}{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fetch the bytecode of a template, where it is kept and whole.

        Args:
            bucket: takes the bytecode, by the key under which it is kept.
        """
        with suppress(OSError, EOFError, UnpicklingError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bytecode of a template, where bytecode may be written.

        Args:
            bucket: the bytecode, with the key under which it is kept.
        """
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)
