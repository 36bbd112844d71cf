// Oracle O15: what pairing under common random numbers does to the variance of a difference.
#include "results/summary/common_random_numbers.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "tests/summary/normal_sample.hpp"
#include "tests/support/zscore.hpp"

namespace populace {
namespace {

TEST_CASE("O15: the variance identity is exact for sample moments") {
  TestSample sample(15'001);
  std::vector<double> first;
  std::vector<double> second;
  for (int i = 0; i < 50; ++i) {
    const double shared = sample.normal();
    first.push_back(10.0 + 2.0 * shared + sample.normal());
    second.push_back(9.0 + 1.5 * shared + 0.5 * sample.normal());
  }
  const PairedComparison paired = compare_paired(first, second);
  const double identity = paired.first_variance + paired.second_variance -
                          2.0 * paired.correlation * std::sqrt(paired.first_variance * paired.second_variance);
  CHECK(paired.difference_variance == Approx(identity).epsilon(1e-12));
  CHECK(paired.difference.standard_error == Approx(std::sqrt(identity / 50.0)).epsilon(1e-12));
  CHECK(paired.variance_ratio == Approx(identity / (paired.first_variance + paired.second_variance)).epsilon(1e-12));
  CHECK(paired.variance_reduction() == Approx(1.0 / paired.variance_ratio));
  CHECK(paired.variance_ratio < 0.5);
}

// 200,000 consumers who buy with probability .10 in one scenario and .11 in the other.
PairedComparison bernoulli_scenarios(std::uint64_t seed, bool common_draws) {
  TestSample sample(seed);
  std::vector<double> base;
  std::vector<double> plan;
  for (int i = 0; i < 200'000; ++i) {
    const double u = sample.uniform();
    base.push_back(u < 0.10 ? 1.0 : 0.0);
    plan.push_back((common_draws ? u : sample.uniform()) < 0.11 ? 1.0 : 0.0);
  }
  return compare_paired(plan, base);
}

TEST_CASE("O15: monotone coupled Bernoulli .10 against .11") {
  const double coupled = 0.01 * 0.99;
  const double independent = 0.10 * 0.90 + 0.11 * 0.89;
  CHECK(coupled / independent == Approx(0.0527).margin(5e-5));
  const PairedComparison paired = bernoulli_scenarios(15'002, true);
  // The coupled difference is Bernoulli(.01), so the estimated ratio has a relative standard error of about
  // sqrt(.99 / (.01 n)): the count of switchers dominates, .0222 at n = 200,000.
  const double standard_error = 0.0527 * std::sqrt(0.99 / 0.01 / 200'000);
  CHECK(std::fabs(z_score(paired.variance_ratio, coupled / independent, standard_error)) < kBoundOneCheck);
  CHECK(std::fabs(z_score(paired.difference.mean, 0.01, std::sqrt(coupled / 200'000))) < kBoundOneCheck);
  // Control: draws of their own leave the ratio at 1.
  CHECK(bernoulli_scenarios(15'003, false).variance_ratio > 0.9);
}

TEST_CASE("scenarios that never differ compare to nothing at all") {
  const std::vector<double> same{1.0, 2.0, 3.0};
  const PairedComparison equal = compare_paired(same, same);
  CHECK(equal.difference.mean == 0.0);
  CHECK(equal.difference.standard_error == 0.0);
  CHECK(equal.correlation == Approx(1.0));
  CHECK(equal.variance_ratio == 0.0);
  const std::vector<double> flat{2.0, 2.0, 2.0};
  CHECK(std::isnan(compare_paired(flat, flat).variance_ratio));
  CHECK(std::isnan(compare_paired(same, flat).correlation));
}

}  // namespace
}  // namespace populace
