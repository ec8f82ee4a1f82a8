"""Facts from the AWS service models: what an operation takes, answers and refuses.

The models are packaged data, read when first asked for and kept; nothing is read at import.
Services bear botocore's names: connect, customer-profiles, connectcases, qconnect,
connectcampaignsv2, connect-contact-lens, connectparticipant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bulkops.definition.job import Identity
from bulkops.definition.model.member_paths import EACH, under
from bulkops.definition.model.model_files import services
from bulkops.definition.model.overrides import (
    NOT_SECRET,
    OVERRIDES,
    SERVICES_WITHOUT_SECRETS,
    Override,
    names_somebody,
)
from bulkops.definition.model.patterns import modelled
from bulkops.definition.model.shapes import (
    OperationShapes,
    ServiceShapes,
    Shape,
    service_shapes,
)
from bulkops.definition.model.value_limits import Limits
from bulkops.errors import JobError
from bulkops.suggestions import nearest_hint, plain

_TOKENS = ("ClientToken", "clientToken")


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFacts:
    """One member of an operation's input or output.

    `path` is dotted; the elements of a list are `Path[]`, a map's `Path{key}` and `Path{value}`.
    `required` is so within the structure that holds it. `sensitive` is the model's mark, `secret`
    what bulkops makes of it: never stored nor shown. `location` is uri, querystring, header or
    empty (the body).
    """

    path: str
    shape: str
    type: str
    required: bool
    limits: Limits
    sensitive: bool
    secret: bool
    location: str
    documentation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationFacts:
    """One operation: its members by path, its errors' codes, and its idempotency token."""

    service: str
    name: str
    members: Mapping[str, MemberFacts]
    output: Mapping[str, MemberFacts]
    errors: tuple[str, ...]
    token: str
    """The member that makes a repeated request harmless; empty where there is none."""
    documentation: str

    def member(self, path: str) -> MemberFacts:
        """Return the input member at a path; JobError with the nearest one where there is none."""
        if path not in self.members:
            hint = nearest_hint(path, self.members)
            raise JobError(f"{self.name} has no member {path}. {hint}".rstrip())
        return self.members[path]

    def holds_secret(self, path: str) -> bool:
        """Tell whether the input member at a path is a secret, or holds one however deep inside."""
        within = (f"{path}.", f"{path}{EACH}", f"{path}{{")
        return self.member(path).secret or any(
            member.secret for name, member in self.members.items() if name.startswith(within)
        )


@cache
def operations(service: str) -> tuple[str, ...]:
    """Return the names of a service's operations; JobError where there is no such service."""
    return tuple(service_model(service).operations)


def has_operation(service: str, name: str) -> bool:
    """Tell whether a service has an operation; JobError where there is no such service."""
    return service_model(service).operation(name) is not None


@cache
def operation(service: str, name: str, identity: Identity | None = None) -> OperationFacts:
    """Return the facts of an operation, with the limits that hold under an identity type.

    Raises JobError, with the nearest right name, where service or operation is unknown.
    """
    model = operation_model(service, name)
    taken = input_shape(service, name)
    answered = model.output_shape
    walk = _Walk(service, identity)
    members = {facts.path: facts for facts in walk.members(taken)} if taken else {}
    output = {facts.path: facts for facts in walk.members(answered)} if answered else {}
    return OperationFacts(
        service=service,
        name=name,
        members=members,
        output=output,
        errors=tuple(error.error_code for error in model.error_shapes),
        token=_token(taken) if taken else "",
        documentation=model.documentation,
    )


@cache
def operation_model(service: str, name: str) -> OperationShapes:
    """Return the model of an operation; JobError where it is unknown."""
    found = service_model(service).operation(name)
    if found is None:
        hint = nearest_hint(name, operations(service))
        raise JobError(f"{service} has no operation {name}. {hint}".rstrip())
    return found


def input_shape(service: str, name: str) -> Shape | None:
    """Return the shape of what an operation takes; None where it takes nothing."""
    return operation_model(service, name).input_shape


def shape_at(service: str, operation: str, path: str) -> tuple[Shape, str]:
    """Return (the shape at a dotted path of a request, its "Structure.Member").

    KeyError where there is no such member; JobError where there is no such operation.
    """
    shape, owner = input_shape(service, operation), ""
    if shape is None:
        raise KeyError(path)
    for part in path.split("."):
        name = part.removesuffix(EACH)
        shape, owner = shape.members[name], f"{shape.name}.{name}"
        if part.endswith(EACH):
            shape, owner = shape.member, f"{shape.name}{EACH}"
    return shape, owner


@cache
def limits_of(service: str, shape: Shape, member: str, identity: Identity | None) -> Limits:
    """Return the limits of a shape; `member` is "Structure.Member" where it stands in one."""
    metadata = shape.metadata
    limits = Limits(
        minimum=metadata.get("min"),
        maximum=metadata.get("max"),
        pattern=modelled(metadata["pattern"]) if "pattern" in metadata else None,
        one_of=tuple(metadata.get("enum", ())),
    )
    for override in _overrides(service, (shape.name, member), identity):
        limits = _corrected(limits, override)
    return limits


def is_secret(service: str, shape: Shape) -> bool:
    """Tell whether a shape holds a secret, as against personal data; unsure means secret."""
    return is_sensitive(shape) and not (is_known(service, shape) or names_somebody(shape.name))


def is_known(service: str, shape: Shape) -> bool:
    """Tell whether what the model marks sensitive is known to be personal data or content."""
    return service in SERVICES_WITHOUT_SECRETS or shape.name in NOT_SECRET.get(service, ())


def is_sensitive(shape: Shape) -> bool:
    """Tell whether the model marks a shape sensitive: a secret, or personal data."""
    return bool(shape.metadata.get("sensitive"))


@dataclass(frozen=True, slots=True)
class _Walk:
    """Goes through a shape and yields every member in it, a recursive one once."""

    service: str
    identity: Identity | None

    def members(
        self, structure: Shape, path: str = "", marks: tuple[bool, bool] = (False, False)
    ) -> Iterator[MemberFacts]:
        required = structure.required_members
        for name, shape in structure.members.items():
            owner = f"{structure.name}.{name}"
            place = (under(path, name), owner, name in required)
            yield from self._member(shape, place, marks, (structure.name,))

    def _member(
        self,
        shape: Shape,
        place: tuple[str, str, bool],
        marks: tuple[bool, bool],
        above: tuple[str, ...],
    ) -> Iterator[MemberFacts]:
        path, owner, required = place
        sensitive = marks[0] or bool(shape.metadata.get("sensitive"))
        secret = marks[1] or is_secret(self.service, shape)
        yield MemberFacts(
            path=path,
            shape=shape.name,
            type=shape.type_name,
            required=required,
            limits=limits_of(self.service, shape, owner, self.identity),
            sensitive=sensitive,
            secret=secret,
            location=shape.serialization.get("location", ""),
            documentation=shape.documentation,
        )
        if shape.name in above:
            return
        for name, inner, needed in _inside(shape):
            further = (f"{path}{name}", f"{shape.name}{name}", needed)
            yield from self._member(inner, further, (sensitive, secret), (*above, shape.name))


def _inside(shape: Shape) -> Iterator[tuple[str, Shape, bool]]:
    """Yield what stands in a shape: how its path goes on, its shape, and whether it must be."""
    match shape.type_name:
        case "structure":
            for name, member in shape.members.items():
                yield f".{name}", member, name in shape.required_members
        case "list":
            yield EACH, shape.member, False
        case "map":
            yield "{key}", shape.key, False
            yield "{value}", shape.value, False


def _overrides(
    service: str, names: tuple[str, ...], identity: Identity | None
) -> Iterator[Override]:
    for name in names:
        for override in OVERRIDES.get((service, name), ()):
            if not override.identities or identity in override.identities:
                yield override


def _corrected(limits: Limits, override: Override) -> Limits:
    return Limits(
        minimum=limits.minimum,
        maximum=limits.maximum if override.maximum is None else override.maximum,
        pattern=override.pattern or limits.pattern,
        says=override.says or limits.says,
        one_of=limits.one_of,
        nfc=override.nfc or limits.nfc,
    )


def _token(structure: Shape) -> str:
    """Return the idempotency token; four Connect operations have one without the model's trait."""
    marked = [
        name
        for name, shape in structure.members.items()
        if shape.metadata.get("idempotencyToken") or name in _TOKENS
    ]
    return marked[0] if marked else ""


def service_model(name: str) -> ServiceShapes:
    """Return the model of a service; JobError, with the nearest right name, where there is none."""
    found = service_shapes(name)
    if found is None:
        near = [each for each in services() if plain(name) in plain(each)]
        hint = f"There are {', '.join(near)}." if near else nearest_hint(name, services())
        raise JobError(f"AWS has no service {name} that is known here. {hint}".rstrip())
    return found


_OF_AN_INSTANCE = frozenset({"connect", "connect-contact-lens"})


def filled_member(service: str) -> str:
    """Return the member that the target fills, InstanceId; empty where a service has none.

    Other services use the name for other things, such as Amazon EC2 for its machines.
    """
    return "InstanceId" if service in _OF_AN_INSTANCE else ""
