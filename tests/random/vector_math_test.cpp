// exp and log of whole arrays: within the errors that math-inl.hpp states, and the same bits on every instruction set.
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "sim/random/batch.hpp"
#include "tests/random/every_isa.hpp"

using namespace populace;

namespace {

constexpr double kExpRelative = 3e-7;  // as stated
constexpr double kLogAbsolute = 2e-7;  // times 1 + |log x|, as stated

std::vector<float> uniform_floats(std::size_t n, double low, double high) {
  std::mt19937_64 engine(20240613);
  std::uniform_real_distribution<double> uniform(low, high);
  std::vector<float> x(n);
  for (float& value : x) value = static_cast<float>(uniform(engine));
  return x;
}

std::vector<float> positive_floats(std::size_t n) {
  std::vector<float> x = uniform_floats(n, -86, 86);
  for (float& value : x) value = static_cast<float>(std::exp(static_cast<double>(value)));
  return x;
}

std::vector<float> through(void (*function)(const float*, std::size_t, float*), const std::vector<float>& x) {
  std::vector<float> y(x.size());
  function(x.data(), x.size(), y.data());
  return y;
}

double worst_exp(const std::vector<float>& x, const std::vector<float>& y) {
  double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const long double truth = std::exp(static_cast<long double>(x[i]));
    worst = std::max(worst, static_cast<double>(std::fabs((static_cast<long double>(y[i]) - truth) / truth)));
  }
  return worst;
}

double worst_log(const std::vector<float>& x, const std::vector<float>& y) {
  double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const long double truth = std::log(static_cast<long double>(x[i]));
    worst = std::max(worst,
                     static_cast<double>(std::fabs(static_cast<long double>(y[i]) - truth) / (1 + std::fabs(truth))));
  }
  return worst;
}

constexpr std::size_t kMany = std::size_t{1} << 19;

}  // namespace

TEST_CASE("exp_all and log_all stay within the stated errors on every instruction set") {
  for_every_isa([](const std::string& isa) {
    INFO(isa);
    for (const auto& [low, high] : {std::pair{-87.0, 88.0}, {-3.0, 3.0}, {-1e-3, 1e-3}}) {
      const std::vector<float> x = uniform_floats(kMany, low, high);
      CHECK(worst_exp(x, through(exp_all, x)) < kExpRelative);
    }
    const std::vector<float> wide = positive_floats(kMany), near_one = uniform_floats(kMany, .9, 1.1);
    CHECK(worst_log(wide, through(log_all, wide)) < kLogAbsolute);
    CHECK(worst_log(near_one, through(log_all, near_one)) < kLogAbsolute);
  });
}

TEST_CASE("a polynomial one term shorter fails the same bounds") {
  const std::vector<float> x = uniform_floats(4096, -.34, .34);
  std::vector<float> exps(x.size()), logs(x.size()), ones(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    const float r = x[i];
    exps[i] = 1 + r * (1 + r * (.5f + r * (1.f / 6 + r * (1.f / 24))));
    const float s = r / (2 + r), s2 = s * s;
    ones[i] = 1 + r;
    logs[i] = 2 * s + s * s2 * (2.f / 3 + s2 * .4f);
  }
  CHECK(worst_exp(x, exps) > 3 * kExpRelative);
  CHECK(worst_log(ones, logs) > 3 * kLogAbsolute);
}

TEST_CASE("exp_all at and beyond its ends") {
  std::vector<float> x = {-1e30f, -200, -87.01f, -87, 0, 88, 88.5f, 1e30f};
  x.resize(16, 0.0f);
  for_every_isa([&](const std::string& isa) {
    INFO(isa);
    const std::vector<float> y = through(exp_all, x);
    CHECK(y[0] == 0);
    CHECK(y[1] == 0);
    CHECK(y[2] == 0);
    CHECK(y[3] > 0);
    CHECK(y[4] == 1);
    CHECK(y[5] == y[6]);
    CHECK(y[5] == y[7]);
    CHECK(std::isfinite(y[7]));
  });
}

TEST_CASE("exp_all and log_all give the same bits on every instruction set") {
  const std::vector<float> x = uniform_floats(kMany, -100, 100), positive = positive_floats(kMany);
  std::vector<float> first_exp, first_log;
  for_every_isa([&](const std::string& isa) {
    INFO(isa);
    const std::vector<float> e = through(exp_all, x), l = through(log_all, positive);
    if (first_exp.empty()) first_exp = e, first_log = l;
    const auto same = [](float a, float b) {
      return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
    };
    CHECK(std::equal(e.begin(), e.end(), first_exp.begin(), same));
    CHECK(std::equal(l.begin(), l.end(), first_log.begin(), same));
  });
}
