#include "results/hdf5/counter_group.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>

#include "results/hdf5/output_file.hpp"
#include "results/summary/kpi.hpp"
#include "sim/base/contracts.hpp"

namespace populace {
namespace {

// Of the simulated counters: most bytes are zero, so the lightest compression gains nearly all there is.
constexpr unsigned kDeflateLevel = 1;
constexpr std::size_t kChunkCounters = 64 * 1024;  // half a megabyte

// One replication and as many steps as fit; rows too long for a chunk are cut along their slowest axes.
std::vector<std::size_t> chunk_of(std::vector<std::size_t> extent) {
  for (std::size_t& size : extent) size = std::max<std::size_t>(size, 1);
  extent.front() = 1;
  const auto counters = [&] {
    return std::accumulate(extent.begin(), extent.end(), std::size_t{1}, std::multiplies<>());
  };
  for (std::size_t axis = 1; axis < extent.size(); ++axis)
    while (extent[axis] > 1 && counters() > kChunkCounters) extent[axis] = (extent[axis] + 1) / 2;
  return extent;
}

struct Meaning {
  std::string units;  // of the stored integer
  const char* counted;
  const char* help;
};

Meaning meaning_of(const Measure& measure) {
  switch (measure.count) {
    case Count::kPeople:
      return {"simulated " + measure.unit, "people",
              "counts simulated consumers or their acts; multiply by scale for the market"};
    case Count::kMicros:
      return {"1e-6 " + measure.unit, "micros", "millionths of the currency for the whole market; multiply by scale"};
    case Count::kMicrosPerConsumer:
      return {"simulated 1e-6 " + measure.unit, "micros_per_consumer",
              "millionths of the currency over simulated consumers; multiply by scale for the market"};
    case Count::kPlain:
      break;
  }
  return {measure.unit, "plain", "stands for itself"};
}

void describe(const Handle& dataset, const Measure& measure, const RunInfo& info) {
  const Meaning meaning = meaning_of(measure);
  const Scale scale = scale_of(measure.count, info);
  write_attribute(dataset.id(), "long_name", measure.long_name);
  write_attribute(dataset.id(), "units", meaning.units);
  write_attribute(dataset.id(), "scale", scale.factor());
  write_attribute(dataset.id(), "scale_weight", scale.weight);
  write_attribute(dataset.id(), "scale_divisor", scale.divisor);
  write_attribute(dataset.id(), "market_units", measure.unit);
  write_attribute(dataset.id(), "counted", meaning.counted);
  write_attribute(dataset.id(), "help", meaning.help);
  write_attribute(dataset.id(), "cell_methods", measure.kind == Timing::kFlow ? "time: sum" : "time: point");
}

}  // namespace

CounterGroup::CounterGroup(Hdf5Id file, Level level, const MeasureRegistry& registry, const RunInfo& info)
    : group_(create_group(file, level == Level::kCell ? "cells" : "totals")) {
  const bool by_cell = level == Level::kCell;
  slots_ = by_cell ? registry.cell_slots() : registry.total_slots();
  n_rows_ = static_cast<std::size_t>(info.n_steps) * (by_cell ? info.regions.size() * info.segments.size() : 1);
  write_attribute(group_.id(), "long_name",
                  by_cell ? "counters by replication, step, region and segment" : "counters by replication and step");
  add_replication_axis();
  add_time_axis(info);
  leading_axes_ = {"replication", "time"};
  leading_extents_ = {0, static_cast<std::size_t>(info.n_steps)};
  if (by_cell) {
    add_axis("region", info.regions);
    add_axis("segment", info.segments);
    leading_axes_.insert(leading_axes_.end(), {"region", "segment"});
    leading_extents_.insert(leading_extents_.end(), {info.regions.size(), info.segments.size()});
    if (!info.consumers_by_cell.empty()) add_simulated_consumers(info);
  }
  for (const Measure& measure : registry.measures())
    if (measure.level == level) add_measure(measure, registry, info);
}

void CounterGroup::add_axis(const std::string& name, std::span<const std::string> labels) {
  if (axes_.contains(name)) return;
  Handle scale = create_dataset(group_.id(), name, Element::kText, {.extent = {labels.size()}});
  write_all(scale, labels);
  write_attribute(scale.id(), "long_name", name);
  make_scale(scale, name);
  axes_.emplace(name, std::move(scale));
}

void CounterGroup::add_replication_axis() {
  Handle scale = create_dataset(group_.id(), "replication", Element::kInteger,
                                {.extent = {0}, .first_axis_grows = true, .chunk = {1024}});
  write_attribute(scale.id(), "long_name", "replication");
  write_attribute(scale.id(), "units", "1");
  make_scale(scale, "replication");
  axes_.emplace("replication", std::move(scale));
}

void CounterGroup::add_time_axis(const RunInfo& info) {
  const auto n_steps = static_cast<std::size_t>(info.n_steps);
  std::vector<std::int64_t> days(n_steps);
  for (std::size_t i = 0; i < n_steps; ++i) days[i] = (info.first_step + static_cast<std::int64_t>(i)) * info.step_days;
  Handle scale = create_dataset(group_.id(), "time", Element::kInteger, {.extent = {n_steps}});
  write_all(scale, days);
  write_attribute(scale.id(), "long_name", "first day of the step");
  write_attribute(scale.id(), "standard_name", "time");
  write_attribute(scale.id(), "axis", "T");
  write_attribute(scale.id(), "units", "days since " + info.start_date);
  write_attribute(scale.id(), "calendar", "proleptic_gregorian");
  make_scale(scale, "time");
  axes_.emplace("time", std::move(scale));
}

void CounterGroup::add_simulated_consumers(const RunInfo& info) {
  const Handle dataset = create_dataset(group_.id(), "simulated_consumers", Element::kInteger,
                                        {.extent = {info.regions.size(), info.segments.size()}});
  write_all(dataset, info.consumers_by_cell);
  write_attribute(dataset.id(), "long_name", "simulated consumers of each region and segment");
  write_attribute(dataset.id(), "units", "simulated people");
  write_attribute(dataset.id(), "scale", scale_of(Count::kPeople, info).factor());
  attach_axes(dataset, std::vector<std::string>{"region", "segment"});
}

void CounterGroup::add_measure(const Measure& measure, const MeasureRegistry& registry, const RunInfo& info) {
  Shape shape{.extent = leading_extents_, .first_axis_grows = true, .deflate_level = kDeflateLevel};
  std::vector<std::string> names = leading_axes_;
  for (const std::string& dim : measure.dims) {
    expects(std::find(names.begin(), names.end(), dim) == names.end(), "a measure has the same dimension twice");
    names.push_back(dim);
    shape.extent.push_back(registry.dimension(dim).labels.size());
    add_axis(dim, registry.dimension(dim).labels);
  }
  expects(!axes_.contains(measure.name), "a measure is named as one of the dimensions");
  shape.chunk = chunk_of(shape.extent);
  Handle dataset = create_dataset(group_.id(), measure.name, Element::kInteger, shape);
  describe(dataset, measure, info);
  attach_axes(dataset, names);
  columns_.push_back({std::move(dataset), measure.offset, measure.size});
}

void CounterGroup::attach_axes(const Handle& dataset, std::span<const std::string> names) {
  for (std::size_t axis = 0; axis < names.size(); ++axis) attach_scale(dataset, axes_.at(names[axis]), axis);
}

void CounterGroup::write(std::size_t index, int replication, std::span<const std::int64_t> counters) {
  expects(counters.size() == n_rows_ * slots_, "a record does not have the size of its registry");
  const std::int64_t number = replication;
  write_row(axes_.at("replication"), index, {&number, 1});
  for (const Column& column : columns_) {
    buffer_.resize(n_rows_ * column.size);
    for (std::size_t row = 0; row < n_rows_; ++row)
      std::copy_n(counters.begin() + static_cast<std::ptrdiff_t>(row * slots_ + column.offset), column.size,
                  buffer_.begin() + static_cast<std::ptrdiff_t>(row * column.size));
    write_row(column.dataset, index, buffer_);
  }
}

}  // namespace populace
