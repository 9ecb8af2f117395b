"""How fast pages are read: finding and extracting, on clean and on dirty pages, beside a copy of the same UTF-8.

usage: python benches/pages.py [--corpus DIR] [--rounds N] [--levels avx512,avx2,scalar] [--pages N]

DIR holds zip files of JSON arrays of objects with `title` and `content` (SaudiNewsNet, see benches/speed.py). The dirty
pages are the same articles with 45 lines around each, half of them phrases of the rule files, half titles of others.
The jobs themselves are timed without Python (benches/pages.rs, by `cargo bench`), once for every instruction set; what
Python's lists and objects add is timed here.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import naqi

ROOT = Path(__file__).resolve().parent.parent


def articles(folder: Path) -> list[dict[str, str]]:
    """All articles in the zip files of a folder that have a text."""
    found: list[dict[str, str]] = []
    for path in sorted(folder.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                found += [a for a in json.loads(archive.read(name).decode("utf-8-sig")) if a["content"]]
    return found


def phrases() -> list[str]:
    """The phrases of the rule files, with something in their slots."""
    found = []
    for path in sorted((ROOT / "src/boilerplate/formulas").glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            phrase = line.strip()
            if phrase and not phrase.startswith(("#", "[")):
                for slot, word in (("{n}", "3"), ("{w}", "قلم"), ("{any}", "كتاب جديد"), (" :", ":")):
                    phrase = phrase.replace(slot, word)
                found.append(phrase)
    return found


def soil(texts: list[str], titles: list[str]) -> list[str]:
    """Every fourth page with 45 lines of furniture, half above and half below."""
    pick = random.Random(6)
    known = phrases()
    pages = []
    for text in texts[::4]:
        lines = [pick.choice(known) if i % 2 == 0 else pick.choice(titles) for i in range(45)]
        pages.append("\n".join([*lines[:22], text, *lines[22:]]))
    return pages


def seconds(job: Callable[[], object], rounds: int) -> float:
    """The best of some rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        result = job()
        times.append(time.perf_counter() - start)
        del result
    return min(times)


def border(texts: list[str], rounds: int) -> None:
    """Times the jobs from Python, list in and list out, on one thread."""
    megabytes = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
    jobs: dict[str, Callable[[], object]] = {
        "find_boilerplate": lambda: naqi.find_boilerplate(texts, threads=1),
        "extract": lambda: naqi.extract(texts, threads=1),
    }
    for name, job in jobs.items():
        took = seconds(job, rounds)
        print(f"  {name:18} {megabytes / took:8.0f} MB/s {took / len(texts) * 1e6:8.1f} us a page")


def main() -> int:
    """Makes the pages, runs the benchmark for every level, and times the border."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=ROOT / "../shared/data/saudinewsnet")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--levels", default="avx512,avx2,scalar")
    parser.add_argument("--pages", type=int, help="only so many articles")
    args = parser.parse_args()
    if not args.corpus.is_dir():
        print(f"no corpus at {args.corpus}: nothing to measure (--corpus DIR names another)", file=sys.stderr)
        return 1
    news = articles(args.corpus)[: args.pages]
    texts = [a["content"] for a in news]
    titles = [a["title"] for a in news if a["title"]]
    dirty = soil(texts, titles)
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for name, pages in (("clean", texts), ("dirty", dirty)):
            files.append(Path(folder) / name)
            files[-1].write_text("\0".join(pages), "utf-8", "replace", newline="")
        for level in args.levels.split(","):
            print(f"== {level}", flush=True)
            command = ["cargo", "bench", "--quiet", "--bench", "pages", "--", str(args.rounds), *map(str, files)]
            subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "NAQI_SIMD": level})
    words = statistics.mean(len(text.splitlines()) for text in dirty)
    print(f"== from Python, list in and list out (dirty pages have {words:.0f} lines)")
    for name, pages in (("clean", texts), ("dirty", dirty)):
        print(name)
        border(pages, args.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
