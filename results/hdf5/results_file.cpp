#include "results/hdf5/results_file.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "results/hdf5/counter_group.hpp"
#include "results/hdf5/journey_group.hpp"
#include "results/hdf5/output_file.hpp"
#include "sim/base/contracts.hpp"

namespace populace {
namespace {

bool is_iso_date(const std::string& text) {
  if (text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
  }
  return true;
}

void write_root(Hdf5Id file, const RunInfo& info, const Provenance& provenance) {
  const std::array version{kResultsFormatMajor, kResultsFormatMinor};
  write_attribute(file, "filetype", kResultsFiletype);
  write_attribute(file, "format_version", std::span<const std::int64_t>(version));
  write_attribute(file, "results_epoch", kResultsEpoch);
  write_attribute(file, "populace_version", provenance.populace_version);
  write_attribute(file, "git_sha", provenance.git_sha);
  write_attribute(file, "date_and_time", provenance.date_and_time);
  if (!provenance.host.empty()) write_attribute(file, "host", provenance.host);
  write_attribute(file, "command_line", provenance.command_line);
  write_attribute(file, "title", info.title);
  write_attribute(file, "seed", std::int64_t{info.seed});
  write_attribute(file, "currency", info.currency);
  write_attribute(file, "consumers", info.consumers);
  write_attribute(file, "market_size", info.market_size_people);
  write_attribute(file, "population", info.population);
  write_attribute(file, "start_date", info.start_date);
  write_attribute(file, "step_days", std::int64_t{info.step_days});
  write_attribute(file, "scenario", provenance.resolved_scenario);
}

void write_scenario(Hdf5Id file, const Provenance& provenance) {
  const Handle group = create_group(file, "scenario");
  const Handle resolved = create_dataset(group.id(), "resolved", Element::kText, {});
  write_all(resolved, std::span<const std::string>(&provenance.resolved_scenario, 1));
  write_attribute(resolved.id(), "long_name", "the complete scenario after extends, variants and defaults");
  if (provenance.sources.empty()) return;
  std::vector<std::string> names;
  std::vector<std::string> texts;
  for (const auto& [name, text] : provenance.sources) {
    names.push_back(name);
    texts.push_back(text);
  }
  const Handle file_axis = create_dataset(group.id(), "file", Element::kText, {.extent = {names.size()}});
  write_all(file_axis, std::span<const std::string>(names));
  write_attribute(file_axis.id(), "long_name", "file name");
  make_scale(file_axis, "file");
  const Handle source = create_dataset(group.id(), "source", Element::kText, {.extent = {texts.size()}});
  write_all(source, std::span<const std::string>(texts));
  write_attribute(source.id(), "long_name", "text of the file as it was read");
  attach_scale(source, file_axis, 0);
}

constexpr const char* kUnitVaries = "see variable unit";

// /summary: one entry a figure, in the registry's order.
class SummaryGroup {
 public:
  SummaryGroup(Hdf5Id file, const Summary& summary) : summary_(summary), group_(create_group(file, "summary")) {
    write_attribute(group_.id(), "long_name", "figures over replications");
    write_attribute(group_.id(), "interval_level", summary.level);
    write_attribute(group_.id(), "interval_label", "simulation error");
    write_attribute(group_.id(), "interval_method", "Student t over replications");
    names_ = texts([](const Kpi& kpi) { return kpi.name(); });
    kpi_axis_ = create_dataset(group_.id(), "kpi", Element::kText, {.extent = {names_.size()}});
    write_all(kpi_axis_, std::span<const std::string>(names_));
    write_attribute(kpi_axis_.id(), "long_name", "name of the figure: group.row.column");
    make_scale(kpi_axis_, "kpi");
  }

  void write() {
    add_values();
    add("mean", "mean over replications", kUnitVaries, [](auto& figure) { return figure.interval.mean; });
    add("standard_error", "standard error of the mean", kUnitVaries,
        [](auto& figure) { return figure.interval.standard_error; });
    add("low", "lower end of the interval", kUnitVaries, [](auto& figure) { return figure.interval.low; });
    add("high", "upper end of the interval", kUnitVaries, [](auto& figure) { return figure.interval.high; });
    add("present", "replications in which the figure exists", "1", [](auto& figure) { return figure.interval.n; });
    add("simulated_count", "simulated events behind the figure, mean per replication", "1",
        [](auto& figure) { return figure.simulated_count; });
    add_texts("unit", "unit of the figure", [](const Kpi& kpi) { return kpi.unit; });
    add_texts("description", "what the figure is", [](const Kpi& kpi) { return kpi.long_name; });
    add_texts("table", "table of the report", [](const Kpi& kpi) { return kpi.group; });
    add_texts("row", "row of the table", [](const Kpi& kpi) { return kpi.row; });
    add_texts("column", "column of the table", [](const Kpi& kpi) { return kpi.column; });
  }

 private:
  template <class Pick>
  std::vector<std::string> texts(Pick pick) const {
    std::vector<std::string> out;
    out.reserve(summary_.kpis.size());
    for (const KpiSummary& figure : summary_.kpis) out.push_back(pick(*figure.kpi));
    return out;
  }

  Handle variable(const char* name, const char* long_name, Element element, std::vector<std::size_t> extent) {
    Handle dataset = create_dataset(group_.id(), name, element, {.extent = std::move(extent)});
    write_attribute(dataset.id(), "long_name", long_name);
    attach_scale(dataset, kpi_axis_, 0);
    return dataset;
  }

  template <class Pick>
  void add(const char* name, const char* long_name, const char* units, Pick pick) {
    std::vector<double> values;
    values.reserve(summary_.kpis.size());
    for (const KpiSummary& figure : summary_.kpis) values.push_back(pick(figure));
    const Handle dataset = variable(name, long_name, Element::kReal, {values.size()});
    write_all(dataset, values);
    write_attribute(dataset.id(), "units", units);
  }

  template <class Pick>
  void add_texts(const char* name, const char* long_name, Pick pick) {
    write_all(variable(name, long_name, Element::kText, {summary_.kpis.size()}), texts(pick));
  }

  void add_values() {
    const std::vector<std::int64_t> numbers(summary_.replications.begin(), summary_.replications.end());
    const Handle replications =
        create_dataset(group_.id(), "replication", Element::kInteger, {.extent = {numbers.size()}});
    write_all(replications, numbers);
    write_attribute(replications.id(), "long_name", "replication");
    write_attribute(replications.id(), "units", "1");
    make_scale(replications, "replication");
    std::vector<double> values;
    for (const KpiSummary& figure : summary_.kpis)
      values.insert(values.end(), figure.by_replication.begin(), figure.by_replication.end());
    const Handle dataset =
        variable("value", "figure of each replication", Element::kReal, {summary_.kpis.size(), numbers.size()});
    write_all(dataset, values);
    write_attribute(dataset.id(), "units", kUnitVaries);
    attach_scale(dataset, replications, 1);
  }

  const Summary& summary_;
  Handle group_;
  Handle kpi_axis_;
  std::vector<std::string> names_;
};

}  // namespace

struct ResultsFile::Body {
  explicit Body(const std::filesystem::path& path) : file(path) {}

  void write(const ReplicationRecord& record) {
    groups.front().write(n_written, record.replication, record.cells);
    groups.back().write(n_written, record.replication, record.totals);
    if (journeys) journeys->write(record.replication, record.journeys);
    ++n_written;
  }

  OutputFile file;
  std::vector<CounterGroup> groups;  // cells, totals; closed before the file
  std::optional<JourneyGroup> journeys;
  std::size_t n_written = 0;
  std::map<int, ReplicationRecord> waiting;  // for an earlier replication
};

ResultsFile::ResultsFile(const std::filesystem::path& path, const MeasureRegistry& registry, const RunInfo& info,
                         const Provenance& provenance)
    : body_(std::make_unique<Body>(path)) {
  expects(is_iso_date(info.start_date), "the start date is not YYYY-MM-DD");
  expects(info.consumers > 0, "a run without consumers has no results");
  const std::size_t n_cells = info.regions.size() * info.segments.size();
  expects(info.consumers_by_cell.empty() || info.consumers_by_cell.size() == n_cells, "consumers_by_cell misses cells");
  body_->file.attempt([&] {
    write_root(body_->file.id(), info, provenance);
    body_->groups.emplace_back(body_->file.id(), Level::kCell, registry, info);
    body_->groups.emplace_back(body_->file.id(), Level::kTotal, registry, info);
    if (!info.journeys.consumers.empty()) body_->journeys.emplace(body_->file.id(), registry, info);
    write_scenario(body_->file.id(), provenance);
  });
}

ResultsFile::~ResultsFile() = default;
ResultsFile::ResultsFile(ResultsFile&&) noexcept = default;
ResultsFile& ResultsFile::operator=(ResultsFile&&) noexcept = default;

void ResultsFile::add(ReplicationRecord record) {
  const int replication = record.replication;
  const bool is_new = replication >= static_cast<int>(body_->n_written) &&
                      body_->waiting.emplace(replication, std::move(record)).second;
  expects(is_new, "a replication was added twice");
  auto& waiting = body_->waiting;
  while (!waiting.empty() && waiting.begin()->first == static_cast<int>(body_->n_written)) {
    body_->file.attempt([&] { body_->write(waiting.begin()->second); });
    waiting.erase(waiting.begin());
  }
}

void ResultsFile::finish(const Summary& summary) {
  body_->file.attempt([&] {
    for (const auto& [replication, record] : body_->waiting) body_->write(record);
    body_->waiting.clear();
    expects(summary.replications.size() == body_->n_written, "the summary is of other replications than the file");
    SummaryGroup(body_->file.id(), summary).write();
    body_->groups.clear();
    body_->journeys.reset();
  });
  body_->file.commit();
}

}  // namespace populace
