// Outlets: where a chosen brand is bought. Among the outlets that carry it, are open and within reach, one is taken:
//
//   V_o = taste_o(segment) + sigma z_o - a km (stores, partner stores, group leaders) - b days - c (price factor - 1)
//         - doubt, if the consumer asks for more trust than the outlet has
//   P(o) = e^(V_o) / sum over outlets that can be used of e^(V_j)
//
// An outlet found out of stock is left for the next in the same race, which is the same logit among the others. Nothing
// that can be used: the order is lost. A brand that no outlet carries is bought elsewhere, as without outlets.
//
//   trust asked: 0, or for a share of consumers uniform in (0, 1), for life: who refuses trust t are share (1 - t)
//   in stock: service level x min(1, stock of the region / units wanted there in the last step); stock = what was left
//   + supply
//   before the choice among brands: a trial adds utility to the focal brand and takes doubt away at this occasion;
//   brand b gets access_utility (ln sum e^(V_o) - base_access)
//
// Units: V in utility (logits), km, days, money in the scenario's currency. Draws: one exponential race, keyed by
// outlet. Source: McFadden 1974 (logit), seed documents S94-S101, M68-M79, H63-H72 (directions); values assumed.
#pragma once
#include <cstdint>
#include <vector>

#include "models/outlets/outlet_counts.hpp"
#include "models/outlets/paths.hpp"
#include "models/outlets/win_back.hpp"
#include "models/scratch.hpp"
#include "models/shared_columns.hpp"
#include "models/stages/stages.hpp"
#include "sim/base/bytes.hpp"

namespace populace {

// By outlet (those connected share the entry of the first of them) and region, in units of simulated consumers.
struct OutletsState {
  std::vector<double> stock, wanted;
  void save(ByteWriter& out) const {
    out.put(stock);
    out.put(wanted);
  }
  void load(ByteReader& in) {
    in.get(stock);
    in.get(wanted);
  }
};

struct OutletsPlan {
  std::vector<float> weight;        // e^V by outlet and segment, before distance, lasting taste and doubt; 0: outage
  std::vector<float> price_factor;  // by outlet
  std::vector<std::int64_t> hours;  // of delivery, by outlet
  std::vector<double> in_stock;     // by outlet and region
  double mismatch = 0;
};

// Occasion number of orders that are taken up again.
inline constexpr std::uint32_t kReturnOccasion = kMaxOccasions - 3;  // of none of the episode's (models/episode)

class Outlets {
 public:
  Outlets(const MarketOptions& options, const Traits& traits, const Stages& stages, const SharedColumns& shared,
          Layout& layout, MeasureRegistry& registry);
  bool enabled() const { return counts_.exists(); }
  void add_kpis(MeasureRegistry& registry) const {
    counts_.add_kpis(registry);
    win_back_.add_kpis(registry);
  }
  void prepare(BlockScratch& scratch) const;
  OutletsState make_state() const;
  void build(const BlockView& block) const { win_back_.build(block); }
  void begin_step(OutletsState& state, OutletsPlan& plan, std::int32_t step) const;

  // Before the choice among brands: what can be reached by the occasions in scratch.list, and what that adds.
  void reach(const OutletsPlan& plan, DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
             BlockScratch& scratch, std::int64_t* row) const;
  // After it: scratch.outlet of what is chosen, and the path; an order abandoned leaves scratch.chosen -1.
  void run(const OutletsPlan& plan, DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
           BlockScratch& scratch, std::int64_t* row) const;
  // Once units and prices paid are settled.
  void book(const OutletsPlan& plan, const std::vector<double>& price, std::uint32_t occasion, const BlockView& block,
            BlockScratch& scratch, std::int64_t* row) const;
  // Fills scratch.list with those who take an abandoned order up again, as an occasion of its own before the others:
  // kReturnOccasion. False: nobody does.
  bool take_up(DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  void count_open(const BlockView& block, std::int64_t* row) const { win_back_.count_open(block, row); }
  void end_step(OutletsState& state, std::int32_t step, std::span<std::int64_t> rows, std::size_t row_size,
                std::span<std::int64_t> totals) const;

 private:
  struct Outlet {
    const OutletOptions* options;
    std::uint32_t brands = 0;         // carried, bit by brand
    std::vector<DistanceTable> near;  // e^(-a km), 0 beyond the radius, by region; empty: near for everybody
    DistanceTable lasting{};          // e^(sigma z) by the upper byte of a word
    std::vector<std::pair<std::uint16_t, float>> members;  // bit of an owned channel, e^utility for its members
    std::size_t pool = 0;                                  // of stock: position of the outlet whose entry holds it
    bool limited = false;
  };
  void plan_distance(Outlet& outlet) const;
  double supply(const Outlet& outlet, std::size_t region) const;
  bool supplied(std::size_t pool, std::size_t region) const;
  void plan_stock(const OutletsState& state, OutletsPlan& plan, double week) const;
  struct Occasion {  // what its draws are keyed by, and where it happens
    const OutletsPlan& plan;
    DrawKey key;
    std::int32_t step;
    std::uint32_t number;
    const BlockView& block;
    BlockScratch& scratch;
    std::int64_t* row;
  };
  void weigh(std::size_t o, const Occasion& at) const;
  void close_by_hours(const Occasion& at) const;
  void try_goods(const Occasion& at) const;
  void doubt(const Occasion& at) const;
  void add_access(const Occasion& at) const;
  void race(const Occasion& at) const;
  int pick(const Occasion& at, std::uint32_t k) const;
  void buy(const Occasion& at, std::uint32_t k) const;
  void abandon(const Occasion& at, std::uint32_t k, bool recorded) const;
  bool traced(const Occasion& at, std::uint32_t k) const;

  const MarketOptions* options_;
  const Traits* traits_;
  const Stages* stages_;
  const SharedColumns* shared_;
  std::size_t focal_;
  std::vector<Outlet> outlets_;
  std::uint32_t carried_ = 0;  // by any outlet, bit by brand
  bool hours_ = false, trust_ = false;
  float doubt_ = 1;
  Paths paths_;
  OutletCounts counts_;
  WinBack win_back_;
};

}  // namespace populace
