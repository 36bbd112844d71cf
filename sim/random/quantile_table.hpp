#pragma once

// Quantile functions as tables, so that a trait costs one gather instead of an inverse incomplete gamma.
//
// A trait is X = Q(Phi(z)): z a standard normal score, Phi its distribution function, Q the quantile function of X.
// Correlated scores give correlated traits with the same margins (Gaussian copula).
//
// Codes. A score kept in 8 bits: code 0 means "none" (value 0), codes 1..255 are equal-width bins of z over [-4, 4],
//     code = 1 + clamp(int((z + 4) * 255/8), 0, 254),
// the first and the last bin being open. The table holds E[X | bin], so the mean over N(0,1) scores is that of X, up to
// the rounding of each value to float (relative error of the mean < 6e-8). Values below the smallest normal float are
// 0.
//
// Quantile tables. Q (or ln Q) at 2,817 scores 1/256 apart over [-5.5, 5.5], linear in between; scores beyond (3.8e-8
// of all) take the end values. The interpolation error is at most Q''(z)/8 / 256^2. Measured against Boost.Math at
// midpoints, with float storage:
//     ln Gamma(alpha)       alpha  .005     .02      .1       .25      .5       1        5        50
//       greatest error             6.1e-4   1.6e-4   3.3e-5   1.4e-5   7.3e-6   3.7e-6   5.5e-7   4.8e-7
//       rms over N(0,1)            2.4e-4   6.1e-5   1.2e-5   4.5e-6   2.1e-6   9.0e-7   1.5e-7   1.4e-7
//       (close to 1.9e-6 / alpha plus float rounding of a logarithm that reaches -17.8 / alpha)
//     Gamma(shape), mean 1  shape  .02      .25      1        3        50
//       greatest error             1.7e-4   1.2e-5   3.8e-6   1.1e-6   1.5e-7
//     Beta(a, b)            a, b   .01 .01  .5 2     .79 2.4  1 1      8 2      .05 30
//       greatest error             1.2e-3   4.6e-7   3.3e-7   5.1e-7   1.5e-7   8.6e-8
// Building takes about 0.1 ms for a code table, 0.5 ms for a gamma and 1 ms for a beta quantile table (3 GHz class
// core).
//
// All arithmetic is that of exact_math.hpp, hence the same bits everywhere. Parameters out of range throw
// std::invalid_argument naming the field, the value and the rule.

#include <array>
#include <cstdint>
#include <vector>

#include "sim/random/exact_math.hpp"

namespace populace {

inline constexpr double kCodeOrigin = -4;            // score at the lower edge of code 1
inline constexpr double kCodesPerScore = 255.0 / 8;  // bins per unit of z, exact in float
inline constexpr int kLastBin = 254;                 // code = 1 + bin

using CodeValues = std::array<float, 256>;

// The code of a score; a NaN score gives code 1.
constexpr std::uint8_t code_of_z(double z) {
  const double bin = (z - kCodeOrigin) * kCodesPerScore;
  if (!(bin > 0)) return 1;
  return bin >= kLastBin ? 255 : static_cast<std::uint8_t>(1 + static_cast<int>(bin));
}

// Lower edge of a code's bin, 1 <= code <= 255; of code 1 it is -infinity.
constexpr double lower_edge_of_code(int code) {
  return code <= 1 ? -exact_detail::kInfinity : kCodeOrigin + (code - 1) / kCodesPerScore;
}

// Probability of each code for z ~ N(0,1); code 0 has 0.
const std::array<double, 256>& code_probs();

// Gamma with the given shape in [0.001, 10000] and mean >= 0.
CodeValues gamma_codes(double shape, double mean);
// exp(mu + sigma Z), sigma >= 0.
CodeValues lognormal_codes(double mu, double sigma);
CodeValues uniform_codes(double low, double high);
// Beta with a, b in [0.001, 10000].
CodeValues beta_codes(double a, double b);
// mu + sigma Z, sigma >= 0.
CodeValues normal_codes(double mu, double sigma);
// The same value for every code but 0.
CodeValues constant_codes(double value);

// Linear interpolation of a tabulated function of the score, as plain numbers for vector code:
//     t = (clamp(z, first_score, last_score) - first_score) * per_score;  i = min(int(t), count - 2);
//     value = values[i] + (t - i) * (values[i + 1] - values[i]),
// all in float, without fused multiply-add.
struct QuantileView {
  float first_score;
  float last_score;
  float per_score;
  const float* values;
  int count;
};

class QuantileTable {
 public:
  static constexpr double kFirstScore = -5.5;
  static constexpr double kLastScore = 5.5;
  static constexpr int kPerScore = 256;
  static constexpr int kCount = 11 * kPerScore + 1;

  explicit QuantileTable(std::vector<float> values);

  // A NaN score takes the first value.
  float at(float z) const;
  // Valid as long as the table lives.
  QuantileView view() const;

 private:
  std::vector<float> values_;
};

// ln X for X ~ Gamma(alpha, scale 1), alpha in [0.001, 10000]. Logarithms, because at alpha = 0.005 X reaches e^-3500.
QuantileTable log_gamma_table(double alpha);
// X ~ Gamma of this shape and mean.
QuantileTable gamma_quantile_table(double shape, double mean);
// X ~ Beta(a, b).
QuantileTable beta_quantile_table(double a, double b);

}  // namespace populace
