"""What the README shows is what happens."""

import doctest
import re
import subprocess
import sys
from pathlib import Path

import naqi
import pytest
from strategies import CHOICES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ISOLATES = {0x2068: None, 0x2069: None}  # around Arabic beside labels; not to be seen in a document


def test_the_python_blocks_run_as_printed(monkeypatch):
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"```python\n(.*?)```", README, flags=re.S)
    assert len(blocks) >= 3
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {"naqi": naqi}, "README.md", "README.md", 0)
    report: list[str] = []
    runner = doctest.DocTestRunner()
    runner.run(test, out=report.append)
    assert runner.failures == 0, "".join(report)


def test_every_option_and_value_has_its_place_in_the_guide():
    guide = (ROOT / "docs/normalization.md").read_text(encoding="utf-8")
    for option, values in CHOICES.items():
        heading, _, section = guide.partition(f"### `{option}`")[2].partition("\n")
        section = section.partition("\n### ")[0]
        for value in values:
            if isinstance(value, str):
                assert f'"{value}"' in heading, f"{option}={value}"
                assert f'{option}="{value}"' in section, f"{option}={value}"


SHOWN = re.findall(r"```console\n\$ naqi (.*?)\n```\n\n<!--.*?-->\n```text\n(.*?)\n```", README, flags=re.S)


@pytest.mark.parametrize(("command", "shown"), SHOWN, ids=[command for command, _ in SHOWN])
def test_the_output_is_what_the_command_prints(command, shown):
    done = subprocess.run([sys.executable, "-m", "naqi", *command.split()], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.decode().translate(ISOLATES).strip("\n") == shown


def test_the_output_was_found():
    assert len(SHOWN) == 1


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_file_that_a_document_names_is_there(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    named = re.findall(r"\]\(([A-Za-z][^):]*)\)", text)
    named += re.findall(r"`((?:src|tests|tools|python|examples)/[A-Za-z_/.]*)`", text)
    assert named or name == "CHANGELOG.md"
    for path in named:
        assert (ROOT / path).exists(), path
