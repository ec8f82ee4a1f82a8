"""A flow's content as it is sent to a target: with the things of the target in its references."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bulkops.definition.job import Step
from bulkops.definition.kinds.flows import NAMED
from bulkops.definition.kinds.found_things import Col
from bulkops.definition.thing_kinds import KINDS, article
from bulkops.planning.calls.placeholders import joined
from bulkops.planning.flows.arns import arn_of
from bulkops.planning.flows.flow_places import place_text
from bulkops.planning.flows.flow_references import FlowReference, references
from bulkops.planning.flows.flow_rewriting import Replacement, rewritten
from bulkops.planning.flows.flow_stubs import flow_stub, module_stub
from bulkops.planning.flows.found_texts import ReferenceForm
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.plan import Placeholder
from bulkops.planning.promotion.flow_mapping import FlowMapping, Meant, thing_in
from bulkops.planning.promotion.moved_arns import led_to, moved
from bulkops.planning.rows.cells import Flaw, Value
from bulkops.planning.target import Target
from bulkops.planning.thing_ids import looks_like_id

FindNamed: TypeAlias = Callable[[str, str], "Thing | Placeholder | Flaw"]
"""(kind, name) → the thing, what stands for its id until it is made, or why there is none."""

_ASSOCIATING = {
    "lambda-function": "`bulkops run connect:AssociateLambdaFunction SHEET`, column function_arn",
    "lex-bot-alias": "`aws connect associate-bot --lex-v2-bot AliasArn=…`",
}
"""How what lies outside of an instance is let in, by its kind."""
ASSOCIATED = frozenset(_ASSOCIATING)
"""Kinds of what lies outside of an instance, and must be associated with it to be used."""
_VERSIONED = frozenset({"contact-flow", "contact-flow-module"})
_AS_IT_IS = frozenset({"s3-object", "lex-bot", "email-address", "predefined-attribute"})
"""Kinds of what means the same in every instance, unless a mapping says otherwise."""


def stub_of(step: Step, values: Mapping[str, Value]) -> str:
    """Return the content of what a step makes hollow: of a flow of its type, or of a module."""
    said = step.args.get("Type")
    return flow_stub(str(values[said.name])) if isinstance(said, Col) else module_stub()


def is_listed(kind: str) -> bool:
    """Tell whether what flows refer to by ids of a kind can be looked for in a target."""
    return kind in NAMED


@dataclass
class CarriedFlow:
    """One flow on its way into a target. `flaws` are what of it has nothing there.

    `flow` is its name. `is_draft`: what is not published may hold what another tool is to replace.
    """

    mapping: FlowMapping
    target: Target
    inventory: Inventory
    find: FindNamed
    flow: str = ""
    is_draft: bool = False
    flaws: list[Flaw] = field(default_factory=list)

    def value(self, text: str) -> str | Placeholder:
        """Return the content to be sent: a text, or one in which placeholders stand."""
        content = json.loads(text)
        found = references(content, self.mapping.source)
        if not found:
            return text
        value: str | Placeholder = joined(rewritten(content, found, self._replacement).parts)
        return value

    def _replacement(self, reference: FlowReference) -> Replacement | None:  # noqa: PLR0911  # one a form
        meant = self.mapping.meant(reference, self.flow)
        if meant.is_kept:
            return None
        match reference.form:
            case ReferenceForm.AWS | ReferenceForm.MIXED | ReferenceForm.EXTERNAL:
                return self._elsewhere(reference, meant)
            case ReferenceForm.TEMPLATE:
                return self._template(reference, meant)
            case ReferenceForm.LITERAL:
                return self._literal(reference, meant)
            case ReferenceForm.NAME:
                return self._named(reference, meant)
            case ReferenceForm.ID | ReferenceForm.ARN:
                return self._thing(reference, meant)
            case _:  # dynamic: known only as contacts come
                return None

    def _elsewhere(self, reference: FlowReference, meant: Meant) -> Replacement | None:
        """Move what is AWS's own, or dynamic in part, or of an account that is not the source's."""
        if meant.target:
            return Replacement(meant.target)
        source, arn = self.mapping.source, arn_of(reference.raw)
        if reference.form is ReferenceForm.EXTERNAL or arn is None:
            return None
        text = str(
            arn.moved(
                region=self.target.region if arn.region == source.region else "",
                account=self.target.account if arn.account == source.account else "",
            )
        )
        return None if text == reference.raw else Replacement(text)

    def _template(self, reference: FlowReference, meant: Meant) -> Replacement | None:
        if meant.target:
            return Replacement(meant.target)
        if reference.is_run and not self.is_draft:
            self._say(reference, "another tool was to put something in its place, and has not")
        return None

    def _literal(self, reference: FlowReference, meant: Meant) -> Replacement | None:
        target = self.target
        here = {
            "instance": (self.mapping.source.instance_id, target.instance_id),
            "account": (self.mapping.source.account, target.account),
            "region": (self.mapping.source.region, target.region),
        }
        mine, theirs = here.get(reference.kind, ("", ""))
        text = meant.target or (theirs if reference.raw == mine else "")
        return Replacement(text) if text and text != reference.raw else None

    def _named(self, reference: FlowReference, meant: Meant) -> Replacement | None:
        if meant.target:
            return Replacement(meant.target, meant.target)
        if reference.kind in _AS_IT_IS or not reference.is_run or not is_listed(reference.kind):
            return None
        found = self.find(reference.kind, meant.name or reference.raw)
        if isinstance(found, Flaw):
            self._lacks(reference, found.message, found)
        return None

    def _thing(self, reference: FlowReference, meant: Meant) -> Replacement | None:
        if reference.kind in ASSOCIATED:
            return self._associated(reference, meant)
        if reference.kind in _AS_IT_IS:
            return self._literal(reference, meant)
        if not is_listed(reference.kind):
            return self._unlisted(reference, meant)
        if not meant.wanted:
            if not self._is_here(reference):
                self._lacks(reference, "is not of this instance, and no row of Mapping names it")
            return None
        return self._found(reference, meant)

    def _found(self, reference: FlowReference, meant: Meant) -> Replacement | None:
        """Return the thing of the target that stands for one of the source.

        Versions are numbered by each instance for itself, and aliases are called alike.
        """
        if reference.kind in _VERSIONED and reference.found.qualifier.isdecimal():
            version = reference.found.qualifier
            self._say(
                reference,
                f"it is version {version}, which is another one in each instance",
                hint="Give it an alias in both instances and name that, or write keep in Mapping.",
            )
            return None
        found = self._meant_thing(reference.kind, meant.wanted)
        if isinstance(found, Flaw):
            self._lacks(reference, found.message, found)
            return None
        thing = found.id if isinstance(found, Thing) else found
        name = found.name if isinstance(found, Thing) else meant.wanted
        return Replacement(led_to(reference.found, thing, self.target), name)

    def _meant_thing(self, kind: str, wanted: str) -> Thing | Placeholder | Flaw:
        """Return the thing that a mapping's cell means: by its name, or by its id or ARN."""
        if looks_like_id(wanted):
            thing_id = thing_in(wanted)
            there = self.inventory.find(kind, self.inventory.name_of(kind, thing_id))
            found = [thing for thing in there if thing.id == thing_id]
            wanted = thing_id
            if found:
                return found[0]
        return self.find(kind, wanted)

    def _is_here(self, reference: FlowReference) -> bool:
        """Tell whether a flow refers to a thing of the target itself."""
        found = reference.found
        if found.instance not in ("", self.target.instance_id):
            return False
        return self.inventory.name_of(found.kind, found.thing_id) != found.thing_id

    def _associated(self, reference: FlowReference, meant: Meant) -> Replacement | None:
        """Return the ARN of what must be associated with the target."""
        arn = moved(reference.raw, self.mapping.source, self.target)
        if meant.target:
            named = arn[: -len(reference.found.thing_id)] + meant.target
            arn = meant.target if meant.target.startswith("arn:") else named
        known = self.inventory.names(reference.kind)
        if any(arn in (each, each.rpartition(":")[0]) for each in known):
            return None if arn == reference.raw else Replacement(arn)
        said = ", ".join(known) or "none is"
        self._say(
            reference,
            f"{arn} is not associated with this instance",
            allowed=said,
            hint=f"Associate it first ({_ASSOCIATING[reference.kind]}), or say in the sheet Mapping"
            f" what stands for it: {said}.",
        )
        return None

    def _unlisted(self, reference: FlowReference, meant: Meant) -> Replacement | None:
        """Return what stands for a thing of a kind that no list of the target tells."""
        if meant.target:
            return Replacement(meant.target)
        found, source = reference.found, self.mapping.source
        is_same = source.instance_id in ("", self.target.instance_id)
        places = (found.account, found.region)
        if not is_same and places != (self.target.account, self.target.region):
            self._lacks(reference, "is the source's, and no row of Mapping says what stands for it")
        return None

    def _lacks(self, reference: FlowReference, why: str, flaw: Flaw | None = None) -> None:
        """Note that there is nothing in the target for a reference by which contacts are served."""
        if not reference.is_run:
            return
        noun = KINDS[reference.kind].noun if is_listed(reference.kind) else reference.kind
        shown = f' (shown as "{reference.shown}")' if reference.shown else ""
        said = why if flaw is not None else f"{reference.raw} {why}"
        hint = f"Say in the sheet Mapping which {noun} stands for it, make it first, or write keep."
        if flaw is not None and str(flaw.hint):
            hint = f"{flaw.hint} {hint}"
        self._say(reference, f"{article(noun)}: {said}{shown}", hint=hint)

    def _say(
        self, reference: FlowReference, why: str, *, allowed: str = "", hint: str = ""
    ) -> None:
        block = f"block {reference.block}, " if reference.block is not None else ""
        self.flaws.append(
            Flaw(
                code="not-mapped",
                message=f"{block}{place_text(reference.place)}: {why}",
                found=reference.raw,
                allowed=allowed,
                hint=hint,
            )
        )
