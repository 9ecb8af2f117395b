"""Every public name is documented with an example, and the examples are true."""

import doctest
import importlib
import inspect

import naqi
import pytest

PUBLIC = [name for name in naqi.__all__ if callable(getattr(naqi, name))]
# Made by other functions: their examples stand there.
WITHOUT_EXAMPLE = {"ArrowArray", "ArrowChunks", "ArticleIterator", "Boilerplate"}


def examples_of(thing: object, name: str) -> list[doctest.Example]:
    return doctest.DocTestParser().get_examples(inspect.getdoc(thing) or "", name)


@pytest.mark.parametrize("name", PUBLIC)
def test_it_says_what_it_does_and_shows_it(name):
    thing = getattr(naqi, name)
    assert len((inspect.getdoc(thing) or "").splitlines()[0]) > 20
    assert examples_of(thing, name) or name in WITHOUT_EXAMPLE


@pytest.mark.parametrize("name", PUBLIC)
def test_its_examples_are_true(name):
    thing = getattr(naqi, name)
    run(inspect.getdoc(thing) or "", name)
    for part, member in members(thing):
        run(inspect.getdoc(member) or "", f"{name}.{part}")


def members(thing: object) -> list[tuple[str, object]]:
    """The public methods and properties of a class."""
    return [(name, part) for name, part in vars(thing).items() if name[0] != "_"] if inspect.isclass(thing) else []


@pytest.mark.parametrize("name", PUBLIC)
def test_each_part_of_it_is_documented(name):
    for part, member in members(getattr(naqi, name)):
        assert len(inspect.getdoc(member) or "") > 15, part


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("naqi", ()),
        ("naqi.cli", ()),
        ("naqi.compat.camel", ()),
        ("naqi.compat.pyarabic", ()),
        ("naqi.polars", ("polars",)),
        ("naqi.pandas", ("pandas",)),
        ("naqi.duckdb", ("duckdb", "pyarrow")),
        ("naqi.engines.tables", ("pyarrow",)),
    ],
)
def test_the_examples_of_the_modules_are_true(name, needed, capsys):
    for package in needed:
        pytest.importorskip(package)
    module = importlib.import_module(name)
    texts = [inspect.getdoc(module) or ""]
    texts += [
        inspect.getdoc(thing) or ""
        for thing in vars(module).values()
        if inspect.isfunction(thing) and thing.__module__ == name
    ]
    for text in texts:
        run(text, name, vars(module))


def run(text: str, name: str, known: dict[str, object] | None = None) -> None:
    test = doctest.DocTestParser().get_doctest(text, {"naqi": naqi, **(known or {})}, name, None, 0)
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=report.append)
    assert runner.failures == 0, "".join(report)


def test_signatures_are_there_for_editors():
    for name in PUBLIC:
        if name not in ("Article", "ArticleIterator"):
            inspect.signature(getattr(naqi, name))


@pytest.mark.parametrize("package", ["sklearn", "spacy", "datatrove"])
def test_the_examples_of_the_adapters_are_true(package):
    pytest.importorskip(package, reason=f"{package} is not installed: make test-adapters")
    module = importlib.import_module(f"naqi.{package}")
    for name in module.__all__:
        run(inspect.getdoc(getattr(module, name)) or "", name)
