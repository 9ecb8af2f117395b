"""How fast text is normalised, beside Python's own copy of the same strings: the table of the documentation.

usage: python benches/normalize.py [--corpus DIR] [--rounds N] [--json FILE] [--chart FILE]

DIR holds zip files of JSON arrays of objects with a `content` (SaudiNewsNet, which is for research and not part of the
project). Each instruction set is measured in a process of its own (NAQI_SIMD), on one thread. Every round runs the copy
and the job in turn; a ratio is the median over rounds of copy time / job time, so that 1 is as fast as copying. Time is
that of the processor, which other work on the machine does not lengthen. Other packages are measured where they are
installed: pyarabic, camel-tools, arabic-norm, polars.
"""

import argparse
import importlib
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import naqi
from chart import chart
from rounds import read_corpus

LEVELS = ("avx512", "avx2", "scalar")
WORDS = 1_000_000
# A mark behind every letter: FATHA, DAMMA, KASRA or SUKUN.
DIACRITISED = {c: chr(c) + "\u064e\u064f\u0650\u0652"[c % 4] for c in range(0x621, 0x64B) if c != 0x640}
# What the preset does to most text, as a table for str.translate: the folds, and the marks dropped.
CORE = {0x622: 0x627, 0x623: 0x627, 0x625: 0x627, 0x671: 0x627, 0x649: 0x64A, 0x640: None, 0x670: None}
CORE |= dict.fromkeys([*range(0x610, 0x61B), *range(0x64B, 0x660), *range(0x6D6, 0x6DD), *range(0x6DF, 0x6E9)])

Job = Callable[[], object]
Row = dict[str, object]


def copy_of(texts: list[str]) -> Job:
    """Python's own copy of the strings."""
    return lambda: [text + " " for text in texts]


def paired(copy: Job, job: Job, rounds: int) -> tuple[float, float]:
    """The median ratio of copy to job, and the median seconds of the job; a first round does not count."""
    ratios, seconds = [], []
    for counted in [False] + [True] * rounds:
        times = []
        for work in (copy, job):
            start = time.process_time()
            result = work()
            times.append(time.process_time() - start)
            del result
        if counted:
            ratios.append(times[0] / times[1])
            seconds.append(times[1])
    return statistics.median(ratios), statistics.median(seconds)


def row(name: str, against: str, texts: list[str], copy: Job, job: Job, rounds: int) -> Row:
    """One line of the table."""
    ratio, seconds = paired(copy, job, rounds)
    megabytes = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
    return {"path": name, "against": against, "ratio": round(ratio, 3), "mb_per_s": round(megabytes / seconds)}


def measure(texts: list[str], rounds: int) -> list[Row]:
    """The table at the instruction set of this process."""
    normalizer = naqi.Normalizer()

    def normalize(texts: list[str]) -> Job:
        return lambda: normalizer(texts, threads=1)

    some = texts[:: max(1, len(texts) // 5000)]
    marked = [text.translate(DIACRITISED) for text in texts]
    clean = normalizer(texts)
    words = [word for text in texts for word in text.split()][:WORDS]
    rows = [
        row("list of articles", "copy", texts, copy_of(texts), normalize(texts), rounds),
        row("fully diacritised", "copy", marked, copy_of(marked), normalize(marked), rounds),
        row("clean text", "copy", clean, copy_of(clean), normalize(clean), rounds),
        row("a million words", "copy", words, copy_of(words), normalize(words), rounds),
    ]
    rows.append(
        row("list of articles", "str.translate", some, lambda: [t.translate(CORE) for t in some], normalize(some), 3)
    )
    return rows + arrow_rows(texts, rounds)


def arrow_rows(texts: list[str], rounds: int) -> list[Row]:
    """UTF-8 in Arrow's memory, where pyarrow is installed."""
    try:
        import numpy
        import pyarrow
    except ImportError:
        return []
    column = pyarrow.array([text.encode("utf-8", "replace").decode() for text in texts], pyarrow.large_string())
    data = numpy.frombuffer(column.buffers()[2], dtype=numpy.uint8)
    normalizer = naqi.Normalizer()
    return [row("Arrow large_string", "numpy copy", texts, data.copy, lambda: normalizer(column, threads=1), rounds)]


def peers(texts: list[str]) -> list[Row]:
    """Other packages on a part of the texts: what they have for the same work, beside ours."""
    some = texts[:: max(1, len(texts) // 1000)]
    normalizer = naqi.Normalizer()
    rows = []
    for name, package, make in PEERS:
        try:
            importlib.import_module(package)
        except ImportError:
            continue
        job = make()
        ratio, _ = paired(lambda job=job: job(some), lambda: normalizer(some, threads=1), 3)
        rows.append({"peer": name, "times_faster": round(ratio, 1)})
    return rows


def pyarabic() -> Callable[[list[str]], object]:
    """Marks and tatweel off, alefs folded."""
    araby = importlib.import_module("pyarabic.araby")
    return lambda texts: [
        araby.normalize_alef(araby.strip_tatweel(araby.strip_diacritics(text))).replace("\u0649", "\u064a")
        for text in texts
    ]


def camel_tools() -> Callable[[list[str]], object]:
    """Marks off, alefs and alef maqsura folded."""
    dediac = importlib.import_module("camel_tools.utils.dediac").dediac_ar
    folds = importlib.import_module("camel_tools.utils.normalize")
    return lambda texts: [folds.normalize_alef_maksura_ar(folds.normalize_alef_ar(dediac(text))) for text in texts]


def arabic_norm() -> Callable[[list[str]], object]:
    """Its default pipeline."""
    normalize = importlib.import_module("arabic_norm").normalize
    return lambda texts: [normalize(text) for text in texts]


def polars() -> Callable[[list[str]], object]:
    """The same table by `replace_many` on a column."""
    module = importlib.import_module("polars")
    old = [chr(c) for c in CORE]
    new = ["" if to is None else chr(to) for to in CORE.values()]
    return lambda texts: module.Series(texts).str.replace_many(old, new)


PEERS = [
    ("pyarabic", "pyarabic.araby", pyarabic),
    ("camel-tools", "camel_tools.utils.dediac", camel_tools),
    ("arabic-norm", "arabic_norm", arabic_norm),
    ("polars replace_many", "polars", polars),
]


def at_level(level: str, args: argparse.Namespace) -> list[Row]:
    """The table of one instruction set, from a process of its own."""
    command = [sys.executable, __file__, "--here", "--corpus", str(args.corpus), "--rounds", str(args.rounds)]
    done = subprocess.run(command, env={**os.environ, "NAQI_SIMD": level}, stdout=subprocess.PIPE, check=True)
    rows: list[Row] = json.loads(done.stdout)
    return rows


def processor() -> str:
    """The processor's name and the instruction sets that it has."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    values = dict(line.split(":", 1) for line in lines if ":" in line)
    return next((value.strip() for key, value in values.items() if key.strip() == "model name"), platform.processor())


def main() -> int:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/data/saudinewsnet"))
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument("--chart", type=Path, help="draw the figures here, as SVG")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if not args.corpus.is_dir():
        print(f"no corpus at {args.corpus}: nothing to measure (--corpus DIR names another)", file=sys.stderr)
        return 1
    if args.here:
        json.dump(measure(read_corpus(args.corpus), args.rounds), sys.stdout)
        return 0
    levels = {level: at_level(level, args) for level in LEVELS}
    others = peers(read_corpus(args.corpus))
    print(f"naqi {naqi.__version__}, Python {platform.python_version()}, {processor()}, one thread")
    print(f"{'path':20} {'against':14}" + "".join(f"{level:>22}" for level in LEVELS))
    for lines in zip(*levels.values(), strict=True):
        cells = "".join(f"{line['ratio']:.2f} × {line['mb_per_s']:5} MB/s".rjust(22) for line in lines)
        print(f"{lines[0]['path']:20} {lines[0]['against']:14}{cells}")
    for line in others:
        print(f"{line['times_faster']:.0f} times as fast as {line['peer']}")
    figures = {"processor": processor(), "python": platform.python_version(), "levels": levels, "peers": others}
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    if args.chart:
        args.chart.write_text(chart(levels), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
