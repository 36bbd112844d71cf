// Outlets, the paths to a completed order, and reminders of abandoned ones.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "models/outlets/outlet_distance.hpp"
#include "scenarios/validate/ranges.hpp"
#include "scenarios/validate/rules.hpp"

namespace populace {
namespace {

bool everybody_lives_beside_a_store(const MarketOptions& market) {
  return std::all_of(market.regions.begin(), market.regions.end(),
                     [](const RegionOptions& region) { return region.store_distance_km == 0; });
}

bool positive(const Series& series) {
  if (series.points.empty()) return series.constant > 0;
  return std::any_of(series.points.begin(), series.points.end(), [](const auto& point) { return point.second > 0; });
}

// A key that is given and does nothing.
void check_idle(RuleBook& book, const KeyPath& key, bool idle, const std::string& why, const std::string& hint) {
  if (idle && book.is_given(key) && !book.is_wrong(key)) book.refuse(key, "does nothing, because " + why, hint);
}

void check_place(RuleBook& book, const OutletOptions& outlet, const KeyPath& path) {
  const std::string stores = "give region.NAME.store_distance_km";
  const bool beside = everybody_lives_beside_a_store(book.market);
  check_idle(book, path / "radius_km", beside && outlet.radius_km > 0, "everybody lives beside a store", stores);
  check_idle(book, path / "distance_factor", beside, "everybody lives beside a store", stores);
  check_idle(book, path / "service_quality", !book.market.experience.enabled, "experience.enabled = false",
             "write experience.enabled = true");
  check_idle(book, path / "member_utility", !book.market.owns_channels(), "there are no members",
             "declare an owned channel, as [owned.NAME]");
  check_idle(book, path / "trust", outlet.physical() && outlet.trust < 1,
             fmt::format("goods can be seen and tried in a {}", outlet.kind), "drop the key");
  check_idle(book, path / "trial_prob", !outlet.physical() && outlet.trial_prob > 0,
             fmt::format("nothing can be tried in outlets of kind {}", outlet.kind),
             R"(drop the key, or write kind = "store")");
  check_idle(book, path / "trial_utility", outlet.physical() && outlet.trial_prob <= 0 && outlet.trial_utility != 0,
             "trial_prob = 0", "give trial_prob");
  const bool carries_focal = outlet.brands.empty() || std::find(outlet.brands.begin(), outlet.brands.end(),
                                                                book.market.run.focal_brand) != outlet.brands.end();
  check_idle(book, path / "trial_prob", outlet.trial_prob > 0 && !carries_focal,
             fmt::format("the focal brand {} is not sold here", book.market.run.focal_brand),
             "add it to brands, or drop the key");
}

void check_outages(RuleBook& book, const OutletOptions& outlet, const KeyPath& path) {
  const auto weeks = static_cast<double>(book.market.run.weeks);
  for (std::size_t i = 0; i < outlet.outages.size(); ++i) {
    const OutageOptions& outage = outlet.outages[i];
    const KeyPath at = path / "outage" / std::to_string(i);
    if (book.is_wrong(at)) continue;
    if (outage.end_week <= outage.start_week)
      book.refuse(at / "end_week", fmt::format("must be after start_week {}", plain(outage.start_week)),
                  "the week before which it is back");
    else if (outage.start_week >= weeks)
      book.refuse(at / "start_week", fmt::format("lies outside the horizon of {} weeks", plain(weeks)),
                  "weeks count from 0");
  }
}

void check_outlets_each(RuleBook& book) {
  std::size_t connected = 0;
  for (const OutletOptions& outlet : book.market.outlets) connected += outlet.enabled && outlet.connected;
  for (const OutletOptions& outlet : book.market.outlets) {
    const KeyPath path{"outlet", outlet.name};
    if (!outlet.enabled) continue;
    check_place(book, outlet, path);
    check_outages(book, outlet, path);
    check_idle(book, path / "connected", outlet.connected && connected == 1, "no other outlet is connected",
               "write connected = true in another outlet too");
  }
}

void check_step(RuleBook& book, const PathStepOptions& step, const KeyPath& path, bool beside) {
  const auto only = [&](const char* key, const char* kind) {
    check_idle(book, path / key, step.kind != kind, fmt::format("this step is of kind {}", step.kind),
               fmt::format("write kind = \"{}\", or drop the key", kind));
  };
  only("friction_per_km", "redeem");
  only("max_km", "redeem");
  only("known_share", "payment");
  if (step.kind != "redeem") return;
  const std::string stores = "give region.NAME.store_distance_km";
  check_idle(book, path / "friction_per_km", beside && step.friction_per_km > 0, "everybody lives beside a store",
             stores);
  check_idle(book, path / "max_km", beside && step.max_km > 0, "everybody lives beside a store", stores);
}

void check_paths(RuleBook& book) {
  const MarketOptions& market = book.market;
  const bool beside = everybody_lives_beside_a_store(market);
  std::set<std::string> names;
  for (const PathOptions& path : market.paths) {
    const KeyPath at{"path", path.name};
    const auto uses = [&](const OutletOptions& outlet) { return outlet.path == path.name; };
    if (path.steps.empty() && !book.is_wrong(at))
      book.refuse(at / "step", "is missing: a path without steps does nothing",
                  fmt::format("declare steps, as [path.{}.step.NAME]", path.name));
    else if (path.steps.size() > kMaxPathSteps)
      book.refuse(at / "step",
                  fmt::format("has {} steps, and at most {} are possible", path.steps.size(), kMaxPathSteps),
                  "join some of them");
    if (std::none_of(market.outlets.begin(), market.outlets.end(), uses))
      book.refuse(at, "is walked by nobody", fmt::format("write path = \"{}\" in an outlet", path.name));
    for (const PathStepOptions& step : path.steps) {
      names.insert(step.name);
      check_step(book, step, at / "step" / step.name, beside);
    }
  }
  if (names.size() > kMaxStepNames)
    book.refuse({"path"},
                fmt::format("has steps of {} names, and at most {} are possible", names.size(), kMaxStepNames),
                "call steps that mean the same by the same name");
}

bool somebody_abandons(const MarketOptions& market) {
  if (market.retail.mismatch_friction > 0) return true;
  return std::any_of(market.outlets.begin(), market.outlets.end(), [&](const OutletOptions& outlet) {
    return std::any_of(market.paths.begin(), market.paths.end(), [&](const PathOptions& path) {
      return outlet.enabled && outlet.path == path.name && path.recorded;
    });
  });
}

// Keys of [outlets] that ask for something in an outlet.
void check_common(RuleBook& book) {
  const MarketOptions& market = book.market;
  const KeyPath path{"outlets"};
  const auto any = [&](const auto& condition) {
    return std::any_of(market.outlets.begin(), market.outlets.end(),
                       [&](const OutletOptions& o) { return o.enabled && condition(o); });
  };
  const bool doubted = any([](const OutletOptions& o) { return !o.physical() && o.trust < 1; });
  check_idle(book, path / "distrust_share", !doubted, "every outlet is fully trusted",
             "give outlet.NAME.trust below 1");
  check_idle(book, path / "delay_utility_per_day",
             !any([](const OutletOptions& o) { return positive(o.delivery_days); }), "no outlet has delivery_days",
             "give outlet.NAME.delivery_days");
  check_idle(book, path / "visibility", !any([](const OutletOptions& o) { return o.trial_prob > 0; }),
             "nothing is tried", "give outlet.NAME.trial_prob");
  check_idle(book, path / "base_access", market.retail.access_utility <= 0, "outlets.access_utility = 0",
             "give access_utility");
  check_idle(book, path / "distance_utility_per_km", !outlets_need_distance(market),
             "nobody goes to an outlet at a distance", "give region.NAME.store_distance_km and a store");
  check_idle(book, path / "connected_friction_share", !any([](const OutletOptions& o) { return o.connected; }),
             "no outlets are connected", "write connected = true in two outlets");
  if (market.retail.win_back.enabled && !somebody_abandons(market))
    book.refuse(path / "win_back" / "enabled", "nobody abandons an order that is recorded",
                "give an outlet a path with steps and recorded = true");
}

}  // namespace

void check_outlets(RuleBook& book) {
  const MarketOptions& market = book.market;
  const KeyPath switch_key{"outlets", "enabled"};
  const bool working =
      std::any_of(market.outlets.begin(), market.outlets.end(), [](const auto& o) { return o.enabled; });
  if (market.outlets.empty()) {
    for (const char* table : {"outlets", "path"})
      if (book.is_given({table}) && !book.is_wrong({table}) && market.retail.enabled)
        book.refuse({table}, "does nothing, because no outlet is declared", "declare one, as [outlet.NAME]");
    return;
  }
  if (!market.need.enabled && market.retail.enabled && !book.is_wrong({"need"}))
    return book.refuse({"outlet"}, "nobody ever buys, because need.enabled = false", "write need.enabled = true");
  if (!market.retail.enabled || !working || book.is_wrong({"outlet"}) || book.is_wrong({"path"})) return;
  check_outlets_each(book);
  check_paths(book);
  if (!book.is_wrong({"outlets"})) check_common(book);
}

}  // namespace populace
