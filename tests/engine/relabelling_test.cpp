// Who is numbered how does not matter: regions and segments in another order, or a segment cut into two alike, give the
// same market in distribution. Every figure of the report, by two-sample z over 40 replications a side:
//
//   z = (mean a - mean b) / sqrt(var a / 40 + var b / 40)
//
// about 150 figures (many of them nearly the same), t with about 78 degrees of freedom: |t| < 5.6 for each, false alarm
// 5e-5 together.
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "results/summary/kpi.hpp"
#include "tests/engine/market_run.hpp"

using namespace populace;

namespace {

constexpr double kBound = 5.6;
constexpr int kReplications = 40;

struct Sample {
  double mean = 0, variance_of_mean = 0;
};

std::map<std::string, Sample> kpis(MarketOptions options, std::int64_t seed) {
  options.run.seed = seed;
  const Market market(options);
  const RunInfo info = run_info(market);
  std::map<std::string, std::vector<double>> values;
  for (const ReplicationRecord& record : run_records(market, {1, 1, kReplications})) {
    const KpiValues found = evaluate_all(market.registry(), info, record);
    for (std::size_t k = 0; k < found.values.size(); ++k)
      values[market.registry().kpis()[k].name()].push_back(found.values[k]);
  }
  std::map<std::string, Sample> samples;
  for (const auto& [name, list] : values) {
    Sample& sample = samples[name];
    for (const double value : list) sample.mean += value / kReplications;
    for (const double value : list)
      sample.variance_of_mean += (value - sample.mean) * (value - sample.mean) / (kReplications - 1) / kReplications;
  }
  return samples;
}

struct Worst {
  double z = 0;
  std::string kpi;
  int compared = 0;
};

Worst worst(const std::map<std::string, Sample>& a, const std::map<std::string, Sample>& b) {
  Worst found;
  REQUIRE(a.size() == b.size());
  for (const auto& [name, sample] : a) {
    const Sample& other = b.at(name);
    const double se = std::sqrt(sample.variance_of_mean + other.variance_of_mean),
                 scale = std::max(std::fabs(sample.mean), 1e-12);
    if (std::isnan(sample.mean) || se < 1e-9 * scale) {  // absent, or the same in all replications
      if (!std::isnan(sample.mean)) CHECK(sample.mean == Approx(other.mean).epsilon(1e-9));
      continue;
    }
    ++found.compared;
    const double z = std::fabs(sample.mean - other.mean) / se;
    if (z > found.z) found.z = z, found.kpi = name;
  }
  return found;
}

// Shocks of demand are small, so that a true difference would be seen.
MarketOptions small() {
  return everything(
      {"scenario.consumers=2_400", "scenario.weeks=13", "scenario.warmup_weeks=3", "world.demand_shock_cv=0.02"});
}

// A segment replaced by two of half its share that are like it in all else.
void split(MarketOptions& options, const std::string& name) {
  const std::string twin = name + "_twin";
  const auto copy = [&](PerName& values) { values.by_name.emplace_back(twin, values.of(name)); };
  for (std::size_t s = 0; s < options.segments.size(); ++s) {
    if (options.segments[s].name != name) continue;
    options.segments[s].share /= 2;
    SegmentOptions other = options.segments[s];
    other.name = twin;
    options.segments.push_back(other);
    break;
  }
  InvolvementOptions& v = options.involvement;
  for (PerName* values : {&v.interest, &v.pleasure, &v.sign_value, &v.risk_importance, &v.risk_probability,
                          &options.need.opportunities_per_week, &options.choice.price_slope})
    copy(*values);
  for (ChannelOptions& channel : options.channels) copy(channel.slots_per_week), copy(channel.non_user_share);
  for (CampaignOptions& campaign : options.campaigns)
    for (auto* names : {&campaign.segments, &campaign.target_segments})
      if (std::find(names->begin(), names->end(), name) != names->end()) names->push_back(twin);
}

}  // namespace

TEST_CASE("regions and segments in another order give the same distributions") {
  MarketOptions turned = small();
  std::reverse(turned.regions.begin(), turned.regions.end());
  std::reverse(turned.segments.begin(), turned.segments.end());
  const Worst found = worst(kpis(small(), 1), kpis(turned, 1));
  INFO(found.kpi);
  CHECK(found.compared > 60);
  CHECK(found.z < kBound);
}

TEST_CASE("two segments that are alike are one, and two that are not are not") {
  MarketOptions halves = small();
  split(halves, "young");
  const std::map<std::string, Sample> whole = kpis(small(), 2);
  const Worst found = worst(whole, kpis(halves, 2));
  INFO(found.kpi);
  CHECK(found.compared > 60);
  CHECK(found.z < kBound);
  halves.need.opportunities_per_week.by_name.back().second *= 2;
  CHECK(worst(whole, kpis(halves, 2)).z > 3 * kBound);
}
