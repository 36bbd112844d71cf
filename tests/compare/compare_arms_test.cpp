// Arms of a market under common random numbers: equal arms differ in nothing, a small change is seen sharply, and
// draws of their own give that up.
#include "scenarios/compare/compare_arms.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "scenarios/scenario.hpp"
#include "sim/parallel/parallel.hpp"
#include "tests/support/zscore.hpp"

namespace populace {
namespace {

const std::atomic<bool> kNeverCancelled{false};
constexpr int kReplications = 40;

MarketOptions market(const std::vector<std::string>& overrides = {}) {
  std::vector<std::string> all{"scenario.consumers=2000"};
  all.insert(all.end(), overrides.begin(), overrides.end());
  return load_scenario(std::filesystem::path(POPULACE_SOURCE_DIR) / "docs/tutorial/4_rival.toml", all).market;
}

std::vector<Arm> run(const std::vector<MarketOptions>& markets, int replications, int threads = 2) {
  std::vector<Arm> arms;
  for (const MarketOptions& one : markets) arms.push_back(make_arm("arm", one));
  REQUIRE(run_arms(arms, {.first = 0, .n = replications, .branch = false}, Threads(threads), kNeverCancelled));
  return arms;
}

const FigureDifference& of(const Comparison& comparison, const std::string& name, std::size_t pair = 0) {
  for (const ComparedFigure& figure : comparison.figures)
    if (figure.kpi->name() == name) return figure.by_pair[pair];
  FAIL("no figure " << name);
  throw std::logic_error("not reached");
}

TEST_CASE("pairs of arms") {
  CHECK(pairs_of(4, false).size() == 3);
  const std::vector<ArmPair> all = pairs_of(4, true);
  CHECK(all.size() == 6);
  CHECK((all.back().first == 2 && all.back().second == 3));
}

TEST_CASE("equal arms differ in nothing, and no pairing could be better") {
  const std::vector<Arm> arms = run({market(), market()}, 4);
  const Comparison comparison = compare_arms(arms, pairs_of(2, false));
  CHECK(comparison.figures.size() == arms.front().market->registry().kpis().size());
  CHECK(comparison.of_some_arms.empty());
  for (const ComparedFigure& figure : comparison.figures) {
    INFO(figure.kpi->name());
    const FigureDifference& d = figure.by_pair.front();
    if (d.n < 2) continue;
    CHECK(d.difference.mean == 0);
    CHECK(d.difference.standard_error == 0);
    CHECK(d.probability == .5);
    CHECK(std::isinf(d.variance_reduction));
    CHECK_FALSE(figure.noticeable());
  }
}

TEST_CASE("a twentieth of a budget is seen through common random numbers, and not through draws of its own") {
  // 1 - 1/factor = 2 S_AB / (S_A^2 + S_B^2) is at most the sample correlation, which for unrelated arms has the
  // standard error 1/sqrt(n - 1): factors between 1/(1 + b) and 1/(1 - b) with b = kBoundOneCheck / sqrt(n - 1) = .62.
  const double bound = kBoundOneCheck / std::sqrt(kReplications - 1);
  // The channel can sell more than either budget buys.
  const MarketOptions plan = market({"campaign.launch.budget_money=400_000"});
  const std::string less = "campaign.launch.budget_money=380_000";
  const std::vector<Arm> common = run({plan, market({less})}, kReplications);
  const std::vector<Arm> apart = run({plan, market({less, "scenario.seed=2"})}, kReplications);
  const Comparison shared = compare_arms(common, pairs_of(2, false)), own = compare_arms(apart, pairs_of(2, false));
  CHECK(of(shared, "channel.video.impressions").relative == Approx(-.05).margin(.005));
  for (const char* name : {"brand.ours.orders", "brand.rival.orders", "brand.ours.buyers", "journey.stranger.people"}) {
    INFO(name << ": " << of(shared, name).variance_reduction << " and " << of(own, name).variance_reduction);
    CHECK(of(shared, name).difference.standard_error > 0);
    CHECK(of(shared, name).variance_reduction > 1 / (1 - bound));
    CHECK(std::abs(1 - 1 / of(own, name).variance_reduction) < bound);
    CHECK(of(own, name).difference.standard_error > of(shared, name).difference.standard_error);
  }
}

TEST_CASE("several arms: intervals hold together, p values are Holm's") {
  const std::vector<Arm> arms =
      run({market(), market({"campaign.launch.budget_money=0"}), market({"campaign.launch.budget_money=300_000"})}, 5);
  const Comparison two = compare_arms(std::span(arms).first(2), pairs_of(2, false)),
                   all = compare_arms(arms, pairs_of(3, true));
  CHECK(two.pair_level == Approx(.95));
  CHECK(all.pair_level == Approx(1 - .05 / 3));
  const FigureDifference &alone = of(two, "brand.ours.orders"), &together = of(all, "brand.ours.orders");
  CHECK(alone.difference.mean == together.difference.mean);
  const auto width = [](const FigureDifference& d) { return d.difference.high - d.difference.low; };
  CHECK(width(together) / width(alone) == Approx(t_multiplier(5, 1 - .05 / 3) / t_multiplier(5, .95)));
  for (const ComparedFigure& figure : all.figures) {
    std::vector<double> p;
    for (const FigureDifference& d : figure.by_pair) p.push_back(d.p_value);
    const std::vector<double> adjusted = holm_adjusted(p);
    for (std::size_t i = 0; i < p.size(); ++i)
      CHECK((figure.p_holm[i] == adjusted[i] || (std::isnan(p[i]) && std::isnan(figure.p_holm[i]))));
  }
}

TEST_CASE("figures that not every arm has are named, with who has them") {
  MarketOptions renamed = market();
  renamed.brands.back().name = "other";
  const std::vector<Arm> arms = run({market(), renamed}, 2);
  const Comparison comparison = compare_arms(arms, pairs_of(2, false));
  std::size_t n_rival = 0, n_other = 0;
  for (const FigureOfArms& figure : comparison.of_some_arms) {
    if (figure.name.starts_with("brand.rival.")) n_rival += figure.arms == std::vector<std::size_t>{0} ? 1 : 0;
    if (figure.name.starts_with("brand.other.")) n_other += figure.arms == std::vector<std::size_t>{1} ? 1 : 0;
  }
  CHECK(n_rival > 0);
  CHECK(n_rival == n_other);
  CHECK(comparison.of_some_arms.size() == n_rival + n_other);
}

}  // namespace
}  // namespace populace
