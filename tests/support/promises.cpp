#include "tests/support/promises.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "models/episode/episode.hpp"
#include "models/names.hpp"
#include "results/summary/kpi.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/population/published.hpp"

namespace populace {
namespace {

const std::atomic<bool> kGoOn{false};
constexpr std::uint32_t kSeed = 11;
constexpr int kReplication = 1;
constexpr int kPoison = 0xA5;

struct Run {
  ReplicationRecord record;
  SavedReplication middle, end;
};

Run run_straight(const Market& market, int n_threads) {
  const Threads threads(n_threads);
  Simulation simulation(market, threads, kSeed);
  Run run;
  simulation.start(kReplication);
  simulation.run((market.first_step() + market.end_step_number()) / 2, kGoOn, [] {});
  run.middle = simulation.save();
  simulation.run(market.end_step_number(), kGoOn, [] {});
  run.end = simulation.save();
  run.record = simulation.take_record();
  return run;
}

bool same_states(const SavedReplication& a, const SavedReplication& b) {
  return a.population == b.population && a.globals == b.globals;
}

// Names of what differs between two ends: columns, measures, the rest.
std::string differing(const Market& market, const Run& a, const Run& b) {
  std::string names;
  const auto name = [&names](const std::string& what) { names += (names.empty() ? "" : ", ") + what; };
  for (const ColumnInfo& column : market.layout().columns())
    for (const BlockPlace& place : market.places().blocks()) {
      const std::size_t at = place.start * market.layout().bytes_per_consumer() + column.offset * place.capacity;
      if (std::memcmp(a.end.population.data() + at, b.end.population.data() + at, column.bytes * place.capacity) == 0)
        continue;
      name("column " + column.name);
      break;
    }
  for (const Measure& measure : market.registry().measures()) {
    const bool by_cell = measure.level == Level::kCell;
    const std::vector<std::int64_t>&x = by_cell ? a.record.cells : a.record.totals,
          &y = by_cell ? b.record.cells : b.record.totals;
    const std::size_t slots = by_cell ? market.registry().cell_slots() : market.registry().total_slots();
    for (std::size_t row = measure.offset; row < x.size() && x.size() == y.size(); row += slots)
      if (!std::equal(x.begin() + static_cast<std::ptrdiff_t>(row),
                      x.begin() + static_cast<std::ptrdiff_t>(row + measure.size),
                      y.begin() + static_cast<std::ptrdiff_t>(row))) {
        name(measure.name);
        break;
      }
  }
  if (a.end.globals != b.end.globals) name("what the market knows");
  return names;
}

// Goes on from the middle in a simulation that has seen another replication before.
bool resumes(const Market& market, const Run& straight) {
  const Threads threads(2);
  Simulation simulation(market, threads, kSeed);
  simulation.start(kReplication + 1);
  simulation.run(market.first_step() + 1, kGoOn, [] {});
  simulation.restore(straight.middle);
  simulation.run(market.end_step_number(), kGoOn, [] {});
  if (!same_states(simulation.save(), straight.end)) return false;
  const ReplicationRecord rest = simulation.take_record();
  return std::equal(rest.cells.rbegin(), rest.cells.rend(), straight.record.cells.rbegin()) &&
         std::equal(rest.totals.rbegin(), rest.totals.rend(), straight.record.totals.rbegin());
}

// The block with what its consumers publish and read of others, where the market asks for it.
BlockView with_published(const Market& market, BlockView block, Published& published) {
  if (!market.publishes()) return block;
  block.others = published.last();
  block.publish = published.next() + block.place.first_rank;
  return block;
}

// The steps of a simulation with new working memory for every block, blocks in the opposite order.
std::vector<std::byte> run_with_fresh_memory(const Market& market) {
  const DrawKey key{kSeed, kReplication};
  Population population(market.places(), market.layout());
  Published published(static_cast<std::size_t>(market.places().n_consumers()));
  const std::size_t n_blocks = market.places().blocks().size(), row = market.row_size();
  const auto each_block = [&](const auto& act) {
    std::vector<std::int64_t> counters(market.n_cells() * row);
    for (std::size_t b = n_blocks; b-- > 0;) {
      const auto scratch = market.make_scratch();
      const BlockView block = with_published(market, population.block(b), published);
      act(block, *scratch, counters.data() + block.place.cell * row);
    }
    published.end_step();
    return counters;
  };
  const auto globals = market.make_globals(key);
  market.begin(*globals, each_block([&](BlockView block, Scratch& scratch, std::int64_t* counters) {
    market.build_block(key, block, scratch, counters);
  }));
  for (std::int32_t number = market.first_step(); number < market.end_step_number(); ++number) {
    const StepInfo step{number, number + 1 == market.end_step_number()};
    market.begin_step(*globals, step);
    std::vector<std::int64_t> cells = each_block([&](BlockView block, Scratch& scratch, std::int64_t* counters) {
      market.run_block(*globals, step, block, scratch, counters);
    });
    std::vector<std::int64_t> totals(market.registry().total_slots());
    market.end_step(*globals, step, cells, totals);
  }
  return {population.bytes().begin(), population.bytes().end()};
}

void check_floats(const Market& market, const Run& run, std::vector<std::string>& broken) {
  const std::byte* memory = run.end.population.data();
  for (const ColumnInfo& column : market.layout().columns()) {
    if (!column.floating) continue;
    bool finite = true;
    for (const BlockPlace& place : market.places().blocks())
      for (std::uint32_t i = 0; i < place.n; ++i) {
        float value = 0;
        std::memcpy(&value,
                    memory + place.start * market.layout().bytes_per_consumer() + column.offset * place.capacity +
                        i * sizeof(float),
                    sizeof(float));
        finite = finite && std::isfinite(value);
      }
    if (!finite) broken.push_back("column " + column.name + " is not finite");
  }
}

// Earnings may be negative: a brand may sell below its cost. So may net effects,
// where contacts repel, and reductions, where an outlet is dearer than the list. Nothing else may.
bool may_be_negative(const Measure& measure) {
  for (const char* earning :
       {"margin", "contribution", "profit", "asset_volume", "net_", "price_reductions", "outlet_stock"})
    if (measure.name.find(earning) != std::string::npos) return true;
  return false;
}

void check_signs(const Market& market, const ReplicationRecord& record, std::vector<std::string>& broken) {
  for (const Measure& measure : market.registry().measures()) {
    const bool by_cell = measure.level == Level::kCell;
    const std::vector<std::int64_t>& from = by_cell ? record.cells : record.totals;
    const std::size_t slots = by_cell ? market.registry().cell_slots() : market.registry().total_slots();
    bool negative = false;
    for (std::size_t row = 0; row < from.size(); row += slots)
      for (std::size_t k = 0; k < measure.size; ++k) negative = negative || from[row + measure.offset + k] < 0;
    if (negative && !may_be_negative(measure)) broken.push_back(measure.name + " is negative somewhere");
  }
}

void check_consumers(const Market& market, const ReplicationRecord& record, std::vector<std::string>& broken) {
  const MeasureRegistry& registry = market.registry();
  const std::vector<std::int64_t> consumers = consumers_by_cell(market.options());
  const std::size_t slots = registry.cell_slots();
  for (const Measure& measure : registry.measures()) {
    if (measure.name != "consumers" && !measure.name.starts_with("occupancy_")) continue;
    for (std::size_t row = 0, cell = 0; row < record.cells.size(); row += slots, cell = (cell + 1) % consumers.size()) {
      std::int64_t sum = 0;
      for (std::size_t k = 0; k < measure.size; ++k) sum += record.cells[row + measure.offset + k];
      if (sum == consumers[cell]) continue;
      broken.push_back(measure.name + " loses consumers");
      break;
    }
  }
}

void check_money(const Market& market, const ReplicationRecord& record, std::vector<std::string>& broken) {
  const MeasureRegistry& registry = market.registry();
  const auto& campaigns = market.options().campaigns;
  if (campaigns.empty()) return;
  const std::size_t spend = registry.measure("spend").offset, unspent = registry.measure("unspent").offset;
  for (std::size_t c = 0; c < campaigns.size(); ++c) {
    const Micros budget = record.totals[unspent + c] + record.totals[spend + c];
    Micros spent = 0;
    if (campaigns[c].plan.empty() && budget != to_micros(campaigns[c].budget_money))
      broken.push_back("campaign " + campaigns[c].name + " starts with another budget");
    for (std::size_t row = 0; row < record.totals.size(); row += registry.total_slots()) {
      spent += record.totals[row + spend + c];
      if (spent + record.totals[row + unspent + c] == budget) continue;
      broken.push_back("money of campaign " + campaigns[c].name + " is lost or made");
      break;
    }
  }
}

// Counters of the last step against the people they speak of, cell by cell: what was counted over the run is what the
// columns hold.
class Holdings {
 public:
  Holdings(const Market& market, const Run& run, std::vector<std::string>& broken)
      : market_(&market), run_(&run), broken_(&broken) {}

  // Slot k of the measure is the sum over consumers of what `held` finds in the column.
  template <class Held>
  void check(const std::string& measure, std::size_t k, const std::string& column, const Held& held) const {
    const auto& columns = market_->layout().columns();
    const auto at = std::find_if(columns.begin(), columns.end(), [&](const ColumnInfo& c) { return c.name == column; });
    if (at == columns.end()) return;
    const std::size_t slots = market_->registry().cell_slots(), n_cells = market_->n_cells();
    const std::int64_t* last = run_->record.cells.data() + run_->record.cells.size() - n_cells * slots;
    std::vector<std::int64_t> sums(n_cells);
    for (const BlockPlace& place : market_->places().blocks())
      for (std::uint32_t i = 0; i < place.n; ++i) {
        std::uint32_t value = 0;
        std::memcpy(&value,
                    run_->end.population.data() + place.start * market_->layout().bytes_per_consumer() +
                        at->offset * place.capacity + i * at->bytes,
                    at->bytes);
        sums[place.cell] += static_cast<std::int64_t>(held(value));
      }
    for (std::size_t cell = 0; cell < n_cells; ++cell)
      if (last[cell * slots + market_->registry().measure(measure).offset + k] != sums[cell]) {
        broken_->push_back(measure + " is not what people hold: " + column);
        return;
      }
  }

 private:
  const Market* market_;
  const Run* run_;
  std::vector<std::string>* broken_;
};

void check_holdings(const Market& market, const Run& run, std::vector<std::string>& broken) {
  const MarketOptions& o = market.options();
  const Holdings holdings(market, run, broken);
  const auto whole = [](std::uint32_t value) { return value; };
  const auto is = [](std::size_t stage) { return [stage](std::uint32_t value) { return value == stage; }; };
  const auto has = [](std::size_t bit) { return [bit](std::uint32_t value) { return value >> bit & 1; }; };
  for (const MachineOptions& machine : o.machines)
    for (std::size_t s = 0; s < machine.stages.size(); ++s)
      holdings.check("occupancy_" + machine.name, s, "stage_" + machine.name, is(s));
  for (std::size_t s = 0; s < kEpisodeStages; ++s) holdings.check("episode_people", s, "episode", is(s));
  for (std::size_t c = 0; c < o.owned.size(); ++c) holdings.check("members", c, "members", has(c));
  for (std::size_t s = 0; s < o.sellers.size(); ++s) holdings.check("sellers", s, "sells", has(s));
  holdings.check("household_stock", 0, "household_stock", whole);
  for (std::size_t p = 0; p < o.promotions.size(); ++p) {
    const std::string& name = o.promotions[p].name;
    holdings.check("coupons_held", p, "coupon_" + name, [](std::uint32_t left) { return left > 0; });
    holdings.check("points_held", p, "points_" + name, whole);
  }
}

// Between two steps what is held changes by what came less what went, cell by cell.
class Flows {
 public:
  Flows(const Market& market, const ReplicationRecord& record, std::vector<std::string>& broken)
      : market_(&market), record_(&record), broken_(&broken) {}

  bool exist(const std::string& measure) const {
    const auto& all = market_->registry().measures();
    return std::any_of(all.begin(), all.end(), [&](const Measure& m) { return m.name == measure; });
  }
  // Slot k of `held`; flows of `came` and `went` from slot k n on, n slots each.
  void check(const std::string& held, std::size_t k, const std::string& came, std::size_t n,
             const std::vector<std::string>& went) const {
    const std::size_t slots = market_->registry().cell_slots(), n_cells = market_->n_cells();
    for (std::size_t row = n_cells * slots; row < record_->cells.size(); row += slots) {
      std::int64_t change = at(row, held, k) - at(row - n_cells * slots, held, k);
      for (std::size_t slot = 0; slot < n; ++slot) change -= at(row, came, k * n + slot);
      for (const std::string& measure : went) change += at(row, measure, k);
      if (change == 0) continue;
      broken_->push_back(held + " is not what came less what went");
      return;
    }
  }

 private:
  std::int64_t at(std::size_t row, const std::string& measure, std::size_t slot) const {
    return record_->cells[row + market_->registry().measure(measure).offset + slot];
  }
  const Market* market_;
  const ReplicationRecord* record_;
  std::vector<std::string>* broken_;
};

void check_flows(const Market& market, const ReplicationRecord& record, std::vector<std::string>& broken) {
  const MarketOptions& o = market.options();
  const Flows flows(market, record, broken);
  for (std::size_t c = 0; c < o.owned.size() && flows.exist("members"); ++c)
    flows.check("members", c, "joins", market.registry().measure("joins").size / o.owned.size(), {"leaves"});
  for (std::size_t p = 0; p < o.promotions.size() && flows.exist("coupons_held"); ++p)
    flows.check("coupons_held", p, "coupons_issued", 1, {"coupons_redeemed", "coupons_expired"});
  for (std::size_t s = 0; s < o.sellers.size() && flows.exist("sellers"); ++s)
    flows.check("sellers", s, "sellers_recruited", 1, {"sellers_left"});
}

void check_figures(const Market& market, const ReplicationRecord& record, std::vector<std::string>& broken) {
  const RunInfo info = run_info(market);
  const KpiValues figures = evaluate_all(market.registry(), info, record);
  for (std::size_t k = 0; k < figures.values.size(); ++k) {
    const Kpi& kpi = market.registry().kpis()[k];
    const bool absent = std::isnan(figures.values[k]) && !kpi.denominator.empty();  // nothing to divide by
    if (!absent && !std::isfinite(figures.values[k])) broken.push_back("figure " + kpi.name() + " is not finite");
  }
}

void build_all(const Market& market, const Population& population, const BuildBlock& build) {
  Published published(static_cast<std::size_t>(market.places().n_consumers()));
  for (std::size_t b = 0; b < market.places().blocks().size(); ++b) {
    std::vector<std::int64_t> row(market.row_size());
    build(with_published(market, population.block(b), published), *market.make_scratch(), row.data());
  }
}

bool is_not_zero(const std::byte* value, std::size_t n) {
  return std::any_of(value, value + n, [](std::byte byte) { return byte != std::byte{0}; });
}

// Values of a column, of consumers or of padding, for which `holds(value, bytes)`.
template <class Holds>
std::int64_t count_values(const Market& market, const Population& population, const ColumnInfo& column, bool padding,
                          const Holds& holds) {
  std::int64_t count = 0;
  for (std::size_t b = 0; b < market.places().blocks().size(); ++b) {
    const BlockView block = population.block(b);
    const std::byte* values = block.data + column.offset * block.place.capacity;
    const std::uint32_t first = padding ? block.place.n : 0, end = padding ? block.place.capacity : block.place.n;
    for (std::uint32_t i = first; i < end; ++i) count += holds(values + i * column.bytes, column.bytes);
  }
  return count;
}

}  // namespace

std::vector<std::string> broken_counts(const Market& market, const ReplicationRecord& record) {
  std::vector<std::string> broken;
  check_signs(market, record, broken);
  check_consumers(market, record, broken);
  check_money(market, record, broken);
  check_flows(market, record, broken);
  check_figures(market, record, broken);
  return broken;
}

std::vector<std::string> broken_promises(const Market& market) {
  const Run one = run_straight(market, 1), two = run_straight(market, 2);
  std::vector<std::string> broken = broken_counts(market, one.record);
  if (one.record.cells != two.record.cells || one.record.totals != two.record.totals || !same_states(one.end, two.end))
    broken.push_back("2 threads give something else than 1: " + differing(market, one, two));
  if (!resumes(market, one)) broken.emplace_back("a restored state does not go on as it would have");
  Run fresh = one;
  fresh.end.population = run_with_fresh_memory(market);
  if (fresh.end.population != one.end.population)
    broken.push_back("something is carried over in the working memory of a block: " + differing(market, one, fresh));
  check_floats(market, one, broken);
  check_holdings(market, one, broken);
  return broken;
}

std::vector<std::string> half_written_columns(const Market& market, const BuildBlock& build) {
  const Layout& layout = market.layout();
  Population clean(market.places(), layout), poisoned(market.places(), layout);
  const std::vector<ColumnInfo>& columns = layout.columns();
  build_all(market, clean, build);
  std::vector<std::string> told;
  std::vector<bool> written;
  for (const ColumnInfo& column : columns) {
    written.push_back(count_values(market, clean, column, false, is_not_zero) > 0);
    if (count_values(market, clean, column, true, is_not_zero) > 0) told.push_back(column.name + ": padding");
  }
  for (std::size_t b = 0; b < market.places().blocks().size(); ++b) {
    const BlockView block = poisoned.block(b);
    for (std::size_t c = 0; c < columns.size(); ++c)
      if (written[c])
        std::memset(block.data + columns[c].offset * block.place.capacity, kPoison, block.place.n * columns[c].bytes);
  }
  build_all(market, poisoned, build);
  for (const ColumnInfo& column : columns) {
    const auto differs = [&](const std::byte* value, std::size_t n) {
      return std::memcmp(value, poisoned.bytes().data() + (value - clean.bytes().data()), n) != 0;
    };
    const std::int64_t n = count_values(market, clean, column, false, differs);
    if (n > 0) told.push_back(column.name + ": " + std::to_string(n) + " consumers");
  }
  return told;
}

std::vector<std::string> half_written_columns(const Market& market) {
  return half_written_columns(market, [&market](BlockView block, Scratch& scratch, std::int64_t* row) {
    market.build_block({kSeed, kReplication}, block, scratch, row);
  });
}

}  // namespace populace
