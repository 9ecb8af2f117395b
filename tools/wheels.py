"""Builds the wheel for every CPython of this machine and the source archive, then installs and tests each of them.

    python tools/wheels.py [--folder dist] [--quick]

Every wheel is installed in an empty environment, without index, and the tests run on what was installed. The archive is
installed as pip would from an index: built anew in isolation.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
OLDEST = (3, 11)
LARGEST = 3_000_000  # bytes of a wheel
TEST_PACKAGES = ("pytest", "hypothesis", "numpy", "unicodedata2")
SMOKE = """\
import naqi, sys
article = naqi.extract("افتتح رئيس البلدية المكتبة صباح اليوم.\\nالمصدر: صحيفة المثال")
assert article.source == "صحيفة المثال" and len(article.sentences) == 1
assert article._repr_html_().startswith("<div")
assert not {"numpy", "pandas", "polars", "pyarrow"} & set(sys.modules)
print(naqi.__version__, naqi.__file__)
"""


def run(*command: object, cwd: object = None) -> str:
    """What the command prints; ends with all that it said where it fails."""
    words = [str(part) for part in command]
    done = subprocess.run(words, cwd=str(cwd) if cwd else None, text=True, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"failed: {' '.join(words)}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def interpreters() -> dict[str, Path]:
    """Every CPython that is new enough, by its tag (`cp313`, `cp313t`); the first of a tag counts."""
    folders = [Path(folder) for folder in os.environ["PATH"].split(os.pathsep)]
    for versions in (Path.home() / ".pyenv/versions", Path.home() / ".local/share/uv/python"):
        folders += sorted(versions.glob("*/bin"))
    found: dict[str, Path] = {}
    for folder in folders:
        for program in sorted(folder.glob("python3*")):
            if re.fullmatch(r"python3(\.\d+t?)?", program.name) and (known := asked(program)):
                found.setdefault(*known)
    return dict(sorted(found.items()))


def asked(program: Path) -> tuple[str, Path] | None:
    """The tag of an interpreter and where it really is; None for what cannot be built for."""
    code = (
        "import sys, sysconfig, venv, ensurepip; print(sys.implementation.name, sys.version_info.major, "
        "sys.version_info.minor, int(bool(sysconfig.get_config_var('Py_GIL_DISABLED'))), sys.executable)"
    )
    done = subprocess.run([program, "-c", code], capture_output=True, text=True, check=False)
    match done.stdout.split(maxsplit=4):
        case ["cpython", major, minor, free, executable] if (int(major), int(minor)) >= OLDEST:
            return f"cp{major}{minor}{'t' if free == '1' else ''}", Path(executable.strip())
    return None


def environment(python: Path, folder: Path) -> Path:
    run(python, "-m", "venv", folder)
    return folder / "bin" / "python"


def check_contents(wheel: Path) -> None:
    """The wheel is small and holds its types, its licences and nothing that is not for users."""
    if wheel.stat().st_size > LARGEST:
        sys.exit(f"{wheel.name} is {wheel.stat().st_size:,} bytes, more than {LARGEST:,}")
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "naqi/py.typed",
        "naqi/_naqi.pyi",
        "naqi/display/style.css",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "entry_points.txt",
    ):
        if not any(name.endswith(wanted) for name in names):
            sys.exit(f"{wheel.name} has no {wanted}")
    if strange := [name for name in names if not re.match(r"naqi(-[\w.]+\.dist-info)?/", name)]:
        sys.exit(f"{wheel.name} holds {strange}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=ROOT / "dist")
    parser.add_argument("--quick", action="store_true", help="only a smoke test of each")
    arguments = parser.parse_args()
    shutil.rmtree(arguments.folder, ignore_errors=True)
    pythons = interpreters()
    print("interpreters:", ", ".join(f"{tag} {path}" for tag, path in pythons.items()))
    maturin = [sys.executable, "-m", "maturin"]
    run(*maturin, "sdist", "--out", arguments.folder, cwd=ROOT)
    selected = [part for python in pythons.values() for part in ("--interpreter", python)]
    run(*maturin, "build", "--release", "--out", arguments.folder, *selected, cwd=ROOT)
    version = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]["version"]
    with tempfile.TemporaryDirectory() as scratch:
        for tag, python in pythons.items():
            (wheel,) = arguments.folder.glob(f"naqi-{version}-*-{tag}-*.whl")
            check_contents(wheel)
            inside = environment(python, Path(scratch) / tag)
            run(inside, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel)
            print(
                f"{wheel.name}: {wheel.stat().st_size:,} bytes;",
                run(inside, "-c", SMOKE, cwd=scratch).split()[0],
                end="",
            )
            if not arguments.quick:
                run(inside, "-m", "pip", "install", "--quiet", *TEST_PACKAGES)
                print(";", run(inside, "-m", "pytest", cwd=ROOT).splitlines()[-1], end="")
            print(flush=True)
        (archive,) = arguments.folder.glob("*.tar.gz")
        inside = environment(next(iter(pythons.values())), Path(scratch) / "sdist")
        run(inside, "-m", "pip", "install", "--quiet", archive)
        print(
            f"{archive.name}: {archive.stat().st_size:,} bytes; built and installed,",
            run(inside, "-c", SMOKE, cwd=scratch).split()[0],
        )


if __name__ == "__main__":
    main()
