// One brand or none, for a list of occasions, by vectors.
//
//   w_b = ((1 - eps) t_b + eps share_b) e^{dV_b} for considered brands, else 0;    t_b = g_b / sum over all brands of g
//   IV = ln sum w_b;    P(buy) = e^{mu IV} / (e^{mu IV} + e^{u0})
//   brand = argmin over b of E_b / w_b, E_b = -ln(u_b): an exponential race, so that improving one brand never moves a
//   buyer between two others.
#pragma once
#include <cstddef>
#include <cstdint>

namespace populace {

inline constexpr std::size_t kMaxBrands = 16;

struct StockTerm {
  const float* read;                // by occasion
  float utility, saturation, base;  // utility x (concave(read) - base); saturation 0: linear
};

struct BrandTask {
  const float* log_taste = nullptr;      // by occasion
  const std::uint32_t* words = nullptr;  // of the race
  const float* deviation = nullptr;      // utility that differs over occasions and is not below; may be null
  float common_deviation = 0;            // the same for all
  float price_deviation = 0;             // relative price - 1, times -slope
  float share = 0;
  StockTerm stocks[2];
  std::size_t n_stocks = 0;
};

struct ChoiceTask {
  const BrandTask* brands = nullptr;
  std::size_t n_brands = 0;
  const std::uint32_t* considered = nullptr;  // bit by brand
  const float* price_slope = nullptr;         // null: no price moves
  const std::uint32_t* buy_words = nullptr;
  float taste_floor = 0;
  float category_response = 1;  // mu
  float no_purchase = 0;        // e^{u0}
  std::uint32_t n = 0;
  std::int32_t* chosen = nullptr;  // out: brand, or -1
};
void choose(const ChoiceTask& task);

}  // namespace populace
