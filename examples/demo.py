"""The main job on three invented pages, as a shell and as Python would do it: `make demo` runs this."""

import sys
from pathlib import Path

import naqi
from naqi.cli import main as naqi_command

PAGES = Path(__file__).parent


def shell(*arguments: str) -> None:
    """Shows a command as it would be typed, then runs it."""
    typed = [Path(argument).name if argument.endswith(".txt") else argument for argument in arguments]
    print(f"\n$ naqi {' '.join(typed)}\n", flush=True)
    naqi_command(arguments)


def python() -> None:
    """The five jobs on all three pages at once."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(PAGES.glob("*.txt"))]
    print("\n>>> articles = naqi.extract(texts)        # a list in, a list out, all cores\n")
    for text, article in zip(texts, naqi.extract(texts), strict=True):
        lines, kept = len(text.splitlines()), len(article.body.splitlines())
        print(f"{lines:>3} lines → {kept} paragraphs, {len(article.sentences)} sentences", end="")
        print(f"   published {article.published}   {len(article.boilerplate)} parts cut")

    words = "وقالَ المُديرُ: «الأرقـــامُ مُشجِّعةٌ»"
    print(f"\n>>> naqi.normalize({words!r})\n{naqi.normalize(words)!r}")
    print(f">>> naqi.strip_diacritics({words!r})\n{naqi.strip_diacritics(words)!r}")
    spoken = "قال د. سامي إن النمو بلغ 3.14%. وأضاف: سنواصل!"
    print(f">>> naqi.split_sentences({spoken!r})")
    for sentence in naqi.split_sentences(spoken):
        print(f"    {sentence}")


if __name__ == "__main__":
    shell("extract", "--show-cuts", str(PAGES / "aggregator.txt"))
    for page in ("aggregator.txt", "gulf_newspaper.txt", "egyptian_portal.txt"):
        shell("extract", str(PAGES / page))
    python()
    print("\nNext: README.md, or `.venv/bin/naqi extract YOUR-PAGE.txt`.", file=sys.stderr)
