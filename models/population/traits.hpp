// Traits: what a consumer is for life, drawn once and kept in the narrowest type.
//
//   habit of channel c:  h = 0 for non-users, else Q_c(Phi(r_c z0 + sqrt(1 - r_c^2) z_c)), Q_c gamma, uniform or
//   constant category rate:       gamma, mean M / week by segment, shape K taste of brand b:    g_b ~ Gamma(S share_b),
//   kept as its logarithm; t_b = g_b / sum g is Dirichlet price slope:         lognormal by segment;  involvement:
//   logistic of five correlated normal facets;  distance to the nearest own store: exponential, mean by region
//
// Scores are bytes (sim/random/quantile_table.hpp), so a population of any size shares the tables of values, and rank
// correlation over channels is that of the Gaussian copula. Sources: Ehrenberg 1959 doi:10.2307/2985810; Goodhardt,
// Ehrenberg & Chatfield 1984 doi:10.2307/2981696; Laurent & Kapferer 1985 doi:10.1177/002224378502200104.
#pragma once
#include <cstdint>
#include <vector>

#include "models/population/involvement.hpp"
#include "models/world/market_options.hpp"
#include "sim/population/layout.hpp"
#include "sim/population/population.hpp"
#include "sim/random/draw.hpp"
#include "sim/random/trait_tables.hpp"

namespace populace {

inline constexpr float kTasteStep = .01f;  // of the logarithm of a taste, kept in 16 bits: within 0.5 % of the taste

// Whether any mechanism reads the distance to the nearest own store.
bool needs_distance(const MarketOptions& options);

// Whether the price that a consumer sees of a brand can differ from its base price.
bool price_varies(const MarketOptions& options, const BrandOptions& brand);

class Traits {
 public:
  Traits(const MarketOptions& options, Layout& layout);

  // Whose draws traits are, those too that are drawn anew where they are needed: of the replication, or of the
  // population that all share.
  DrawKey key(DrawKey replication) const;
  // Draws all traits of a block. `words` has room for the block.
  void build(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words) const;

  // Habits are numbered apart from channels, because channels may share one.
  struct Habit {
    Column<std::uint8_t> code;
    std::vector<TraitTable> by_segment;  // value: slots a week
    Column<std::uint16_t> slots;         // the same, in units of its own for each segment: what every step reads
    std::vector<float> unit;             // slots a week
  };
  const std::vector<Habit>& habits() const { return habits_; }
  std::size_t habit_of_channel(std::size_t channel) const { return habit_of_channel_[channel]; }

  Column<std::uint8_t> need_code() const { return need_code_; }
  const TraitTable& need_rate(std::size_t segment) const { return need_rate_[segment]; }  // opportunities a week
  Column<std::int16_t> taste(std::size_t brand) const { return taste_[brand]; }           // logarithm / kTasteStep
  Column<std::uint8_t> price_code() const { return price_code_; }
  const TraitTable& price_slope(std::size_t segment) const { return price_slope_[segment]; }
  const Involvement& involved() const { return involvement_; }
  Column<std::uint8_t> involvement() const { return involvement_.column(); }  // 255 v
  Column<std::uint8_t> distance() const { return distance_; }
  const TraitTable& distance_km(std::size_t region) const { return distance_km_[region]; }  // where the column exists

 private:
  void plan_habits(const MarketOptions& options, Layout& layout);
  void plan_distance(const MarketOptions& options, Layout& layout);
  void plan_needs(const MarketOptions& options, Layout& layout);
  void build_habits(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words,
                    std::vector<float>& scores) const;
  void keep_slots(const Habit& habit, const BlockView& block) const;
  void draw(DrawKey key, DrawReason reason, const BlockView& block, std::vector<std::uint32_t>& words) const;
  void score(DrawKey key, DrawReason reason, const BlockView& block, std::vector<std::uint32_t>& words,
             std::vector<float>& scores) const;
  void build_codes(DrawKey key, DrawReason reason, const BlockView& block, Column<std::uint8_t> column,
                   std::vector<std::uint32_t>& words, std::vector<float>& scores) const;

  const MarketOptions* options_;
  std::size_t n_segments_;
  std::vector<Habit> habits_;
  std::vector<std::size_t> channel_of_habit_;
  std::vector<std::size_t> habit_of_channel_;
  bool common_habit_ = false;
  Column<std::uint8_t> need_code_;
  std::vector<TraitTable> need_rate_;
  std::vector<Column<std::int16_t>> taste_;
  std::vector<QuantileTable> log_gamma_;
  Column<std::uint8_t> price_code_;
  std::vector<TraitTable> price_slope_;
  Involvement involvement_;
  Column<std::uint8_t> distance_;
  std::vector<TraitTable> distance_km_;  // by region
};

}  // namespace populace
