"""What several sheets want of one instance, read once."""

from __future__ import annotations

from bulkops.planning.inventory import Want, Wants, merged_wants


def of_queues(*wants):
    return merged_wants([Wants(kinds={"queue": want}) for want in wants]).kinds["queue"]


def test_names_and_lists_are_those_of_all():
    one = Wants(kinds={"queue": Want(names=frozenset("a"))}, relations={"r": frozenset("a")})
    other = Wants(
        kinds={"user": Want(every=True)}, relations={"r": frozenset("b"), "s": frozenset()}
    )
    both = merged_wants([one, other])
    assert both.kinds == {**one.kinds, **other.kinds}
    assert both.relations == {"r": frozenset("ab"), "s": frozenset()}


def test_a_state_is_read_as_far_as_any_looks_at_it():
    some, more = frozenset({"Name"}), frozenset({"Status"})
    stateless = Want(names=frozenset("a"))
    one, other = Want(state=True, members=some), Want(state=True, members=more)
    assert of_queues(one, other).members == some | more
    assert of_queues(one, stateless) == Want(names=frozenset("a"), state=True, members=some)
    assert of_queues(one, Want(state=True)).members == frozenset()  # all of it
    assert of_queues(stateless, stateless) == stateless


def test_what_one_describes_the_other_need_not():
    one = Want(described=frozenset("a"), whole=frozenset("c"), removed=frozenset("x"))
    other = Want(whole=frozenset("ab"))
    both = of_queues(one, other)
    assert (both.described, both.whole) == (frozenset("a"), frozenset("bc"))
    assert both.removed == frozenset("x")


def test_only_what_is_new_for_all_is_new():
    assert of_queues(Want(new=True), Want(new=True)).new
    assert not of_queues(Want(new=True), Want()).new
