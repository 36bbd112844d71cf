"""The common comparison model as its scenario file tells it, in the words that every peer takes: key=number,number…

Each key of the file is taken once and what a peer could not do is refused, so that no change of the file goes unnoticed.
"""
import tomllib

STAGE_MACHINE = "funnel"


class Table:
    """A table of the scenario whose keys are taken one by one."""

    def __init__(self, name, values):
        self.name, self.values = name, dict(values)

    def take(self, key, must_be=None):
        if key not in self.values:
            raise ValueError(f"{self.name}.{key} is missing")
        value = self.values.pop(key)
        if must_be is not None and value != must_be:
            raise ValueError(f"{self.name}.{key} = {value!r}: the peers know only {must_be!r}")
        return value

    def table(self, key):
        return Table(f"{self.name}.{key}", self.take(key))

    def close(self):
        if self.values:
            raise ValueError(f"{self.name}: the peers do not know {', '.join(self.values)}")


def take_channels(root):
    """Chance of a contact and its effect on goodwill, channel by channel; lowest and highest affinity."""
    campaigns, channels = root.table("campaign"), root.table("channel")
    probs, effects, low, high, habit_of = [], [], None, None, None
    for name in list(channels.values):
        channel, campaign = channels.table(name), campaigns.table(name)
        channel.take("exposure", "bernoulli")
        if habit_of is None:
            habit_of = name
            channel.take("habit", "uniform")
            low, high = channel.take("slots_low"), channel.take("slots_high")
        else:
            channel.take("shares_habit_with", habit_of)
        effects.append(channel.take("slow_effect"))
        campaign.take("channel", name)
        campaign.take("buy", "probability")
        probs.append(campaign.take("delivery_prob"))
        channel.close()
        campaign.close()
    campaigns.close()
    return {"affinity_low": low, "affinity_high": high, "contact_prob": probs, "contact_effect": effects}


def take_retention(root):
    response = root.table("response")
    response.take("carryover", "discrete")
    slow, fast = response.table("slow"), response.table("fast")
    retention = slow.take("retention_per_week")
    slow.take("acts_on", "hazard")
    fast.take("acts_on", "nothing")
    for table in (response, slow, fast):
        table.close()
    return {"retention": retention}


def take_moves(machine, stages):
    moves = machine.table("move")
    up, down = moves.table("up"), moves.table("down")
    up.take("from", stages[:-1])
    up.take("to", "next")
    up.take("order", 1)
    drivers = up.table("drivers")
    goodwill = drivers.take("goodwill")
    (share_of, talk), = drivers.values.items()
    down.take("from", stages[1:])
    down.take("to", "previous")
    down.take("order", 2)
    back = down.take("prob_per_week")
    for table in (moves, up, down):
        table.close()
    return {"goodwill_rate": goodwill, "talk_rate": talk, "talk_stage": stages.index(share_of.removeprefix("share.")), "down_prob": back}


def read(path):
    """Names of the stages, and the parameters by name."""
    with open(path, "rb") as file:
        root = Table("scenario", tomllib.load(file))
    scenario = root.table("scenario")
    model = {"weeks": scenario.take("weeks")}
    for key in ("title", "question", "consumers", "replications", "seed"):
        scenario.take(key)
    model |= take_channels(root) | take_retention(root)
    machine = root.table("machine").table(STAGE_MACHINE)
    stages = machine.take("stages")
    started = machine.take("initial_share")
    rest = 1 - sum(started.values())
    model["initial_share"] = [rest if stage == stages[0] else started.get(stage, 0) for stage in stages]
    model |= take_moves(machine, stages)
    purchase = root.table("stage_purchase")
    purchase.take("machine", STAGE_MACHINE)
    order_prob = purchase.take("order_prob_per_week")
    model["order_prob"] = [order_prob.get(stage, 0) for stage in stages]
    for table in (scenario, machine, purchase, root):
        table.close()
    return stages, model


def words(parameters):
    """The command line of a peer."""
    return [f"{key}={','.join(map(repr, value)) if isinstance(value, list) else repr(value)}" for key, value in parameters.items()]
