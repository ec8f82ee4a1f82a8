"""The simulated Connect: one request in, one reply or refusal out, at a given time.

Nothing here waits, throttles or fails by chance: that is done around it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from bulkops.definition.model.operations import service_model
from bulkops.definition.model.shapes import ServiceShapes
from bulkops.sim.services.connect import (
    agent_statuses,
    contacts,
    data_table_attributes,
    data_table_values,
    data_tables,
    deletions,
    evaluation_forms,
    flow_leads,
    flow_modules,
    flow_versions,
    flows,
    hours_overrides,
    integration_associations,
    lambda_and_lex,
    proficiencies,
    prompts,
    queues,
    quick_connects,
    rules,
    security_profiles,
    tags,
    task_templates,
    user_configs,
    users,
    views,
    vocabularies,
)
from bulkops.sim.services.connect import hierarchy_groups as hierarchy
from bulkops.sim.services.connect import hours_of_operation as hours
from bulkops.sim.services.connect import phone_numbers as numbers
from bulkops.sim.services.connect import predefined_attributes as attributes
from bulkops.sim.services.connect import read_only_kinds as things
from bulkops.sim.services.connect import routing_profiles as routing
from bulkops.sim.services.connect.listing import Handler
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.request_rules import Rule, check, rule_of, unknown
from bulkops.sim.state.refusals import ServiceError, not_found
from bulkops.sim.state.world import (
    Caller,
    Commit,
    SimulatedInstance,
    SimulatedWorld,
    WorldSession,
    moment,
)

HANDLERS: Mapping[str, Handler] = {
    **users.OPERATIONS,
    **user_configs.OPERATIONS,
    **proficiencies.OPERATIONS,
    **routing.OPERATIONS,
    **queues.OPERATIONS,
    **quick_connects.OPERATIONS,
    **numbers.OPERATIONS,
    **vocabularies.OPERATIONS,
    **rules.OPERATIONS,
    **data_tables.OPERATIONS,
    **data_table_attributes.OPERATIONS,
    **data_table_values.OPERATIONS,
    **agent_statuses.OPERATIONS,
    **prompts.OPERATIONS,
    **hierarchy.OPERATIONS,
    **things.OPERATIONS,
    **flows.OPERATIONS,
    **flow_modules.OPERATIONS,
    **flow_versions.OPERATIONS,
    **flow_leads.OPERATIONS,
    **lambda_and_lex.OPERATIONS,
    **views.OPERATIONS,
    **deletions.OPERATIONS,
    **hours_overrides.OPERATIONS,
    **tags.OPERATIONS,
    **contacts.OPERATIONS,
    **hours.OPERATIONS,
    **attributes.OPERATIONS,
    **security_profiles.OPERATIONS,
    **integration_associations.OPERATIONS,
    **evaluation_forms.OPERATIONS,
    **task_templates.OPERATIONS,
}
OPERATIONS = frozenset({*HANDLERS, "DescribeInstance", "ListInstances"})
"""The Connect operations that are simulated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What a service answers: the reply's members, and what was changed by the request."""

    data: Mapping[str, Any] = field(default_factory=dict)
    commit: Commit | None = None


def accepted(world: SimulatedWorld, session: WorldSession, reply: Mapping[str, Any]) -> Response:
    """Commit to the world what a request has asked for, and return what it is answered."""
    commit = session.commit()
    if commit is not None:
        world.commit(commit)
    return Response(data=reply, commit=commit)


def not_simulated(service: str, operation: str) -> ServiceError:
    """Return the refusal of an operation that is the service's, and not the simulator's."""
    said = f"The simulator does not know {service}:{operation}."
    return ServiceError("UnsupportedOperationException", said)


def keeper(world: SimulatedWorld, caller: Caller, kind: str, thing_id: str) -> SimulatedInstance:
    """Return the caller's instance beside which a thing is kept; its first, where none has it."""
    own = [each for each in world.instances.values() if each.belongs_to(caller)]
    if not own:
        raise ServiceError("AccessDeniedException", "There is nothing of this account here.")
    return next((each for each in own if each.tables[kind].get(thing_id) is not None), own[0])


INVALID = frozenset({"InvalidParameterException", "InvalidRequestException"})
"""How Amazon Connect refuses what its model does not allow; other services have their own codes."""


class Rules:
    """The rules of one service's operations, made once from its model, which is read on demand."""

    def __init__(self, service: str, *, invalid: str = "") -> None:
        """`invalid` is the one code of a service for whatever its model does not allow."""
        self._service = service
        self._invalid = invalid
        self._known: dict[str, Rule] = {}
        self._inputs: dict[str, Rule] = {}

    @cached_property
    def _model(self) -> ServiceShapes:
        return service_model(self._service)

    def __contains__(self, operation: object) -> bool:
        return operation in self._model.operations

    def of(self, operation: str) -> Rule:
        """Return the rule of an operation's input; UnknownOperationException for none."""
        found = self._inputs.get(operation)
        if found is None:
            if operation not in self:
                raise ServiceError("UnknownOperationException", f"There is no {operation}.")
            shape = self._model.operations[operation].input_shape
            found = rule_of(shape, self._known) if shape is not None else Rule()
            self._inputs[operation] = found
        return found

    def check(self, operation: str, params: Mapping[str, Any]) -> None:
        """Refuse a request that the service model does not allow."""
        rule = self.of(operation)
        try:
            check(rule, params)
        except ServiceError as error:
            if self._invalid and error.code in INVALID:
                raise ServiceError(self._invalid, error.message) from error
            raise

    def unknown(self, operation: str, params: Mapping[str, Any]) -> list[str]:
        """Return the paths of members that the model does not know."""
        return unknown(self.of(operation), params)


class Service(Protocol):
    """One simulated service."""

    rules: Rules

    def respond(
        self, operation: str, params: Mapping[str, Any], now: float, caller: Caller
    ) -> Response:
        """Answer a request at POSIX time `now`, or raise ServiceError to refuse it."""
        ...


class Connect:
    """Amazon Connect over a world of instances."""

    def __init__(self, world: SimulatedWorld) -> None:
        self.world = world
        self.rules = Rules("connect")

    def respond(
        self, operation: str, params: Mapping[str, Any], now: float, caller: Caller
    ) -> Response:
        """Answer a request; a write that is accepted has been committed to the world."""
        given = {name: value for name, value in params.items() if value is not None}
        self.rules.check(operation, given)
        if operation == "ListInstances":
            return Response(data=self._list_instances(given, now, caller))
        if operation == "DescribeInstance":
            instance = self.world.instance(given["InstanceId"], caller)
            return Response(data={"Instance": _shown(instance)})
        if operation not in HANDLERS:
            raise not_simulated("connect", operation)
        session = WorldSession(self.world, self._instance(given, caller), operation, now)
        reply = HANDLERS[operation](session, given)
        return accepted(self.world, session, reply)

    def _instance(self, params: Mapping[str, Any], caller: Caller) -> SimulatedInstance:
        if "InstanceId" in params:
            return self.world.instance(params["InstanceId"], caller)
        for instance in self.world.instances.values():
            if instance.belongs_to(caller) and _has(instance, params):
                return instance
        raise not_found("resource")

    def _list_instances(
        self, params: Mapping[str, Any], now: float, caller: Caller
    ) -> Mapping[str, Any]:
        own = [one for one in self.world.instances.values() if one.belongs_to(caller)]
        page = page_of(list(enumerate(own, start=1)), "ListInstances", params, now)
        return page.reply("InstanceSummaryList", [_shown(instance) for instance in page.items])


def _has(instance: SimulatedInstance, params: Mapping[str, Any]) -> bool:
    """Tell whether an instance has the number or the resource that a request names by itself."""
    if "PhoneNumberId" in params:
        return instance.tables["phone-number"].get(params["PhoneNumberId"]) is not None
    if "TargetArn" in params:
        return bool(params["TargetArn"] == instance.arn)
    arn = params.get("resourceArn", "")
    if ":phone-number/" in arn:
        number = instance.tables["phone-number"].get(arn.rpartition("/")[2])
        return number is not None and number["Arn"] == arn
    return bool(arn.startswith(f"{instance.arn}/"))


def _shown(instance: SimulatedInstance) -> Mapping[str, Any]:
    return {
        "Id": instance.id,
        "Arn": instance.arn,
        "IdentityManagementType": instance.identity,
        "InstanceAlias": instance.alias,
        "CreatedTime": moment(instance.created_at),
        "ServiceRole": (
            f"arn:aws:iam::{instance.account}:role/aws-service-role/"
            "connect.amazonaws.com/AWSServiceRoleForAmazonConnect"
        ),
        "InstanceStatus": "ACTIVE",
        "InboundCallsEnabled": True,
        "OutboundCallsEnabled": True,
        "InstanceAccessUrl": f"https://{instance.alias}.my.connect.aws",
    }
