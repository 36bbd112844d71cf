// Small markets with owned channels, and what was counted in them.
#pragma once
#include <cmath>
#include <string>
#include <vector>

#include "models/private_domain/private_domain.hpp"
#include "tests/targeting/targeting_market.hpp"

namespace populace {

// Nothing happens to members but what a test asks for.
inline OwnedOptions& add_owned(MarketOptions& options, const std::string& name, double initial_share = 0) {
  OwnedOptions& owned = options.owned.emplace_back();
  owned.name = name;
  owned.initial_share = initial_share;
  owned.leave_per_week = 0;
  owned.slow_effect = owned.fast_effect = 0;
  return owned;
}

// One brand, bought at half of the opportunities.
inline MarketOptions buying_market(std::uint32_t seed, std::int64_t weeks = 8) {
  MarketOptions options = small_market(seed, weeks);
  options.need.enabled = true;
  options.choice.no_purchase_share = .5;
  BrandOptions& brand = options.brands.emplace_back();
  brand.name = "own";
  brand.share = 1;
  brand.price_money = 10;
  brand.margin_share = .4;
  return options;
}

inline std::size_t slot(JoinCause cause, std::size_t owned = 0) {
  return owned * kJoinCauses.size() + static_cast<std::size_t>(cause);
}

// Sum over steps of (what came - what was to come), in standard errors: each step's chance may depend on all before.
class Martingale {
 public:
  void add(double came, double trials, double prob) {
    difference_ += came - trials * prob;
    variance_ += trials * prob * (1 - prob);
    expected_ += trials * prob;
  }
  double z() const { return difference_ / std::sqrt(variance_); }
  double expected() const { return expected_; }

 private:
  double difference_ = 0, variance_ = 0, expected_ = 0;
};

}  // namespace populace
