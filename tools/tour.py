"""Runs docs/tour.ipynb and writes what its cells show into it; `--check` only compares.

The cells run in this process, in order, as a notebook would run them: no Jupyter is needed to keep the tour true.
"""

import argparse
import ast
import contextlib
import io
import json
import os
import sys
from pathlib import Path

TOUR = Path(__file__).parent.parent / "docs" / "tour.ipynb"


def outputs(source: str, names: dict[str, object], number: int) -> list[dict[str, object]]:
    """What a cell prints, and what its last expression is."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    value = None
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, f"cell {number}", "exec"), names)
        if isinstance(last, ast.Expr) and not source.rstrip().endswith(";"):
            value = eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), names)
    shown: list[dict[str, object]] = []
    if text := printed.getvalue():
        shown.append({"name": "stdout", "output_type": "stream", "text": lines(text)})
    if value is not None:
        data = {"text/plain": lines(repr(value))}
        if hasattr(value, "_repr_html_"):
            data["text/html"] = lines(value._repr_html_())
        shown.append({"data": data, "execution_count": number, "metadata": {}, "output_type": "execute_result"})
    return shown


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="say whether the tour is as it would be written")
    arguments = parser.parse_args()
    committed = TOUR.read_text(encoding="utf-8")
    notebook = json.loads(committed)
    os.chdir(TOUR.parent)
    names: dict[str, object] = {"__name__": "__main__"}
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for number, cell in enumerate(cells, 1):
        cell["execution_count"] = number
        cell["outputs"] = outputs("".join(cell["source"]), names, number)
    written = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if arguments.check:
        if written != committed:
            print("docs/tour.ipynb does not show what its cells do: run `make tour`", file=sys.stderr)
        return int(written != committed)
    TOUR.write_text(written, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
