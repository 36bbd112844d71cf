// Elementary functions and the normal distribution against libm in long double and Boost.Math, within the bounds that
// the header states.
#include "sim/random/exact_math.hpp"

#include <boost/math/distributions/normal.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

using namespace populace;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Greatest error over 200,000 uniform points, in units in the last place of the exact value.
template <class Ours, class Exact>
double worst_ulp(Ours ours, Exact exact, double low, double high) {
  std::mt19937_64 engine(20240501);
  std::uniform_real_distribution<double> uniform(low, high);
  double worst = 0;
  for (int i = 0; i < 200000; ++i) {
    const double x = uniform(engine);
    const long double truth = exact(static_cast<long double>(x));
    const double size = std::fabs(static_cast<double>(truth));
    const double ulp = std::nextafter(size, kInfinity) - size;
    worst = std::max(worst, static_cast<double>(std::fabs(static_cast<long double>(ours(x)) - truth)) / ulp);
  }
  return worst;
}

double lower_tail(double z) { return static_cast<double>(std::erfc(-z / std::sqrt(2.0L)) / 2); }

}  // namespace

TEST_CASE("exact_exp and exact_log stay within 1.5 ulp") {
  const auto exp_of = [](long double x) { return std::exp(x); };
  const auto log_of = [](long double x) { return std::log(x); };
  for (const auto& [low, high] : {std::pair{-708.0, 709.0}, {-20.0, 20.0}, {-1.0, 1.0}, {-0.35, 0.35}}) {
    CHECK(worst_ulp(exact_exp, exp_of, low, high) < 1.5);
  }
  for (const auto& [low, high] : {std::pair{1e-300, 1e300}, {0.0, 10.0}, {0.5, 2.0}, {0.99, 1.01}, {1e-310, 1e-308}}) {
    CHECK(worst_ulp(exact_log, log_of, low, high) < 1.5);
  }
  // A control: the plain Taylor sum to r^8 is worse than the bound.
  const auto coarse = [](double x) {
    double sum = 1;
    for (int n = 8; n > 0; --n) sum = 1 + sum * x / n;
    return sum;
  };
  CHECK(worst_ulp(coarse, exp_of, -0.35, 0.35) > 10);
}

TEST_CASE("exact_expm1 and exact_log1p do not cancel near zero") {
  const auto expm1_of = [](long double x) { return std::expm1(x); };
  const auto log1p_of = [](long double x) { return std::log1p(x); };
  for (const auto& [low, high] : {std::pair{-45.0, 700.0}, {-5.0, 5.0}, {-0.5, 0.5}, {-1e-9, 1e-9}}) {
    CHECK(worst_ulp(exact_expm1, expm1_of, low, high) < 2.5);
  }
  for (const auto& [low, high] : {std::pair{-0.999999, 1.0}, {-0.3, -0.2}, {0.39, 0.42}, {0.0, 1e6}, {-1e-9, 1e-9}}) {
    CHECK(worst_ulp(exact_log1p, log1p_of, low, high) < 2);
  }
}

TEST_CASE("exact functions at the ends of their ranges") {
  CHECK(exact_exp(0) == 1);
  CHECK(exact_exp(710) == kInfinity);
  CHECK(exact_exp(kInfinity) == kInfinity);
  CHECK(exact_exp(-746) == 0);
  CHECK(exact_exp(-kInfinity) == 0);
  CHECK(exact_exp(-744.5) == std::exp(-744.5));
  CHECK(exact_exp(709.78) == Approx(std::exp(709.78)).epsilon(1e-15));
  CHECK(exact_expm1(0) == 0);
  CHECK(exact_expm1(-kInfinity) == -1);
  CHECK(exact_expm1(kInfinity) == kInfinity);
  CHECK(exact_log(1) == 0);
  CHECK(exact_log(0) == -kInfinity);
  CHECK(exact_log(kInfinity) == kInfinity);
  CHECK(exact_log(5e-324) == Approx(std::log(5e-324)).epsilon(1e-15));
  CHECK(std::isnan(exact_log(-1)));
  CHECK(exact_log1p(0) == 0);
  CHECK(exact_log1p(-1) == -kInfinity);
  CHECK(exact_log1p(kInfinity) == kInfinity);
  CHECK(std::isnan(exact_log1p(-1.5)));
  for (const double nan : {exact_exp(NAN), exact_expm1(NAN), exact_log(NAN), exact_log1p(NAN), exact_pow(2, NAN)}) {
    CHECK(std::isnan(nan));
  }
}

TEST_CASE("exact functions may be used in constant expressions") {
  static_assert(exact_exp(0) == 1);
  static_assert(exact_log(1) == 0);
  static_assert(exact_pow(3, 2) == 9);
  // Our bits (e is one unit above the nearest double), the same on every machine and in every build.
  static_assert(std::bit_cast<std::uint64_t>(exact_exp(1)) == 0x4005bf0a8b14576a);
  static_assert(std::bit_cast<std::uint64_t>(exact_log(10)) == 0x40026bb1bbb55516);
  volatile double one = 1;
  CHECK(std::bit_cast<std::uint64_t>(exact_exp(one)) == 0x4005bf0a8b14576a);
}

TEST_CASE("exact_pow") {
  std::mt19937_64 engine(20240502);
  std::uniform_real_distribution<double> log_base(-5, 5);
  std::uniform_real_distribution<double> exponent(-60, 60);
  double worst = 0;
  for (int i = 0; i < 200000; ++i) {
    const double x = std::exp(log_base(engine));
    const double y = exponent(engine);
    const long double truth = std::pow(static_cast<long double>(x), static_cast<long double>(y));
    const double error = std::fabs(static_cast<double>(exact_pow(x, y) / truth - 1));
    worst = std::max(worst, error / ((4 + 2 * std::fabs(y * std::log(x))) * 0x1p-53));
  }
  CHECK(worst < 1);
  CHECK(exact_pow(0.7, 1) == 0.7);
  CHECK(exact_pow(0.7, 2) == 0.7 * 0.7);
  CHECK(exact_pow(2, -3) == 0.125);
  CHECK(exact_pow(0, 0) == 1);
  CHECK(exact_pow(0, 0.5) == 0);
  CHECK(exact_pow(0, -0.5) == kInfinity);
  CHECK(exact_pow(1, kInfinity) == 1);
  CHECK(exact_pow(0.5, kInfinity) == 0);
  CHECK(std::isnan(exact_pow(-2, 2)));
}

TEST_CASE("normal_cdf keeps its relative accuracy in both tails") {
  double worst = 0;
  for (double z = -37; z < 9; z += 0.00731) worst = std::max(worst, std::fabs(normal_cdf(z) / lower_tail(z) - 1));
  CHECK(worst < 1e-13);
  CHECK(normal_cdf(0) == 0.5);
  CHECK(normal_cdf(-kInfinity) == 0);
  CHECK(normal_cdf(kInfinity) == 1);
  CHECK(std::isnan(normal_cdf(NAN)));
  for (double z = -8; z < 8; z += 0.01) REQUIRE(normal_cdf(z) <= normal_cdf(z + 0.01));
}

TEST_CASE("normal_interval in the upper tail is that of the mirrored lower tail") {
  CHECK(normal_interval(6, 6.5) == normal_interval(-6.5, -6));
  CHECK(normal_interval(6, 6.5) == Approx(lower_tail(-6) - lower_tail(-6.5)).epsilon(1e-12));
  CHECK(normal_interval(-kInfinity, kInfinity) == 1);
}

TEST_CASE("normal_quantile inverts normal_cdf") {
  const boost::math::normal_distribution<long double> normal;
  double worst = 0;
  for (double log_u = -23.0258; log_u < -0.694; log_u += 0.00217) {
    const double low = std::exp(log_u);
    for (const double u : {low, 1 - low}) {
      worst = std::max(worst, std::fabs(normal_quantile(u) - static_cast<double>(quantile(normal, u))));
    }
  }
  CHECK(worst < 1e-12);
  CHECK(normal_quantile(1e-300) == Approx(-37.0470962993612).epsilon(1e-13));
  CHECK(normal_quantile(0.5) == 0);
  CHECK(normal_quantile(0.25) == -normal_quantile(0.75));
  CHECK(normal_quantile(0) == -kInfinity);
  CHECK(normal_quantile(1) == kInfinity);
  CHECK(std::isnan(normal_quantile(NAN)));
}
