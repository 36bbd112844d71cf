// The same market in steps of a week and of a day: key figures agree within the bounds of docs/methods/steps.md, beyond
// what chance explains. Draws differ between the two, so the difference of means has an SE over replications; the t of
// twice the replications less two at the tail of z = 4.9 (a hundred checks) multiplies it.
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "tests/engine/market_run.hpp"
#include "tests/support/zscore.hpp"

using namespace populace;

namespace {

struct Size {
  std::string consumers, weeks, replications;
};

struct Figures {
  std::unique_ptr<Market> market;  // the summary points into it
  Summary summary;
};

Figures figures(const Size& size, const std::string& step, std::vector<std::string> more = {}) {
  more.insert(more.end(),
              {"scenario.step=" + step, "scenario.consumers=" + size.consumers, "scenario.weeks=" + size.weeks,
               "scenario.replications=" + size.replications, "channel.feed.cap.weeks=1"});
  Figures result{std::make_unique<Market>(load_options("tests/mechanisms/base.toml", more)), {}};
  const std::vector<ReplicationRecord> records = run_records(*result.market, {2, 2, 0});
  result.summary = summarise(result.market->registry(), run_info(*result.market), records);
  return result;
}

// Share of a figure by which steps may differ; 0: no figure to compare.
double bound(const Kpi& kpi) {
  if (kpi.column == "unspent") return 0;  // what is left of the last contact's price
  if (kpi.group == "ladder") return kpi.column == "entries_per_week" ? .35 : .10;
  if (kpi.group == "channel" || kpi.group == "campaign") {
    const bool search = kpi.row == "query" || kpi.row == "words";  // paced on the queries of the step before
    return kpi.column == "reach_3" ? .06 : search ? .04 : .01;
  }
  return .015;
}

// Differences in units of what is allowed, by group of figures: the greatest.
std::map<std::string, double> differences_in_bounds(const Figures& week, const Figures& day) {
  const auto n = static_cast<double>(week.summary.replications.size());
  const double tail = boost::math::cdf(boost::math::normal(), -kBoundHundredChecks);
  const double t = -boost::math::quantile(boost::math::students_t(2 * n - 2), tail);
  std::map<std::string, double> greatest;
  for (std::size_t k = 0; k < week.summary.kpis.size(); ++k) {
    const KpiSummary &a = week.summary.kpis[k], &b = day.summary.kpis[k];
    const double share = bound(*a.kpi), mean = a.interval.mean;
    if (share == 0 || a.interval.n < n || b.interval.n < n || mean == 0 || a.simulated_count < 100) continue;
    const double se = std::hypot(a.interval.standard_error, b.interval.standard_error);
    const double off = std::abs(b.interval.mean - mean) / (share * std::abs(mean) + t * se);
    INFO(a.kpi->name() << ": " << mean << " by weeks, " << b.interval.mean << " by days");
    greatest[a.kpi->group] = std::max(greatest[a.kpi->group], off);
  }
  return greatest;
}

void check_agreement(const Size& size) {
  const Figures week = figures(size, "week");
  for (const auto& [group, off] : differences_in_bounds(week, figures(size, "day"))) {
    INFO(group);
    CHECK(off < 1);
  }
  // Control: days under another plan, other needs and other rates.
  const Figures other =
      figures(size, "day",
              {"campaign.feed_views.budget_money=1_800_000", "need.opportunities_per_week=1.8",
               "machine.ladder.move.advocate.rate_per_week=2", "machine.ladder.move.forget.rate_per_week=2"});
  for (const auto& [group, off] : differences_in_bounds(week, other)) {
    INFO(group);
    CHECK(off > 3);
  }
}

}  // namespace

TEST_CASE("steps: key figures by weeks and by days agree within their bounds") { check_agreement({"6_000", "9", "6"}); }

TEST_CASE("steps: and in a larger market over half a year", "[.heavy]") { check_agreement({"40_000", "26", "8"}); }
