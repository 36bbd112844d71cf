// O9: BG/NBD expectations, and the CDNOW sample they are calibrated on.
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <numeric>

#include "tests/oracles_reference/cdnow.hpp"
#include "tests/oracles_reference/published.hpp"
#include "tests/support/oracles_bgnbd.hpp"

namespace populace::oracles {
namespace {

BgNbd cdnow_law() {
  const nlohmann::json law = published("bgnbd");
  return {law.at("r"), law.at("alpha"), law.at("a"), law.at("b")};
}

// How far a figure may stray because the four parameters are themselves printed to five decimals.
double from_printed_parameters(const std::function<double(const BgNbd&)>& figure) {
  const BgNbd law = cdnow_law();
  const double at = figure(law);
  const double h = printed(5);
  return std::fabs(figure({law.r + h, law.alpha, law.a, law.b}) - at) +
         std::fabs(figure({law.r, law.alpha + h, law.a, law.b}) - at) +
         std::fabs(figure({law.r, law.alpha, law.a + h, law.b}) - at) +
         std::fabs(figure({law.r, law.alpha, law.a, law.b + h}) - at);
}

std::vector<double> weeks_until(const CdnowSample& sample, int day) {
  std::vector<double> weeks;
  for (const CdnowCustomer& customer : sample.customers) weeks.push_back(customer.weeks_until(day));
  return weeks;
}

TEST_CASE("O9: Gauss series against elementary functions") {
  // 2F1(1, 1; 2; z) = -ln(1-z)/z and 2F1(p, q; q; z) = (1-z)^-p.
  for (const double z : {0.1, 0.5, 0.95, 0.999}) {
    CHECK(gauss_2f1(1.0, 1.0, 2.0, z) == Approx(-std::log1p(-z) / z).epsilon(1e-12));
    CHECK(gauss_2f1(0.3, 2.5, 2.5, z) == Approx(std::pow(1.0 - z, -0.3)).epsilon(1e-12));
  }
  CHECK(gauss_2f1(0.3, 2.5, 2.5, 0.0) == 1.0);
  CHECK_THROWS_AS(gauss_2f1(1.0, 1.0, 2.0, 1.0), std::invalid_argument);
  CHECK_THROWS_AS(gauss_2f1(1.0, 1.0, -2.0, 0.5), std::invalid_argument);
}

TEST_CASE("O9: expected repeats") {
  for (const nlohmann::json& row : published("bgnbd").at("expected_repeats")) {
    const double t = row[0];
    const auto figure = [t](const BgNbd& law) { return expected_repeats(law, t); };
    CHECK(std::fabs(figure(cdnow_law()) - row[1].get<double>()) < printed(6) + from_printed_parameters(figure));
  }
  const nlohmann::json row = published("bgnbd").at("conditional");
  const auto conditional = [&](const BgNbd& law) {
    return expected_later_repeats(law, row.at("x"), row.at("t_x"), row.at("T"), row.at("t"));
  };
  CHECK(std::fabs(conditional(cdnow_law()) - row.at("mean").get<double>()) <
        printed(5) + from_printed_parameters(conditional));
}

TEST_CASE("O9: probabilities add up to one and to the expectation") {
  const std::vector<double> pmf = repeats_pmf(cdnow_law(), 78.0, 800);
  double total = 0.0;
  double mean = 0.0;
  for (std::size_t x = 0; x < pmf.size(); ++x) {
    total += pmf[x];
    mean += static_cast<double>(x) * pmf[x];
  }
  CHECK(total == Approx(1.0).epsilon(1e-11));
  CHECK(mean == Approx(expected_repeats(cdnow_law(), 78.0)).epsilon(1e-10));
  CHECK(std::fabs(std::sqrt(variance_of_repeats(cdnow_law(), 78.0)) -
                  published("bgnbd").at("standard_deviation_at_78").get<double>()) < printed(4));
  CHECK(variance_of_repeats(cdnow_law(), 0.0) == 0.0);
}

TEST_CASE("O9: later repeats at each count add up to the growth of the expectation") {
  const BgNbd law = cdnow_law();
  double sum = 0.0;
  for (int x = 0; x < 300; ++x) sum += later_repeats_at_count(law, x, 38.0, 39.0);
  CHECK(sum == Approx(expected_repeats(law, 77.0) - expected_repeats(law, 38.0)).epsilon(1e-10));
}

TEST_CASE("CDNOW: the sample by its conventions") {
  const nlohmann::json facts = published("cdnow");
  const CdnowSample sample = read_cdnow();
  CHECK(static_cast<int>(sample.customers.size()) == facts.at("customers"));
  CHECK(sample.transactions == facts.at("transactions"));
  std::array<int, 8> histogram{};
  int calibration = 0;
  int holdout = 0;
  int with_calibration_a_day_short = 0;
  for (const CdnowCustomer& customer : sample.customers) {
    const int repeats = customer.repeats(-1, kCalibrationEndDay);
    ++histogram[static_cast<std::size_t>(std::min(repeats, 7))];
    calibration += repeats;
    holdout += customer.repeats(kCalibrationEndDay, kWindowEndDay);
    with_calibration_a_day_short += customer.repeats(-1, kCalibrationEndDay - 1);
  }
  CHECK(calibration == facts.at("calibration_repeats"));
  CHECK(holdout == facts.at("holdout_repeats"));
  CHECK(calibration + holdout == facts.at("repeats_to_week_78"));
  CHECK(histogram == facts.at("calibration_histogram_0_to_6_and_7_plus").get<std::array<int, 8>>());
  // Controls: a calibration that ends one day earlier, and every transaction taken for a purchase of its own.
  CHECK(with_calibration_a_day_short == 2444);
  CHECK(sample.transactions - static_cast<int>(sample.customers.size()) == 4562);
}

TEST_CASE("O9: the CDNOW cohort at week 78 and at calibration") {
  const CdnowSample sample = read_cdnow();
  const std::vector<double> weeks = weeks_until(sample, kWindowEndDay);
  const auto total = [&](const BgNbd& law) { return cohort_expected_repeats(law, weeks); };
  CHECK(std::fabs(total(cdnow_law()) - published("bgnbd").at("cohort_repeats_to_week_78").get<double>()) <
        printed(1) + from_printed_parameters(total));
  // The spread of one replay of the cohort: |z| of a simulated mean is taken against this over sqrt(replications).
  CHECK(std::fabs(std::sqrt(cohort_variance_of_repeats(cdnow_law(), weeks)) -
                  published("bgnbd").at("cohort_standard_deviation").get<double>()) < printed(2));
  // Controls: nobody leaves, at the same rates (a near 0) and at those fitted without dropout: both over 15 % too many.
  const BgNbd stayers{cdnow_law().r, cdnow_law().alpha, 1e-9, cdnow_law().b};
  CHECK(cohort_expected_repeats(stayers, weeks) > 1.15 * total(cdnow_law()));
  const nlohmann::json fitted = published("bgnbd").at("fitted_without_dropout");
  const double all_weeks = std::accumulate(weeks.begin(), weeks.end(), 0.0);
  const double without_dropout = fitted.at("shape").get<double>() / fitted.at("alpha").get<double>() * all_weeks;
  CHECK(without_dropout == Approx(fitted.at("repeats_to_week_78").get<double>()).epsilon(1e-4));
  CHECK(without_dropout > 1.15 * total(cdnow_law()));

  std::array<double, 8> histogram{};
  for (const double T : weeks_until(sample, kCalibrationEndDay)) {
    const std::vector<double> pmf = repeats_pmf(cdnow_law(), T, 6);
    double below = 0.0;
    for (std::size_t x = 0; x < pmf.size(); ++x) below += pmf[x];
    for (std::size_t x = 0; x < pmf.size(); ++x) histogram[x] += pmf[x];
    histogram[7] += 1.0 - below;
  }
  const nlohmann::json expected = published("bgnbd").at("cohort_calibration_histogram");
  for (std::size_t x = 0; x < 8; ++x) CHECK(std::fabs(histogram[x] - expected[x].get<double>()) < printed(1) + 0.02);
}

TEST_CASE("O9: the CDNOW cohort's second half by its count in the first") {
  const CdnowSample sample = read_cdnow();
  const std::vector<double> T = weeks_until(sample, kCalibrationEndDay);
  const nlohmann::json expected = published("bgnbd").at("later_repeats_by_count");
  for (int x = 0; x < 8; ++x) {
    const double mean = cohort_later_repeats(cdnow_law(), T, x, x == 7 ? 150 : x, 39.0);
    CHECK(std::fabs(mean - expected[static_cast<std::size_t>(x)].get<double>()) < printed(4) + 1e-5);
  }
}

TEST_CASE("O9: conditional expectations of the real customers") {
  const CdnowSample sample = read_cdnow();
  std::array<double, 8> customers{};
  std::array<double, 8> real{};
  std::vector<double> conditional;
  std::vector<double> holdout;
  for (const CdnowCustomer& customer : sample.customers) {
    const int x = customer.repeats(-1, kCalibrationEndDay);
    conditional.push_back(expected_later_repeats(cdnow_law(), x, customer.recency_weeks(),
                                                 customer.weeks_until(kCalibrationEndDay), 39.0));
    holdout.push_back(customer.repeats(kCalibrationEndDay, kWindowEndDay));
    customers[static_cast<std::size_t>(std::min(x, 7))] += 1.0;
    real[static_cast<std::size_t>(std::min(x, 7))] += holdout.back();
  }
  const nlohmann::json means = published("cdnow").at("holdout_mean_by_calibration_count");
  for (std::size_t x = 0; x < 8; ++x) CHECK(std::fabs(real[x] / customers[x] - means[x].get<double>()) < printed(2));

  const auto n = static_cast<double>(holdout.size());
  const double mean_c = std::accumulate(conditional.begin(), conditional.end(), 0.0) / n;
  const double mean_h = std::accumulate(holdout.begin(), holdout.end(), 0.0) / n;
  double cc = 0.0;
  double hh = 0.0;
  double ch = 0.0;
  for (std::size_t i = 0; i < holdout.size(); ++i) {
    cc += (conditional[i] - mean_c) * (conditional[i] - mean_c);
    hh += (holdout[i] - mean_h) * (holdout[i] - mean_h);
    ch += (conditional[i] - mean_c) * (holdout[i] - mean_h);
  }
  CHECK(std::fabs(ch / std::sqrt(cc * hh) -
                  published("bgnbd").at("correlation_of_conditional_with_real_holdout").get<double>()) < printed(4));
}

}  // namespace
}  // namespace populace::oracles
