#include "scenarios/truth/outcomes.hpp"

#include <algorithm>

#include "models/names.hpp"
#include "scenarios/truth/interventions.hpp"

namespace populace {

OutcomeReader::OutcomeReader(const MarketOptions& options, std::int64_t weeks, const MeasureRegistry& registry,
                             const RunInfo& info)
    : registry_(&registry),
      info_(info),
      horizon_(static_cast<std::size_t>(weeks * options.run.steps_per_week())),
      brand_(0),
      n_campaigns_(options.campaigns.size()) {
  const auto find = [&](const std::string& name) { return registry.has(name) ? &registry.measure(name) : nullptr; };
  if (options.need.enabled) {
    revenue_ = find("revenue");
    orders_ = find("orders");
    margin_ = find("margin");
    brand_ = index_of(options.brands, options.run.focal_brand);
  } else {
    revenue_ = find("stage_revenue");
    orders_ = find("stage_orders");
  }
  spend_ = find("spend");
  if (const int m = rungs_machine(options); m >= 0) {
    const MachineOptions& machine = options.machines[static_cast<std::size_t>(m)];
    rung_people_ = find("occupancy_" + machine.name);
    rungs_ = machine.stages;
    for (const std::string& rung : rungs_)
      entries_.push_back(registry.find_kpi(machine.name + "." + rung + ".entries_per_week"));
  }
}

double OutcomeReader::cells(const ReplicationRecord& record, const Measure& measure, std::size_t slot, std::size_t from,
                            std::size_t to, int segment) const {
  const std::size_t n_segments = info_.segments.size(), n_cells = info_.regions.size() * n_segments;
  std::int64_t sum = 0;
  for (std::size_t step = from; step < to; ++step)
    for (std::size_t cell = 0; cell < n_cells; ++cell)
      if (segment < 0 || cell % n_segments == static_cast<std::size_t>(segment))
        sum += record.cells[(step * n_cells + cell) * registry_->cell_slots() + measure.offset + slot];
  return scale_of(measure.count, info_)(static_cast<double>(sum));
}

Outcome OutcomeReader::read(const ReplicationRecord& record) const {
  const auto n_steps = static_cast<std::size_t>(info_.n_steps);
  Outcome outcome;
  if (revenue_ != nullptr) {
    outcome.revenue = cells(record, *revenue_, brand_, 0, horizon_);
    outcome.later_revenue = cells(record, *revenue_, brand_, horizon_, n_steps);
    for (std::size_t s = 0; s < info_.segments.size(); ++s)
      outcome.revenue_by_segment.push_back(cells(record, *revenue_, brand_, 0, horizon_, static_cast<int>(s)));
  }
  if (orders_ != nullptr) outcome.orders = cells(record, *orders_, brand_, 0, horizon_);
  if (margin_ != nullptr) outcome.margin = cells(record, *margin_, brand_, 0, horizon_);
  for (std::size_t rung = 0; rung < rungs_.size(); ++rung)
    outcome.people_by_rung.push_back(cells(record, *rung_people_, rung, horizon_ - 1, horizon_));
  for (const Kpi* kpi : entries_) {
    outcome.entries_by_rung.push_back(0);
    if (kpi == nullptr) continue;  // no move leads there
    for (const KpiTerm& term : kpi->numerator)
      for (const std::size_t slot : term.slots)
        outcome.entries_by_rung.back() +=
            term.weight * cells(record, registry_->measure(term.measure), slot, 0, horizon_);
  }
  for (std::size_t c = 0; c < n_campaigns_; ++c) {
    std::int64_t spent = 0;
    for (std::size_t step = 0; spend_ != nullptr && step < horizon_; ++step)
      spent += record.totals[step * registry_->total_slots() + spend_->offset + c];
    outcome.spend_by_campaign.push_back(spend_ != nullptr ? scale_of(spend_->count, info_)(static_cast<double>(spent))
                                                          : 0);
  }
  return outcome;
}

}  // namespace populace
