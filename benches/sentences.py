"""How fast sentences are found over a corpus of news, and what hostile texts cost a byte beside it.

usage: python benches/sentences.py [--corpus DIR] [--rounds N] [--threads N] [--json FILE]

First what texts that repeat a few marks cost a byte, in times of the news: in two sizes, since time should grow with
the text alone. Then the table of `benches/speed.py` for sentences, with NumPy's copy of the same UTF-8 where there is
NumPy.
"""

import sys
import time
from collections.abc import Callable

import naqi
from rounds import Jobs, main

#: Repeated until the text is of the size wanted.
HOSTILE = [
    *(
        ".",
        '"',
        "«",
        "(",
        "ب ",
        "\n",
        "؟ ",
        ".,",
        '".',
        ". ",
        '". ',
        '. "',
        "« . ",
        "( . )",
        '",',
        ".[1]",
        "!»",
        "-ب - ",
    ),
    *("ب. ", "د. ", "1. ", 'بب. "', "ب«.", "«ب».", "ب: «ب. ", "(ضحك)", "(ضحك) ", ".. ب ", "ب\n", ".\n"),
]
SIZES = (1_000_000, 4_000_000)


def jobs(texts: list[str], threads: int) -> Jobs:
    """What is timed, by name; the first is what the others are compared with."""
    chosen: Jobs = {"copy (Python)": lambda: [text + " " for text in texts]}
    try:
        import numpy as np
    except ImportError:
        pass
    else:
        utf8 = np.frombuffer("".join(texts).encode("utf-8", "surrogatepass"), dtype=np.uint8)
        chosen["copy (NumPy, UTF-8)"] = lambda: utf8.copy()
    chosen["sentence_spans"] = lambda: naqi.sentence_spans(texts, threads=threads)
    chosen["split_sentences"] = lambda: naqi.split_sentences(texts, threads=threads)
    hostile(texts[:10_000])
    return chosen


def hostile(news: list[str]) -> None:
    """Prints what each hostile text costs a byte, in times of the news."""
    usual = seconds(lambda: naqi.sentence_spans(news, threads=1)) / sum(len(text.encode()) for text in news)
    print(f"{'hostile text':16}" + "".join(f" {size // 1_000_000:>4} MB" for size in SIZES) + "   (times news a byte)")
    for unit in HOSTILE:
        row = []
        for size in SIZES:
            text = unit * (size // len(unit.encode()))
            row.append(seconds(lambda text=text: naqi.sentence_spans(text)) / size / usual)
        print(f"{unit!r:16}" + "".join(f" {times:7.1f}" for times in row))


def seconds(job: Callable[[], object], rounds: int = 3) -> float:
    """The best of a few rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        result = job()
        best = min(best, time.process_time() - start)
        del result
    return best


if __name__ == "__main__":
    sys.exit(main(__doc__, jobs))
