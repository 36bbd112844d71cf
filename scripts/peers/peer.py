"""What the peers written in Python share: parameters from the command line, the measurement, the line of JSON.

A peer is started with key=number,number… of the common model (common_model.py) and of the measurement:
  consumers      people in the market
  replications   runs of the whole horizon at least
  seconds        and so long at least
  seed           of the first run; each further one adds 1
"""
import json
import sys
import time
from types import SimpleNamespace

LISTS = {"contact_prob", "contact_effect", "initial_share", "order_prob"}
WHOLE = {"weeks", "talk_stage", "consumers", "replications", "seed"}


def parameters():
    given = SimpleNamespace()
    for word in sys.argv[1:]:
        key, _, text = word.partition("=")
        numbers = [int(number) if key in WHOLE else float(number) for number in text.split(",")]
        setattr(given, key, numbers if key in LISTS else numbers[0])
    return given


def initial_counts(given):
    """People by stage at the start; the first stage has the rest."""
    later = [round(share * given.consumers) for share in given.initial_share[1:]]
    return [given.consumers - sum(later)] + later


def measure(given, market_of, bytes_per_consumer):
    """Runs market_of(seed).run() and prints the figures; drawing the population is not timed."""
    seconds, runs, orders, people = 0.0, 0, 0, [0] * len(given.order_prob)
    while runs < given.replications or seconds < given.seconds:
        market = market_of(given.seed + runs)
        start = time.perf_counter()
        market.run()
        seconds += time.perf_counter() - start
        runs += 1
        orders += int(market.orders())
        people = [sum(pair) for pair in zip(people, market.people_by_stage())]
    everybody = runs * given.consumers
    print(json.dumps({"consumers": given.consumers, "replications": runs, "consumer_steps_per_second": everybody * given.weeks / seconds,
                      "bytes_per_consumer": bytes_per_consumer, "shares": [int(count) / everybody for count in people],
                      "orders_per_person": orders / everybody}))
