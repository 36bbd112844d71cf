// Informed service: whoever serves a known consumer sees what is known of him.
//
//   kinds(i)    = memberships + walled gardens where his identity is joined;   known = kinds > 0
//   occasions   utility + per_kind (kinds - 1) for the focal brand, for the known who are at one of the given rungs
//   orders      report "served" with chance min(1, leap + per_kind (kinds - 1)), which moves of a stage machine may
//               answer: a move over several rungs is then one leap
//
// Rungs are those before the step. Sources: seed documents 003:L164 (a clerk who sees the portrait), H48, M129; values
// assumed.
#pragma once
#include <cstdint>
#include <vector>

#include "models/population/traits.hpp"
#include "models/scratch.hpp"
#include "models/shared_columns.hpp"
#include "models/stages/stages.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

// Kinds of data joined of a consumer: memberships and identities; 0: not known.
int data_kinds(const SharedColumns& shared, const BlockView& block, std::size_t place);

class InformedService {
 public:
  InformedService(const MarketOptions& options, const Stages& stages, const SharedColumns& shared,
                  MeasureRegistry& registry);
  bool enabled() const { return enabled_; }
  void add_kpis(MeasureRegistry& registry) const;
  void at_occasion(const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  void after_orders(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                    BlockScratch& scratch, std::int64_t* row) const;

 private:
  const MarketOptions* options_;
  const Stages* stages_;
  const SharedColumns* shared_;
  bool enabled_;
  std::size_t focal_;
  std::uint32_t rungs_ = ~0u;              // where it helps, bit by stage
  std::size_t informed_ = 0, served_ = 0;  // slots
};

}  // namespace populace
