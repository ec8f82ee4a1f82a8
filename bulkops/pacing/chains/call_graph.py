"""Which calls of a plan wait for which: numbers in arrays, since a plan may have very many."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property


class NumberLists:
    """Lists of numbers, one after another in one array; asked for by their place."""

    def __init__(self) -> None:
        self.ends = array("q", [0])
        self.numbers = array("q")

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, place: int) -> Sequence[int]:
        return self.numbers[self.ends[place] : self.ends[place + 1]]

    def append(self, numbers: Iterable[int]) -> None:
        """Add a list at the end."""
        self.numbers.extend(numbers)
        self.ends.append(len(self.numbers))

    def turned(self) -> NumberLists:
        """Return, for each place, the places of the lists that hold its number, in order."""
        found = NumberLists()
        counts = array("q", bytes(8 * len(self)))
        for number in self.numbers:
            counts[number] += 1
        total = 0
        for place, count in enumerate(counts):
            counts[place] = total
            total += count
            found.ends.append(total)
        found.numbers = array("q", bytes(8 * total))
        for place in range(len(self)):
            for number in self[place]:
                found.numbers[counts[number]] = place
                counts[number] += 1
        return found


class CallGraph:
    """Calls by their place in the plan, each with its lane and the calls that it waits for.

    A call is told by a number for each row that it carries, its keys. A need whose key no call of
    the plan has takes no time. To be asked once all calls are in.
    """

    def __init__(self) -> None:
        self.keys = array("q")
        """The first key of each call, by the call's place."""
        self.lane_of = array("l")
        """The number of each call's lane, by the call's place."""
        self._places: dict[int, int] = {}
        self._needs = NumberLists()

    def __len__(self) -> int:
        return len(self.lane_of)

    def add(self, lane: int, keys: Sequence[int], needs: Iterable[int] = ()) -> None:
        """Take in the next call: its lane's number, its keys, and those of what it needs."""
        place = len(self)
        self.lane_of.append(lane)
        self.keys.append(keys[0])
        for key in keys:
            self._places[key] = place
        self._needs.append(needs)

    @cached_property
    def needed(self) -> NumberLists:
        """The calls that each call waits for, by place, each once."""
        found, places = NumberLists(), self._places
        for place in range(len(self)):
            keys = self._needs[place]
            # several needs may be met by one call, such as the rows of a batch
            found.append(dict.fromkeys(places[key] for key in keys if key in places))
        return found

    @cached_property
    def waiting(self) -> NumberLists:
        """The calls that wait for each call, by place."""
        return self.needed.turned()

    @cached_property
    def in_turn(self) -> Sequence[int]:
        """The calls, each after all that it waits for.

        Those in a circle, and what waits for them, could never be sent and are left out.
        """
        needed, waiting = self.needed, self.waiting
        if all(max(needed[place], default=-1) < place for place in range(len(self))):
            return range(len(self))
        left = array("q", (len(needed[place]) for place in range(len(self))))
        found = array("q", (place for place, number in enumerate(left) if not number))
        for place in found:  # which grows meanwhile
            for other in waiting[place]:
                left[other] -= 1
                if not left[other]:
                    found.append(other)
        return found

    def longest(self) -> int:
        """Return how many calls of the longest chain wait for one another; 0 where none waits."""
        if not self.needed.numbers:
            return 0
        depths = array("q", bytes(8 * len(self)))
        for place in self.in_turn:
            depths[place] = 1 + max((depths[each] for each in self.needed[place]), default=0)
        return max(depths)
