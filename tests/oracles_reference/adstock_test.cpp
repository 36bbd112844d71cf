// O7: geometric adstock and its step-average form.
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "tests/support/oracles_adstock.hpp"

namespace populace::oracles {
namespace {

TEST_CASE("O7: one pulse decays geometrically and totals 1/(1-lambda)") {
  std::vector<double> effects(400, 0.0);
  effects[3] = 2.0;
  const std::vector<double> stock = geometric_adstock(effects, 0.93);
  CHECK(stock[2] == 0.0);
  CHECK(stock[3] == 2.0);
  CHECK(stock[13] == Approx(2.0 * std::pow(0.93, 10)).epsilon(1e-12));
  CHECK(std::accumulate(stock.begin(), stock.end(), 0.0) == Approx(2.0 / 0.07).epsilon(1e-11));
  CHECK(half_life_steps(0.5) == Approx(1.0));
  CHECK(std::pow(0.93, half_life_steps(0.93)) == Approx(0.5));
}

TEST_CASE("O7: the step-average stock keeps a geometric pulse of scale (1-lambda)/d") {
  std::vector<double> effects(600, 0.0);
  effects[0] = 2.0;
  const double decay = -std::log(0.93);
  const StepAverageStock stock = step_average_adstock(effects, 0.93);
  const std::vector<double> geometric = geometric_adstock(effects, 0.93);
  const double scale = 0.07 / decay;
  for (const std::size_t t : {std::size_t{0}, std::size_t{1}, std::size_t{30}}) {
    CHECK(stock.kept[t] == Approx(scale * geometric[t]).epsilon(1e-12));
  }
  CHECK(stock.read[20] == Approx(stock.kept[19] * scale).epsilon(1e-12));
  CHECK(std::accumulate(stock.read.begin(), stock.read.end(), 0.0) == Approx(2.0 / decay).epsilon(1e-12));
}

TEST_CASE("O7: seven day steps agree with one week step") {
  const std::array<double, 4> weeks{3.0, 0.0, 5.0, 1.0};
  std::vector<double> days;
  for (const double effect : weeks) days.insert(days.end(), 7, effect / 7.0);
  const StepAverageStock weekly = step_average_adstock(weeks, 0.3, 1.5);
  const double day_retention = std::pow(0.3, 1.0 / 7.0);
  const StepAverageStock daily = step_average_adstock(days, day_retention, 1.5);
  for (std::size_t week = 0; week < weeks.size(); ++week) {
    CHECK(daily.kept[7 * week + 6] == Approx(weekly.kept[week]).epsilon(1e-12));
    const double mean = std::accumulate(&daily.read[7 * week], &daily.read[7 * week] + 7, 0.0) / 7.0;
    CHECK(mean == Approx(weekly.read[week]).epsilon(1e-12));
  }
  // Control: the geometric form makes the day run keep far more than the week run.
  const double daily_geometric = geometric_adstock(days, day_retention)[6];
  CHECK(daily_geometric < 0.7 * geometric_adstock(weeks, 0.3)[0]);
}

TEST_CASE("O7: the stock is the solution of A' = -d A + E within the step") {
  // Many small Euler-midpoint steps across one step of the closed form.
  const double decay = -std::log(0.6);
  constexpr int kParts = 100'000;
  double level = 2.0;
  double area = 0.0;
  for (int i = 0; i < kParts; ++i) {
    const double middle = level + (4.0 - decay * level) * 0.5 / kParts;
    area += middle / kParts;
    level += (4.0 - decay * middle) / kParts;
  }
  const std::array<double, 1> effect{4.0};
  const StepAverageStock stock = step_average_adstock(effect, 0.6, 2.0);
  CHECK(stock.kept[0] == Approx(level).epsilon(1e-9));
  CHECK(stock.read[0] == Approx(area).epsilon(1e-9));
  CHECK_THROWS_AS(step_average_adstock(effect, 0.0), std::invalid_argument);
  CHECK_THROWS_AS(step_average_adstock(effect, 1.0), std::invalid_argument);
}

}  // namespace
}  // namespace populace::oracles
