"""The Arrow PyCapsule interface with anybody's objects: friends get the same protocol back, foes a ValueError."""

import array
import gc
import struct

import capsules
import naqi
import pytest
from capsules import RELEASED, Array, Chunks, data, schema
from columns import JOBS, NESTED_JOBS, TEXT_JOBS, TEXTS, expected

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

each = pytest.mark.parametrize("job", JOBS.values(), ids=JOBS.keys())
few = pytest.mark.parametrize("job", [naqi.normalize, naqi.extract], ids=["normalize", "extract"])


class Only:
    """An object with nothing but the capsules of another."""

    def __init__(self, column, *methods):
        for name in methods:
            setattr(self, name, getattr(column, name))


def i32(*numbers):
    return array.array("i", numbers).tobytes()


def i64(*numbers):
    return array.array("q", numbers).tobytes()


def view(length, prefix=b"", buffer=0, start=0):
    return (
        struct.pack("=i12s", length, prefix) if length <= 12 else struct.pack("=i4sii", length, prefix, buffer, start)
    )


class TestProtocol:
    @each
    def test_an_array_gives_an_array(self, job):
        result = job(Only(pa.array(TEXTS), "__arrow_c_array__"))
        assert isinstance(result, naqi.ArrowArray)
        assert len(result) == len(TEXTS)
        for _ in range(2):  # it can be asked again
            again = pa.array(result)
            again.validate(full=True)
            assert again.to_pylist() == expected(job, TEXTS)

    @each
    def test_a_stream_gives_a_stream(self, job):
        column = pa.chunked_array([TEXTS[:2], TEXTS[2:]])
        result = job(Only(column, "__arrow_c_stream__"))
        assert isinstance(result, naqi.ArrowChunks)
        assert len(result) == len(TEXTS)
        for _ in range(2):
            again = pa.chunked_array(result)
            again.validate(full=True)
            assert (again.num_chunks, again.to_pylist()) == (2, expected(job, TEXTS))

    def test_the_result_can_be_given_again(self):
        once = naqi.strip_diacritics(Only(pa.array(TEXTS), "__arrow_c_array__"))
        assert pa.array(naqi.normalize(once)).to_pylist() == naqi.normalize(naqi.strip_diacritics(TEXTS))

    def test_the_result_outlives_what_it_was_made_of(self):
        result = naqi.extract(Only(pa.array(TEXTS), "__arrow_c_array__"))
        exported = pa.array(result)
        del result
        gc.collect()
        exported.validate(full=True)

    def test_a_capsule_that_nobody_takes_is_let_go(self):
        result = naqi.normalize(Only(pa.array(TEXTS), "__arrow_c_array__"))
        for _ in range(100):
            result.__arrow_c_array__()
            result.__arrow_c_schema__()
        assert "rows" in repr(result)

    def test_other_libraries_arrays_work(self):
        nanoarrow = pytest.importorskip("nanoarrow", reason="nanoarrow is not installed")
        arro3 = pytest.importorskip("arro3.core", reason="arro3 is not installed")
        for column in (nanoarrow.Array(TEXTS, nanoarrow.string()), arro3.Array(TEXTS, type=arro3.DataType.string())):
            assert pa.array(naqi.normalize(column)).to_pylist() == naqi.normalize(TEXTS)
            assert pa.array(naqi.sentence_spans(column)).to_pylist() == expected(naqi.sentence_spans, TEXTS)

    def test_what_was_taken_is_released_once(self):
        RELEASED.clear()
        naqi.normalize(Array(schema(), data(1, [None, i32(0, 1), b"a"])))
        naqi.normalize(Chunks(schema(), [data(1, [None, i32(0, 1), b"a"]), data(0, [None, None, None])]))
        gc.collect()
        assert sorted(RELEASED) == ["data"] * 3 + ["schema"] * 2 + ["stream"]

    def test_memory_that_lies_askew_is_read_all_the_same(self):
        memory = b"\0" + i32(0, 2, 4) + "اب".encode()
        made = data(2, [None, None, None])
        capsules.KEPT.append(keep := capsules.ctypes.create_string_buffer(memory, len(memory)))
        base = capsules.ctypes.addressof(keep)
        made.buffers[1], made.buffers[2] = base + 1, base + 13
        assert pa.array(naqi.normalize(Array(schema(), made))).to_pylist() == ["ا", "ب"]


BAD_UTF8 = [b"\xff", b"\xd8", b"ab\x80", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf5\x80\x80\x80", "خبر".encode()[:-1]]


class TestText:
    @each
    @pytest.mark.parametrize("broken", BAD_UTF8)
    @pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()], ids=str)
    def test_bytes_that_are_not_utf8_are_told_with_their_row(self, job, kind, broken):
        binary = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view()}[
            kind
        ]
        rows = pa.array([b"first", None, b"second", b"third " * 5 + broken, b"fourth"], binary)
        made = pa.Array.from_buffers(kind, len(rows), rows.buffers())
        with pytest.raises(ValueError, match=r"row 3 is not valid UTF-8"):
            job(made)
        with pytest.raises(ValueError, match=r"row 2 is not valid UTF-8"):
            job(made[1:])
        with pytest.raises(ValueError, match=r"row 6 is not valid UTF-8"):
            job(pa.chunked_array([made[:3], made]))
        assert job(made[:3]).to_pylist() == expected(job, ["first", None, "second"])

    @each
    def test_a_character_cut_by_two_rows_is_in_neither(self, job):
        letter = "ب".encode()
        with pytest.raises(ValueError, match=r"row [01] is not valid UTF-8"):
            job(Array(schema(), data(2, [None, i32(0, 1, 2), letter])))

    def test_what_stands_in_a_missing_row_is_nobodys_business(self):
        made = data(3, [b"\x05", i32(0, 1, 3, 4), b"a\xff\xffb"])
        assert pa.array(naqi.normalize(Array(schema(), made))).to_pylist() == ["a", None, "b"]

    @few
    def test_a_broken_value_of_a_dictionary_is_told(self, job):
        values = data(2, [None, i32(0, 1, 2), b"a\xff"])
        made = data(3, [None, bytes([0, 1, 0])], dictionary=values)
        with pytest.raises(ValueError, match=r"(row|value) 1 .*not valid UTF-8"):
            job(Array(schema(b"c", dictionary=schema()), made))


def without_buffers():
    made = data(1, [None, i32(0, 1), b"a"])
    made.buffers = None
    return made


def bad(name, column, problem=""):
    return pytest.param(column, problem, id=name)


class TestStructure:
    @few
    @pytest.mark.parametrize(
        ("make", "problem"),
        [
            bad("negative-length", lambda: data(-1, [None, i32(0, 1), b"a"]), "length"),
            bad("negative-offset", lambda: data(1, [None, i32(0, 1), b"a"], offset=-1), "offset"),
            bad("length-and-offset-overflow", lambda: data(2**62, [None, i32(0), b""], offset=2**62), "memory"),
            bad("length-beyond-memory", lambda: data(2**62, [None, i32(0), b""]), "memory"),
            bad("largest-length", lambda: data(2**63 - 1, [None, i32(0), b""]), "memory"),
            bad("negative-number-of-buffers", lambda: data(1, [None, i32(0, 1), b"a"], n_buffers=-1), "buffers"),
            bad("too-few-buffers", lambda: data(1, [None, i32(0, 1), b"a"], n_buffers=2), "buffers"),
            bad("too-many-buffers", lambda: data(1, [None, i32(0, 1), b"a", b""]), "buffers"),
            bad(
                "number-of-buffers-beyond-memory", lambda: data(1, [None, i32(0, 1), b"a"], n_buffers=2**60), "nowhere"
            ),
            bad("no-buffers", lambda: data(1, []), "buffer"),
            bad("buffers-nowhere", without_buffers, "nowhere"),
            bad("offsets-nowhere", lambda: data(1, [None, None, b"a"]), "nowhere"),
            bad("text-nowhere", lambda: data(1, [None, i32(0, 1), None]), "nowhere"),
            bad("negative-last-offset", lambda: data(1, [None, i32(0, -1), b"a"]), "offset"),
            bad("offsets-run-backwards", lambda: data(2, [None, i32(3, 1, 3), b"abc"]), "row 0"),
            bad("an-offset-below-zero", lambda: data(3, [None, i32(0, -5, 2, 3), b"abc"]), "row 0"),
            bad("an-offset-too-far", lambda: data(3, [None, i32(0, 2**31 - 1, 2, 3), b"abc"]), "row 0"),
            bad("a-first-offset-too-far", lambda: data(2, [None, i32(9, 2, 3), b"abc"]), "row 0"),
        ],
    )
    def test_strings(self, job, make, problem):
        with pytest.raises(ValueError, match=problem):
            job(Array(schema(), make()))

    @few
    @pytest.mark.parametrize(
        ("make", "problem"),
        [
            bad("negative-last-offset", lambda: data(1, [None, i64(0, -1), b"a"]), "offset"),
            bad("offset-beyond-memory", lambda: data(2, [None, i64(0, 2**63 - 1, 1), b"a"]), "row 0"),
            bad("text-beyond-memory", lambda: data(1, [None, i64(0, 2**63 - 1), b"a"]), "memory"),
        ],
    )
    def test_large_strings(self, job, make, problem):
        with pytest.raises(ValueError, match=problem):
            job(Array(schema(b"U"), make()))

    @few
    @pytest.mark.parametrize(
        ("make", "problem"),
        [
            bad("a-length-below-zero", lambda: data(1, [None, view(-1), i64()]), "row 0"),
            bad("no-such-stretch", lambda: data(1, [None, view(20, b"aaaa", 1), b"a" * 20, i64(20)]), "row 0"),
            bad("a-stretch-below-zero", lambda: data(1, [None, view(20, b"aaaa", -1), b"a" * 20, i64(20)]), "row 0"),
            bad("behind-the-stretch", lambda: data(1, [None, view(20, b"aaaa", 0, 1), b"a" * 20, i64(20)]), "row 0"),
            bad("a-start-below-zero", lambda: data(1, [None, view(20, b"aaaa", 0, -1), b"a" * 20, i64(20)]), "row 0"),
            bad("a-length-far-too-long", lambda: data(1, [None, view(2**31 - 1, b"a"), b"a" * 20, i64(20)]), "row 0"),
            bad("a-stretch-of-no-length", lambda: data(1, [None, view(1, b"a"), b"a", i64(-1)]), "length"),
            bad("a-stretch-nowhere", lambda: data(1, [None, view(1, b"a"), None, i64(9)]), "nowhere"),
            bad("lengths-nowhere", lambda: data(1, [None, view(1, b"a"), b"a", None]), "nowhere"),
            bad("views-nowhere", lambda: data(1, [None, None, i64()]), "nowhere"),
            bad("no-lengths", lambda: data(1, [None, view(1, b"a")]), "missing"),
        ],
    )
    def test_views(self, job, make, problem):
        with pytest.raises(ValueError, match=problem):
            job(Array(schema(b"vu"), make()))

    @few
    @pytest.mark.parametrize("codes", [bytes([0, 2]), bytes([0, 255]), bytes([127, 0])])
    def test_a_code_of_no_value(self, job, codes):
        values = lambda: data(2, [None, i32(0, 1, 2), b"ab"])  # noqa: E731
        with pytest.raises(ValueError, match=r"row [01] points to no value"):
            job(Array(schema(b"c", dictionary=schema()), data(2, [None, codes], dictionary=values())))

    @few
    def test_a_dictionary_without_values_or_codes(self, job):
        kind = lambda: schema(b"i", dictionary=schema())  # noqa: E731
        with pytest.raises(ValueError, match="dictionary"):
            job(Array(kind(), data(1, [None, i32(0)])))
        with pytest.raises(ValueError, match="nowhere"):
            job(Array(kind(), data(1, [None, None], dictionary=data(1, [None, i32(0, 1), b"a"]))))
        with pytest.raises(ValueError, match="codes"):
            job(Array(schema(b"u", dictionary=schema()), data(1, [None, i32(0)])))

    @few
    def test_a_schema_without_a_format(self, job):
        with pytest.raises(ValueError, match="format"):
            job(Array(schema(None), data(1, [None, i32(0, 1), b"a"])))

    @few
    @pytest.mark.parametrize("format", [b"", b"\xff", b"q", b"+", b"u:", b"tss", b"+w:3", b"x" * 10_000])
    def test_a_format_that_is_no_text(self, job, format):
        with pytest.raises(TypeError, match="column of strings"):
            job(Array(schema(format), data(1, [None, i32(0, 1), b"a"])))

    def test_more_missing_rows_than_memory(self):
        for length in (2**40, 2**62):
            assert len(naqi.normalize(Array(schema(b"n"), data(length, [])))) == length
            with pytest.raises(ValueError, match=r"longer than"):
                naqi.extract(Array(schema(b"n"), data(length, [])))


class TestCapsules:
    @few
    @pytest.mark.parametrize("names", [(b"arrow_array", b"arrow_array"), (b"arrow_schema", b"other"), (b"", b"")])
    def test_a_wrong_name_is_told_with_the_right_one(self, job, names):
        with pytest.raises(ValueError, match=r"arrow_(schema|array)"):
            job(Array(schema(), data(1, [None, i32(0, 1), b"a"]), names))

    @few
    def test_a_capsule_is_taken_once(self, job):
        class Twice:
            def __init__(self, capsules):
                self.capsules = capsules

            def __arrow_c_array__(self, requested_schema=None):
                return self.capsules

        twice = Twice(pa.array(TEXTS).__arrow_c_array__())
        job(twice)
        with pytest.raises(ValueError, match="taken before"):
            job(twice)

        class Stream:
            capsule = pa.chunked_array([TEXTS]).__arrow_c_stream__()

            def __arrow_c_stream__(self, requested_schema=None):
                return self.capsule

        job(Stream())
        with pytest.raises(ValueError, match="taken before"):
            job(Stream())

    @few
    @pytest.mark.parametrize("made", [None, 3, (), ("a", "b"), [1, 2], (None, None)])
    def test_what_is_no_pair_of_capsules(self, job, made):
        class Odd:
            def __arrow_c_array__(self, requested_schema=None):
                return made

        with pytest.raises(ValueError, match="capsule"):
            job(Odd())

    @few
    @pytest.mark.parametrize("made", [None, 3, "capsule"])
    def test_what_is_no_stream(self, job, made):
        class Odd:
            def __arrow_c_stream__(self, requested_schema=None):
                return made

        with pytest.raises(ValueError, match="capsule"):
            job(Odd())

    @few
    def test_what_the_producer_raises_comes_through(self, job):
        class Broken:
            def __arrow_c_array__(self, requested_schema=None):
                raise LookupError("the disk is gone")

        with pytest.raises(LookupError, match="the disk is gone"):
            job(Broken())

    @few
    def test_a_stream_that_breaks_off_says_why(self, job):
        good = lambda: data(1, [None, i32(0, 1), b"a"])  # noqa: E731
        with pytest.raises(ValueError, match=r"broke off.*no more paper"):
            job(Chunks(schema(), [good(), good()], b"no more paper"))
        with pytest.raises(ValueError, match=r"no schema.*cannot"):
            job(Chunks(None, [good()], b"it cannot"))
        with pytest.raises(ValueError, match=r"no schema.*does not say"):
            job(Chunks(None, [good()]))

    def test_an_error_in_a_later_chunk_gives_nothing_and_leaks_nothing(self):
        RELEASED.clear()
        with pytest.raises(ValueError, match=r"row 1 is not valid UTF-8"):
            naqi.normalize(Chunks(schema(), [data(1, [None, i32(0, 1), b"a"]), data(1, [None, i32(0, 1), b"\xff"])]))
        gc.collect()
        assert sorted(RELEASED) == ["data", "data", "schema", "stream"]


def test_both_kinds_of_jobs_are_among_the_few():
    assert naqi.normalize in TEXT_JOBS.values()
    assert naqi.extract in NESTED_JOBS.values()
