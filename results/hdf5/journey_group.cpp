#include "results/hdf5/journey_group.hpp"

#include "results/hdf5/output_file.hpp"

namespace populace {
namespace {

constexpr unsigned kDeflateLevel = 1;
constexpr std::size_t kChunkRows = 16 * 1024;

Shape growing() {
  return {.extent = {0}, .first_axis_grows = true, .chunk = {kChunkRows}, .deflate_level = kDeflateLevel};
}

void describe(const Handle& dataset, const std::string& unit, const std::string& long_name) {
  write_attribute(dataset.id(), "long_name", long_name);
  if (!unit.empty()) write_attribute(dataset.id(), "units", unit);
}

}  // namespace

JourneyGroup::JourneyGroup(Hdf5Id file, const MeasureRegistry& registry, const RunInfo& info)
    : group_(create_group(file, "journeys")), consumers_(info.journeys.consumers), step_days_(info.step_days) {
  write_attribute(group_.id(), "long_name",
                  "journeys of a sample of consumers, a row for each touch, move, event and order");
  write_attribute(group_.id(), "sampled_consumers", static_cast<std::int64_t>(consumers_.size()));
  write_attribute(group_.id(), "scale", info.market_size_people / static_cast<double>(consumers_.size()));
  write_attribute(group_.id(), "focal_brand", info.journeys.focal_brand);
  write_attribute(group_.id(), "rungs", info.journeys.rungs);
  const std::int64_t first = std::int64_t{info.first_step} * info.step_days;
  write_attribute(group_.id(), "first_day", first);
  write_attribute(group_.id(), "end_day", first + std::int64_t{info.n_steps} * info.step_days);
  write_consumers(info);
  for (std::size_t t = 0; t < registry.journey_tables().size(); ++t)
    add_table(static_cast<std::uint8_t>(t), registry.journey_tables()[t], info);
}

void JourneyGroup::write_consumers(const RunInfo& info) {
  const Handle group = create_group(group_.id(), "consumers");
  write_attribute(group.id(), "long_name", "who is in the sample, the same in every replication");
  const std::size_t n = consumers_.size();
  const Handle ids = create_dataset(group.id(), "consumer", Element::kInteger, {.extent = {n}});
  write_all(ids, std::span<const std::int64_t>(consumers_));
  describe(ids, "", "number of the consumer");
  make_scale(ids, "consumer");
  std::vector<std::string> regions, segments;
  for (const std::uint32_t cell : info.journeys.cells) {
    regions.push_back(info.regions[cell / info.segments.size()]);
    segments.push_back(info.segments[cell % info.segments.size()]);
  }
  for (const auto& [name, values] : {std::pair{"region", &regions}, std::pair{"segment", &segments}}) {
    const Handle dataset = create_dataset(group.id(), name, Element::kText, {.extent = {n}});
    write_all(dataset, std::span<const std::string>(*values));
    describe(dataset, "", std::string(name) + " of the consumer");
    attach_scale(dataset, ids, 0);
  }
}

void JourneyGroup::add_table(std::uint8_t number, const JourneyTable& table, const RunInfo& info) {
  Table& out = tables_.emplace_back();
  out.group = create_group(group_.id(), table.name);
  out.number = number;
  write_attribute(out.group.id(), "long_name", table.long_name);
  add_column(out, {"row", "", "number of the row"}, Source::kRow);
  add_column(out, {"replication", "", "replication"}, Source::kReplication);
  add_column(out, {"consumer", "", "number of the consumer"}, Source::kConsumer);
  add_column(out, {"time", "days since " + info.start_date, "first day of the step"}, Source::kTime);
  add_column(out, {"occasion", "", "occasion to buy within the step, from 0"}, Source::kOccasion);
  for (std::size_t c = 0; c < kJourneyCodes; ++c) {
    if (table.codes[c].labels.empty()) continue;
    add_labels(out, table.codes[c]);
    JourneyField code = table.codes[c];
    code.name += "_code";
    code.long_name += ": position in " + table.codes[c].name + ", -1: none";
    add_column(out, code, Source::kCode, c);
  }
  if (!table.count.name.empty()) add_column(out, table.count, Source::kCount);
  for (std::size_t r = 0; r < kJourneyReals; ++r)
    if (!table.reals[r].name.empty()) add_column(out, table.reals[r], Source::kReal, r);
}

void JourneyGroup::add_column(Table& table, const JourneyField& field, Source source, std::size_t index) {
  Handle dataset = create_dataset(table.group.id(), field.name,
                                  source == Source::kReal ? Element::kReal : Element::kInteger, growing());
  describe(dataset, field.unit, field.long_name);
  if (table.columns.empty())
    make_scale(dataset, "row");
  else
    attach_scale(dataset, table.columns.front().dataset, 0);
  if (source == Source::kTime) write_attribute(dataset.id(), "calendar", "proleptic_gregorian");
  table.columns.push_back({std::move(dataset), source, index});
}

void JourneyGroup::add_labels(Table& table, const JourneyField& field) {
  const Handle labels = create_dataset(table.group.id(), field.name, Element::kText, {.extent = {field.labels.size()}});
  write_all(labels, std::span<const std::string>(field.labels));
  describe(labels, "", field.long_name);
  make_scale(labels, field.name);
}

std::int64_t JourneyGroup::integer(const Column& column, const JourneyRow& row, int replication,
                                   std::size_t number) const {
  switch (column.source) {
    case Source::kRow:
      return static_cast<std::int64_t>(number);
    case Source::kReplication:
      return replication;
    case Source::kConsumer:
      return consumers_[row.person];
    case Source::kTime:
      return row.step * step_days_;
    case Source::kOccasion:
      return row.occasion;
    case Source::kCode:
      return row.codes[column.index];
    default:
      return row.count;
  }
}

void JourneyGroup::write(int replication, std::span<const JourneyRow> rows) {
  std::vector<std::int64_t> integers;
  std::vector<double> reals;
  for (Table& table : tables_) {
    std::vector<const JourneyRow*> own;
    for (const JourneyRow& row : rows)
      if (row.table == table.number) own.push_back(&row);
    if (own.empty()) continue;
    for (const Column& column : table.columns) {
      integers.clear();
      reals.clear();
      for (std::size_t i = 0; i < own.size(); ++i)
        if (column.source == Source::kReal)
          reals.push_back(own[i]->reals[column.index]);
        else
          integers.push_back(integer(column, *own[i], replication, table.n_rows + i));
      if (column.source == Source::kReal)
        append(column.dataset, table.n_rows, std::span<const double>(reals));
      else
        append(column.dataset, table.n_rows, std::span<const std::int64_t>(integers));
    }
    table.n_rows += own.size();
  }
}

}  // namespace populace
