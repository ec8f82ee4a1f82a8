"""A disk that loses what was not synced: what a process did to it, and what a power cut may leave.

Strict as POSIX lets a file system be: a write is safe once its file was synced, and a name once its
folder was. Until then each is lost or kept by itself, in any order, and a write may be torn.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECTOR = 512


@dataclass(frozen=True)
class Act:
    """One thing done to the disk, or a mark of what else had happened by then.

    `what` is make, write, truncate, link, unlink, rename, sync or mark.
    """

    what: str
    path: str
    more: Any = None


@dataclass
class Trace:
    """All that was done below a folder that was there before."""

    root: Path
    acts: list[Act] = field(default_factory=list)

    def covers(self, path):
        return self.root in Path(path).parents and "simulated" not in Path(path).parts

    def add(self, what, path, more=None):
        if what == "mark" or path == str(self.root) or self.covers(path):
            self.acts.append(Act(what, path, more))

    def marks(self, upto):
        return [act.more for act in self.acts[:upto] if act.what == "mark"]


class Node:
    """A file or folder; `acts` are what was done to it, each with its number in the trace."""

    def __init__(self, *, folder):
        self.folder = folder
        self.acts = []
        self.synced = 0
        """How many of its acts are safe."""


def replayed(trace, upto):
    """Return the nodes as a process saw them after so many acts, with what is not safe yet."""
    root = Node(folder=True)
    seen = {str(trace.root): root}
    nodes = [root]
    for act in trace.acts[:upto]:
        if act.what == "mark":
            continue
        parent = seen.get(str(Path(act.path).parent))
        name = Path(act.path).name
        if act.what in ("make", "link"):
            node = Node(folder=act.what == "make")
            nodes.append(node)
            seen[act.path] = node
            parent.acts.append(("link", name, node))
        elif act.what == "rename":
            moved = seen.pop(act.path)
            parent.acts.append(("rename", name, (Path(act.more).name, moved)))
            inside = [path for path in seen if Path(act.path) in Path(path).parents]
            for path in inside:
                seen[act.more + path[len(act.path) :]] = seen.pop(path)
            seen[act.more] = moved
        elif act.what == "unlink":
            parent.acts.append(("unlink", name, seen.pop(act.path)))
        elif act.what == "sync":
            seen[act.path].synced = len(seen[act.path].acts)
        else:
            seen[act.path].acts.append((act.what, act.path, act.more))
    return root


def after_power_loss(trace, upto, place, keep, tear=lambda _data: None):
    """Lay out in `place` what a power cut after so many acts may leave.

    `keep` is asked for each act that was not safe whether it reached the disk, and `tear` how much
    of the data of one that did.
    """

    def lasting(node):
        for number, act in enumerate(node.acts):
            if number < node.synced:
                yield act, None
            elif keep():
                yield act, tear

    def lay(node, path):
        if node.folder:
            path.mkdir(exist_ok=True)
            for name, child in _entries(lasting(node)).items():
                lay(child, path / name)
        else:
            path.write_bytes(_content(lasting(node)))

    lay(replayed(trace, upto), place)


def _entries(acts):
    entries = {}
    for (what, name, more), _ in acts:
        if what == "link":
            entries[name] = more
        elif what == "unlink":
            entries.pop(name, None)
        else:
            new, node = more
            entries.pop(name, None)
            entries[new] = node
    return entries


def _content(acts):
    content = bytearray()
    for (what, _, more), tear in acts:
        if what == "truncate":
            del content[more:]
            content.extend(bytes(more - len(content)))
            continue
        offset, data = more
        kept = data if tear is None or tear(data) is None else data[: tear(data)]
        content.extend(bytes(max(0, offset + len(kept) - len(content))))
        content[offset : offset + len(kept)] = kept
    return bytes(content)
