"""Writes what commands print into the documentation: every block below `<!-- output of: python … -->`.

Run it where the evaluation data stands beside the checkout (`make numbers`), before a release.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "docs/accuracy.md", "docs/speed.md")
BLOCK = re.compile(r"(<!-- output of: python (?P<command>[^\n]+?) -->\n```text\n).*?(```)", flags=re.S)


def main() -> None:
    printed: dict[str, str] = {}
    for name in PAGES:
        page = ROOT / name
        text = page.read_text(encoding="utf-8")
        for block in BLOCK.finditer(text):
            command = block["command"]
            if command not in printed:
                done = subprocess.run(
                    [sys.executable, *command.split()], cwd=ROOT, capture_output=True, text=True, check=False
                )
                if done.returncode or not done.stdout.strip():
                    sys.exit(f"{command}: {done.stderr or done.stdout}")
                printed[command] = "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())
        page.write_text(
            BLOCK.sub(lambda block: block[1] + printed[block["command"]] + block[3], text),
            encoding="utf-8",
            newline="\n",
        )


if __name__ == "__main__":
    main()
