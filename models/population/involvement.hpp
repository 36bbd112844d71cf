// Involvement: how much a purchase in the category matters to a consumer, for life and at one occasion.
//
//   x_f = mean_f(segment) + offset_f(category) + sqrt(r) c + sqrt(1 - r) z_f     five facets, c and z_f standard normal
//   v   = min(L(bias + w . x), ability, opportunity),   L(y) = 1 / (1 + e^-y)    kept as a byte, 255 v
//   v_k = min(L(logit v + sum of the effects of occasion k's flags), ability, opportunity)
//   rho = L(intercept + slope logit v_k + sigma z)           weight of the rational route until the next occasion
//   item j of facet f = loading (x_f - its mean) + sqrt(1 - loading^2) e_fj
//   answer            = loading mean_f + item, rounded to one of 1 to 5 around 3      whole numbers, 5: agrees fully
//
// A flag (gift, health, outlay, symbolism) stands at an occasion with its share. Items are those of a questionnaire on
// involvement: k of them with loading l have Cronbach's alpha k l^2 / (1 + (k - 1) l^2), their answers a little less.
// Sources: Laurent & Kapferer 1985, doi:10.1177/002224378502200104 (facets, five points); Petty, Cacioppo & Schumann
// 1983, doi:10.1086/208954 (two routes); seed documents S63-S66, M82-M91 (situation, gate) and M4 (a new route for each
// purchase). Values assumed.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/scratch.hpp"
#include "models/world/market_options.hpp"
#include "sim/population/layout.hpp"
#include "sim/population/population.hpp"
#include "sim/random/draw.hpp"

namespace populace {

inline constexpr std::size_t kInvolvementFacets = 5, kSituations = 4;
inline constexpr std::string_view kFacetNames[kInvolvementFacets] = {"interest", "pleasure", "sign_value",
                                                                     "risk_importance", "risk_probability"};
inline constexpr int kAnswerPoints = 5;  // of the questionnaire: 1 to 5

// Whether anything reads the involvement of consumers; a mechanism that does adds its condition.
bool needs_involvement(const MarketOptions& options);
// Whether anything reads involvement at an occasion to buy (scratch.involvement).
bool needs_occasion_involvement(const MarketOptions& options);
// Whether anything reads the weight of the rational route.
bool needs_route(const MarketOptions& options);

class Involvement {
 public:
  Involvement(const MarketOptions& options, Layout& layout);

  bool exists() const { return column_.exists(); }
  Column<std::uint8_t> column() const { return column_; }   // 255 v; absent where nothing reads it
  Column<std::uint8_t> rational() const { return route_; }  // 255 rho; absent where nothing reads it
  // v in (0, 1); .5 where consumers have no involvement.
  float of(const BlockView& block, std::uint32_t place) const {
    return exists() ? value_of(block.column(column_)[place]) : .5f;
  }

  void build(DrawKey traits_key, const BlockView& block, std::vector<std::uint32_t>& words) const;
  // scratch.involvement[k] of the occasions in scratch.list, where something reads it.
  void at_occasion(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                   BlockScratch& scratch) const;
  // out[k] for places in list; scratch.list_words and scratch.leaps are used.
  void at_occasion(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                   const PlaceList& list, BlockScratch& scratch, float* out) const;

  // Pure functions of a consumer's id: the same whether a population is built or not, and whether anything reads it.
  // Facet f in standard deviations, around the mean of his segment; and x_f itself.
  double facet(DrawKey traits_key, std::uint64_t id, std::size_t facet) const;
  double facet_of(DrawKey traits_key, std::uint64_t id, std::size_t segment, std::size_t facet) const;
  // v for life, as it is kept: in steps of 1 / 255.
  double lasting(DrawKey traits_key, std::uint64_t id, std::size_t segment) const;
  // What lies behind his answer to an item of that facet, mean 0 and standard deviation 1; and the answer, 1 to 5.
  double item(DrawKey traits_key, std::uint64_t id, std::size_t facet, std::size_t item) const;
  int answer(DrawKey traits_key, std::uint64_t id, std::size_t segment, std::size_t facet, std::size_t item) const;

 private:
  static float value_of(std::uint8_t code) { return (code == 0 ? .5f : code == 255 ? 254.5f : code) * (1 / 255.f); }
  void build_route(DrawKey traits_key, const BlockView& block, std::vector<std::uint32_t>& words) const;
  std::uint8_t code_at(double weighted_sum, std::size_t segment) const;
  std::uint8_t route_code(double involvement, double score) const;
  double mean_of(std::size_t facet, std::size_t segment) const;
  double around(double mean, double common, double own) const { return mean + common_ * common + own_ * own; }  // x_f
  double score(DrawKey traits_key, DrawReason reason, std::uint64_t id) const;

  const MarketOptions* options_;
  Column<std::uint8_t> column_, route_;
  bool at_occasions_;
  double common_, own_;                                  // weights of the two parts of a facet
  std::vector<double> gate_;                             // by segment
  std::vector<std::array<double, kSituations>> shares_;  // of flags, by segment
  std::array<double, kSituations> effects_{};
  std::vector<std::array<float, 256>> with_flags_;  // v by code, before the gate, by set of flags
};

}  // namespace populace
