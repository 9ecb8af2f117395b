"""How fast each job runs over a corpus of news, beside Python's own copy of the same strings in the same run.

usage: python benches/speed.py [--corpus DIR] [--rounds N] [--threads N] [--json FILE]

DIR holds zip files of JSON arrays of objects with a `content` (SaudiNewsNet, which is for research and not part of the
project). Every round runs all jobs once, in turn; a ratio is the median over rounds of copy time / job time. Numbers of
one machine and one run: compare ratios, not megabytes.
"""

import argparse
import json
import statistics
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import naqi


def read_corpus(folder: Path) -> list[str]:
    """The contents of all articles in the zip files of a folder."""
    texts = []
    for path in sorted(folder.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                articles = json.loads(archive.read(name).decode("utf-8-sig"))
                texts += [article["content"] for article in articles if article["content"]]
    return texts


def jobs(texts: list[str], threads: int) -> dict[str, Callable[[], object]]:
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


def measure(
    work: dict[str, Callable[[], object]], rounds: int, clock: Callable[[], float] = time.perf_counter
) -> dict[str, list[float]]:
    """Seconds of each job in each round, after a round that does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in work}
    for counted in [False] + [True] * rounds:
        for name, job in work.items():
            start = clock()
            result = job()
            took = clock() - start
            del result
            if counted:
                seconds[name].append(took)
    return seconds


def main() -> int:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/data/saudinewsnet"))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    args = parser.parse_args()
    if not args.corpus.is_dir():
        print(f"no corpus at {args.corpus}: nothing to measure (--corpus DIR names another)", file=sys.stderr)
        return 1
    texts = read_corpus(args.corpus)
    megabytes = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
    print(f"{len(texts)} articles, {megabytes:.1f} MB of UTF-8, {args.threads} thread(s), naqi {naqi.__version__}")
    seconds = measure(jobs(texts, args.threads), args.rounds)
    copy = next(iter(seconds.values()))
    rows = []
    print(f"{'job':24} {'MB/s':>8} {'of a copy':>10}")
    for name, times in seconds.items():
        ratio = statistics.median(a / b for a, b in zip(copy, times, strict=True))
        rate = megabytes / statistics.median(times)
        rows.append({"job": name, "mb_per_s": round(rate, 1), "of_copy": round(ratio, 3)})
        print(f"{name:24} {rate:8.0f} {ratio:10.3f}")
    if args.json:
        args.json.write_text(json.dumps({"megabytes": megabytes, "threads": args.threads, "jobs": rows}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
