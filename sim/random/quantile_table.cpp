#include "sim/random/quantile_table.hpp"

#include <cstddef>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

#include "sim/random/cumulative_grid.hpp"

namespace populace {

namespace {

using cumulative::BetaDensity;
using cumulative::CumulativeGrid;
using cumulative::GammaDensity;

constexpr double kLeastShape = 0.001;
constexpr double kGreatestShape = 10000;

[[noreturn]] void refuse(const std::string& field, double value, const std::string& rule) {
  throw std::invalid_argument(field + " = " + std::to_string(value) + ": " + rule);
}

void expect_shape(const char* field, double value) {
  if (!(value >= kLeastShape && value <= kGreatestShape)) {
    refuse(field, value, "must lie between 0.001 and 10000; use a constant for more even traits");
  }
}

void expect_finite(const char* field, double value) {
  if (!(value - value == 0)) refuse(field, value, "must be a finite number");
}

void expect_not_negative(const char* field, double value) {
  expect_finite(field, value);
  if (value < 0) refuse(field, value, "must not be negative");
}

// Subnormal floats become 0: some units flush them, and no result may depend on that.
float to_float(double value) {
  const double size = value < 0 ? -value : value;
  if (size > static_cast<double>(std::numeric_limits<float>::max())) {
    refuse("trait value", value, "exceeds the range of float; lower the mean or the spread");
  }
  return size < static_cast<double>(std::numeric_limits<float>::min()) ? 0 : static_cast<float>(value);
}

// Lower-tail probabilities of the lower edges of the codes 1..255 and of the upper edge of code 255.
const std::array<double, 257>& edge_probs() {
  static const std::array<double, 257> probs = [] {
    std::array<double, 257> p{};
    for (int code = 2; code <= 255; ++code) p[code] = normal_cdf(lower_edge_of_code(code));
    p[256] = 1;
    return p;
  }();
  return probs;
}

// E[X | bin] as mean * (share of the first moment in the bin) / (probability of the bin).
template <class Density>
CodeValues conditional_means(const Density& density, double mean) {
  const CumulativeGrid<Density> grid(density);
  const double total = grid.total().moment;
  CodeValues values{};
  double below_before = 0;
  double above_before = total;
  for (int code = 1; code <= 255; ++code) {
    double below = total;
    double above = 0;
    if (code < 255) {
      // The edges are symmetric about 0: the upper tail of one is the lower tail of its mirror image.
      const auto place = grid.locate(edge_probs()[code + 1], edge_probs()[257 - (code + 1)]);
      below = grid.moment_below(place);
      above = grid.moment_above(place);
    }
    const double moment = below < above ? below - below_before : above_before - above;
    values[code] = to_float(mean * (moment / total) / code_probs()[code]);
    below_before = below;
    above_before = above;
  }
  return values;
}

// Lower-tail probabilities of the scores of a QuantileTable.
const std::array<double, QuantileTable::kCount>& score_probs() {
  static const std::array<double, QuantileTable::kCount> probs = [] {
    std::array<double, QuantileTable::kCount> p{};
    for (int i = 0; i < QuantileTable::kCount; ++i) {
      p[i] = normal_cdf(QuantileTable::kFirstScore + i * (1.0 / QuantileTable::kPerScore));
    }
    return p;
  }();
  return probs;
}

// A function of the quantile in y, at the scores of a QuantileTable.
template <class Density, class Function>
QuantileTable quantile_table(const Density& density, Function function) {
  const CumulativeGrid<Density> grid(density);
  const auto& p = score_probs();
  std::vector<float> values(QuantileTable::kCount);
  for (int i = 0; i < QuantileTable::kCount; ++i) {
    values[i] = to_float(function(grid.locate(p[i], p[QuantileTable::kCount - 1 - i]).y));
  }
  return QuantileTable(std::move(values));
}

}  // namespace

const std::array<double, 256>& code_probs() {
  static const std::array<double, 256> probs = [] {
    std::array<double, 256> p{};
    for (int code = 1; code <= 128; ++code) {  // the bins are symmetric about code 128
      p[code] = normal_interval(lower_edge_of_code(code), lower_edge_of_code(code + 1));
      p[256 - code] = p[code];
    }
    return p;
  }();
  return probs;
}

CodeValues gamma_codes(double shape, double mean) {
  expect_shape("gamma shape", shape);
  expect_not_negative("gamma mean", mean);
  return conditional_means(GammaDensity(shape), mean);
}

CodeValues beta_codes(double a, double b) {
  expect_shape("beta a", a);
  expect_shape("beta b", b);
  return conditional_means(BetaDensity(a, b), a / (a + b));
}

CodeValues lognormal_codes(double mu, double sigma) {
  expect_finite("lognormal mu", mu);
  expect_not_negative("lognormal sigma", sigma);
  const double mean = exact_exp(mu + 0.5 * sigma * sigma);
  CodeValues values{};
  for (int code = 1; code <= 255; ++code) {
    // e^(sigma z) times the normal density is a normal density shifted by sigma.
    const double high = code == 255 ? exact_detail::kInfinity : lower_edge_of_code(code + 1);
    const double share = normal_interval(lower_edge_of_code(code) - sigma, high - sigma);
    values[code] = to_float(mean * (share / code_probs()[code]));
  }
  return values;
}

CodeValues uniform_codes(double low, double high) {
  expect_finite("uniform low", low);
  expect_finite("uniform high", high);
  if (high < low) refuse("uniform high", high, "must not be less than low = " + std::to_string(low));
  CodeValues values{};
  for (int code = 1; code <= 255; ++code) {
    const double middle = 0.5 * (edge_probs()[code] + edge_probs()[code + 1]);
    values[code] = to_float(low + (high - low) * middle);
  }
  return values;
}

CodeValues normal_codes(double mu, double sigma) {
  expect_finite("normal mu", mu);
  expect_not_negative("normal sigma", sigma);
  CodeValues values{};
  for (int code = 1; code <= 255; ++code) {
    const double at_low = code == 1 ? 0 : normal_density(lower_edge_of_code(code));
    const double at_high = code == 255 ? 0 : normal_density(lower_edge_of_code(code + 1));
    values[code] = to_float(mu + sigma * ((at_low - at_high) / code_probs()[code]));
  }
  return values;
}

CodeValues constant_codes(double value) {
  expect_finite("constant", value);
  CodeValues values{};
  for (int code = 1; code <= 255; ++code) values[code] = to_float(value);
  return values;
}

QuantileTable::QuantileTable(std::vector<float> values) : values_(std::move(values)) {
  if (values_.size() != static_cast<std::size_t>(kCount)) {
    refuse("quantile table size", static_cast<double>(values_.size()), "must be " + std::to_string(kCount));
  }
}

QuantileView QuantileTable::view() const {
  return {static_cast<float>(kFirstScore), static_cast<float>(kLastScore), static_cast<float>(kPerScore),
          values_.data(), kCount};
}

float QuantileTable::at(float z) const {
  const QuantileView table = view();
  const float at_least = z > table.first_score ? z : table.first_score;
  const float inside = at_least < table.last_score ? at_least : table.last_score;
  const float t = (inside - table.first_score) * table.per_score;
  const int whole = static_cast<int>(t);
  const int i = whole < table.count - 2 ? whole : table.count - 2;
  return table.values[i] + (t - static_cast<float>(i)) * (table.values[i + 1] - table.values[i]);
}

QuantileTable log_gamma_table(double alpha) {
  expect_shape("gamma alpha", alpha);
  const double log_alpha = exact_log(alpha);
  return quantile_table(GammaDensity(alpha), [&](double y) { return y + log_alpha; });
}

QuantileTable gamma_quantile_table(double shape, double mean) {
  expect_shape("gamma shape", shape);
  expect_not_negative("gamma mean", mean);
  return quantile_table(GammaDensity(shape), [&](double y) { return mean * exact_exp(y); });
}

QuantileTable beta_quantile_table(double a, double b) {
  expect_shape("beta a", a);
  expect_shape("beta b", b);
  const BetaDensity density(a, b);
  return quantile_table(density, [&](double y) { return density.at(y).x; });
}

}  // namespace populace
