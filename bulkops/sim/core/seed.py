"""The world a simulation begins with: a small contact centre, and as much more as asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bulkops.sim.core.planted import planted
from bulkops.sim.core.seed_attributes import plant_attribute_settings
from bulkops.sim.core.seed_big import BIG
from bulkops.sim.core.seed_big import LIMITS as BIG_LIMITS
from bulkops.sim.core.seed_campaigns import PLANTING
from bulkops.sim.core.seed_cases import plant_cases
from bulkops.sim.core.seed_contents import usual_content
from bulkops.sim.core.seed_deletes import plant_old_flows, plant_old_settings
from bulkops.sim.core.seed_evaluations import plant_evaluations
from bulkops.sim.core.seed_full import FULL, plant_associated
from bulkops.sim.core.seed_homes import plant_associations
from bulkops.sim.core.seed_new import plant_new
from bulkops.sim.core.seed_numbers import plant_numbers
from bulkops.sim.core.seed_overrides import plant_overrides
from bulkops.sim.core.seed_permissions import plant_permissions
from bulkops.sim.core.seed_profiles import plant_profile_keys, plant_profiles
from bulkops.sim.core.seed_quick import plant_knowledge
from bulkops.sim.core.seed_routing import plant_routing
from bulkops.sim.core.seed_rules import plant_rules
from bulkops.sim.core.seed_tables import plant_tables
from bulkops.sim.core.seed_tasks import plant_task_templates
from bulkops.sim.core.seed_user_configs import plant_user_configs
from bulkops.sim.core.seed_users import plant_user_details
from bulkops.sim.core.seed_views import plant_views
from bulkops.sim.core.seed_vocabularies import plant_vocabularies
from bulkops.sim.core.seed_weeks import all_hours, office_hours
from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from bulkops.sim.services.connect.hierarchy_groups import level_id
from bulkops.sim.state.world import SimulatedWorld, WorldSession

BEGUN = 1_767_225_600.0
"""2026-01-01T00:00:00Z in POSIX seconds: when the clock of the first world begins."""
MADE = BEGUN - 24 * 3600.0
"""When everything in the first world was made: long enough ago for every index to show it."""

BASIC_PROFILE = "Basic Routing Profile"
PROFILES = (
    BASIC_PROFILE,
    "Support Tier 1",
    "Support Tier 2",
    "Billing",
    "Sales EMEA",
    "Sales Americas",
)
SECURITY_PROFILES = ("Agent", "CallCenterManager", "QualityAnalyst", "Admin")
QUEUES = (
    "BasicQueue",
    "Support",
    "Support VIP",
    "Billing",
    "Sales EMEA",
    "Sales Americas",
    "Escalations",
)
GROUPS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "Contact Centre": {"Dublin": ("Support", "Billing"), "Lisbon": ("Support", "Sales")}
}
STATUSES = (
    ("Available", "ROUTABLE"),
    ("Offline", "OFFLINE"),
    ("Break", "CUSTOM"),
    ("Lunch", "CUSTOM"),
    ("Training", "CUSTOM"),
)
USERS = (
    ("admin", "Ada", "Minister"),
    ("j.murphy", "Jane", "Murphy"),
    ("m.silva", "Miguel", "Silva"),
    ("a.kowalska", "Anna", "Kowalska"),
)
ATTRIBUTES: Mapping[str, Sequence[str]] = {
    "connect:Language": ("English", "Portuguese", "Polish", "Irish"),
    "Skill": ("Billing", "Returns", "Technical"),
}
FLOWS = (
    ("Sample inbound flow", "CONTACT_FLOW"),
    ("Default customer queue", "CUSTOMER_QUEUE"),
    ("Default agent transfer", "AGENT_TRANSFER"),
    ("Default queue transfer", "QUEUE_TRANSFER"),
)
DETAILS: Sequence[Callable[[WorldSession], None]] = (
    plant_routing,
    plant_user_details,
    plant_old_flows,
    plant_numbers,
    plant_permissions,
    plant_attribute_settings,
    plant_overrides,
    plant_vocabularies,
    plant_old_settings,
    plant_associations,
    plant_evaluations,
    plant_task_templates,
)
"""What makes the rest, in this order: each finds by name what those before it have made."""
LAST: Sequence[Callable[[WorldSession], None]] = (
    plant_profiles,
    plant_profile_keys,
    plant_knowledge,
    *PLANTING,
    plant_user_configs,
    plant_rules,
)
"""What comes after the tables, likewise."""


def new_world(config: SimConfig) -> SimulatedWorld:
    """Make the world that a simulation begins with."""
    raised = BIG_LIMITS if any(one.big for one in config.instances) else {}
    world = SimulatedWorld(seed=config.seed, limits={**raised, **config.limits})
    for one in config.instances:
        seeding = _Seeding(world, one)
        if one.contents == "new":
            seeding.plant_each((plant_new,))
        else:
            seeding.plant()
        if one.contents == "full":
            seeding.plant_each(FULL)
        if one.big:
            seeding.plant_each(BIG)
    world.lag, world.search_lag = config.lag, config.search_lag
    return world


class _Seeding:
    """Fills one instance; each kind finds by name the ids of what was made before it."""

    def __init__(self, world: SimulatedWorld, config: InstanceConfig) -> None:
        self._config = config
        self._world = world
        self._instance = world.add_instance(
            alias=config.alias,
            account=config.account,
            region=config.region,
            identity=config.identity,
            at=MADE,
        )

    def plant(self) -> None:
        """Make everything, in an order in which names are known before they are used."""
        session = WorldSession(self._world, self._instance, "seed", MADE)
        for name, config in (("Basic Hours", office_hours()), ("Around the clock", all_hours())):
            session.create(
                "hours-of-operation", {"Name": name, "TimeZone": "Europe/Dublin", "Config": config}
            )
        self._plant_statuses(session)
        for name, type_ in FLOWS:
            flow = {"Name": name, "Type": type_, "State": "ACTIVE", "Status": "PUBLISHED"}
            session.create("contact-flow", {**flow, "Content": usual_content(type_)})
        for name in SECURITY_PROFILES:
            owner = {"InstanceId": self._instance.id}
            session.create("security-profile", {"Name": name, **owner})
        self._plant_groups(session)
        self._commit(session)
        self._plant_queues()
        self._plant_profiles()
        self._plant_users()
        self._plant_quick_connects()
        self.plant_each(DETAILS)
        plant_tables(self._session, self._commit)
        self.plant_each(LAST)
        plant_cases(self._session, self._commit)
        self.plant_each((plant_views, plant_associated))

    def plant_each(self, plants: Sequence[Callable[[WorldSession], None]]) -> None:
        """Make more, each kind after what was made before it is there."""
        for plant in plants:
            session = self._session()
            plant(session)
            self._commit(session)

    def _commit(self, session: WorldSession) -> None:
        commit = session.commit()
        if commit is not None:
            self._world.commit(commit)

    def _session(self) -> WorldSession:
        return WorldSession(self._world, self._instance, "seed", MADE)

    def _id(self, kind: str, name: str) -> str:
        return str(planted(self._session(), kind, name)["Id"])

    def _plant_statuses(self, session: WorldSession) -> None:
        for order, (name, type_) in enumerate(STATUSES, start=1):
            status = {"Name": name, "Type": type_, "State": "ENABLED", "DisplayOrder": order}
            session.create("agent-status", status)
        for name, values in ATTRIBUTES.items():
            session.put_named("predefined-attribute", name, {"Values": {"StringList": [*values]}})

    def _plant_groups(self, session: WorldSession) -> None:
        def group(name: str, depth: int, parent: str | None) -> str:
            members = {"ParentGroupId": parent, "LevelId": level_id(session, depth)}
            return str(session.create("hierarchy-group", {"Name": name, **members})["Id"])

        for top, sites in GROUPS.items():
            top_id = group(top, 0, None)
            for site, teams in sites.items():
                site_id = group(site, 1, top_id)
                for team in teams:
                    group(team, 2, site_id)

    def _plant_queues(self) -> None:
        session = self._session()
        hours = self._id("hours-of-operation", "Basic Hours")
        for name in QUEUES:
            queue = {"Name": name, "HoursOfOperationId": hours, "Status": "ENABLED"}
            session.create("queue", {**queue, "Description": f"Contacts for {name}"})
        self._commit(session)

    def _plant_profiles(self) -> None:
        session = self._session()
        numbered = [f"Profile {n:05d}" for n in range(1, self._config.routing_profiles + 1)]
        for name in (*PROFILES, *numbered):
            queue = self._id("queue", name if name in QUEUES else "BasicQueue")
            session.create(
                "routing-profile",
                {
                    "InstanceId": self._instance.id,
                    "Name": name,
                    "Description": f"Agents of {name}",
                    "DefaultOutboundQueueId": queue,
                    "MediaConcurrencies": [{"Channel": "VOICE", "Concurrency": 1}],
                    "AgentAvailabilityTimer": "TIME_SINCE_LAST_ACTIVITY",
                    "QueueConfigs": [
                        {
                            "QueueReference": {"QueueId": queue, "Channel": "VOICE"},
                            "Priority": 1,
                            "Delay": 0,
                        }
                    ],
                },
            )
        self._commit(session)

    def _plant_users(self) -> None:
        session = self._session()
        profile = self._id("routing-profile", BASIC_PROFILE)
        security = self._id("security-profile", "Agent")
        numbered = [
            (f"agent{n:05d}", "Agent", f"{n:05d}") for n in range(1, self._config.users + 1)
        ]
        for username, first, last in (*USERS, *numbered):
            session.create(
                "user",
                {
                    "Name": username,
                    "IdentityInfo": {"FirstName": first, "LastName": last},
                    "PhoneConfig": {
                        "PhoneType": "SOFT_PHONE",
                        "AutoAccept": False,
                        "AfterContactWorkTimeLimit": 0,
                    },
                    "SecurityProfileIds": [security],
                    "RoutingProfileId": profile,
                },
            )
        self._commit(session)

    def _plant_quick_connects(self) -> None:
        session = self._session()
        flow = {"ContactFlowId": self._id("contact-flow", "Default agent transfer")}
        to_queue = {"ContactFlowId": self._id("contact-flow", "Default queue transfer")}
        configs: Sequence[tuple[str, str, Mapping[str, Any]]] = (
            (
                "Supervisor desk",
                "USER",
                {"UserConfig": {"UserId": self._id("user", "admin"), **flow}},
            ),
            (
                "Billing desk",
                "QUEUE",
                {"QueueConfig": {"QueueId": self._id("queue", "Billing"), **to_queue}},
            ),
            ("Dublin reception", "PHONE_NUMBER", {"PhoneConfig": {"PhoneNumber": "+35315550100"}}),
        )
        for name, type_, config in configs:
            whole = {"QuickConnectType": type_, **config}
            members = {"QuickConnectConfig": whole, "QuickConnectType": type_}
            session.create("quick-connect", {"Name": name, **members})
        self._commit(session)
