"""How fast columns are worked on, beside a NumPy copy of the same bytes in the same run.

usage: python benches/columns.py [--corpus DIR] [--rounds N] [--threads N] [--json FILE]

DIR is that of benches/speed.py. Every round runs all jobs once, in turn; a ratio is the median over rounds of the time
of the copy / that of the job. Numbers of one machine and one run: compare ratios, not megabytes. NAQI_SIMD=scalar|avx2
forces a slower path.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import naqi
import numpy
import pandas
import polars
import pyarrow
from speed import measure, read_corpus


def jobs(texts: list[str], threads: int) -> dict[str, Callable[[], object]]:
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
        "extract, list[str]": lambda: naqi.extract(texts, **options),
    }


def main() -> int:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/data/saudinewsnet"))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--only", default="", help="jobs whose name contains this, beside the copy")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    args = parser.parse_args()
    if not args.corpus.is_dir():
        print(f"no corpus at {args.corpus}: nothing to measure (--corpus DIR names another)", file=sys.stderr)
        return 1
    texts = read_corpus(args.corpus)
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{len(texts)} articles, {megabytes:.1f} MB of UTF-8, {args.threads} thread(s), naqi {naqi.__version__}")
    work = {name: job for name, job in jobs(texts, args.threads).items() if "copy" in name or args.only in name}
    # Of one thread the time that it worked, which other work on the machine does not lengthen.
    seconds = measure(work, args.rounds, time.process_time if args.threads == 1 else time.perf_counter)
    copy = next(iter(seconds.values()))
    rows = []
    print(f"{'job':26} {'MB/s':>8} {'of a copy':>10} {'best':>8}")
    for name, times in seconds.items():
        ratio = statistics.median(a / b for a, b in zip(copy, times, strict=True))
        best = min(copy) / min(times)
        rate = megabytes / statistics.median(times)
        rows.append({"job": name, "mb_per_s": round(rate, 1), "of_copy": round(ratio, 3), "best": round(best, 3)})
        print(f"{name:26} {rate:8.0f} {ratio:10.3f} {best:8.3f}")
    if args.json:
        args.json.write_text(json.dumps({"megabytes": megabytes, "threads": args.threads, "jobs": rows}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
