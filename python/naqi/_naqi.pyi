"""The compiled half of naqi. Import from `naqi`, not from here."""

import datetime
import pathlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from os import PathLike
from typing import Any, Literal, Protocol, Self, TypeAlias, TypedDict, TypeVar, Unpack, final, overload

__all__ = [
    "RULES_VERSION",
    "UNICODE_VERSION",
    "Alignment",
    "ArrowArray",
    "ArrowChunks",
    "Article",
    "ArticleIterator",
    "Boilerplate",
    "Extractor",
    "Normalizer",
    "Templates",
    "_Parts",
    "__version__",
    "_before_fork",
    "_map_texts",
    "_restore_alignment",
    "_restore_article",
    "_restore_extractor",
    "_restore_templates",
    "_stream",
    "extract",
    "extract_iter",
    "find_boilerplate",
    "normalize",
    "normalize_alef",
    "normalize_yaa",
    "remove_boilerplate",
    "sentence_spans",
    "split_sentences",
    "strip_diacritics",
]

__version__: str
RULES_VERSION: str
UNICODE_VERSION: str

_Preset: TypeAlias = Literal["none", "light", "news", "search", "lucene"]
_MarkClass: TypeAlias = Literal["harakat", "sukun", "tanwin", "shadda", "quran", "foreign"]
_KeptMark: TypeAlias = _MarkClass | Literal["dagger_alef"]
_Category: TypeAlias = Literal[
    "dateline",
    "byline",
    "date",
    "source",
    "related",
    "promo",
    "share",
    "tags",
    "embed",
    "caption",
    "legal",
    "endmark",
    "contact",
    "nav",
    "comments",
    "ad",
]
# A tuple of literals is one to mypy only where it is named.
_Keep: TypeAlias = _Category | tuple[_Category, ...] | Collection[_Category] | None
# What `str.translate` takes; three, since the keys of a Mapping are invariant.
_Map: TypeAlias = Mapping[int, int | str | None] | Mapping[str, int | str | None] | Mapping[int | str, int | str | None]
_Newlines: TypeAlias = Literal["auto", "break", "wrap"]

_T = TypeVar("_T")
_Span: TypeAlias = tuple[int, int]

# Columns, by what only they have: no package of data frames needs to be installed for a checker.
class _PolarsSeries(Protocol):
    def to_physical(self) -> Any: ...
    def to_arrow(self) -> Any: ...

class _PandasSeries(Protocol):
    @property
    def iloc(self) -> Any: ...
    @property
    def str(self) -> Any: ...

class _ArrowArray(Protocol):
    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[Any, Any]: ...

class _ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...

_Column: TypeAlias = _PolarsSeries | _PandasSeries | _ArrowArray | _ArrowStream
_Hint: TypeAlias = str | Iterable[str | None] | _Column | None
# Text in, text out: the very type. Else: Polars has one type for all columns, the others one for each kind.
_Texts = TypeVar("_Texts", bound=_Column)
_Polars = TypeVar("_Polars", bound=_PolarsSeries)

class _Options(TypedDict, total=False):
    unicode: Literal["nfc", "keep"]
    presentation: Literal["fold", "keep"]
    honorifics: Literal["keep", "expand", "strip"]
    invisible: Literal["strip", "keep"]
    zwnj: Literal["keep", "strip", "space"]
    diacritics: Literal["strip", "keep"] | Collection[_MarkClass]
    dagger_alef: Literal["strip", "alef", "keep"]
    tatweel: Literal["strip", "keep"]
    alef: Literal["fold", "extended", "keep"]
    yaa: Literal["fold", "keep"]
    hamza: Literal["keep", "carrier", "hamza"]
    teh_marbuta: Literal["keep", "heh", "teh"]
    lookalikes: Literal["keep", "fold"]
    digits: Literal["keep", "ascii", "arabic"]
    punctuation: Literal["keep", "ascii"]
    elongation: Literal["keep"] | int
    whitespace: Literal["keep", "collapse"]
    map: _Map

@final
class Alignment:
    @property
    def text(self) -> str: ...
    @property
    def original(self) -> str: ...
    def to_original(self, i: int) -> int: ...
    def to_normalized(self, i: int) -> int: ...
    def span_to_original(self, start: int, end: int) -> _Span: ...
    def span_to_normalized(self, start: int, end: int) -> _Span: ...
    def _repr_html_(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Callable[..., Alignment], tuple[str, str, list[tuple[int, int, int]]]]: ...

@final
class Boilerplate:
    def __new__(cls, start: int, end: int, category: _Category, rule: str) -> Self: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def category(self) -> _Category: ...
    @property
    def rule(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> int | str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs__(self) -> tuple[int, int, str, str]: ...

@final
class Article:
    @property
    def title(self) -> str | None: ...
    @property
    def body(self) -> str: ...
    @property
    def sentences(self) -> list[str]: ...
    @property
    def title_span(self) -> _Span | None: ...
    @property
    def body_spans(self) -> list[_Span]: ...
    @property
    def sentence_spans(self) -> list[_Span]: ...
    @property
    def place(self) -> str | None: ...
    @property
    def agency(self) -> str | None: ...
    @property
    def authors(self) -> list[str]: ...
    @property
    def published(self) -> datetime.date | None: ...
    @property
    def published_at(self) -> datetime.datetime | None: ...
    @property
    def published_raw(self) -> str | None: ...
    @property
    def source(self) -> str | None: ...
    @property
    def tags(self) -> list[str]: ...
    @property
    def related(self) -> list[str]: ...
    @property
    def boilerplate(self) -> list[Boilerplate]: ...
    @property
    def text(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def _repr_html_(self) -> str: ...
    def _published_hijri(self) -> tuple[int, int, int] | None: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Callable[[dict[str, Any]], Article], tuple[dict[str, Any]]]: ...

@final
class Normalizer:
    def __new__(cls, preset: _Preset = "news", **options: Unpack[_Options]) -> Self: ...
    @property
    def preset(self) -> str: ...
    @property
    def options(self) -> dict[str, Any]: ...
    @overload
    def __call__(self, x: str, *, threads: int | None = None) -> str: ...
    @overload
    def __call__(self, x: _Texts, *, threads: int | None = None) -> _Texts: ...
    @overload
    def __call__(self, x: Iterable[str], *, threads: int | None = None) -> list[str]: ...
    @overload
    def __call__(self, x: Iterable[str | None], *, threads: int | None = None) -> list[str | None]: ...
    @overload
    def align(self, x: str, *, threads: int | None = None) -> Alignment: ...
    @overload
    def align(self, x: Iterable[str], *, threads: int | None = None) -> list[Alignment]: ...
    @overload
    def align(self, x: Iterable[str | None], *, threads: int | None = None) -> list[Alignment | None]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]: ...

@final
class Templates:
    def __new__(cls) -> Self: ...
    @staticmethod
    def learn(
        texts: Iterable[str | None], *, site: str | Iterable[str | None] | None = None, threads: int | None = None
    ) -> Templates: ...
    def merge(self, *others: Templates) -> Templates: ...
    def save(self, path: str | PathLike[str]) -> None: ...
    @staticmethod
    def load(path: str | PathLike[str]) -> Templates: ...
    @property
    def sites(self) -> dict[str, int]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[object, tuple[bytes]]: ...

@final
class Extractor:
    def __new__(
        cls,
        *,
        keep: _Keep = None,
        disable: str | Collection[str] | None = None,
        rules: str | PathLike[str] | None = None,
        templates: Templates | None = None,
        normalize: _Preset | Normalizer | None = None,
    ) -> Self: ...
    @overload
    def __call__(
        self,
        x: str,
        *,
        title: str | None = None,
        author: str | None = None,
        site: str | None = None,
        threads: int | None = None,
    ) -> Article: ...
    @overload
    def __call__(
        self,
        x: _Polars,
        *,
        title: _Hint = None,
        author: _Hint = None,
        site: _Hint = None,
        threads: int | None = None,
    ) -> _Polars: ...
    @overload
    def __call__(
        self,
        x: _Column,
        *,
        title: _Hint = None,
        author: _Hint = None,
        site: _Hint = None,
        threads: int | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        x: Iterable[str],
        *,
        title: _Hint = None,
        author: _Hint = None,
        site: _Hint = None,
        threads: int | None = None,
    ) -> list[Article]: ...
    @overload
    def __call__(
        self,
        x: Iterable[str | None],
        *,
        title: _Hint = None,
        author: _Hint = None,
        site: _Hint = None,
        threads: int | None = None,
    ) -> list[Article | None]: ...
    def _fields(
        self,
        x: _Column,
        fields: list[str],
        *,
        title: _Hint = None,
        author: _Hint = None,
        site: _Hint = None,
        threads: int | None = None,
    ) -> Any: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Callable[..., Extractor], tuple[Any, ...]]: ...

@final
class ArticleIterator:
    def __iter__(self) -> Iterator[Article | None]: ...
    def __next__(self) -> Article | None: ...

@final
class ArrowArray:
    def __len__(self) -> int: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...

@final
class ArrowChunks:
    def __len__(self) -> int: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@overload
def strip_diacritics(
    x: str, *, keep: _KeptMark | Collection[_KeptMark] | None = None, threads: int | None = None
) -> str: ...
@overload
def strip_diacritics(
    x: _Texts, *, keep: _KeptMark | Collection[_KeptMark] | None = None, threads: int | None = None
) -> _Texts: ...
@overload
def strip_diacritics(
    x: Iterable[str], *, keep: _KeptMark | Collection[_KeptMark] | None = None, threads: int | None = None
) -> list[str]: ...
@overload
def strip_diacritics(
    x: Iterable[str | None], *, keep: _KeptMark | Collection[_KeptMark] | None = None, threads: int | None = None
) -> list[str | None]: ...
@overload
def normalize_alef(x: str, *, threads: int | None = None) -> str: ...
@overload
def normalize_alef(x: _Texts, *, threads: int | None = None) -> _Texts: ...
@overload
def normalize_alef(x: Iterable[str], *, threads: int | None = None) -> list[str]: ...
@overload
def normalize_alef(x: Iterable[str | None], *, threads: int | None = None) -> list[str | None]: ...
@overload
def normalize_yaa(x: str, *, threads: int | None = None) -> str: ...
@overload
def normalize_yaa(x: _Texts, *, threads: int | None = None) -> _Texts: ...
@overload
def normalize_yaa(x: Iterable[str], *, threads: int | None = None) -> list[str]: ...
@overload
def normalize_yaa(x: Iterable[str | None], *, threads: int | None = None) -> list[str | None]: ...
@overload
def normalize(x: str, preset: _Preset = "news", *, threads: int | None = None, **options: Unpack[_Options]) -> str: ...
@overload
def normalize(
    x: _Texts, preset: _Preset = "news", *, threads: int | None = None, **options: Unpack[_Options]
) -> _Texts: ...
@overload
def normalize(
    x: Iterable[str], preset: _Preset = "news", *, threads: int | None = None, **options: Unpack[_Options]
) -> list[str]: ...
@overload
def normalize(
    x: Iterable[str | None], preset: _Preset = "news", *, threads: int | None = None, **options: Unpack[_Options]
) -> list[str | None]: ...
@overload
def split_sentences(x: str, *, newlines: _Newlines = "auto", threads: int | None = None) -> list[str]: ...
@overload
def split_sentences(x: _Polars, *, newlines: _Newlines = "auto", threads: int | None = None) -> _Polars: ...
@overload
def split_sentences(x: _Column, *, newlines: _Newlines = "auto", threads: int | None = None) -> Any: ...
@overload
def split_sentences(
    x: Iterable[str], *, newlines: _Newlines = "auto", threads: int | None = None
) -> list[list[str]]: ...
@overload
def split_sentences(
    x: Iterable[str | None], *, newlines: _Newlines = "auto", threads: int | None = None
) -> list[list[str] | None]: ...
@overload
def sentence_spans(x: str, *, newlines: _Newlines = "auto", threads: int | None = None) -> list[_Span]: ...
@overload
def sentence_spans(x: _Polars, *, newlines: _Newlines = "auto", threads: int | None = None) -> _Polars: ...
@overload
def sentence_spans(x: _Column, *, newlines: _Newlines = "auto", threads: int | None = None) -> Any: ...
@overload
def sentence_spans(
    x: Iterable[str], *, newlines: _Newlines = "auto", threads: int | None = None
) -> list[list[_Span]]: ...
@overload
def sentence_spans(
    x: Iterable[str | None], *, newlines: _Newlines = "auto", threads: int | None = None
) -> list[list[_Span] | None]: ...
@overload
def find_boilerplate(
    x: str,
    *,
    title: str | None = None,
    author: str | None = None,
    site: str | None = None,
    templates: Templates | None = None,
    threads: int | None = None,
) -> list[Boilerplate]: ...
@overload
def find_boilerplate(
    x: _Polars,
    *,
    title: _Hint = None,
    author: _Hint = None,
    site: _Hint = None,
    templates: Templates | None = None,
    threads: int | None = None,
) -> _Polars: ...
@overload
def find_boilerplate(
    x: _Column,
    *,
    title: _Hint = None,
    author: _Hint = None,
    site: _Hint = None,
    templates: Templates | None = None,
    threads: int | None = None,
) -> Any: ...
@overload
def find_boilerplate(
    x: Iterable[str],
    *,
    title: _Hint = None,
    author: _Hint = None,
    site: _Hint = None,
    templates: Templates | None = None,
    threads: int | None = None,
) -> list[list[Boilerplate]]: ...
@overload
def find_boilerplate(
    x: Iterable[str | None],
    *,
    title: _Hint = None,
    author: _Hint = None,
    site: _Hint = None,
    templates: Templates | None = None,
    threads: int | None = None,
) -> list[list[Boilerplate] | None]: ...
@overload
def remove_boilerplate(
    x: str,
    *,
    keep: _Keep = None,
    title: str | None = None,
    author: str | None = None,
    site: str | None = None,
    templates: Templates | None = None,
    threads: int | None = None,
) -> str: ...
@overload
def remove_boilerplate(
    x: _Texts,
    *,
    keep: _Keep = None,
    title: _Hint = None,
    author: _Hint = None,
    site: _Hint = None,
    templates: Templates | None = None,
    threads: int | None = None,
) -> _Texts: ...
@overload
def remove_boilerplate(
    x: Iterable[str],
    *,
    keep: _Keep = None,
    title: _Hint = None,
    author: _Hint = None,
    site: _Hint = None,
    templates: Templates | None = None,
    threads: int | None = None,
) -> list[str]: ...
@overload
def remove_boilerplate(
    x: Iterable[str | None],
    *,
    keep: _Keep = None,
    title: _Hint = None,
    author: _Hint = None,
    site: _Hint = None,
    templates: Templates | None = None,
    threads: int | None = None,
) -> list[str | None]: ...
@overload
def extract(
    x: str,
    *,
    title: str | None = None,
    author: str | None = None,
    site: str | None = None,
    templates: Templates | None = None,
    normalize: _Preset | Normalizer | None = None,
    threads: int | None = None,
) -> Article: ...
@overload
def extract(
    x: _Polars,
    *,
    title: _Hint = None,
    author: _Hint = None,
    site: _Hint = None,
    templates: Templates | None = None,
    normalize: _Preset | Normalizer | None = None,
    threads: int | None = None,
) -> _Polars: ...
@overload
def extract(
    x: _Column,
    *,
    title: _Hint = None,
    author: _Hint = None,
    site: _Hint = None,
    templates: Templates | None = None,
    normalize: _Preset | Normalizer | None = None,
    threads: int | None = None,
) -> Any: ...
@overload
def extract(
    x: Iterable[str],
    *,
    title: _Hint = None,
    author: _Hint = None,
    site: _Hint = None,
    templates: Templates | None = None,
    normalize: _Preset | Normalizer | None = None,
    threads: int | None = None,
) -> list[Article]: ...
@overload
def extract(
    x: Iterable[str | None],
    *,
    title: _Hint = None,
    author: _Hint = None,
    site: _Hint = None,
    templates: Templates | None = None,
    normalize: _Preset | Normalizer | None = None,
    threads: int | None = None,
) -> list[Article | None]: ...
def extract_iter(
    iterable: Iterable[str | None],
    *,
    title: _Hint = None,
    author: _Hint = None,
    site: _Hint = None,
    templates: Templates | None = None,
    normalize: _Preset | Normalizer | None = None,
    threads: int | None = None,
) -> ArticleIterator: ...

@final
class _Parts:
    def __new__(
        cls,
        output: str,
        rejects: str,
        identity: str,
        part: int,
        inputs: list[tuple[str, str | None]],
        resume: bool,
        bar: int | None,
    ) -> Self: ...
    @property
    def place(self) -> tuple[int, int, int]: ...
    @property
    def counts(self) -> tuple[int, int, int]: ...
    def told(self) -> dict[str, Any]: ...
    @property
    def files(self) -> tuple[pathlib.Path, pathlib.Path]: ...
    @property
    def all(self) -> bool: ...
    def write(
        self,
        output: bytes,
        rejects: list[tuple[str, int, int | None, str, str]],
        *,
        documents: int = 0,
        html: int = 0,
        hints: list[int] = ...,
        renamed: dict[str, int] = ...,
    ) -> None: ...
    def end_part(self, place: tuple[int, int, int]) -> None: ...
    def finish(self, place: tuple[int, int, int]) -> None: ...
    def discard(self) -> None: ...
    def show(self, bytes: int) -> None: ...
    def hide(self) -> None: ...
    @staticmethod
    def is_html(text: str) -> bool: ...

def _before_fork() -> None: ...
def _map_texts(function: Callable[[str], str], x: _T) -> _T: ...
def _restore_alignment(text: str, original: str, edits: list[tuple[int, int, int]]) -> Alignment: ...
def _restore_article(state: dict[str, Any]) -> Article: ...
def _restore_templates(bytes: bytes) -> Templates: ...
def _restore_extractor(
    keep: list[str],
    disable: list[str],
    rules: tuple[str, str] | None,
    templates: Templates | None,
    normalize: Normalizer | None,
) -> Extractor: ...
def _stream(
    work: object, asked: Mapping[str, Any], look: Callable[[int, int, int, int], None] | None = None
) -> dict[str, Any]: ...
