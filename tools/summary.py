"""Prints the few numbers that the README shows, by running the scripts that make them beside the evaluation data."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROW = "{:<52} {:>18}"


def printed(script: str) -> str:
    done = subprocess.run([sys.executable, script], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr or done.stdout)
    return done.stdout


def row(text: str, begin: str) -> list[str]:
    """The numbers of the row that begins so."""
    found = re.search(rf"^{re.escape(begin)} +(.*)$", text, flags=re.M)
    return found[1].split() if found else ["-"] * 9


def main() -> None:
    families, facts, speed = map(
        printed, ("tools/leave_one_family_out.py", "tools/score_fields.py", "benches/speed.py")
    )
    pages, exact, hurt, _, precision, recall, *_ = row(families, "as it is")
    unseen = row(families, "left out")
    print(f"labelled modern pages: {pages}")
    print(ROW.format("  pages cut exactly right / that lost text", f"{exact} / {hurt}"))
    print(ROW.format("  of what was cut, right / of what is to cut, found", f"{precision} / {recall}"))
    print(ROW.format("  the same without words only that site taught", f"{unseen[4]} / {unseen[5]}"))
    print(ROW.format("  headline right / date right", f"{row(facts, 'title')[1]} / {row(facts, 'published')[1]}"))
    print("megabytes a second, one thread")
    for job in ("normalize", "split_sentences", "extract"):
        print(ROW.format(f"  {job}", row(speed, job)[0]))


if __name__ == "__main__":
    main()
