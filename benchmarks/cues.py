"""How long it takes to read messages for all built-in cues, and whether that grows with length.

Run as ``python benchmarks/cues.py [messages]``. The words that were found are compared with what a
plain search finds in a sample, before any time is told.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from time import process_time

import numpy as np

from klantkompas._messages import Messages, words_of
from klantkompas.cues import klantkompas_cues
from klantkompas.cues.word_lists import built_in_words
from klantkompas.hooks import Cue

MESSAGES, LENGTH = 200_000, 200
CUES = tuple(klantkompas_cues())
STOCK = """
I ordered a table three weeks ago and it has still not arrived. | Could you tell me when it comes?
Ik heb drie weken geleden een tafel besteld. | Kunt u mij zeggen wanneer die geleverd wordt?
The second chair wobbles. | Thanks for the quick answer! | Fijn weekend en tot maandag.
Ik ben erg teleurgesteld over de levering. | Nu is het genoeg!! | Weet u zeker dat het goed komt?
WAAROM KRIJG IK GEEN ANTWOORD? | I WANT MY MONEY BACK NOW. | De factuur van BTW en KPN klopt niet.
Één café, geïnteresseerd in reële prijzen. | Прошу вернуть деньги за заказ. | Nog 2 stuks \N{SMILE}
I want to speak to your manager. | I insist on a refund. | Het artikel is niet op voorraad.
""".replace("\n", "|").replace("\N{SMILE}", "\N{GRINNING FACE}\N{ZERO WIDTH JOINER}")
SENTENCES = [sentence.strip() for sentence in STOCK.split("|") if sentence.strip()]
SHAPES = {
    "sentences": "Ik wacht al drie weken op antwoord. ",
    "no spaces": "wachten",
    "capitals without an end": "IK WACHT AL DRIE WEKEN ",
    "capitals without spaces": "WACHTEN",
    "accents that follow their letter": "A\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}",
    "accents only": "\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}",
    "zero-width characters": "A\N{ZERO WIDTH SPACE}",
    "exclamation marks": "!?",
    "the beginning of a phrase": "are you ",
}


def messages(count: int) -> list[str]:
    """Make messages of one length, of sentences from a stock."""
    chosen = random.Random(20260630)
    return [" ".join(chosen.choices(SENTENCES, k=1 + LENGTH // 20))[:LENGTH] for _ in range(count)]


def seconds(cue: Cue, texts: Sequence[str]) -> float:
    """Time one cue."""
    begin = process_time()
    cue.fires(texts)
    return process_time() - begin


def compare(texts: Sequence[str]) -> None:
    """Compare the words found with what a plain search finds."""
    plain = [f" {' '.join(words_of(text))} " for text in texts]
    for cue in CUES:
        if (name := cue.name) in ("capital_sentences", "curt_messages", "exclamation_runs"):
            continue
        phrases = [f" {' '.join(words_of(phrase))} " for phrase in built_in_words(name)]
        expected = [any(phrase in text for phrase in phrases) for text in plain]
        assert np.array_equal(cue.fires(texts), expected), name


def main(count: int = MESSAGES) -> None:
    """Compare, then tell the times."""
    texts = messages(count)
    compare(texts[:2000])
    print(f"{count:,} messages of {LENGTH} characters, seconds on one core:")
    begin = process_time()
    read = Messages(texts)
    read.word_counts  # noqa: B018
    print(f"  {'taking words apart, once':<34} {process_time() - begin:6.2f}")
    for cue in CUES:
        print(f"  {cue.name:<34} {seconds(cue, read):6.2f}")
    print(f"  {'all':<34} {process_time() - begin:6.2f}")
    print("One message of so many characters, all cues, milliseconds:")
    lengths = (10_000, 100_000, 1_000_000)
    print(f"  {'':<34} " + " ".join(f"{length:>9,}" for length in lengths))
    for shape, part in SHAPES.items():
        times = []
        for length in lengths:
            one = Messages([(part * (length // len(part) + 1))[:length]])
            times.append(1000 * sum(seconds(cue, one) for cue in CUES))
        print(f"  {shape:<34} " + " ".join(f"{each:9.1f}" for each in times))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
