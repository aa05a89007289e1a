"""How paragraphs, lines, lists, headline numbers and cards become HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from klantkompas.hooks import Card, Display, Item, Items, KeyFigures, Lines, Paragraph
from klantkompas.report.writer import PageWriter
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, sentence

__all__ = [
    "card_html",
    "figures_html",
    "items_html",
    "lines_html",
    "paragraph_html",
    "picture_html",
]

THE_OTHERS = mark("The other {number}")
INDENT = "  "
"""What a sentence begins with that stands under the one before."""


def paragraph_html(block: Paragraph, writer: PageWriter) -> str:
    """Return a paragraph as HTML.

    Args:
        block: the paragraph.
        writer: writes values in the reader's language.
    """
    return f"<p>{writer.html(block.text)}</p>"


def lines_html(block: Lines, writer: PageWriter, level: int) -> str:
    """Return sentences as a list of HTML, those that are indented in lists within it.

    Args:
        block: the sentences.
        writer: writes values in the reader's language.
        level: of which level their heading is, where they have one.
    """
    heading = "" if block.title is None else f"<h{level}>{writer.html(block.title)}</h{level}>"
    return heading + _nested([writer.html(each) for each in block.lines])


def _nested(lines: Sequence[str]) -> str:
    """Return lines as a list; those that begin with an indent stand in a list of their own."""
    parts, deep = ["<ul>"], 0
    for at, line in enumerate(lines):
        text = line.lstrip(" ")
        depth = min((len(line) - len(text)) // len(INDENT), deep + 1) if at else 0
        if at:
            parts.append("<ul>" if depth > deep else "</li>" + "</ul></li>" * (deep - depth))
        parts.append(f"<li>{text}")
        deep = depth
    return "".join([*parts, "</li>", "</ul></li>" * deep, "</ul>"])


def figures_html(block: KeyFigures, writer: PageWriter) -> str:
    """Return headline numbers as HTML.

    Args:
        block: the numbers.
        writer: writes values in the reader's language.
    """
    parts = ['<dl class="tiles">']
    for each in block.figures:
        parts += (
            f"<div><dt>{writer.html(each.title)}</dt><dd>{writer.html(each.value)}</dd>",
            f'<dd class="detail">{writer.html(each.detail)}</dd>',
            "" if each.since is None else f'<dd class="since">{writer.html(each.since)}</dd>',
            "</div>",
        )
    return "".join([*parts, "</dl>"])


def items_html(block: Items, writer: PageWriter) -> str:
    """Return a list under its heading as HTML.

    Args:
        block: the list.
        writer: writes values in the reader's language.
    """
    parts = [f"<div><h3>{writer.html(block.title)}</h3>"]
    if block.note is not None:
        parts.append(f'<p class="small">{writer.html(block.note)}</p>')
    if block.items:
        parts += _items(block.items[: block.shown], writer)
    if rest := block.items[block.shown :]:
        parts.append(f"<details><summary>{the_others(len(rest), writer)}</summary>")
        parts += [*_items(rest, writer), "</details>"]
    return "".join([*parts, "</div>"])


def _items(items: Sequence[Item], writer: PageWriter) -> Iterable[str]:
    yield '<ul class="items">'
    for each in items:
        yield "<li>" if each.label is None else f"<li>{writer.html(each.label)}"
        yield f"<div>{_head(each, writer)}"
        yield from (f'<p class="small">{writer.html(said)}</p>' for said in each.says)
        yield "</div></li>"
    yield "</ul>"


def _head(item: Item, writer: PageWriter) -> str:
    """Return the name, and what stands beside it; the weight at the right of the last of them."""
    about = writer.html(item.about)
    beside = "" if item.beside is None else writer.html(item.beside)
    weight = ""
    if item.weight is not None:
        weight = f'<span class="weight">{writer.html(item.weight)}</span>'
    if not beside:
        return f'<p class="weighed">{about}{weight}</p>' if weight else f"<p>{about}</p>"
    return f'<p>{about}</p><p class="small weighed"><span>{beside}</span>{weight}</p>'


def card_html(block: Card, writer: PageWriter) -> str:
    """Return the card of one customer as HTML, with the anchor that their name links to.

    Args:
        block: the card.
        writer: writes values in the reader's language.
    """
    called = writer.called(block.customer)
    label = "" if block.label is None else f" {writer.html(block.label)}"
    beside = "" if block.beside is None else f'<p class="small">{writer.html(block.beside)}</p>'
    chapters = "".join(_chapter(each, writer) for each in block.chapters)
    name = f"{called.anchor}-name"
    return (
        f'<article class="card" id="{called.anchor}" aria-labelledby="{name}">'
        f'<h3 id="{name}">{called.unlinked}{label}</h3>{beside}'
        f'<div class="chapters">{chapters}</div></article>'
    )


def _chapter(each: Lines | Display, writer: PageWriter) -> str:
    if isinstance(each, Display):
        return picture_html(each, writer)
    return lines_html(each, writer, level=4) if each.lines else ""


def picture_html(display: Display, writer: PageWriter) -> str:
    """Return a picture as HTML.

    Args:
        display: the picture.
        writer: writes values in the reader's language.
    """
    return f'<figure class="picture">{display.svg(writer, inline=True)}</figure>'


def the_others(number: int, writer: PageWriter) -> str:
    """Return what stands above what is folded: how many more there are.

    Args:
        number: how many.
        writer: writes values in the reader's language.
    """
    return writer.html(sentence(THE_OTHERS, number=Quantity(number)))
