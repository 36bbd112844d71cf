// O13: what a price change does to the brand and to the others. Runs before and after share all draws, so the ratio of
// orders is known far better than the orders; it is judged by its spread over replications. Prices move by 1 % up and
// down: ln(Q+ / Q-) / ln(1.01 / .99) has the point elasticity of the closed form up to terms of the third order, which
// are computed, not assumed: the law compared with is the exact finite change.
#include <catch2/catch.hpp>

#include "tests/oracles/experiment.hpp"
#include "tests/support/oracles_choice.hpp"
#include "tests/support/zscore.hpp"

namespace populace::oracles {
namespace {

const std::vector<double> kShares{0.4, 0.3, 0.2, 0.1};
constexpr double kSlope = 4.9;
constexpr int kRuns = 40;
constexpr double kChange = 0.01;

MarketOptions shop(double no_purchase_share, double category_response) {
  MarketOptions options = empty_market(20'000, 10);
  options.need.enabled = true;
  options.need.opportunities_per_week = 1.0;
  options.need.shape = 2.0;
  for (std::size_t b = 0; b < kShares.size(); ++b) {
    BrandOptions brand;
    brand.name = "brand_" + std::to_string(b);
    brand.share = kShares[b];
    brand.price_money = 1.0;
    brand.base_price_money = 1.0;
    options.brands.push_back(brand);
  }
  options.choice.no_purchase_share = no_purchase_share;
  options.choice.category_response = category_response;
  options.choice.price_slope = kSlope;
  options.choice.price_slope_sigma = 0.0;
  options.choice.taste_floor = 1.0;  // everybody's tastes are the shares
  return options;
}

MarketOptions at_price(MarketOptions options, std::size_t brand, double price) {
  options.brands[brand].price_money = price;
  return options;
}

// ln(orders of `brand` in one run / in the other), by replication.
std::vector<double> log_ratios(const Experiment& first, const Experiment& second, std::size_t brand, int runs = kRuns) {
  std::vector<double> ratios;
  for (int r = 0; r < runs; ++r)
    ratios.push_back(std::log(first.flow(r, "orders", brand) / second.flow(r, "orders", brand)));
  return ratios;
}

std::vector<double> probabilities_at(const NestedChoice& nest, std::size_t brand, double price) {
  std::vector<double> deviations(kShares.size(), 0.0);
  deviations[brand] = -kSlope * (price - 1.0);
  return brand_probabilities(nest, kShares, deviations);
}

// What `nest` says of ln(Q+ / Q-): own effect of brand 1 and cross effects on the others.
std::vector<double> expected_changes(const NestedChoice& nest) {
  const std::vector<double> high = probabilities_at(nest, 1, 1.0 + kChange),
                            low = probabilities_at(nest, 1, 1.0 - kChange);
  const Matrix points =
      price_elasticities(nest, kShares, std::vector<double>(4, 0.0), kSlope, std::vector<double>(4, 1.0));
  std::vector<double> changes;
  for (std::size_t b = 0; b < kShares.size(); ++b) {
    changes.push_back(std::log(high[b] / low[b]));
    CHECK(changes[b] / std::log((1.0 + kChange) / (1.0 - kChange)) == Approx(points[b][1]).epsilon(2e-3));
  }
  return changes;
}

TEST_CASE("O13: own and cross elasticities of the plain logit and of the nested form") {
  const NestedChoice plain{0.4, 0.0}, nested{0.4, 0.45};
  for (const bool is_nested : {false, true}) {
    const MarketOptions options = is_nested ? shop(0.45, 0.4) : shop(0.0, 0.4);
    const Experiment up(at_price(options, 1, 1.0 + kChange), 1301, 2 * kRuns);
    const Experiment down(at_price(options, 1, 1.0 - kChange), 1301, 2 * kRuns);
    const std::vector<double> law = expected_changes(is_nested ? nested : plain);
    const std::vector<double> other_form = expected_changes(is_nested ? plain : nested);
    for (std::size_t b = 0; b < kShares.size(); ++b) {
      const std::vector<double> changes = log_ratios(up, down, b, 2 * kRuns);
      CAPTURE(is_nested, b, law[b], other_form[b]);
      CHECK(std::fabs(z_of_mean(changes, law[b])) < kBoundTwentyChecks);
      CHECK(tolerances_off(changes, other_form[b], kBoundTwentyChecks) > 3.0);  // control
    }
  }
}

// Total orders move with the inclusive value, by mu (1 - B) on the logarithm.
TEST_CASE("O13: category response of the nested form") {
  const Experiment base(shop(0.45, 0.4), 1302, kRuns);
  const Experiment cheap(at_price(shop(0.45, 0.4), 0, 0.8), 1302, kRuns);
  const NestedChoice nest{0.4, 0.45};
  const double iv = std::log1p(kShares[0] * std::expm1(0.2 * kSlope));
  const double law = std::log(buying_probability(nest, iv) / buying_probability(nest, 0.0));
  std::vector<double> changes;
  for (int r = 0; r < kRuns; ++r) {
    double before = 0, after = 0;
    for (std::size_t b = 0; b < kShares.size(); ++b) {
      before += base.flow(r, "orders", b);
      after += cheap.flow(r, "orders", b);
    }
    changes.push_back(std::log(after / before));
  }
  CAPTURE(law);
  CHECK(std::fabs(z_of_mean(changes, law)) < kBoundTwentyChecks);
  const double without = std::log(buying_probability({0.0, 0.45}, iv) / buying_probability({0.0, 0.45}, 0.0));
  CHECK(tolerances_off(changes, without, kBoundTwentyChecks) > 3.0);  // control: closed category
}

TEST_CASE("O13: Dirichlet tastes and lognormal price slopes") {
  MarketOptions options = shop(0.45, 0.4);
  options.choice.taste_floor = 0.0;
  options.choice.taste_concentration = 1.3;
  options.choice.price_slope_sigma = 0.3;
  const NestedChoice nest{0.4, 0.45};
  const Experiment base(options, 1303, kRuns);
  const Experiment dear(at_price(options, 1, 1.1), 1303, kRuns);
  const BrandDemand before = dirichlet_demand_at_price(nest, 1.3, kShares[1], kSlope, 0.3, 0.0);
  const BrandDemand after = dirichlet_demand_at_price(nest, 1.3, kShares[1], kSlope, 0.3, 0.1);
  CHECK(std::fabs(z_of_mean(log_ratios(dear, base, 1), std::log(after.brand / before.brand))) < kBoundTwentyChecks);
  for (const std::size_t b : {0, 2, 3})
    CHECK(std::fabs(z_of_mean(log_ratios(dear, base, b), std::log(after.others / before.others))) < kBoundTwentyChecks);
  // Control: the same shares without differences between people.
  const std::vector<double> equal = probabilities_at(nest, 1, 1.1);
  const double alike = std::log(equal[1] / ((1.0 - nest.no_purchase_prob) * kShares[1]));
  CHECK(tolerances_off(log_ratios(dear, base, 1), alike, kBoundTwentyChecks) > 3.0);
}

// A dear brand 0 and 1 beside cheap 2 and 3; then brand 0 becomes dearer still. Under the plain logit the others keep
// their ratios (IIA). When some people mind prices and others do not, brand 1, also dear, gains more than brand 2.
// Returns ln gain of brand 1 - ln gain of brand 2, by replication.
std::vector<double> excess_gain(double low_slope, double high_slope, std::uint32_t seed) {
  MarketOptions options = shop(0.0, 0.4);
  options.segments = {{"careless", 0.5}, {"careful", 0.5}};
  options.choice.price_slope.by_name = {{"careless", low_slope}, {"careful", high_slope}};
  options.brands[0].price_money = 1.2;
  options.brands[1].price_money = 1.2;
  const Experiment before(options, seed, kRuns);
  const Experiment after(at_price(options, 0, 1.5), seed, kRuns);
  const std::vector<double> dear = log_ratios(after, before, 1), cheap = log_ratios(after, before, 2);
  std::vector<double> excess;
  for (std::size_t r = 0; r < dear.size(); ++r) excess.push_back(dear[r] - cheap[r]);
  return excess;
}

std::vector<double> segment_mix(double low_slope, double high_slope, double price_of_first) {
  std::vector<double> mix(4, 0.0);
  for (const double slope : {low_slope, high_slope}) {
    const std::vector<double> deviations{-slope * (price_of_first - 1.0), -slope * 0.2, 0.0, 0.0};
    const std::vector<double> p = brand_probabilities({0.4, 0.0}, kShares, deviations);
    for (std::size_t b = 0; b < 4; ++b) mix[b] += 0.5 * p[b];
  }
  return mix;
}

TEST_CASE("O13: segments that mind prices differently break the independence of irrelevant alternatives") {
  const std::vector<double> before = segment_mix(1.0, 20.0, 1.2), after = segment_mix(1.0, 20.0, 1.5);
  const double law = std::log(after[1] / before[1]) - std::log(after[2] / before[2]);
  const std::vector<double> mixed = excess_gain(1.0, 20.0, 1304);
  CAPTURE(law);
  CHECK(std::fabs(z_of_mean(mixed, law)) < kBoundTwentyChecks);
  CHECK(tolerances_off(mixed, 0.0, kBoundTwentyChecks) > 3.0);
  // Control: alike segments keep it.
  const std::vector<double> alike = excess_gain(4.0, 4.0, 1305);
  CHECK(std::fabs(z_of_mean(alike, 0.0)) < kBoundTwentyChecks);
  CHECK(tolerances_off(alike, law, kBoundTwentyChecks) > 3.0);
}

}  // namespace
}  // namespace populace::oracles
