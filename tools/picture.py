"""Draws the picture of the README, light and dark: what a notebook shows of a page. Needs Chromium.

python tools/picture.py [--chromium PROGRAM]
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import naqi

ROOT = Path(__file__).parent.parent
LEFT_OUT = (5, 6)  # two paragraphs of the example, so that the picture is no taller than a screen
WIDTH, HEIGHT = 1000, 640
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-quic", "--hide-scrollbars"),
    *("--force-device-scale-factor=1.5", "--default-background-color=00000000", f"--window-size={WIDTH},{HEIGHT}"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("google-chrome"))
    arguments = parser.parse_args()
    if not arguments.chromium:
        sys.exit("no Chromium was found: name it with --chromium")
    lines = (ROOT / "examples/gulf_newspaper.txt").read_text(encoding="utf-8").splitlines()
    page = naqi.show("\n".join(line for i, line in enumerate(lines) if i not in LEFT_OUT))
    for theme in ("light", "dark"):
        document = (
            f'<!doctype html><html theme="{theme}"><meta charset="utf-8">'
            f"<style>body {{ margin: 0 }} body .naqi {{ height: 100vh; overflow: hidden }}</style>{page._repr_html_()}"
        )
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "page.html")
            source.write_text(document, encoding="utf-8")
            picture = ROOT / f"docs/images/page-{theme}.png"
            command = [arguments.chromium, *FLAGS, f"--user-data-dir={folder}/profile", f"--screenshot={picture}"]
            subprocess.run([*command, source.as_uri()], check=True, capture_output=True)


if __name__ == "__main__":
    main()
