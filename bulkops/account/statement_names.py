"""The names of a policy's statements: what they act on, each another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

MOST_WORDS = 5
"""Types of resource that a name says; a longer one would tell nobody more."""


def named_apart(groups: Iterable[Sequence[str]]) -> list[str]:
    """Return a name for each group of resources, with a number where two would be the same."""
    seen: Counter[str] = Counter()
    names = []
    for resources in groups:
        name = _name(resources)
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}{seen[name]}")
    return names


def _name(resources: Sequence[str]) -> str:
    """Return a name such as "AgentAndRoutingProfile"."""
    words = list(dict.fromkeys(_word(each) for each in resources))
    shown = words if len(words) <= MOST_WORDS else [*words[:MOST_WORDS], "Others"]
    return "And".join(shown)


def _word(resource: str) -> str:
    """Return what a resource is: in an instance its kind alone, elsewhere after its service."""
    if resource == "*":
        return "Everywhere"
    _, _, service, _, _, path = resource.split(":", 5)
    in_instance = path.startswith("instance/")
    segments = path.split("/")[2:] if in_instance else path.replace(":", "/").split("/")
    kind = next((each for each in segments if _letters(each)), "" if segments else "instance")
    own = "" if service == "connect" else _letters(service)
    return f"{own}{_letters(kind) or 'Anything'}"


def _letters(text: str) -> str:
    """Return a text's words as IAM takes them in a name: letters and digits alone."""
    words = "".join(each if each.isalnum() and each.isascii() else " " for each in text).split()
    return "".join(word[0].upper() + word[1:] for word in words)
