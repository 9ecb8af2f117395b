"""The Python in the README runs as printed."""

import re
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def test_the_code_blocks_run():
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, str(README), "exec"), {})
