#include "tests/results/sample.hpp"

#include <fstream>
#include <iterator>

namespace populace::sample {

MeasureRegistry registry() {
  MeasureRegistry out;
  out.add_dimension("channel", {"tv", "搜索", "out, of \"home\""});
  out.add_dimension("brand", {"aurora", "Übermut"});
  out.add({"impressions", "people", "impressions delivered", Level::kCell, Timing::kFlow, Count::kPeople, {"channel"}});
  out.add({"orders", "people", "orders placed", Level::kCell, Timing::kFlow, Count::kPeople, {"brand"}});
  out.add(
      {"revenue", "CNY", "revenue of the orders", Level::kCell, Timing::kFlow, Count::kMicrosPerConsumer, {"brand"}});
  out.add({"aware", "people", "consumers aware", Level::kCell, Timing::kStock, Count::kPeople, {}});
  out.add({"spend", "CNY", "money spent", Level::kTotal, Timing::kFlow, Count::kMicros, {"channel"}});
  out.add({"switches",
           "people",
           "orders by channel and brand",
           Level::kTotal,
           Timing::kFlow,
           Count::kPeople,
           {"channel", "brand"}});
  out.add({"ticks", "1", "steps counted", Level::kTotal, Timing::kFlow, Count::kPlain, {}});
  out.add(Kpi{"channel", "tv", "spend", "CNY", "money spent", {{"spend", {0}}}, {}, 1, 0});
  out.add(Kpi{"channel", "tv", "impressions", "people", "impressions", {{"impressions", {0}}}, {}, 1, 0});
  out.add(Kpi{"channel", "搜索", "spend", "CNY", "money spent", {{"spend", {1}}}, {}, 1, 0});
  out.add(Kpi{"brand", "aurora", "orders", "people", "orders", {{"orders", {0}}}, {}, 1, 1e9});
  out.add(Kpi{"brand", "aurora", "share", "%", "share of orders", {{"orders", {0}}}, {{"orders", {0, 1}}}, 100, 0});
  out.add(Kpi{"brand", "Übermut", "share", "%", "share of orders", {{"orders", {1}}}, {{"orders", {0, 1}}}, 100, 0});
  out.add(Kpi{"brand", "Übermut", "revenue", "CNY", "revenue", {{"revenue", {1}}}, {}, 1, 0});
  out.add(Kpi{"funnel", "aware", "people", "people", "aware at the end", {{"aware", {0}}}, {}, 1, 0});
  // Nothing is ever counted in this slot of switches: a quotient without a denominator.
  out.add(Kpi{"funnel", "never", "cost", "CNY", "cost per nothing", {{"spend", {2}}}, {{"switches", {5}}}, 1, 0});
  return out;
}

RunInfo info() {
  RunInfo out;
  out.title = "Morgenröte 上市";
  out.currency = "CNY";
  out.start_date = "2024-12-30";
  out.step_days = 7;
  out.n_steps = 5;
  out.consumers = 1000;
  out.market_size_people = 2.5e6;
  out.seed = 4'000'000'001U;
  out.population = "per_replication";
  out.regions = {"north", "南"};
  out.segments = {"young", "families", "60+"};
  out.consumers_by_cell = {100, 200, 300, 100, 200, 100};
  return out;
}

Provenance provenance() {
  return {"0.1.0",
          "0123456789ab",
          "2025-01-02T03:04:05Z",
          "somewhere",
          "populace run sample.toml",
          "[run]\nseed = 1  # Anmerkung: Größe\n",
          {{"sample.toml", "extends = \"base.toml\"\n"}, {"base.toml", std::string(100'000, '#') + "\n"}}};
}

ReplicationRecord record(const MeasureRegistry& registry, const RunInfo& info, int replication) {
  ReplicationRecord out;
  out.replication = replication;
  const auto n_steps = static_cast<std::size_t>(info.n_steps);
  const std::size_t n_cells = info.regions.size() * info.segments.size();
  std::uint64_t state = 88172645463325252ULL + static_cast<std::uint64_t>(replication);
  const auto next = [&state] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::int64_t>(state >> 33 >> ((state >> 8) % 24));
  };
  out.cells.resize(n_steps * n_cells * registry.cell_slots());
  for (std::int64_t& counter : out.cells) counter = next();
  out.totals.resize(n_steps * registry.total_slots());
  for (std::int64_t& counter : out.totals) counter = next();
  const Measure& switches = registry.measure("switches");
  for (std::size_t step = 0; step < n_steps; ++step)
    out.totals[step * registry.total_slots() + switches.offset + 5] = 0;
  return out;
}

std::vector<ReplicationRecord> records(int n) {
  std::vector<ReplicationRecord> out;
  for (int replication = 0; replication < n; ++replication) out.push_back(record(registry(), info(), replication));
  return out;
}

Summary write(const std::filesystem::path& path, const std::vector<ReplicationRecord>& records,
              const Provenance& provenance) {
  static const MeasureRegistry kRegistry = registry();  // summaries point into it
  ResultsFile file(path, kRegistry, info(), provenance);
  for (const ReplicationRecord& one : records) file.add(one);
  Summary summary = summarise(kRegistry, info(), std::span<const ReplicationRecord>(records));
  file.finish(summary);
  return summary;
}

std::filesystem::path folder(const std::string& name) {
  const std::filesystem::path out = std::filesystem::path(POPULACE_BINARY_DIR) / "tests" / "results" / name;
  std::filesystem::remove_all(out);
  std::filesystem::create_directories(out);
  return out;
}

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace populace::sample
