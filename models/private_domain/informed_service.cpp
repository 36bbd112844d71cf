#include "models/private_domain/informed_service.hpp"

#include <algorithm>
#include <bit>

#include "models/names.hpp"

namespace populace {

int data_kinds(const SharedColumns& shared, const BlockView& block, std::size_t place) {
  int kinds = 0;
  if (shared.members.exists()) kinds += std::popcount(block.column(shared.members)[place]);
  if (shared.resolved.exists()) kinds += std::popcount(block.column(shared.resolved)[place]);
  return kinds;
}

InformedService::InformedService(const MarketOptions& options, const Stages& stages, const SharedColumns& shared,
                                 MeasureRegistry& registry)
    : options_(&options),
      stages_(&stages),
      shared_(&shared),
      enabled_(options.informed_service.enabled && options.need.enabled),
      focal_(index_of(options.brands, options.run.focal_brand)) {
  if (!enabled_) return;
  if (stages.rungs() >= 0) {
    const MachineOptions& machine = stages.options(static_cast<std::size_t>(stages.rungs()));
    const std::vector<std::string> usual = {"considering", "chosen"};
    std::uint32_t bits = 0;
    for (const std::string& name : options.informed_service.stages.empty() ? usual : options.informed_service.stages)
      if (const int stage = machine.stage(name); stage >= 0) bits |= 1u << stage;
    if (bits != 0) rungs_ = bits;
  }
  informed_ = registry.add({.name = "informed_occasions",
                            .unit = "occasions",
                            .long_name = "occasions to buy at which service knew the consumer and his rung mattered",
                            .dims = {}});
  served_ = registry.add({.name = "served",
                          .unit = "orders",
                          .long_name = "orders of the focal brand after which informed service made itself felt",
                          .dims = {}});
}

void InformedService::add_kpis(MeasureRegistry& registry) const {
  if (!enabled_) return;
  registry.add(Kpi{"service",
                   options_->run.focal_brand,
                   "informed_occasions",
                   "occasions",
                   "occasions to buy at which service knew the consumer",
                   {{"informed_occasions", {0}}},
                   {},
                   1,
                   0});
  registry.add(Kpi{"service",
                   options_->run.focal_brand,
                   "served",
                   "orders",
                   "orders after which informed service made itself felt",
                   {{"served", {0}}},
                   {},
                   1,
                   0});
}

void InformedService::at_occasion(const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  if (!enabled_) return;
  const InformedServiceOptions& o = options_->informed_service;
  const std::uint8_t* stage =
      stages_->rungs() >= 0 ? block.column(stages_->column(static_cast<std::size_t>(stages_->rungs()))) : nullptr;
  float* deviation = scratch.deviation[focal_].data();
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    const std::uint32_t i = scratch.list.places[k];
    if (stage != nullptr && (rungs_ >> stage[i] & 1) == 0) continue;
    const int kinds = data_kinds(*shared_, block, i);
    if (kinds == 0) continue;
    const double utility = o.utility + o.data_kind_utility * (kinds - 1);
    deviation[k] += static_cast<float>(utility);
    ++row[informed_];
    if (scratch.trace != nullptr && scratch.trace->place == i)
      scratch.trace->note("informed_service", options_->run.focal_brand, "service knows the consumer",
                          {{"kinds of data joined", kinds}, {"utility", utility}});
  }
}

void InformedService::after_orders(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                                   BlockScratch& scratch, std::int64_t* row) const {
  if (!enabled_) return;
  const InformedServiceOptions& o = options_->informed_service;
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    if (scratch.chosen[k] != static_cast<std::int32_t>(focal_)) continue;
    const std::uint32_t i = scratch.list.places[k];
    const int kinds = data_kinds(*shared_, block, i);
    if (kinds == 0) continue;
    const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + i;
    const double prob = std::min(1.0, o.leap_prob + o.data_kind_leap_prob * (kinds - 1));
    const double u = unit_double(draw_word(key, reason(Purpose::kServe, 0u, step, occasion), id));
    if (u >= prob) continue;
    ++row[served_];
    if (stages_->keeps(Event::kServed, scratch, i))
      scratch.events.push_back({i, static_cast<std::uint32_t>(Event::kServed), occasion});
    if (scratch.trace != nullptr && scratch.trace->place == i)
      scratch.trace->note("informed_service", options_->run.focal_brand, "served as one who is known",
                          {{"kinds of data joined", kinds}, {"chance", prob}, {"draw", u}});
  }
}

}  // namespace populace
