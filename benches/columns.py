"""How fast columns are worked on, beside a NumPy copy of the same bytes in the same run.

usage: python benches/columns.py [--corpus DIR] [--rounds N] [--threads N] [--json FILE]

DIR is that of benches/speed.py. Every round runs all jobs once, in turn; a ratio is the median over rounds of the time
of the copy / that of the job. Numbers of one machine and one run: compare ratios, not megabytes. NAQI_SIMD=scalar|avx2
forces a slower path.
"""

import sys

import naqi
import numpy
import pandas
import polars
import pyarrow
from rounds import Jobs, main


def jobs(texts: list[str], threads: int) -> Jobs:
    """What is timed, by name; the first is what the others are compared with."""
    large = pyarrow.array(texts, pyarrow.large_string())
    small = pyarrow.array(texts, pyarrow.string())
    view = large.cast(pyarrow.string_view())
    frames = polars.Series("text", texts).rechunk()
    series = pandas.Series(texts, dtype="string[pyarrow]")
    words = pyarrow.array(" ".join(texts[:2000]).split()[:1_000_000])
    data = numpy.frombuffer(large.buffers()[2], dtype=numpy.uint8)
    options = {"threads": threads}
    return {
        "copy (NumPy)": lambda: data.copy(),
        "normalize, large_string": lambda: naqi.normalize(large, **options),
        "normalize, string": lambda: naqi.normalize(small, **options),
        "normalize, string_view": lambda: naqi.normalize(view, **options),
        "normalize, Polars": lambda: naqi.normalize(frames, **options),
        "normalize, pandas": lambda: naqi.normalize(series, **options),
        "strip_diacritics": lambda: naqi.strip_diacritics(large, **options),
        f"normalize, {len(words)} words": lambda: naqi.normalize(words, **options),
        "sentence_spans": lambda: naqi.sentence_spans(large, **options),
        "split_sentences": lambda: naqi.split_sentences(large, **options),
        "find_boilerplate": lambda: naqi.find_boilerplate(large, **options),
        "extract": lambda: naqi.extract(large, **options),
        "extract, three fields": lambda: naqi.Extractor()._fields(large, ["title", "body", "source"], **options),
        "extract, list[str]": lambda: naqi.extract(texts, **options),
    }


if __name__ == "__main__":
    sys.exit(main(__doc__, jobs))
