"""The records of an XML file, one after another as they end, without building a tree.

A file that declares a document type is refused, so no entity is expanded and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from xml.parsers import expat

__all__ = ["Record", "each_record"]

Record = Mapping[str, str]
"""The texts of an element's own simple elements by name; of a repeated one, the first."""

_TOO_EARLY = {
    expat.errors.codes[each]
    for each in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
}


def each_record(content: bytes, handlers: Mapping[str, Callable[[Sequence[Record]], None]]) -> str:
    """Pass each record of an XML file to the function for its kind, in the file's order.

    Args:
        content: the file.
        handlers: by the name of an element without its namespace, a function that takes the record
            and those that it lies in, the outermost first, each with what was read of it so far.

    Returns:
        The name of the outermost element, without its namespace.

    Raises:
        ValueError: it is not well-formed, or declares a document type.
        EOFError: it ends too early.

    >>> books = b"<a><day>2025-01-31</day><line><amount>5</amount></line></a>"
    >>> each_record(books, {"line": print})
    [{'day': '2025-01-31'}, {'amount': '5'}]
    'a'
    """
    records: list[dict[str, str]] = [{}]
    texts: list[str] = []
    names: list[str] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if not names:
            names.append(name.rpartition(":")[2])
        records.append({})
        texts.clear()

    def end(name: str) -> None:
        name = name.rpartition(":")[2]
        if records[-1]:
            if (handle := handlers.get(name)) is not None:
                handle(records[1:])
            records.pop()
            return
        records.pop()
        records[-1].setdefault(name, "".join(texts).strip())
        texts.clear()

    def refuse(*declared: object) -> None:
        raise ValueError("it declares a document type, which such a file has no need of")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = texts.append
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        if error.code in _TOO_EARLY:
            raise EOFError(str(error)) from error
        raise ValueError(str(error)) from error
    return names[0]
