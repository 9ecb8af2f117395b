"""What benchmarks share: a corpus, and rounds in which every job runs once, in turn, beside a copy of the texts."""

import argparse
import json
import statistics
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import naqi

Jobs = dict[str, Callable[[], object]]


def read_corpus(folder: Path) -> list[str]:
    """The contents of all articles in the zip files of a folder."""
    texts = []
    for path in sorted(folder.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                articles = json.loads(archive.read(name).decode("utf-8-sig"))
                texts += [article["content"] for article in articles if article["content"]]
    return texts


def measure(jobs: Jobs, rounds: int, threads: int) -> dict[str, list[float]]:
    """Seconds of each job in each round, after one that does not count; of one thread those that it worked."""
    clock = time.process_time if threads == 1 else time.perf_counter
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    for counted in [False] + [True] * rounds:
        for name, job in jobs.items():
            start = clock()
            result = job()
            took = clock() - start
            del result
            if counted:
                seconds[name].append(took)
    return seconds


def main(description: str, jobs: Callable[[list[str], int], Jobs]) -> int:
    """Measures jobs on a corpus and prints a table; ratios are to the first job, medians over rounds."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
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
    megabytes = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
    print(f"{len(texts)} articles, {megabytes:.1f} MB of UTF-8, {args.threads} thread(s), naqi {naqi.__version__}")
    chosen = {name: job for name, job in jobs(texts, args.threads).items() if "copy" in name or args.only in name}
    seconds = measure(chosen, args.rounds, args.threads)
    copy = next(iter(seconds.values()))
    width = max(24, *map(len, seconds))
    rows = []
    print(f"{'job':{width}} {'MB/s':>8} {'of a copy':>10}")
    for name, times in seconds.items():
        ratio = statistics.median(a / b for a, b in zip(copy, times, strict=True))
        rate = megabytes / statistics.median(times)
        rows.append({"job": name, "mb_per_s": round(rate, 1), "of_copy": round(ratio, 3)})
        print(f"{name:{width}} {rate:8.0f} {ratio:10.3f}")
    if args.json:
        args.json.write_text(json.dumps({"megabytes": megabytes, "threads": args.threads, "jobs": rows}, indent=1))
    return 0
