"""What the tests share: the profile of the property tests, and the way to data that stands beside the project."""

import json
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SHARED = Path(__file__).parents[2] / "shared"

# Time never fails a test, and every run draws the same examples unless asked: `--hypothesis-profile=search`.
settings.register_profile(
    "default", deadline=None, derandomize=True, max_examples=150, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("search", settings.get_profile("default"), derandomize=False, max_examples=20_000)
settings.load_profile("default")

# A shell ignores Ctrl-C for what it runs in the background, and every child process of the tests would, too.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def examples() -> dict[str, str]:
    """The three invented pages, by name."""
    folder = Path(__file__).parent.parent / "examples"
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of evaluation data beside the checkout; tests that need it are skipped without it."""
    if not SHARED.is_dir():
        pytest.skip(f"evaluation data is not here: {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def authored_pages(shared) -> list[dict]:
    """The labelled modern pages: {"id", "text", "spans", "trap"}."""
    files = sorted((shared / "gold/boilerplate/authored").glob("*.json"))
    if not files:
        pytest.skip("no authored pages among the evaluation data")
    return [json.loads(path.read_text(encoding="utf-8")) for path in files]
