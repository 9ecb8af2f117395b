"""How fast each job runs over a corpus of news, beside Python's own copy of the same strings in the same run.

usage: python benches/speed.py [--corpus DIR] [--rounds N] [--threads N] [--json FILE]

DIR holds zip files of JSON arrays of objects with a `content` (SaudiNewsNet, which is for research and not part of the
project). Every round runs all jobs once, in turn; a ratio is the median over rounds of copy time / job time. Numbers of
one machine and one run: compare ratios, not megabytes.
"""

import sys

import naqi
from rounds import Jobs, main


def jobs(texts: list[str], threads: int) -> Jobs:
    """What is timed, by name; the first is what the others are compared with."""
    clean = naqi.normalize(texts)
    return {
        "copy (Python)": lambda: [text + " " for text in texts],
        "normalize": lambda: naqi.normalize(texts, threads=threads),
        "normalize, clean text": lambda: naqi.normalize(clean, threads=threads),
        "strip_diacritics": lambda: naqi.strip_diacritics(texts, threads=threads),
        "sentence_spans": lambda: naqi.sentence_spans(texts, threads=threads),
        "split_sentences": lambda: naqi.split_sentences(texts, threads=threads),
        "find_boilerplate": lambda: naqi.find_boilerplate(texts, threads=threads),
        "remove_boilerplate": lambda: naqi.remove_boilerplate(texts, threads=threads),
        "extract": lambda: naqi.extract(texts, threads=threads),
    }


if __name__ == "__main__":
    sys.exit(main(__doc__, jobs))
