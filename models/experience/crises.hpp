// Crises: bad news of a brand that breaks out, goes round, fades, and may be answered.
//
//   S_t = 2^(-(t - t0) dt / half-life) (1 - reply_strength [replied])      strength, 0 before t0 and 1 in it
//   P(hears in the step t0) = aware_share of his segment, in the regions where it breaks out
//   P(hears in a later step) = 1 - exp(-spread K S_t dt)                   K: share who knew after the last step
//   dV_b = -utility_loss S_t for who knows;   who hears loses satisfaction_loss S_t of satisfaction, down to -1
//
// With nothing fading and no answer, who knows follows the discrete logistic K <- K + (1 - K)(1 - exp(-spread K dt)).
// News too old to be told (S_t below 1/1000) spreads no more. Source: seed document M124 (a sudden crisis spreads, and
// answering in social media responds to it); values assumed.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "models/experience/satisfaction.hpp"
#include "models/scratch.hpp"
#include "models/world/market_options.hpp"
#include "sim/base/bytes.hpp"
#include "sim/engine/measures.hpp"
#include "sim/random/philox_rounds.hpp"

namespace populace {

struct CrisesState {
  std::vector<std::int64_t> known;  // consumers who know, by cell and crisis
  void save(ByteWriter& out) const { out.put(known); }
  void load(ByteReader& in) { in.get(known); }
};

// Of one step, by crisis.
struct CrisesPlan {
  std::vector<double> strength;
  std::vector<char> breaks_out;
  std::vector<float> hear_prob;  // from others
  std::vector<DrawStream> stream;
};

class Crises {
 public:
  Crises(const MarketOptions& options, const Satisfaction& satisfaction, Layout& layout, MeasureRegistry& registry);

  bool any() const { return !crises_.empty(); }
  double strength(std::size_t crisis, std::int32_t step) const;  // of those that are enabled, in their order
  CrisesState make_state(std::size_t n_cells) const { return {std::vector<std::int64_t>(n_cells * crises_.size())}; }
  void build(const BlockView& block) const;
  void begin_step(const CrisesState& state, CrisesPlan& plan, DrawKey key, std::int32_t step) const;
  // Who hears.
  void spread(const CrisesPlan& plan, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  // Adds to scratch.deviation.
  void at_occasion(const CrisesPlan& plan, const BlockView& block, BlockScratch& scratch) const;
  void end_step(CrisesState& state, std::int32_t step, std::span<std::int64_t> rows, std::size_t row_size,
                std::span<std::int64_t> totals) const;
  // Crises of which everybody draws whether he hears.
  double n_draws(std::int32_t step) const;
  void add_kpis(MeasureRegistry& registry) const;

 private:
  struct Crisis {
    const CrisisOptions* options;
    std::size_t brand;
    std::int32_t first, reply;        // steps; reply -1: none
    std::vector<double> aware_share;  // by cell
  };
  void hear(std::size_t crisis, const CrisesPlan& plan, const BlockView& block, BlockScratch& scratch,
            std::int64_t* row) const;

  const MarketOptions* options_;
  const Satisfaction* satisfaction_;
  std::size_t focal_;
  std::vector<Crisis> crises_;
  Column<std::uint8_t> knows_;                    // bit by crisis
  std::size_t heard_ = 0, known_ = 0, cost_ = 0;  // slots
};

}  // namespace populace
