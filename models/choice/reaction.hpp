// What rivals answer when the focal brand cuts its price or gains share.
//
//   cut_t  = 1 - lowest price of the focal brand in step t (list price less public promotions) / its base price
//   gain_t = focal share of orders, averaged over the last weeks, - its structural share        of steps before t
//   a rival answers in step t if in any step of [t - lag - hold, t - lag] cut >= on_cut or gain >= on_gain:
//     price x (1 - max(price_cut, match x the highest of those cuts)),   pressure + its answer
//
// Everything is of the market as a whole and of steps that are over, so no order of consumers matters. Source:
// Steenkamp, Nijs, Hanssens & Dekimpe 2005, doi:10.1287/mksc.1040.0069: most attacks meet no answer, so rivals answer
// only where a scenario says so; values assumed. Units: weeks, shares, utility.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "models/world/market_options.hpp"
#include "sim/base/bytes.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

struct ReactionState {
  std::vector<double> cut;         // of the last steps, the newest at the end; 0 before the first
  std::vector<double> gain;        // the same, by step x brand
  std::vector<double> mean_share;  // of the focal brand, as each brand averages it
  void save(ByteWriter& out) const {
    out.put(cut);
    out.put(gain);
    out.put(mean_share);
  }
  void load(ByteReader& in) {
    in.get(cut);
    in.get(gain);
    in.get(mean_share);
  }
};

struct ReactionPlan {
  std::vector<double> price_factor, pressure;  // by brand
  std::vector<char> answers;
};

class Reactions {
 public:
  Reactions(const MarketOptions& options, MeasureRegistry& registry);
  bool enabled() const { return enabled_; }
  ReactionState make_state() const;
  // `focal_cut` of this step.
  void begin_step(ReactionState& state, ReactionPlan& plan, double focal_cut) const;
  void end_step(ReactionState& state, const ReactionPlan& plan, std::span<const std::int64_t> cells,
                std::size_t row_size, std::span<std::int64_t> totals) const;

 private:
  void answer(const ReactionState& state, std::size_t brand, ReactionPlan& plan) const;

  const MarketOptions* options_;
  bool enabled_ = false;
  std::size_t focal_, orders_ = 0, answers_ = 0, history_ = 1;  // steps kept
};

}  // namespace populace
