// Reviews of the focal brand as a public stock.
//
//   after an order a buyer reviews with the chance of what he feels: 5 stars satisfied, 3 nothing, 1 disappointed
//   V <- V e^(-dt / memory) + new reviews of the market,   S likewise of their stars,   rating R = (S + R0) / (V + 1)
//   a reader's utility of the focal brand:  e_V ln((V + 1) / (V_base + 1)) + e_R ln(R / R_base), last step's stock
//
// One review of the initial rating R0 stands in for what is known without any. Elasticities of sales: volume .236,
// valence .417 (You, Vadakkepatla & Joshi 2015, doi:10.1509/jm.14.0169); the extremes write more: Hu, Zhang & Pavlou
// 2009, doi:10.1145/1562764.1562800; chances are assumed.
#pragma once
#include <span>
#include <vector>

#include "models/scratch.hpp"
#include "models/shared_columns.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

inline constexpr std::size_t kStars = 5;

struct ReviewsState {
  double volume = 0, stars = 0;  // of the market, weighted by age
  void save(ByteWriter& out) const { out.put(volume), out.put(stars); }
  void load(ByteReader& in) { in.get(volume), in.get(stars); }
};
struct ReviewsPlan {
  double utility = 0, volume = 0, rating = 0;
};

class Reviews {
 public:
  Reviews(const MarketOptions& options, const SharedColumns& shared, MeasureRegistry& registry);
  bool enabled() const { return options_->reviews.enabled; }
  ReviewsState make_state() const;
  void begin_step(const ReviewsState& state, ReviewsPlan& plan) const;
  // Readers among the occasions of scratch.list.
  void at_occasion(const ReviewsPlan& plan, DrawKey key, std::int32_t step, std::uint32_t occasion,
                   const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  // The consumer of occasion k of the list reads them.
  void read(const ReviewsPlan& plan, std::uint32_t k, BlockScratch& scratch, std::int64_t* row) const;
  // Writers among the buyers, once what they feel is known.
  void after(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block, BlockScratch& scratch,
             std::int64_t* row) const;
  void end_step(ReviewsState& state, std::span<std::int64_t> rows, std::size_t row_size,
                std::span<std::int64_t> totals) const;

 private:
  double rating(const ReviewsState& state) const;
  int feeling(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
              std::uint32_t place) const;
  void add_kpis(MeasureRegistry& registry) const;

  const MarketOptions* options_;
  const SharedColumns* shared_;
  std::size_t focal_, read_ = 0, written_ = 0, rewards_ = 0, volume_ = 0;
};

}  // namespace populace
