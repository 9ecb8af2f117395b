"""Arrow capsules made by hand, right and wrong, as a hostile producer would make them."""

import ctypes
from ctypes import c_char_p, c_int, c_int64, c_void_p

KEPT = []  # what a capsule points to must live as long as anybody may look


class Schema(ctypes.Structure):
    """`struct ArrowSchema`."""


class Data(ctypes.Structure):
    """`struct ArrowArray`."""


class Stream(ctypes.Structure):
    """`struct ArrowArrayStream`."""


RELEASE_SCHEMA = ctypes.CFUNCTYPE(None, ctypes.POINTER(Schema))
RELEASE_DATA = ctypes.CFUNCTYPE(None, ctypes.POINTER(Data))
RELEASE_STREAM = ctypes.CFUNCTYPE(None, ctypes.POINTER(Stream))
GET_SCHEMA = ctypes.CFUNCTYPE(c_int, ctypes.POINTER(Stream), ctypes.POINTER(Schema))
GET_NEXT = ctypes.CFUNCTYPE(c_int, ctypes.POINTER(Stream), ctypes.POINTER(Data))
LAST_ERROR = ctypes.CFUNCTYPE(c_void_p, ctypes.POINTER(Stream))
Schema._fields_ = [
    ("format", c_char_p),
    ("name", c_char_p),
    ("metadata", c_char_p),
    ("flags", c_int64),
    ("n_children", c_int64),
    ("children", ctypes.POINTER(ctypes.POINTER(Schema))),
    ("dictionary", ctypes.POINTER(Schema)),
    ("release", RELEASE_SCHEMA),
    ("private_data", c_void_p),
]
Data._fields_ = [
    ("length", c_int64),
    ("null_count", c_int64),
    ("offset", c_int64),
    ("n_buffers", c_int64),
    ("n_children", c_int64),
    ("buffers", ctypes.POINTER(c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(Data))),
    ("dictionary", ctypes.POINTER(Data)),
    ("release", RELEASE_DATA),
    ("private_data", c_void_p),
]
Stream._fields_ = [
    ("get_schema", GET_SCHEMA),
    ("get_next", GET_NEXT),
    ("get_last_error", LAST_ERROR),
    ("release", RELEASE_STREAM),
    ("private_data", c_void_p),
]

RELEASED: list[str] = []


@RELEASE_SCHEMA
def release_schema(schema):
    RELEASED.append("schema")
    schema.contents.release = RELEASE_SCHEMA()


@RELEASE_DATA
def release_data(data):
    RELEASED.append("data")
    data.contents.release = RELEASE_DATA()


@RELEASE_STREAM
def release_stream(stream):
    RELEASED.append("stream")
    stream.contents.release = RELEASE_STREAM()


def schema(format=b"u", dictionary=None, **fields):
    made = Schema(format=format, flags=2, release=release_schema, **fields)
    if dictionary is not None:
        made.dictionary = ctypes.pointer(dictionary)
    KEPT.append(made)
    return made


def data(length, buffers, dictionary=None, **fields):
    """An array; a buffer is `bytes` or None."""
    memory = [
        None if buffer is None else ctypes.create_string_buffer(buffer, max(len(buffer), 1)) for buffer in buffers
    ]
    pointers = (c_void_p * len(buffers))(*[None if part is None else ctypes.addressof(part) for part in memory])
    made = Data(length=length, n_buffers=len(buffers), null_count=-1, release=release_data)
    made.buffers = ctypes.cast(pointers, ctypes.POINTER(c_void_p))
    if dictionary is not None:
        made.dictionary = ctypes.pointer(dictionary)
    for name, value in fields.items():
        setattr(made, name, value)
    KEPT.extend([made, memory, pointers])
    return made


_new = ctypes.pythonapi.PyCapsule_New
_new.restype, _new.argtypes = ctypes.py_object, [c_void_p, c_char_p, c_void_p]


def capsule(structure, name):
    KEPT.append(name)
    return _new(ctypes.addressof(structure), name, None)


class Array:
    """An object with `__arrow_c_array__`."""

    def __init__(self, schema, data, names=(b"arrow_schema", b"arrow_array")):
        self.parts = (schema, data)
        self.names = names

    def __arrow_c_array__(self, requested_schema=None):
        return tuple(capsule(part, name) for part, name in zip(self.parts, self.names, strict=True))


class Chunks:
    """An object with `__arrow_c_stream__`: arrays, then the end or an error."""

    def __init__(self, kind, arrays, error=None):
        left = iter(arrays)

        @GET_SCHEMA
        def get_schema(_, out):
            if kind is None:
                return 22
            ctypes.memmove(out, ctypes.addressof(kind), ctypes.sizeof(Schema))
            return 0

        @GET_NEXT
        def get_next(_, out):
            array = next(left, None)
            if array is None and error is not None:
                return 5
            source = Data() if array is None else array
            ctypes.memmove(out, ctypes.addressof(source), ctypes.sizeof(Data))
            return 0

        message = None if error is None else ctypes.create_string_buffer(error)

        @LAST_ERROR
        def last_error(_):
            return None if message is None else ctypes.addressof(message)

        self.stream = Stream(get_schema, get_next, last_error, release_stream)
        KEPT.extend([self.stream, get_schema, get_next, last_error, kind, arrays, message])

    def __arrow_c_stream__(self, requested_schema=None):
        return capsule(self.stream, b"arrow_array_stream")
