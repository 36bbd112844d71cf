// A small shop for tests of promotions and of what choices read: four brands, the second focal, nothing else happens.
#pragma once
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "tests/engine/market_run.hpp"
#include "tests/support/zscore.hpp"

namespace populace {

inline constexpr double kShopSlope = 4.9;
inline constexpr std::size_t kFocal = 1;

inline MarketOptions shop(std::uint32_t seed, std::int64_t weeks = 6, std::int64_t consumers = 20'000) {
  MarketOptions options;
  options.run.consumers = consumers;
  options.run.weeks = weeks;
  options.run.seed = seed;
  options.need.enabled = true;
  options.need.opportunities_per_week = .8;
  const double shares[] = {.4, .3, .2, .1};
  for (std::size_t b = 0; b < 4; ++b) {
    BrandOptions& brand = options.brands.emplace_back();
    brand.name = "brand_" + std::to_string(b);
    brand.share = shares[b];
    brand.price_money = 10;
  }
  options.run.focal_brand = "brand_1";
  options.response.slow.acts_on = options.response.fast.acts_on = "nothing";
  options.choice.price_slope = kShopSlope;
  return options;
}

inline PromotionOptions& promote(MarketOptions& options, const std::string& kind, double depth = .2,
                                 const std::string& name = "promo") {
  PromotionOptions& promotion = options.promotions.emplace_back();
  promotion.name = name;
  promotion.kind = kind;
  promotion.depth_share = depth;
  return promotion;
}

// Everybody has this involvement, nearly.
inline void involve(MarketOptions& options, double logit) {
  options.involvement.enabled = true;
  options.involvement.bias = logit;
  options.involvement.weights = {0, 0, 0, 0, 0};
}

// Counters of one replication.
struct ShopRun {
  explicit ShopRun(MarketOptions options, int threads = 1)
      : market((options.complete(), std::move(options))),
        records(run_records(market, {threads, 1, 1})),
        counters(market, records[0]) {}
  double all(const std::string& measure, std::size_t slot = 0) const {
    return static_cast<double>(counters.all(measure, slot));
  }
  double step(const std::string& measure, std::int32_t step, std::size_t slot = 0) const {
    return static_cast<double>(counters.step(measure, step, slot));
  }
  double between(const std::string& measure, std::size_t slot, std::int32_t from, std::int32_t to) const {
    double sum = 0;
    for (std::int32_t s = from; s < to; ++s) sum += step(measure, s, slot);
    return sum;
  }
  double brands(const std::string& measure) const {
    double sum = 0;
    for (std::size_t b = 0; b < market.options().brands.size(); ++b) sum += all(measure, b);
    return sum;
  }
  std::vector<std::int64_t> orders() const {
    std::vector<std::int64_t> all;
    for (std::int32_t s = 0; s < market.end_step_number(); ++s)
      for (std::size_t b = 0; b < market.options().brands.size(); ++b) all.push_back(counters.step("orders", s, b));
    return all;
  }

  Market market;
  std::vector<ReplicationRecord> records;
  Counters counters;
};

// One replication, step by step.
struct ShopWalk {
  explicit ShopWalk(MarketOptions options)
      : market((options.complete(), std::move(options))),
        threads(1),
        simulation(market, threads, static_cast<std::uint32_t>(market.options().run.seed)) {
    simulation.start(0);
  }
  void to(std::int32_t step) {
    simulation.run(step, kNeverCancelled, [] {});
  }
  template <class T>
  std::int64_t sum(const std::string& column) const {
    const std::vector<T> values = column_values<T>(market, simulation, column);
    return std::accumulate(values.begin(), values.end(), std::int64_t{0});
  }
  template <class T>
  std::vector<T> column(const std::string& name) const {
    return column_values<T>(market, simulation, name);
  }

  Market market;
  Threads threads;
  Simulation simulation;
};

}  // namespace populace
