"""What naqi costs inside an engine: megabytes of pages per second of one core, by job, table to table.

usage: python benches/engines.py [--corpus DIR] [--rows N] [--rounds N]

DIR is that of benches/speed.py. Processor seconds of the whole process, one thread, the median over rounds; N rows to a
batch, as an engine hands them over; and what reading them from Parquet and writing the articles costs. Beside the
corpus, the three invented pages of examples/ over and over: short modern pages full of furniture.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from naqi.engines import mapper
from rounds import read_corpus

JOBS = {
    "normalize": mapper("normalize", threads=1),
    "sentences": mapper("sentences", threads=1, drop_text=True),
    "extract": mapper("extract", threads=1, drop_text=True),
    "extract, all fields": mapper("extract", fields=["all"], threads=1, drop_text=True),
}


def seconds(job: Callable[[], object], rounds: int) -> float:
    """Processor seconds, the median after a round that does not count."""
    took = []
    for _ in range(rounds + 1):
        start = time.process_time()
        job()
        took.append(time.process_time() - start)
    return statistics.median(took[1:])


def show(name: str, texts: list[str], work: dict[str, Callable[[], object]], rounds: int) -> None:
    """The table of one set of pages."""
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{name}: {len(texts)} pages, {megabytes:.1f} MB of UTF-8, {megabytes * 1000 / len(texts):.1f} kB each")
    print(f"{'':24}{'MB/s':>8}{'pages/s':>10}")
    for job, function in work.items():
        took = seconds(function, rounds)
        print(f"{job:24}{megabytes / took:>8.0f}{len(texts) / took:>10,.0f}", flush=True)


def steps(table: pa.Table, rows: int) -> dict[str, Callable[[], object]]:
    """Every job on the batches of a table."""
    batches = table.to_batches(max_chunksize=rows)
    return {job: lambda step=step: [None for _ in step.batches(batches)] for job, step in JOBS.items()}


def show_corpus(texts: list[str], rows: int, rounds: int) -> None:
    """The table of the corpus, which is also worth compressing: what it costs to store it."""
    table = pa.table({"text": texts})
    articles = JOBS["extract"](table)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.parquet"), Path(folder, "out.parquet")

        def write(table: pa.Table, path: Path) -> None:
            pq.write_table(table, path, compression="zstd", row_group_size=rows)

        write(table, source)
        stored: dict[str, Callable[[], object]] = {
            "read Parquet": lambda: pq.ParquetFile(source).read(use_threads=False),
            "write Parquet": lambda: write(articles, target),
        }
        show("corpus", texts, stored | steps(table, rows), rounds)
        sizes = [path.stat().st_size / 1e6 for path in (source, target)]
        print(f"as Parquet with zstd: {sizes[0]:.1f} MB of pages, {sizes[1]:.1f} MB of articles")


def main() -> int:
    """Measures and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/data/saudinewsnet"))
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    examples = sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in examples] * 8000
    show("examples", texts, steps(pa.table({"text": texts}), args.rows), args.rounds)
    if not args.corpus.is_dir():
        print(f"no corpus at {args.corpus}: nothing more to measure (--corpus DIR names another)", file=sys.stderr)
        return 1
    show_corpus(read_corpus(args.corpus), args.rows, args.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
