// O11, O12 and L5: adoption among contacts of everybody, of a circle, of a small world.
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "results/summary/interval.hpp"
#include "tests/network/talk_market.hpp"
#include "tests/support/oracles_bass.hpp"
#include "tests/support/zscore.hpp"

using namespace populace;
using namespace populace::oracles;

namespace {

constexpr double kP = .03, kQ = .38;

struct Sample {
  double mean = 0, sd = 0, se = 0;
};

Sample sample(const std::vector<double>& values) {
  const SampleMoments moments = sample_moments(values);
  return {moments.mean, std::sqrt(moments.variance), std::sqrt(moments.variance / static_cast<double>(values.size()))};
}

// First time, in steps, at which half have adopted, between two steps by a line.
double half_time(const std::vector<double>& adopters, double consumers) {
  double before = 0;
  for (std::size_t t = 0; t < adopters.size(); before = adopters[t++])
    if (adopters[t] >= consumers / 2) return static_cast<double>(t) + (consumers / 2 - before) / (adopters[t] - before);
  return static_cast<double>(adopters.size());
}

// A circle of two ties in steps of dt, exactly: a run of k neighbours without adopters keeps the form A B^(k-1), with
//   B <- e^(-p dt) B,   A <- e^(-p dt) (h + (1 - h) B)^2 A,   h = e^(-q dt / 2),   F = 1 - A;
// as dt shrinks this is 1 - exp(-(p + q) t + q (1 - e^(-p t)) / p).
std::vector<double> discrete_circle(double p, double q, double dt, int steps) {
  const double stay = std::exp(-p * dt), h = std::exp(-q * dt / 2);
  double a = 1, b = 1;
  std::vector<double> adopted{0};
  for (int t = 0; t < steps; ++t, b *= stay) {
    a *= stay * (h + (1 - h) * b) * (h + (1 - h) * b);
    adopted.push_back(1 - a);
  }
  return adopted;
}

}  // namespace

TEST_CASE("the discrete circle becomes the published one as steps shrink") {
  for (const auto& [t, f] : {std::pair{3., .13046}, {6.1926, .32391}, {10., .55826}, {15., .78985}}) {
    CHECK(circle_bass(kP, kQ, t) == Approx(f).margin(6e-6));
    CHECK(discrete_circle(kP, kQ, t / 40'000, 40'000).back() == Approx(circle_bass(kP, kQ, t)).margin(2e-5));
  }
}

// O12. N shares of a circle of N consumers vary by V / N with V = .593 at the peak, and less than binomially elsewhere.
TEST_CASE("O12: on a circle of two ties adoption follows its own law, at the step used") {
  constexpr double kConsumers = 20'000;
  constexpr int kRuns = 24;
  Adoption circle(adoption_market(20'000, 15, kP, kQ, "circle"), 2201);
  const std::vector<double> law = discrete_circle(kP, kQ, 1, 15);
  std::vector<std::vector<double>> paths;
  for (int r = 0; r < kRuns; ++r) paths.push_back(circle.adopters(r));
  for (const std::size_t t : {1u, 3u, 6u, 10u, 15u}) {
    std::vector<double> shares;
    for (const auto& path : paths) shares.push_back(path[t - 1] / kConsumers);
    const double mean = std::accumulate(shares.begin(), shares.end(), 0.) / kRuns;
    const double se = std::sqrt(.6 / kConsumers / kRuns);
    CAPTURE(t, mean, law[t]);
    CHECK(std::fabs(mean - law[t]) < 4.6 * se);
    // Control: everybody mixed with everybody is another law.
    if (t >= 6) CHECK(std::fabs(mean - discrete_bass(kP, kQ, 1, 15).adopted[t]) > 3 * 4.6 * se);
  }
}

// In steps of a fiftieth of a unit of time the published figures themselves are met: the lag of a step is worth at most
// its own length of the curve, here 1 / 50 x .11.
TEST_CASE("O12: with small steps the circle meets the published curve") {
  constexpr int kParts = 50, kRuns = 8;
  constexpr double kConsumers = 20'000;
  Adoption circle(adoption_market(20'000, 10 * kParts, kP / kParts, kQ / kParts, "circle"), 2202);
  std::vector<std::vector<double>> paths;
  for (int r = 0; r < kRuns; ++r) paths.push_back(circle.adopters(r));
  for (const auto& [t, f] : {std::pair{3., .13046}, {10., .55826}}) {
    double mean = 0;
    for (const auto& path : paths) mean += path[static_cast<std::size_t>(t * kParts) - 1] / kConsumers / kRuns;
    CHECK(std::fabs(mean - f) < 4.6 * std::sqrt(.6 / kConsumers / kRuns) + .0022);
    CHECK(std::fabs(mean - continuous_bass(kP, kQ, t)) > .01);  // control: mixed
  }
}

TEST_CASE("O10: among contacts of anybody adoption is the discrete Bass model of the others' share") {
  constexpr double kConsumers = 5000;
  constexpr int kRuns = 60;
  Adoption complete(adoption_market(5000, 12, kP, kQ, "complete"), 2203);
  const BassPath law = discrete_bass(kP, kQ, 1, 12, Mixing::kShareOfOthers);
  std::vector<std::vector<double>> paths;
  for (int r = 0; r < kRuns; ++r) paths.push_back(complete.adopters(r));
  for (const std::size_t t : {1u, 3u, 6u, 9u, 12u}) {
    double mean = 0;
    for (const auto& path : paths) mean += path[t - 1] / kConsumers / kRuns;
    const double se = std::sqrt(law.scaled_variance[t] / kConsumers / kRuns);
    CAPTURE(t, mean, law.adopted[t]);
    CHECK(std::fabs(mean - law.adopted[t] - law.scaled_bias[t] / kConsumers) < 4.6 * se);
    if (t == 6) CHECK(std::fabs(mean - discrete_bass(kP, .8 * kQ, 1, 12).adopted[t]) > 3 * 4.6 * se);
  }
}

// O11: waits of Exp((N - k)(p + q k / (N - 1))). Steps of 1/40 of a unit of time delay the deterministic curve by an
// amount that is computed and taken off.
TEST_CASE("O11: N consumers take as long to half adoption as the chain of exponential waits") {
  constexpr int kParts = 40, kRuns = 400;
  constexpr double kConsumers = 1000;
  Adoption complete(adoption_market(1000, 10 * kParts, kP / kParts, kQ / kParts, "complete"), 2204);
  std::vector<double> times;
  for (int r = 0; r < kRuns; ++r) times.push_back(half_time(complete.adopters(r), kConsumers) / kParts);
  std::vector<double> curve = discrete_bass(kP, kQ, 1. / kParts, 10 * kParts).adopted;
  curve.erase(curve.begin());
  const double delay = half_time(curve, 1) / kParts - bass_time_to(kP, kQ, .5);
  const WaitingTime law = finite_bass_time(1000, kP, kQ, 500);
  CHECK(law.mean == Approx(6.5584).margin(6e-5));
  CHECK(law.standard_deviation == Approx(.3179).margin(6e-5));
  const Sample found = sample(times);
  CAPTURE(found.mean, found.sd, delay);
  CHECK(std::fabs(found.mean - delay - law.mean) < 3.9 * law.standard_deviation / std::sqrt(kRuns));
  CHECK(std::fabs(found.sd / law.standard_deviation - 1) < 3.9 / std::sqrt(2. * kRuns));
  // The same for few consumers. Control: imitation that is weaker.
  Adoption few(adoption_market(50, 14 * kParts, kP / kParts, kQ / kParts, "complete"), 2205);
  std::vector<double> slow;
  for (int r = 0; r < 1000; ++r) slow.push_back(half_time(few.adopters(r), 50) / kParts);
  const WaitingTime small = finite_bass_time(50, kP, kQ, 25);
  const double se = small.standard_deviation / std::sqrt(1000.);
  CHECK(std::fabs(sample(slow).mean - delay - small.mean) < 3.9 * se);
  CHECK(std::fabs(sample(slow).mean - delay - finite_bass_time(50, kP, .6 * kQ, 25).mean) > 3 * 3.9 * se);
}

// L5 (Fibich & Gibori 2010): the more local the ties, the slower. Of k = 6 ties; the control turns the circle's ties
// into random ones, which lifts it.
TEST_CASE("L5: a circle is slower than a small world, and that slower than anybody with anybody") {
  constexpr int kRuns = 6;
  const auto half = [&](MarketOptions options) {
    Adoption adoption(std::move(options), 2206);
    double sum = 0;
    for (int r = 0; r < kRuns; ++r) sum += half_time(adoption.adopters(r), 20'000) / kRuns;
    return sum;
  };
  const auto market = [](const std::string& network, std::int64_t strong, std::int64_t weak) {
    MarketOptions options = adoption_market(20'000, 60, .005, .38, network);
    options.word_of_mouth.strong_ties = strong;
    options.word_of_mouth.weak_ties = weak;
    options.word_of_mouth.strong_talk_share = static_cast<double>(strong) / static_cast<double>(strong + weak);
    return options;
  };
  const double circle = half(market("circle", 6, 0)), small_world = half(market("circle", 4, 2)),
               random = half(market("circle", 0, 6)), complete = half(market("complete", 0, 6));
  CAPTURE(circle, small_world, random, complete);
  CHECK(circle > 1.1 * small_world);
  CHECK(small_world > 1.1 * complete);
  CHECK(random < .88 * circle);  // control
  CHECK(half(market("circle", 2, 0)) > circle);
}
