// What an arm is judged by, of one replication, in units of the market: sales of the focal brand within the plan's
// horizon and after it, by segment, people on each rung at the horizon's end, and what each campaign has spent.
#pragma once
#include <string>
#include <vector>

#include "models/world/market_options.hpp"
#include "results/summary/kpi.hpp"

namespace populace {

struct Outcome {
  double revenue = 0, orders = 0, margin = 0;  // within the horizon
  double later_revenue = 0;                    // after it
  std::vector<double> revenue_by_segment;      // within
  std::vector<double> people_by_rung;          // of the focal machine, at the end of the horizon
  std::vector<double> entries_by_rung;         // leaps into each rung, within the horizon
  std::vector<double> spend_by_campaign;       // within
};

// How outcomes are read from the counters of a market.
class OutcomeReader {
 public:
  // `options` may run on; the plan ends after `weeks`.
  OutcomeReader(const MarketOptions& options, std::int64_t weeks, const MeasureRegistry& registry, const RunInfo& info);
  Outcome read(const ReplicationRecord& record) const;

  bool sells() const { return revenue_ != nullptr; }
  bool has_margin() const { return margin_ != nullptr; }
  const std::vector<std::string>& rungs() const { return rungs_; }

 private:
  // Sum over the cells of a segment (or all), steps from..to.
  double cells(const ReplicationRecord& record, const Measure& measure, std::size_t slot, std::size_t from,
               std::size_t to, int segment = -1) const;

  const MeasureRegistry* registry_;
  RunInfo info_;
  std::size_t horizon_, brand_, n_campaigns_;  // steps; slot of the focal brand
  const Measure *revenue_ = nullptr, *orders_ = nullptr, *margin_ = nullptr, *rung_people_ = nullptr, *spend_ = nullptr;
  std::vector<std::string> rungs_;
  std::vector<const Kpi*> entries_;  // by rung
};

}  // namespace populace
