// What is counted, as data: every measure has a name, a unit and labelled dimensions, so that results/ can write,
// summarise and print whatever the models count without knowing a model. All counters are integers: sums depend on no
// order.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/engine/journeys.hpp"

namespace populace {

struct Dimension {
  std::string name;                 // "campaign"
  std::vector<std::string> labels;  // its coordinate
};

enum class Level { kCell, kTotal };   // counted per region x segment, or once for the market
enum class Timing { kFlow, kStock };  // a flow of the step, or a stock at its end
enum class Count {                    // what one unit of the integer stands for
  kPeople,                            // one simulated consumer or act: times market_size / consumers real ones
  kMicros,                            // 1e-6 of the currency, already of the whole market
  kMicrosPerConsumer,                 // 1e-6 of the currency, of simulated consumers: times market_size / consumers
  kPlain,                             // itself
};

struct Measure {
  std::string name;       // "impressions"
  std::string unit;       // "people", "CNY", "1"
  std::string long_name;  // a sentence
  Level level = Level::kCell;
  Timing kind = Timing::kFlow;
  Count count = Count::kPeople;
  std::vector<std::string> dims;  // names of dimensions beyond time (and region, segment for kCell)
  std::size_t offset = 0;         // first slot in the row of a cell (or of the totals)
  std::size_t size = 1;           // product of its dimensions
};

// A sum of slots of one measure over cells, and over the horizon (flows) or at its end (stocks).
struct KpiTerm {
  std::string measure;
  std::vector<std::size_t> slots;  // within the measure, row-major over its dims
  double weight = 1;               // with which it is added
};

// A named figure of a run: factor x sum(numerator) / sum(denominator), denominators absent meaning 1. Terms are scaled
// to the market (Count) before dividing.
struct Kpi {
  std::string group;   // a table of the report: "channel", "brand", "funnel"
  std::string row;     // "tv"
  std::string column;  // "spend"; the KPI's name is group.row.column
  std::string unit;    // "CNY", "people", "1", "%"
  std::string long_name;
  std::vector<KpiTerm> numerator;
  std::vector<KpiTerm> denominator;
  double factor = 1;
  double minimum_events = 0;  // warn when the simulated count behind the numerator is below this; 0: never
  bool per_week = false;      // divided by the weeks that were recorded
  std::string name() const { return group + "." + row + "." + column; }
};

class MeasureRegistry {
 public:
  void add_dimension(std::string name, std::vector<std::string> labels);
  // Assigns offset and size; throws ContractViolation on an unknown dimension or a doubled name. Returns the offset.
  std::size_t add(Measure measure);
  void add(Kpi kpi);
  // A kind of row in the journeys of sampled consumers; returns its number.
  std::uint8_t add(JourneyTable table);

  const std::vector<Dimension>& dimensions() const { return dimensions_; }
  const std::vector<Measure>& measures() const { return measures_; }
  const std::vector<Kpi>& kpis() const { return kpis_; }
  const std::vector<JourneyTable>& journey_tables() const { return journey_tables_; }
  const Dimension& dimension(std::string_view name) const;
  const Measure& measure(std::string_view name) const;
  bool has(std::string_view measure) const;
  const Kpi* find_kpi(std::string_view name) const;
  std::size_t cell_slots() const { return cell_slots_; }    // counters of one cell
  std::size_t total_slots() const { return total_slots_; }  // counters of the market

 private:
  std::vector<Dimension> dimensions_;
  std::vector<Measure> measures_;
  std::vector<Kpi> kpis_;
  std::vector<JourneyTable> journey_tables_;
  std::size_t cell_slots_ = 0;
  std::size_t total_slots_ = 0;
};

}  // namespace populace
