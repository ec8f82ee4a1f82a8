"""Recording what this process does to the disk: SQLite's own calls, and those of Python's `os`.

SQLite reaches files through a table of functions, a VFS (https://sqlite.org/vfs.html). A copy of
the usual one, with the functions that write replaced, records the very library that Python uses.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import os
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from pathlib import Path

CREATES_LOG = 0x00000800 | 0x00080000  # a rollback journal, a write-ahead log
Name = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
Sync = CFUNCTYPE(c_int, c_void_p, c_int)


class Vfs(ctypes.Structure):
    """sqlite3_vfs: where names lead to."""

    _fields_ = (
        ("version", c_int),
        ("size", c_int),
        ("longest", c_int),
        ("following", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", c_void_p),
        ("delete", c_void_p),
        ("others", c_void_p * 14),
    )


class Methods(ctypes.Structure):
    """sqlite3_io_methods: what can be done with an open file."""

    _fields_ = (
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", c_void_p),
        ("truncate", c_void_p),
        ("sync", c_void_p),
        ("others", c_void_p * 13),
    )


def sqlite():
    """Return the library that Python's sqlite3 uses; None where it can't be reached."""
    library = ctypes.CDLL(_sqlite3.__file__)
    if not hasattr(library, "sqlite3_vfs_find"):
        return None
    library.sqlite3_vfs_find.restype = POINTER(Vfs)
    return library


class RecordingVfs:
    """SQLite's usual VFS, which tells a trace of whatever changes a file or a folder."""

    def __init__(self, library, trace):
        self._usual = library.sqlite3_vfs_find(None)
        self._trace = trace
        self._paths, self._unnamed, self._methods = {}, set(), {}
        self.vfs = Vfs.from_buffer_copy(self._usual.contents)
        self._kept = [Open(self._open), Name(self._delete)]
        self.vfs.name = b"recording"
        self.vfs.open, self.vfs.delete = (ctypes.cast(each, c_void_p).value for each in self._kept)

    def _open(self, _vfs, name, file, flags, out):
        path = os.fsdecode(ctypes.string_at(name)) if name else ""
        new = bool(path) and not Path(path).exists()
        usual = ctypes.cast(self._usual, c_void_p)
        done = Open(self._usual.contents.open)(usual, name, file, flags, out)
        if done == 0 and path and self._trace.covers(path):
            self._paths[file] = path
            if new:
                self._trace.add("link", path)
            if flags & CREATES_LOG:
                # SQLite syncs the folder with the first sync of such a file (UNIXFILE_DIRSYNC)
                self._unnamed.add(file)
            first = ctypes.cast(file, POINTER(c_void_p))
            first[0] = ctypes.addressof(self._wrapped(first[0]))
        return done

    def _wrapped(self, methods):
        """Return a copy of a file's methods that records what writes."""
        if methods not in self._methods:
            usual = Methods.from_address(methods)
            copy = Methods.from_buffer_copy(usual)
            wrapped = {
                "write": Write(lambda *args: self._write(Write(usual.write), *args)),
                "truncate": Truncate(lambda *args: self._truncate(Truncate(usual.truncate), *args)),
                "sync": Sync(lambda *args: self._sync(Sync(usual.sync), *args)),
            }
            for name, function in wrapped.items():
                setattr(copy, name, ctypes.cast(function, c_void_p).value)
            self._methods[methods] = copy, wrapped
        return self._methods[methods][0]

    def _write(self, usual, file, data, amount, offset):
        done = usual(file, data, amount, offset)
        if done == 0:
            self._trace.add("write", self._paths[file], (offset, ctypes.string_at(data, amount)))
        return done

    def _truncate(self, usual, file, size):
        done = usual(file, size)
        if done == 0:
            self._trace.add("truncate", self._paths[file], size)
        return done

    def _sync(self, usual, file, flags):
        done = usual(file, flags)
        if done == 0:
            self._trace.add("sync", self._paths[file])
            if file in self._unnamed:
                self._unnamed.discard(file)
                self._trace.add("sync", str(Path(self._paths[file]).parent))
        return done

    def _delete(self, _vfs, name, sync_folder):
        path = os.fsdecode(name)
        there = Path(path).exists()
        usual = ctypes.cast(self._usual, c_void_p)
        done = Name(self._usual.contents.delete)(usual, name, sync_folder)
        if done == 0 and there:
            self._trace.add("unlink", path)
            if sync_folder:
                self._trace.add("sync", str(Path(path).parent))
        return done


def _syncing(trace, real, opened):
    """Return a sync of files that SQLite writes, whose writes are recorded already."""

    def fdatasync(descriptor):
        real(descriptor)
        trace.add("sync", opened[descriptor])

    return fdatasync


@contextmanager
def recording(trace, library, *, folder_syncs=True):
    """Record what is done below the trace's folder. Without `folder_syncs`, as if none were."""
    recorder = RecordingVfs(library, trace)
    library.sqlite3_vfs_register(ctypes.byref(recorder.vfs), 1)
    names = ("open", "fsync", "fdatasync", "mkdir", "rename", "replace", "unlink", "rmdir")
    real = {name: getattr(os, name) for name in names}
    opened = {}

    def open_(path, flags, *args, **named):
        new = flags & os.O_CREAT and not os.path.lexists(path)
        descriptor = real["open"](path, flags, *args, **named)
        opened[descriptor] = os.path.abspath(path)  # noqa: PTH100  # links are to stay
        if new:
            trace.add("link", opened[descriptor])
        return descriptor

    def fsync(descriptor):
        real["fsync"](descriptor)
        path = Path(opened[descriptor])
        if path.is_dir() and not folder_syncs:
            return
        if path.is_file():
            trace.add("truncate", str(path), 0)
            trace.add("write", str(path), (0, path.read_bytes()))
        trace.add("sync", str(path))

    def naming(what, name):
        def named(path, *more, **others):
            done = real[name](path, *more, **others)
            full = [os.path.abspath(each) for each in (path, *more[: what == "rename"])]  # noqa: PTH100  # as above
            trace.add(what, *full)
            return done

        return named

    patched = {
        "open": open_,
        "fsync": fsync,
        "fdatasync": _syncing(trace, real["fdatasync"], opened),
        "mkdir": naming("make", "mkdir"),
        "rename": naming("rename", "rename"),
        "replace": naming("rename", "replace"),
        "unlink": naming("unlink", "unlink"),
        "rmdir": naming("unlink", "rmdir"),
    }
    try:
        for name, function in patched.items():
            setattr(os, name, function)
        yield
    finally:
        for name, function in real.items():
            setattr(os, name, function)
        library.sqlite3_vfs_unregister(ctypes.byref(recorder.vfs))
        # files that are still open go on using it
        _ALIVE.append(recorder)


_ALIVE = []
