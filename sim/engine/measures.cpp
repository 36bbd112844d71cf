#include "sim/engine/measures.hpp"

#include <utility>

#include "sim/base/contracts.hpp"

namespace populace {

void MeasureRegistry::add_dimension(std::string name, std::vector<std::string> labels) {
  for (const Dimension& known : dimensions_) expects(known.name != name, "dimension declared twice");
  dimensions_.push_back({std::move(name), std::move(labels)});
}

std::size_t MeasureRegistry::add(Measure measure) {
  for (const Measure& known : measures_) expects(known.name != measure.name, "measure declared twice");
  measure.size = 1;
  for (const std::string& dim : measure.dims) measure.size *= dimension(dim).labels.size();
  std::size_t& end = measure.level == Level::kCell ? cell_slots_ : total_slots_;
  measure.offset = end;
  end += measure.size;
  measures_.push_back(std::move(measure));
  return measures_.back().offset;
}

void MeasureRegistry::add(Kpi kpi) {
  expects(find_kpi(kpi.name()) == nullptr, "KPI declared twice");
  for (const auto* terms : {&kpi.numerator, &kpi.denominator})
    for (const KpiTerm& term : *terms)
      for (const std::size_t slot : term.slots) expects(slot < measure(term.measure).size, "KPI slot out of range");
  kpis_.push_back(std::move(kpi));
}

std::uint8_t MeasureRegistry::add(JourneyTable table) {
  for (const JourneyTable& known : journey_tables_) expects(known.name != table.name, "journey table declared twice");
  expects(journey_tables_.size() < 256, "at most 256 journey tables");
  journey_tables_.push_back(std::move(table));
  return static_cast<std::uint8_t>(journey_tables_.size() - 1);
}

const Dimension& MeasureRegistry::dimension(std::string_view name) const {
  for (const Dimension& known : dimensions_)
    if (known.name == name) return known;
  throw ContractViolation("no dimension " + std::string(name));
}

const Measure& MeasureRegistry::measure(std::string_view name) const {
  for (const Measure& known : measures_)
    if (known.name == name) return known;
  throw ContractViolation("no measure " + std::string(name));
}

bool MeasureRegistry::has(std::string_view name) const {
  for (const Measure& known : measures_)
    if (known.name == name) return true;
  return false;
}

const Kpi* MeasureRegistry::find_kpi(std::string_view name) const {
  for (const Kpi& known : kpis_)
    if (known.name() == name) return &known;
  return nullptr;
}

}  // namespace populace
