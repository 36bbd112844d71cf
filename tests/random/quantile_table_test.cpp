// Coded and tabulated quantiles against Boost.Math and closed forms, within the errors that the header states.
#include "sim/random/quantile_table.hpp"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <utility>

using namespace populace;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kFloatEpsilon = 0x1p-24;  // relative error of rounding to float

double lower_tail(double z) { return std::erfc(-z / std::sqrt(2.0)) / 2; }

// ln of the quantile of Gamma(alpha) at score z. Below e^-30 by F(x) = x^alpha / Gamma(alpha + 1) (1 + O(x)), where
// Boost's own inverse underflows or loses digits.
double log_gamma_quantile(double alpha, double z) {
  const double small = (std::log(lower_tail(z)) + std::lgamma(alpha + 1)) / alpha;
  if (small < -30) return small;
  return std::log(z < 0 ? boost::math::gamma_p_inv(alpha, lower_tail(z))
                        : boost::math::gamma_q_inv(alpha, lower_tail(-z)));
}

double beta_quantile(double a, double b, double z) {
  return z < 0 ? boost::math::ibeta_inv(a, b, lower_tail(z)) : boost::math::ibetac_inv(a, b, lower_tail(-z));
}

template <class Function>
double expectation(const CodeValues& values, Function function) {
  double sum = 0;
  for (int code = 1; code <= 255; ++code) sum += code_probs()[code] * function(static_cast<double>(values[code]));
  return sum;
}

double mean_of_codes(const CodeValues& values) {
  return expectation(values, [](double x) { return x; });
}

// Never falling; steps may vanish where values underflow to 0 or are too near each other for float.
bool rises(const CodeValues& values) {
  for (int code = 2; code <= 255; ++code) {
    if (values[code] < values[code - 1]) return false;
  }
  return values[0] == 0 && values[255] > values[1];
}

struct Errors {
  double at_nodes = 0;
  double between = 0;
};

template <class Truth>
Errors errors_of(const QuantileTable& table, Truth truth) {
  Errors worst;
  for (int i = 0; i + 1 < QuantileTable::kCount; ++i) {
    const float node = static_cast<float>(QuantileTable::kFirstScore + i / 256.0);
    const float middle = node + 1 / 512.0F;
    worst.at_nodes = std::max(worst.at_nodes, std::fabs(static_cast<double>(table.at(node)) - truth(node)));
    worst.between = std::max(worst.between, std::fabs(static_cast<double>(table.at(middle)) - truth(middle)));
  }
  return worst;
}

}  // namespace

TEST_CASE("codes are equal bins of the score with open ends") {
  CHECK(code_of_z(-kInfinity) == 1);
  CHECK(code_of_z(-4.5) == 1);
  CHECK(code_of_z(NAN) == 1);
  CHECK(code_of_z(0) == 128);
  CHECK(code_of_z(4) == 255);
  CHECK(code_of_z(1e300) == 255);
  CHECK(code_of_z(kInfinity) == 255);
  CHECK(lower_edge_of_code(1) == -kInfinity);
  for (int code = 2; code <= 255; ++code) {
    REQUIRE(code_of_z(lower_edge_of_code(code) + 1e-12) == code);
    REQUIRE(code_of_z(lower_edge_of_code(code) - 1e-12) == code - 1);
  }
}

TEST_CASE("code probabilities are those of the standard normal") {
  const auto& probs = code_probs();
  CHECK(probs[0] == 0);
  double sum = 0;
  for (int code = 1; code <= 255; ++code) {
    const double high = code == 255 ? kInfinity : lower_edge_of_code(code + 1);
    const double low = lower_edge_of_code(code);
    const double truth = low > 0 ? lower_tail(-low) - lower_tail(-high) : lower_tail(high) - lower_tail(low);
    REQUIRE(probs[code] == Approx(truth).epsilon(1e-11));
    REQUIRE(probs[code] == probs[256 - code]);
    sum += probs[code];
  }
  CHECK(sum == Approx(1).epsilon(1e-14));
}

TEST_CASE("coded traits keep the exact mean and their order") {
  for (const double shape : {0.001, 0.02, 0.1, 0.25, 0.6, 0.78, 1.0, 3.0, 50.0, 1000.0, 10000.0}) {
    const CodeValues values = gamma_codes(shape, 3);
    CHECK(std::fabs(mean_of_codes(values) / 3 - 1) < kFloatEpsilon);
    CHECK(rises(values));
  }
  for (const auto& [a, b] :
       {std::pair{0.79289, 2.42575}, {0.01, 0.01}, {0.001, 10000.0}, {10000.0, 0.001}, {50.0, 50.0}}) {
    const CodeValues values = beta_codes(a, b);
    CHECK(std::fabs(mean_of_codes(values) * (a + b) / a - 1) < kFloatEpsilon);
    CHECK(rises(values));
  }
  for (const double sigma : {0.1, 1.0, 3.0}) {
    const CodeValues values = lognormal_codes(0.4, sigma);
    CHECK(std::fabs(mean_of_codes(values) / std::exp(0.4 + sigma * sigma / 2) - 1) < kFloatEpsilon);
    CHECK(rises(values));
  }
  CHECK(mean_of_codes(uniform_codes(0.5, 1.5)) == Approx(1).epsilon(1e-7));
  CHECK(mean_of_codes(normal_codes(2, 0.5)) == Approx(2).epsilon(1e-7));
  CHECK(mean_of_codes(normal_codes(0, 1)) == Approx(0).margin(1e-9));
  CHECK(mean_of_codes(gamma_codes(2, 0)) == 0);
  CHECK(mean_of_codes(constant_codes(-2.5)) == Approx(-2.5).epsilon(1e-12));
  // A control: the quantile at the middle of each bin, instead of the mean over it, misses the mean.
  CodeValues middles{};
  for (int code = 1; code <= 255; ++code) {
    middles[code] = static_cast<float>(std::exp(log_gamma_quantile(0.25, -4 + (code - 0.5) * 8 / 255)) * 12);
  }
  CHECK(std::fabs(mean_of_codes(middles) / 3 - 1) > 1e-5);
}

// Integral of x over a bin of Gamma(k): k (P(k + 1, x_high) - P(k + 1, x_low)), from the side of the smaller tail.
TEST_CASE("each gamma code holds the conditional mean") {
  for (const double k : {0.25, 0.6, 1.0, 3.0, 50.0, 150.0}) {
    const CodeValues values = gamma_codes(k, 1);
    for (int code = 2; code <= 254; ++code) {
      const double low = lower_edge_of_code(code);
      const double from = std::exp(log_gamma_quantile(k, low));
      const double to = std::exp(log_gamma_quantile(k, lower_edge_of_code(code + 1)));
      const double share = low > 0 ? boost::math::gamma_q(k + 1, from) - boost::math::gamma_q(k + 1, to)
                                   : boost::math::gamma_p(k + 1, to) - boost::math::gamma_p(k + 1, from);
      REQUIRE(static_cast<double>(values[code]) == Approx(share / code_probs()[code]).epsilon(kFloatEpsilon * 1.1));
    }
  }
}

// Where x is tiny, F(x) = x^k / Gamma(k + 1), so the mean over a bin is k/(k+1) (b^(k+1) - a^(k+1)) / (b^k - a^k).
TEST_CASE("tiny values of very uneven gamma traits are right too") {
  const double k = 0.02;
  const CodeValues values = gamma_codes(k, k);  // standard scale
  int n_checked = 0;
  for (int code = 2; code <= 254; ++code) {
    const double log_from = log_gamma_quantile(k, lower_edge_of_code(code));
    const double log_to = log_gamma_quantile(k, lower_edge_of_code(code + 1));
    if (log_from < -80 || log_to > -30) continue;
    const double up = std::exp(log_from - log_to);
    const double truth =
        std::exp(log_to) * k / (k + 1) * (1 - std::pow(up, k + 1)) / -std::expm1(k * (log_from - log_to));
    CHECK(static_cast<double>(values[code]) == Approx(truth).epsilon(kFloatEpsilon * 1.1));
    ++n_checked;
  }
  CHECK(n_checked > 10);
}

TEST_CASE("each beta code holds the conditional mean") {
  for (const auto& [a, b] : {std::pair{0.79289, 2.42575}, {0.5, 2.0}, {8.0, 2.0}, {50.0, 50.0}, {1.0, 1.0}}) {
    const CodeValues values = beta_codes(a, b);
    for (int code = 2; code <= 254; ++code) {
      const double low = lower_edge_of_code(code);
      const double from = beta_quantile(a, b, low);
      const double to = beta_quantile(a, b, lower_edge_of_code(code + 1));
      const double share = low > 0 ? boost::math::ibetac(a + 1, b, from) - boost::math::ibetac(a + 1, b, to)
                                   : boost::math::ibeta(a + 1, b, to) - boost::math::ibeta(a + 1, b, from);
      const double truth = share * a / (a + b) / code_probs()[code];
      REQUIRE(static_cast<double>(values[code]) == Approx(truth).epsilon(kFloatEpsilon * 1.1));
    }
  }
}

TEST_CASE("uniform codes are those of Beta(1, 1)") {
  const CodeValues uniform = uniform_codes(0, 1);
  const CodeValues beta = beta_codes(1, 1);
  for (int code = 0; code <= 255; ++code) REQUIRE(uniform[code] == Approx(beta[code]).epsilon(2e-7));
}

// O3. The mean of e^-X over bins is below the exact E[e^-X] by E[e^-X Var(X | bin)] / 2 to leading order; the variance
// within a bin of width h in z is (dX/dz)^2 h^2 / 12.
TEST_CASE("coded gamma exposures give the negative binomial's unreached share") {
  struct Case {
    double shape, mean, least, most;
  };
  for (const Case& c :
       {Case{0.6, 3, 2.3e-5, 2.6e-5}, {0.25, 0.055 * 52, 3.6e-5, 4e-5}, {0.78, 1.456, 1.4e-5, 1.7e-5}}) {
    const double exact = std::pow(1 + c.mean / c.shape, -c.shape);
    const double coded = expectation(gamma_codes(c.shape, c.mean), [](double x) { return std::exp(-x); });
    const double h = 8.0 / 255;
    double predicted = 0;
    for (int code = 2; code <= 254; ++code) {
      const double low = std::exp(log_gamma_quantile(c.shape, lower_edge_of_code(code))) * c.mean / c.shape;
      const double high = std::exp(log_gamma_quantile(c.shape, lower_edge_of_code(code) + h)) * c.mean / c.shape;
      predicted += code_probs()[code] * std::exp(-(low + high) / 2) * (high - low) * (high - low) / 24;
    }
    INFO("shape " << c.shape << ": unreached " << exact << ", coded - exact " << coded - exact << ", predicted "
                  << -predicted);
    CHECK(exact - coded == Approx(predicted).epsilon(0.02));
    CHECK(exact - coded > c.least);
    CHECK(exact - coded < c.most);
  }
}

TEST_CASE("log gamma tables meet the stated interpolation error") {
  const std::pair<double, double> bounds[] = {{0.001, 4e-3},  {0.005, 6.1e-4}, {0.02, 1.6e-4}, {0.1, 3.3e-5},
                                              {0.25, 1.5e-5}, {0.5, 7.5e-6},   {1, 3.8e-6},    {5, 6e-7},
                                              {50, 6e-7},     {1000, 1.2e-6}};
  for (const auto& [alpha, bound] : bounds) {
    const double a = alpha;
    const Errors errors = errors_of(log_gamma_table(a), [&](double z) { return log_gamma_quantile(a, z); });
    INFO("alpha " << a << " between " << errors.between << " at nodes " << errors.at_nodes);
    CHECK(errors.between < bound);
    CHECK(errors.at_nodes < kFloatEpsilon * std::max(8.0, 18.5 / a));
  }
}

// Cornish-Fisher to 1/k: error O(k^-3/2) of a spread of 1/sqrt k, so 1e-8 of the value at k = 10,000.
TEST_CASE("the most even gamma table follows its asymptotic quantile") {
  const double k = 10000;
  const QuantileTable table = gamma_quantile_table(k, k);
  for (const float score : {-3.0F, -1.0F, 0.0F, 0.5F, 2.0F, 4.0F}) {
    const double z = score;
    const double truth = k + z * std::sqrt(k) + (z * z - 1) / 3 + (z * z * z - 7 * z) / (36 * std::sqrt(k));
    CHECK(static_cast<double>(table.at(score)) == Approx(truth).epsilon(kFloatEpsilon + 2e-8));
  }
}

TEST_CASE("gamma and beta value tables meet the stated interpolation error") {
  for (const auto& [shape, bound] :
       {std::pair{0.02, 1.7e-4}, {0.25, 1.2e-5}, {1.0, 3.8e-6}, {3.0, 1.1e-6}, {50.0, 1.6e-7}}) {
    const double k = shape;
    const auto truth = [&](double z) { return std::exp(log_gamma_quantile(k, z)) / k; };
    CHECK(errors_of(gamma_quantile_table(k, 1), truth).between < bound);
  }
  struct Case {
    double a, b, bound;
  };
  for (const Case& c : {Case{0.01, 0.01, 1.25e-3},
                        {0.5, 2, 4.7e-7},
                        {0.79289, 2.42575, 3.3e-7},
                        {1, 1, 5.2e-7},
                        {8, 2, 1.6e-7},
                        {0.05, 30, 9e-8}}) {
    const Errors errors =
        errors_of(beta_quantile_table(c.a, c.b), [&](double z) { return beta_quantile(c.a, c.b, z); });
    CHECK(errors.between < c.bound);
    CHECK(errors.at_nodes < kFloatEpsilon * 1.01);
  }
}

TEST_CASE("scores beyond a quantile table take its end values") {
  const QuantileTable table = log_gamma_table(0.5);
  const QuantileView view = table.view();
  CHECK(view.count == 2817);
  CHECK(table.at(-5.5F) == view.values[0]);
  CHECK(table.at(-9) == view.values[0]);
  CHECK(table.at(5.5F) == view.values[view.count - 1]);
  CHECK(table.at(9) == view.values[view.count - 1]);
  CHECK(table.at(static_cast<float>(NAN)) == view.values[0]);
  for (int i = 1; i < view.count; ++i) REQUIRE(view.values[i] > view.values[i - 1]);
}

TEST_CASE("values that float cannot hold as normal numbers are zero or refused") {
  for (const float value : gamma_codes(0.001, 1)) CHECK((value == 0 || std::isnormal(value)));
  CHECK_THROWS_WITH(lognormal_codes(60, 10), Catch::Contains("exceeds the range of float"));
}

TEST_CASE("parameters out of range are refused with field, value and rule") {
  CHECK_THROWS_WITH(gamma_codes(0, 1), Catch::Contains("gamma shape = 0.000000: must lie between 0.001 and 10000"));
  CHECK_THROWS_WITH(gamma_codes(NAN, 1), Catch::Contains("gamma shape = nan"));
  CHECK_THROWS_WITH(gamma_codes(1, -1), Catch::Contains("gamma mean = -1.000000: must not be negative"));
  CHECK_THROWS_WITH(gamma_codes(1, kInfinity), Catch::Contains("must be a finite number"));
  CHECK_THROWS_WITH(log_gamma_table(-1), Catch::Contains("gamma alpha"));
  CHECK_THROWS_WITH(beta_codes(1, 0), Catch::Contains("beta b"));
  CHECK_THROWS_WITH(beta_quantile_table(1e9, 1), Catch::Contains("beta a"));
  CHECK_THROWS_WITH(lognormal_codes(0, -1), Catch::Contains("lognormal sigma"));
  CHECK_THROWS_WITH(uniform_codes(2, 1), Catch::Contains("uniform high = 1.000000: must not be less than low = 2"));
  CHECK_THROWS_WITH(normal_codes(NAN, 1), Catch::Contains("normal mu"));
  CHECK_THROWS_WITH(QuantileTable({1, 2, 3}), Catch::Contains("quantile table size"));
}
