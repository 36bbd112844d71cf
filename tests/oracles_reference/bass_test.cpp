// O10-O12: adoption curves, their variance, and their discrete-time form.
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "tests/oracles_reference/published.hpp"
#include "tests/support/oracles_bass.hpp"
#include "tests/support/zscore.hpp"

namespace populace::oracles {
namespace {

TEST_CASE("O10: the continuous curve, its peak and half time") {
  const nlohmann::json law = published("bass_p03_q38");
  const double p = law.at("p");
  const double q = law.at("q");
  const double peak = bass_peak_time(p, q);
  CHECK(std::fabs(peak - law.at("peak_time").get<double>()) < printed(6));
  const double share = continuous_bass(p, q, peak);
  CHECK(std::fabs(share - law.at("share_at_peak").get<double>()) < printed(7));
  CHECK(std::fabs((p + q * share) * (1.0 - share) - law.at("sales_at_peak").get<double>()) < printed(7));
  CHECK(std::fabs(bass_time_to(p, q, 0.5) - law.at("half_time").at("continuous").get<double>()) < printed(6));
  for (const nlohmann::json& row : law.at("continuous")) {
    CHECK(std::fabs(continuous_bass(p, q, row[0]) - row[1].get<double>()) < printed(6));
  }
}

// Value at time t in the limit of short steps: two step lengths, the error of first order taken out.
double short_step_limit(double t, std::vector<double> BassPath::*member, Mixing mixing = Mixing::kShareOfAll) {
  const int steps = 20'000;
  const BassPath coarse = discrete_bass(0.03, 0.38, t / steps, steps, mixing);
  const BassPath fine = discrete_bass(0.03, 0.38, t / (2 * steps), 2 * steps, mixing);
  return 2.0 * (fine.*member).back() - (coarse.*member).back();
}

TEST_CASE("O10: the discrete recursion tends to the continuous curve, variance and bias") {
  const nlohmann::json law = published("bass_p03_q38");
  for (const nlohmann::json& row : law.at("scaled_variance")) {
    CHECK(std::fabs(short_step_limit(row[0], &BassPath::scaled_variance) - row[1].get<double>()) < printed(4));
    CHECK(short_step_limit(row[0], &BassPath::adopted) == Approx(continuous_bass(0.03, 0.38, row[0])).epsilon(1e-8));
  }
  // Both biases agree with the exact distribution of chains of 10,000 consumers to the order 1/N.
  const double peak = law.at("peak_time");
  const nlohmann::json bias = law.at("scaled_bias_at_peak");
  CHECK(std::fabs(short_step_limit(peak, &BassPath::scaled_bias) - bias.at("share_of_all").get<double>()) < printed(4));
  CHECK(std::fabs(short_step_limit(peak, &BassPath::scaled_bias, Mixing::kShareOfOthers) -
                  bias.at("share_of_others").get<double>()) < printed(4));
  // Control: the binomial variance is 4.8 times too small at the peak.
  const double share = law.at("share_at_peak");
  CHECK(short_step_limit(peak, &BassPath::scaled_variance) / (share * (1.0 - share)) == Approx(4.8).margin(0.01));
}

TEST_CASE("O10: a weekly-like step is far from the continuous curve") {
  // Control: with p, q per year and steps of a quarter the gap at the peak is many standard errors of a large run.
  const BassPath path = discrete_bass(0.03, 0.38, 0.25, 25);
  const double gap = std::fabs(path.adopted.back() - continuous_bass(0.03, 0.38, 6.25));
  CHECK(gap > 10.0 * std::sqrt(path.scaled_variance.back() / 1e6));
}

// Adopters after each step of a chain of N consumers, 64-bit Mersenne twister and one uniform each.
std::vector<double> simulated_share(std::mt19937_64& words, int n, double p, double q, int steps) {
  std::vector<double> shares{0.0};
  int adopted = 0;
  for (int step = 0; step < steps; ++step) {
    const double hazard = -std::expm1(-(p + q * adopted / n));
    int fresh = 0;
    for (int i = adopted; i < n; ++i) fresh += static_cast<double>(words() >> 11) * 0x1p-53 < hazard ? 1 : 0;
    adopted += fresh;
    shares.push_back(static_cast<double>(adopted) / n);
  }
  return shares;
}

TEST_CASE("O10: the step-by-step variance and bias against a simulated chain") {
  constexpr int kConsumers = 400;
  constexpr int kRuns = 4000;
  constexpr int kStep = 6;
  const BassPath path = discrete_bass(0.03, 0.38, 1.0, kStep);
  std::mt19937_64 words(10'001);
  double sum = 0.0;
  double squares = 0.0;
  for (int run = 0; run < kRuns; ++run) {
    const double deviation = simulated_share(words, kConsumers, 0.03, 0.38, kStep).back() - path.adopted.back();
    sum += deviation;
    squares += deviation * deviation;
  }
  const double mean = sum / kRuns;
  const double variance = (squares - kRuns * mean * mean) / (kRuns - 1);
  const double law_variance = path.scaled_variance.back() / kConsumers;
  // The bias of order 1/N is seen, and what is left of order 1/N^2 is below a standard error.
  CHECK(std::fabs(z_score(mean, path.scaled_bias.back() / kConsumers, std::sqrt(law_variance / kRuns))) <
        kBoundOneCheck);
  // Variance of a sample variance of a near-normal figure: 2 V^2 / (n-1); the law itself has corrections of order 1/N.
  CHECK(std::fabs(z_score(variance, law_variance, law_variance * std::sqrt(2.0 / kRuns))) < kBoundOneCheck);
  // Control: binomial scatter.
  const double binomial = path.adopted.back() * (1.0 - path.adopted.back()) / kConsumers;
  CHECK(z_score(variance, binomial, binomial * std::sqrt(2.0 / kRuns)) > 3.0 * kBoundOneCheck);
}

TEST_CASE("O10: without imitation the variance is binomial and the mean unbiased") {
  const BassPath path = discrete_bass(0.03, 0.0, 1.0, 30);
  CHECK(path.adopted.back() == Approx(1.0 - std::exp(-0.9)).epsilon(1e-12));
  CHECK(path.scaled_variance.back() == Approx(path.adopted.back() * (1.0 - path.adopted.back())).epsilon(1e-12));
  CHECK(path.scaled_bias.back() == 0.0);
}

TEST_CASE("O11: half time of a finite population") {
  for (const nlohmann::json& row : published("bass_p03_q38").at("half_time").at("finite")) {
    const int n = row[0];
    const WaitingTime half = finite_bass_time(n, 0.03, 0.38, n / 2);
    CHECK(std::fabs(half.mean - row[1].get<double>()) < printed(6));
    CHECK(std::fabs(half.standard_deviation - row[2].get<double>()) < printed(6));
  }
}

TEST_CASE("O12: the circle is slower than full mixing") {
  for (const nlohmann::json& row : published("bass_p03_q38").at("circle")) {
    CHECK(std::fabs(circle_bass(0.03, 0.38, row[0]) - row[1].get<double>()) < printed(5));
    CHECK(circle_bass(0.03, 0.38, row[0]) < continuous_bass(0.03, 0.38, row[0]));
  }
}

}  // namespace
}  // namespace populace::oracles
