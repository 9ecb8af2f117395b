"""The scorers that stand with the evaluation data, as modules."""

import importlib.util
from pathlib import Path
from types import ModuleType


def scorer(shared: Path, name: str) -> ModuleType:
    """`eval/NAME.py` below the evaluation data."""
    spec = importlib.util.spec_from_file_location(name, shared / "eval" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer in {shared / 'eval'}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
