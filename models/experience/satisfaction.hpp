// Satisfaction of each consumer with the focal brand, s in [-1, 1]: how it fades, and what it does at the next
// occasion.
//
//   s    <- s 2^(-dt / half-life), and is gone when it rounds to 0 of 127
//   dV_f  = repeat_utility max(0, s) - defection_utility max(0, -s)                        the focal brand f
//   T     = max(0, s) for who is loyal (two of the last four category purchases), else 0   trust
//   dV_b += T price_damping slope_i (price_b / base price_b - 1)                           every brand
//   dV_b -= T pressure_damping (pressure_b + stocks_b above their base)                    rivals
//
// so that trust takes a share of the weight of prices and of rivals' advertising away. Kept exactly as a float; others
// read the byte 127 s (SharedColumns.satisfaction). Sources: seed documents M6 (repeat buying), M97, M103 (trust), M98
// (who is dissatisfied is so in every domain: models/response/persuasion.hpp reads the byte); values assumed.
#pragma once
#include <cstdint>
#include <vector>

#include "models/choice/choice.hpp"
#include "models/population/traits.hpp"
#include "models/response/response.hpp"
#include "models/scratch.hpp"
#include "models/shared_columns.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

class Satisfaction {
 public:
  Satisfaction(const MarketOptions& options, const Traits& traits, const Response& response, SharedColumns& shared,
               Layout& layout, MeasureRegistry& registry);

  bool exists() const { return level_.exists(); }
  void build(const BlockView& block) const;
  float level(const BlockView& block, std::uint32_t place) const {
    return exists() ? block.column(level_)[place] : 0.0f;
  }
  void set(const BlockView& block, std::uint32_t place, float level) const;
  // Two of the last four category purchases were of the focal brand.
  bool is_loyal(const BlockView& block, std::uint32_t place) const;

  // Rivals' own pressure above their base, by brand.
  void begin_step(std::vector<float>& pressure, std::int32_t step) const;
  void fade(const BlockView& block) const;
  // Adds to scratch.deviation.
  void at_occasion(const ChoicePlan& choice, const std::vector<float>& pressure, const BlockView& block,
                   BlockScratch& scratch) const;
  void count(const BlockView& block, std::int64_t* row) const;

 private:
  void trust(float trust, std::uint32_t k, const ChoicePlan& choice, const std::vector<float>& pressure,
             const BlockView& block, BlockScratch& scratch) const;
  float stocks_above_base(std::size_t brand, std::uint32_t place, const BlockScratch& scratch) const;

  const MarketOptions* options_;
  const Traits* traits_;
  const Response* response_;
  const SharedColumns* shared_;
  std::size_t focal_;
  float keep_ = 1;  // over a step
  Column<float> level_;
  Column<std::int8_t> byte_;
  std::size_t satisfied_ = 0, dissatisfied_ = 0, points_ = 0;  // slots
};

}  // namespace populace
