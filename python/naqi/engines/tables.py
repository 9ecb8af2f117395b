"""One job on the columns of a table: `mapper`, and the `Mapper` that it builds.

Options and names of fields are checked where it is built, names of columns where a schema is seen; then nothing fails.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import naqi

if TYPE_CHECKING:
    import pyarrow

__all__ = ["JOBS", "LEFT_OUT", "Mapper", "mapper"]

JOBS = ("extract", "normalize", "sentences")
# Fields of an article that are large or only point into the page: there where they are asked for.
LEFT_OUT = ("sentences", "title_span", "body_spans", "sentence_spans", "boilerplate")


@dataclass(frozen=True)
class Mapper:
    """A job on a table's column of texts, made by `mapper`: call it with a `pyarrow.Table`.

    Rows keep their order and other columns stay as they are; where the text is null, so are the results.
    It pickles, compares and hashes by what it does.
    """

    job: str
    text: str
    work: Callable[..., Any]
    hints: tuple[tuple[str, str], ...]
    fields: tuple[str, ...] | None
    into: str | None
    drop_text: bool
    threads: int | None

    def __call__(self, table: pyarrow.Table) -> pyarrow.Table:
        """The table with the results: new columns behind its own, or the text replaced."""
        hints = {hint: self._column(table, column) for hint, column in self.hints}
        texts = self._column(table, self.text)
        if self.job == "extract":  # no more than the fields that are asked for
            extractor: Any = self.work
            result = extractor._fields(texts, list(self._asked()), threads=self.threads, **hints)
        else:
            result = self.work(texts, threads=self.threads, **hints)
        if self.job == "normalize" and self.into is None:
            at = table.schema.get_field_index(self.text)
            return table.set_column(at, table.schema.field(at).with_type(result.type), result)
        for name, column in self._named(result).items():
            table = table.append_column(self._free(name, table), column)
        return table.drop_columns([self.text]) if self.drop_text else table

    def batches(self, batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        """The results of a stream, a batch for a batch."""
        import pyarrow

        for batch in batches:
            table = self(pyarrow.Table.from_batches([batch])).combine_chunks()
            yield from table.to_batches() or [pyarrow.RecordBatch.from_pylist([], table.schema)]

    def schema(self, schema: pyarrow.Schema) -> pyarrow.Schema:
        """What comes out of a table with this schema. Raises `ValueError` where a column is missing."""
        result: pyarrow.Schema = self(schema.empty_table()).schema
        return result

    def _column(self, table: pyarrow.Table, name: str) -> pyarrow.ChunkedArray:
        if (count := table.column_names.count(name)) == 1:
            return table.column(name)
        there = ", ".join(map(repr, table.column_names)) or "none"
        raise ValueError(f"{'no column' if count == 0 else 'more than one column'} {name!r}; there are {there}")

    def _named(self, result: pyarrow.ChunkedArray) -> dict[str, pyarrow.ChunkedArray]:
        """The new columns."""
        if self.job != "extract":
            return {self.into or self.job: result}
        if self.into is not None:
            return {self.into: _nested(result, self._asked())}
        # Flattened, a field is null where the article is.
        columns = dict(zip([field.name for field in result.type], result.flatten(), strict=True))
        return {name: columns[name] for name in self._asked()}

    def _asked(self) -> tuple[str, ...]:
        """The fields of the article."""
        return tuple(name for name in _there() if name not in LEFT_OUT) if self.fields is None else self.fields

    def _free(self, name: str, table: pyarrow.Table) -> str:
        """What a new column is called: never as one that is there."""
        there = table.column_names
        if name not in there:
            return name
        if name == self.into or f"naqi_{name}" in there:
            raise ValueError(f"there is a column {name!r} already; put ours under another name: into=…")
        return f"naqi_{name}"


def mapper(
    job: str = "extract",
    text: str = "text",
    *,
    title: str | None = None,
    author: str | None = None,
    site: str | None = None,
    fields: Sequence[str] | None = None,
    into: str | None = None,
    drop_text: bool = False,
    threads: int | None = None,
    **options: Any,
) -> Mapper:
    r"""Builds a function from `pyarrow.Table` to `pyarrow.Table` that can be sent to other processes.

    Args:
        job: ``"extract"`` adds the fields of the article, ``"normalize"`` replaces the text,
            ``"sentences"`` adds a list of sentences.
        text: the column that holds the texts.
        title: the column that holds the headline known of each page, for ``"extract"``.
        author: the column that holds its writer.
        site: the column that holds its host, address or outlet.
        fields: the fields of the article, all with ``["all"]``; None: all but sentences, spans and cuts.
        into: the one new column that results go to: of articles a struct. None: a column for each field, and normalised
            text in the place of the text. A column that is there is not overwritten: ours is then ``naqi_title``.
        drop_text: leave the text out.
        threads: for each table. None: one a core, or as few as ``NAQI_NUM_THREADS`` or ``OMP_NUM_THREADS`` says.
        **options: those of `naqi.Extractor`, of `naqi.Normalizer` or, ``newlines``, of `naqi.split_sentences`.

    >>> import pyarrow as pa
    >>> from naqi.engines import mapper
    >>> pages = pa.table({"id": [1, 2], "text": ["وصل الوفد.\nالمصدر: صحيفة المثال", None]})
    >>> step = mapper("extract", fields=["body", "source"], drop_text=True)
    >>> step(pages).to_pylist()
    [{'id': 1, 'body': 'وصل الوفد.', 'source': 'صحيفة المثال'}, {'id': 2, 'body': None, 'source': None}]
    >>> step.schema(pages.schema).names
    ['id', 'body', 'source']
    """
    if job not in JOBS:
        close = difflib.get_close_matches(str(job), JOBS, 1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise ValueError(f"job={job!r}: expected {', '.join(map(repr, JOBS))}{hint}")
    hints = {"title": title, "author": author, "site": site}
    named = tuple((hint, column) for hint, column in hints.items() if column is not None)
    if job != "extract" and (named or fields is not None):
        raise ValueError(f"title, author, site and fields are for job='extract', not {job!r}")
    if job == "normalize" and drop_text and into is None:
        raise ValueError("drop_text would drop the result; name its column: into=…")
    work = _work(job, options)
    work("", threads=threads)  # refuses a wrong number here
    return Mapper(job, text, work, named, fields_of(fields), into, drop_text, threads)


def _work(job: str, options: dict[str, Any]) -> Callable[..., Any]:
    if job == "extract":
        return naqi.Extractor(**options)
    if job == "normalize":
        return naqi.Normalizer(**options)
    return Sentences(**options)


@dataclass(frozen=True)
class Sentences:
    """`split_sentences` with its option; a `partial` would not compare."""

    newlines: str = "auto"

    def __call__(self, x: Any, **threads: Any) -> Any:
        return naqi.split_sentences(x, newlines=self.newlines, **threads)  # type: ignore[call-overload]


def fields_of(asked: Sequence[str] | None) -> tuple[str, ...] | None:
    """The fields that are asked for, their names checked."""
    if asked is None:
        return None
    if isinstance(asked, str):
        raise TypeError(f"fields={asked!r}: expected a sequence of names; [{asked!r}]?")
    unknown = [name for name in asked if name not in (*_there(), "all")]
    if unknown:
        raise ValueError(f"unknown field {unknown[0]!r}; expected 'all' or some of {', '.join(_there())}")
    return _there() if "all" in asked else tuple(dict.fromkeys(asked))


@cache
def _there() -> tuple[str, ...]:
    return tuple(naqi.extract("").to_dict())


def _nested(articles: pyarrow.ChunkedArray, asked: Iterable[str]) -> pyarrow.ChunkedArray:
    """The asked fields of articles, still one struct."""
    import pyarrow

    fields = [articles.type.field(name) for name in asked]
    pick = partial(pyarrow.StructArray.from_arrays, fields=fields)
    chunks = [pick([chunk.field(field.name) for field in fields], mask=chunk.is_null()) for chunk in articles.chunks]
    return pyarrow.chunked_array(chunks, pyarrow.struct(fields))
