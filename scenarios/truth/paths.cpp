#include "scenarios/truth/paths.hpp"

#include <algorithm>

#include "results/journey_order.hpp"

namespace populace {
namespace {

// Number and fields of a table of journeys; -1 where there is none.
struct TableOf {
  TableOf(const MeasureRegistry& registry, const std::string& name) {
    const auto& tables = registry.journey_tables();
    for (std::size_t t = 0; t < tables.size(); ++t)
      if (tables[t].name == name) number = static_cast<int>(t), table = &tables[t];
  }
  std::size_t code(const std::string& field) const {
    for (std::size_t k = 0; k < kJourneyCodes; ++k)
      if (table->codes[k].name == field) return k;
    return kJourneyCodes;
  }
  std::int16_t label(std::size_t code, const std::string& text) const {
    const auto& labels = table->codes[code].labels;
    return static_cast<std::int16_t>(std::find(labels.begin(), labels.end(), text) - labels.begin());
  }
  int number = -1;
  const JourneyTable* table = nullptr;
};

struct Touch {
  std::int64_t turn;
  std::uint16_t campaign;
};

// Follows one consumer, step by step.
class Walk {
 public:
  explicit Walk(SampledPaths& out) : out_(&out) {}
  void touch(std::int64_t consumer, std::int32_t step, std::int16_t campaign) {
    touches_.push_back({shuffled(consumer, step, campaign), static_cast<std::uint16_t>(campaign)});
  }
  void order(double value) { orders_.push_back(value); }
  void end_step(std::int32_t step) {
    std::sort(touches_.begin(), touches_.end(), [](const Touch& a, const Touch& b) { return a.turn < b.turn; });
    for (const Touch& touch : touches_) {
      path_.causes.push_back(touch.campaign);
      path_.steps.push_back(step);
    }
    for (const double value : orders_) end_path(step, value);
    touches_.clear();
    orders_.clear();
  }
  void end_path(std::int32_t step, double value) {
    if (path_.causes.empty()) {
      out_->untouched_value += value;
      return;
    }
    path_.end = step;
    path_.value = value;
    out_->paths.push_back(std::move(path_));
    path_ = {};
  }

 private:
  SampledPaths* out_;
  TouchPath path_;
  std::vector<Touch> touches_;
  std::vector<double> orders_;
};

}  // namespace

SampledPaths paths_of(const ReplicationRecord& record, const MeasureRegistry& registry, const RunInfo& info,
                      std::int32_t end) {
  const TableOf touches(registry, "touches"), orders(registry, "orders"), stage_orders(registry, "stage_orders");
  const std::size_t campaign = touches.code("campaign"), brand = touches.code("brand");
  const std::int16_t focal = touches.label(brand, info.journeys.focal_brand);
  const std::size_t bought = orders.table != nullptr ? orders.code("brand") : 0;
  SampledPaths out;
  Walk walk(out);
  const std::vector<JourneyRow>& rows = record.journeys;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const JourneyRow& row = rows[i];
    const bool counts = row.step < end;
    if (counts && row.table == touches.number && row.codes[brand] == focal)
      walk.touch(info.journeys.consumers[row.person], row.step, row.codes[campaign]);
    else if (counts &&
             ((row.table == orders.number && row.codes[bought] == orders.label(bought, info.journeys.focal_brand)) ||
              row.table == stage_orders.number))
      walk.order(row.count * row.reals[0]);
    const bool last = i + 1 == rows.size() || rows[i + 1].person != row.person;
    if (last || rows[i + 1].step != row.step) walk.end_step(row.step);
    if (last) walk.end_path(std::min(row.step, end), 0);
  }
  return out;
}

}  // namespace populace
