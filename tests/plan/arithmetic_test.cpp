// The arithmetic of objective and task, its gap to a simulation, and the search for a crossing, by numbers.
#include "scenarios/plan/arithmetic.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "results/summary/inverse.hpp"

using namespace populace;

namespace {

double part(const std::vector<GapPart>& parts, const std::string& name) {
  for (const GapPart& p : parts)
    if (p.name == name) return p.money;
  return kNoFigure;
}

}  // namespace

TEST_CASE("H115: 1,000,000 at 2 a visit, 1 % and 1,000 an order takes 100,000 visits and 200,000") {
  const Chain chain = backwards(TargetKind::kRevenue, 1e6, {1000, .01, 2});
  CHECK(chain.orders == 1000);
  CHECK(chain.visits == 100'000);
  CHECK(chain.budget == 200'000);
  const Chain doubled = backwards(TargetKind::kRevenue, 2e6, {1000, .01, 2});
  CHECK(doubled.visits == 2 * chain.visits);
  CHECK(doubled.budget == 2 * chain.budget);
}

TEST_CASE("rates that are not given are averages of the present plan") {
  const PlanTotals present{.figure = 5'000, .orders = 50, .visits = 2'000, .effort = 800};
  const Rates rates = average_rates(TargetKind::kRevenue, present);
  CHECK(rates.order_value == 100);
  CHECK(rates.conversion == .025);
  CHECK(rates.visit_cost == .4);
  CHECK(backwards(TargetKind::kRevenue, 10'000, rates).budget == Approx(1'600));  // target x spend / revenue
  GivenRates given;
  given.conversion = .05;
  const Rates mixed = replaced(rates, given);
  CHECK(mixed.conversion == .05);
  CHECK(mixed.visit_cost == .4);
  CHECK(std::isnan(backwards(TargetKind::kOrders, 5, average_rates(TargetKind::kOrders, {0, 0, 0, 0})).budget));
}

TEST_CASE("parts of the gap add up, and each is what it is called") {
  GapFigures f;  // the figure: 100 without, 300 by 1,000 of money now, 400 by 2,100 of a budget of 2,400
  f.target = 400;
  f.without = 100;
  f.now = 300;
  f.spent_now = 1'000;
  f.spent = 2'100;
  f.budget = 2'400;
  f.present_arithmetic = 400. * 1'000 / 300;
  f.arithmetic = 1'000;
  f.buyers = {{20, 25}};
  const std::vector<GapPart> parts = gap_parts(f);
  double sum = f.arithmetic;
  for (const GapPart& p : parts) sum += p.money;
  CHECK(sum == Approx(f.budget));
  CHECK(part(parts, "rates") == Approx(1'000. / 3));
  CHECK(part(parts, "baseline") == Approx(1'500 - 4'000. / 3));        // 300 / 200 of the money
  CHECK(part(parts, "saturation") == Approx(30 * (84. - 50)));         // 30 buyers of now's worth: 84 for 50 each
  CHECK(part(parts, "orders each") == Approx(2'100 - 1'500 - 1'020));  // an added buyer brings 12 for 10
  CHECK(part(parts, "unspent") == 300);
  f.buyers.reset();
  CHECK(part(gap_parts(f), "saturation") == Approx(600));
  f.now = f.without;
  CHECK(gap_parts(f).empty());  // media that do nothing have no arithmetic
}

TEST_CASE("a straight response has only a baseline between arithmetic and simulation") {
  GapFigures f;
  f.target = 500;
  f.without = 100;
  f.now = 300;
  f.spent_now = 1'000;
  f.spent = f.budget = 2'000;
  f.arithmetic = f.present_arithmetic = 5'000. / 3;
  const std::vector<GapPart> parts = gap_parts(f);
  CHECK(part(parts, "baseline") == Approx(1'000. / 3));
  for (const char* name : {"rates", "saturation", "unspent"}) CHECK(std::fabs(part(parts, name)) < 1e-9);
}

TEST_CASE("a crossing is found to the tolerance, on the side that meets the target") {
  std::map<double, int> calls;
  const auto excess = [&](double x) {
    ++calls[x];
    return 1 - std::exp(-.3 * x) - .7;
  };
  const double root = std::log(1 / .3) / .3;
  const std::optional<double> found = first_crossing(excess, {10, .001});
  REQUIRE(found);
  CHECK(excess(*found) >= 0);
  CHECK(*found == Approx(root).epsilon(.001));
  CHECK(*found > root * (1 - 1e-12));
  CHECK(calls.size() < 13);
  CHECK_FALSE(first_crossing(excess, {3, .001}));
  CHECK(first_crossing([](double x) { return 2 + x; }, {10, .001}) == 0);
  const auto steps = [](double x) { return std::floor(40 * x) - 57; };  // single events come and go
  CHECK(*first_crossing(steps, {10, .001}) == Approx(57. / 40).epsilon(.001));
}

TEST_CASE("the interval of the needed input is that of the figure over the slope") {
  const std::vector<double> values{98, 102, 101, 99};
  const Interval needed = inverse_interval(2, 100, values, 10), figure = t_interval(values);
  CHECK(needed.mean == Approx(2));
  CHECK(needed.standard_error == Approx(figure.standard_error / 10));
  CHECK(inverse_interval(2, 103, values, 10).mean == Approx(2.3));
  CHECK(std::isnan(inverse_interval(2, 100, values, 0).standard_error));
  const Interval share = share_interval(8, 10);  // Clopper & Pearson's table
  CHECK(share.low == Approx(.4439).epsilon(1e-3));
  CHECK(share.high == Approx(.9748).epsilon(1e-3));
  CHECK(share_interval(0, 5).low == 0);
  CHECK(share_interval(5, 5).high == 1);
}
