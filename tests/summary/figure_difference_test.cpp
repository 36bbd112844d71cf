// A difference between two arms: numbers worked by hand, absences, arms that never differ; Holm's procedure.
#include "results/summary/figure_difference.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "results/summary/common_random_numbers.hpp"
#include "tests/summary/normal_sample.hpp"
#include "tests/support/zscore.hpp"

namespace populace {
namespace {

constexpr double kAbsent = NAN;

TEST_CASE("a paired difference worked by hand") {
  // Differences 1, 3, 2, 2: mean 2, squares 2, S^2 = 2/3, SE = sqrt(1/6) = .408248; t(3, .975) = 3.182446.
  // A: mean 12.5, S^2 = 5/3; B: mean 14.5, S^2 = 3: factor (5/3 + 3) / (2/3) = 7.
  const std::vector<double> a{11, 12, 13, 14}, b{12, 15, 15, 16};
  const FigureDifference d = difference_of(a, b);
  CHECK(d.first_mean == 12.5);
  CHECK(d.second_mean == 14.5);
  CHECK(d.difference.mean == 2.0);
  CHECK(d.difference.standard_error == Approx(std::sqrt(1.0 / 6)));
  CHECK(d.difference.low == Approx(2 - 3.182446 * std::sqrt(1.0 / 6)).epsilon(1e-6));
  CHECK(d.difference.high == Approx(2 + 3.182446 * std::sqrt(1.0 / 6)).epsilon(1e-6));
  CHECK(d.relative == Approx(.16));
  CHECK(d.variance_reduction == Approx(7));
  CHECK(d.n == 4);
  CHECK(d.noticeable());
  // t = sqrt(24); with 3 degrees P(T <= t) = 1/2 + (atan(x) + x / (1 + x^2)) / pi, x = t / sqrt(3) = sqrt(8).
  const double x = std::sqrt(8.0), below = .5 + (std::atan(x) + x / (1 + x * x)) / std::acos(-1.0);
  CHECK(d.probability == Approx(below).epsilon(1e-12));
  CHECK(d.p_value == Approx(2 * (1 - below)).epsilon(1e-9));
  const FigureDifference back = difference_of(b, a);
  CHECK(back.difference.mean == -2.0);
  CHECK(back.probability == Approx(1 - below).epsilon(1e-9));
  CHECK(back.p_value == Approx(d.p_value));
  CHECK(back.variance_reduction == Approx(7));
  CHECK(back.relative == Approx(-2 / 14.5));
}

TEST_CASE("replications count in which both figures are present") {
  const std::vector<double> a{11, kAbsent, 12, 13, 14, 7}, b{12, 99, 15, 15, 16, kAbsent};
  const FigureDifference d = difference_of(a, b);
  CHECK(d.n == 4);
  CHECK(d.first_mean == 12.5);
  CHECK(d.difference.mean == 2.0);
  CHECK(d.variance_reduction == Approx(7));
  const std::vector<double> once{1, kAbsent, kAbsent}, never{kAbsent, 4, 5};
  const FigureDifference one = difference_of(once, std::vector<double>{3, 3, 3});
  CHECK(one.n == 1);
  CHECK(one.difference.mean == 2.0);
  CHECK(std::isnan(one.difference.low));
  CHECK(std::isnan(one.probability));
  CHECK(std::isnan(one.p_value));
  CHECK(std::isnan(one.variance_reduction));
  CHECK_FALSE(one.noticeable());
  const FigureDifference none = difference_of(once, never);
  CHECK(none.n == 0);
  CHECK(std::isnan(none.first_mean));
  CHECK(std::isnan(none.variance_reduction));
}

TEST_CASE("what never varies is certain") {
  const std::vector<double> a{.1, .7, .3}, higher{1.1, 1.7, 1.3}, flat{2, 2, 2};
  const FigureDifference same = difference_of(a, a);
  CHECK(same.difference.mean == 0.0);
  CHECK(same.difference.low == 0.0);
  CHECK(same.difference.high == 0.0);
  CHECK(same.probability == .5);
  CHECK(same.p_value == 1.0);
  CHECK(std::isinf(same.variance_reduction));
  CHECK_FALSE(same.noticeable());
  const FigureDifference level = difference_of(flat, std::vector<double>{3, 3, 3});
  CHECK(level.probability == 1.0);
  CHECK(level.p_value == 0.0);
  CHECK(std::isinf(level.variance_reduction));
  CHECK(level.noticeable());
  CHECK(difference_of(std::vector<double>{3, 3, 3}, flat).probability == 0.0);
  CHECK(std::isnan(difference_of(std::vector<double>{0, 0, 0}, flat).relative));
}

TEST_CASE("O15: the factor is what the correlation of the arms makes of it") {
  TestSample sample(15'011);
  std::vector<double> a, b, apart;
  constexpr int kN = 2000;
  for (int i = 0; i < kN; ++i) {
    const double shared = sample.normal();
    a.push_back(10 + 2 * shared + sample.normal());
    b.push_back(9 + 1.5 * shared + .5 * sample.normal());
    apart.push_back(9 + 1.5 * sample.normal() + .5 * sample.normal());
  }
  const PairedComparison moments = compare_paired(a, b);
  const double s1 = std::sqrt(moments.first_variance), s2 = std::sqrt(moments.second_variance);
  const double identity = s1 * s1 + s2 * s2 - 2 * moments.correlation * s1 * s2;
  CHECK(difference_of(a, b).variance_reduction == Approx((s1 * s1 + s2 * s2) / identity).epsilon(1e-12));
  // In truth (5 + 2.5) / (7.5 - 2 * 3) = 5. Control: unrelated arms have 1, for 1 - 1/factor = 2 S_AB / (S_A^2 + S_B^2)
  // is at most the sample correlation, whose standard error is 1/sqrt(n).
  CHECK(difference_of(a, b).variance_reduction > 4);
  CHECK(std::abs(1 - 1 / difference_of(a, apart).variance_reduction) < kBoundOneCheck / std::sqrt(kN));
}

TEST_CASE("P(B > A) says what it says: its values are even when nothing differs") {
  TestSample sample(15'012);
  std::vector<std::int64_t> tenths(10);
  for (int experiment = 0; experiment < 2000; ++experiment) {
    std::vector<double> a, b;
    for (int r = 0; r < 5; ++r) {
      a.push_back(sample.normal());
      b.push_back(sample.normal());
    }
    ++tenths[static_cast<std::size_t>(10 * difference_of(a, b).probability)];
  }
  CHECK(chi_square_fit(tenths, std::vector<double>(10, 200)).p_value > kLeastFitProbability);
}

TEST_CASE("Holm's procedure on a textbook example") {
  // .01, .04, .03, .005 of four: .005 x 4, .01 x 3, .03 x 2, and .04 not below the one before it.
  const std::vector<double> adjusted = holm_adjusted(std::vector<double>{.01, .04, .03, .005});
  CHECK(adjusted[3] == Approx(.02));
  CHECK(adjusted[0] == Approx(.03));
  CHECK(adjusted[2] == Approx(.06));
  CHECK(adjusted[1] == Approx(.06));
  CHECK(holm_adjusted(std::vector<double>{.2}) == std::vector<double>{.2});
  CHECK(holm_adjusted(std::vector<double>{.6, .9}) == std::vector<double>{1, 1});
  CHECK(holm_adjusted(std::vector<double>{}).empty());
  const std::vector<double> absent = holm_adjusted(std::vector<double>{kAbsent, .01});
  CHECK(std::isnan(absent[0]));
  CHECK(absent[1] == Approx(.02));
}

TEST_CASE("simultaneous intervals share the error") {
  CHECK(simultaneous_level(.95, 1) == Approx(.95));
  CHECK(simultaneous_level(.95, 5) == Approx(.99));
}

}  // namespace
}  // namespace populace
