// Involvement of consumers: facets as a questionnaire sees them, the gate, the situation of an occasion, the route.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/attention/lab.hpp"
#include "tests/support/zscore.hpp"

namespace populace {
namespace {

constexpr std::uint64_t kPeople = 20'000;

MarketOptions involved_market() {
  MarketOptions options = small_market(static_cast<std::int64_t>(kPeople), 4);
  options.involvement.enabled = true;
  options.need.enabled = true;
  options.need.opportunities_per_week = 1;
  options.response.style.enabled = true;
  return options;
}

struct Scale {
  double alpha = 0, correlation = 0;  // of one facet's items, of the sums of two facets
};

// Cronbach's alpha of k items = k / (k - 1) (1 - sum of variances / variance of the sum).
Scale questionnaire(const MarketOptions& options, std::size_t k) {
  Layout layout;
  MarketOptions complete = options;
  complete.complete();
  const Involvement involvement(complete, layout);
  std::vector<double> own(k), own_squared(k);
  double sum = 0, squared = 0, other_sum = 0, other_squared = 0, product = 0;
  const auto n = static_cast<double>(kPeople);
  for (std::uint64_t id = 0; id < kPeople; ++id) {
    double first = 0, second = 0;
    for (std::size_t j = 0; j < k; ++j) {
      const double answer = involvement.item({5, 0}, id, 0, j);
      own[j] += answer / n;
      own_squared[j] += answer * answer / n;
      first += answer;
      second += involvement.item({5, 0}, id, 3, j);
    }
    sum += first / n;
    squared += first * first / n;
    other_sum += second / n;
    other_squared += second * second / n;
    product += first * second / n;
  }
  double variances = 0;
  for (std::size_t j = 0; j < k; ++j) variances += own_squared[j] - own[j] * own[j];
  const double variance = squared - sum * sum, other = other_squared - other_sum * other_sum;
  const auto items = static_cast<double>(k);
  return {items / (items - 1) * (1 - variances / variance), (product - sum * other_sum) / std::sqrt(variance * other)};
}

double alpha_of(double loading, double k) { return k * loading * loading / (1 + (k - 1) * loading * loading); }

TEST_CASE("Items of a facet hang together as their loading says, and facets stay apart") {
  const MarketOptions options = involved_market();
  const Scale scale = questionnaire(options, 3);
  const double alpha = alpha_of(.75, 3), correlation = .3 * alpha, n = kPeople;
  // Variance of alpha: 2 k / (k - 1) (1 - alpha)^2 / n (van Zyl, Neudecker & Nel 2000, doi:10.1007/BF02296146).
  CHECK(std::fabs(z_score(scale.alpha, alpha, std::sqrt(3 / n) * (1 - alpha))) < kBoundOneCheck);
  CHECK(std::fabs(z_score(scale.correlation, correlation, (1 - correlation * correlation) / std::sqrt(n))) <
        kBoundOneCheck);
  CHECK(scale.alpha > .7);
  CHECK(scale.alpha < .9);
  CHECK(scale.correlation < .7);
}

TEST_CASE("Control: items that hardly load on their facet do not") {
  MarketOptions options = involved_market();
  options.involvement.item_loading = .4;
  const Scale scale = questionnaire(options, 3);
  CHECK(scale.alpha < .7);
  const double n = kPeople, alpha = alpha_of(.75, 3);
  CHECK(std::fabs(z_score(scale.alpha, alpha, std::sqrt(3 / n) * (1 - alpha))) > kBoundOneCheck);
}

// E and variance of 1 / (1 + e^-y), y normal: trapezoids over 10 standard deviations either side.
struct Moments {
  double mean = 0, variance = 0;
};
Moments logistic_normal(double mean, double sigma) {
  double first = 0, second = 0, weight = 0;
  for (double z = -10; z <= 10; z += .001) {
    const double density = std::exp(-z * z / 2), v = 1 / (1 + std::exp(-(mean + sigma * z)));
    weight += density;
    first += density * v;
    second += density * v * v;
  }
  first /= weight;
  return {first, second / weight - first * first};
}

TEST_CASE("The offset of the category moves everybody's involvement, the gate bounds it") {
  MarketOptions options = involved_market();
  options.involvement.product_offset = {0, 0, .5, .5, .25};
  const double sigma = std::sqrt(.16 * (5 + 20 * .3)), n = kPeople;
  const Moments moments = logistic_normal(.4 * 1.25, sigma);
  const double mean = mean_of(Lab(options).column<std::uint8_t>("involvement")) / 255;
  CHECK(std::fabs(z_score(mean, moments.mean, std::sqrt(moments.variance / n))) < kBoundOneCheck);
  CHECK(std::fabs(z_score(mean, logistic_normal(0, sigma).mean, std::sqrt(moments.variance / n))) > kBoundOneCheck);

  const auto before = Lab(options).column<std::uint8_t>("involvement");
  options.involvement.ability = .8;
  options.involvement.opportunity = .4;
  const auto after = Lab(options).column<std::uint8_t>("involvement");
  for (std::size_t i = 0; i < before.size(); ++i) REQUIRE(after[i] == std::min<std::uint8_t>(before[i], 102));
}

// Involvement at occasion 0 of step 3 of everybody in the first block.
std::vector<float> at_an_occasion(const Lab& lab, std::uint32_t occasion = 0) {
  const auto scratch_base = lab.market().make_scratch();
  auto& scratch = static_cast<BlockScratch&>(*scratch_base);
  std::vector<float> all;
  for (std::size_t b = 0; b < lab.market().places().blocks().size(); ++b) {
    const BlockView block = lab.simulation().population().block(b);
    scratch.list.n = 0;
    for (std::uint32_t i = 0; i < block.place.n; ++i) scratch.list.add(i);
    lab.market().traits().involved().at_occasion({11, 0}, 3, occasion, block, scratch.list, scratch,
                                                 scratch.involvement.data());
    all.insert(all.end(), scratch.involvement.data(), scratch.involvement.data() + block.place.n);
  }
  return all;
}

TEST_CASE("A share of occasions is for somebody else, and then involvement is higher by the stated logit") {
  MarketOptions options = involved_market();
  options.involvement.weights = {0, 0, 0, 0, 0};  // everybody is at .5, kept as 128 / 255
  options.involvement.situation.enabled = true;
  auto& situation = options.involvement.situation;
  situation.gift_share = .2;
  situation.gift_effect = 1;
  situation.health_share = situation.outlay_share = situation.symbolism_share = 0;
  const std::vector<float> v = at_an_occasion(Lab(options));
  const double usual = 128 / 255., y = std::log(usual / (1 - usual)), gift = 1 / (1 + std::exp(-(y + 1)));
  double n_gifts = 0;
  for (const float value : v) {
    const bool is_gift = value > .6f;
    n_gifts += is_gift;
    REQUIRE(static_cast<double>(value) == Approx(is_gift ? gift : usual).epsilon(1e-6));
  }
  const double n = kPeople;
  CHECK(std::fabs(z_score(n_gifts / n, .2, std::sqrt(.16 / n))) < kBoundOneCheck);
  CHECK(std::fabs(z_score(n_gifts / n, .22, std::sqrt(.16 / n))) > kBoundOneCheck);  // control
  CHECK(at_an_occasion(Lab(options), 1) != v);  // each occasion has a situation of its own
}

TEST_CASE("Without situations an occasion has the involvement that its consumer always has") {
  const Lab lab(involved_market());
  const std::vector<float> v = at_an_occasion(lab);
  const auto codes = lab.column<std::uint8_t>("involvement");
  for (std::size_t i = 0; i < v.size(); ++i)
    if (codes[i] > 0 && codes[i] < 255) REQUIRE(v[i] == Approx(codes[i] / 255.));
}

double slope_of_route(double slope) {
  MarketOptions options = involved_market();
  options.involvement.rational_slope = slope;
  const Lab lab(options);
  const auto v = lab.column<std::uint8_t>("involvement"), route = lab.column<std::uint8_t>("rational_route");
  double product = 0;
  for (std::size_t i = 0; i < v.size(); ++i) product += (v[i] - 127.5) * (route[i] - 127.5);
  return product;
}

TEST_CASE("The involved go by arguments; the route is drawn anew after each occasion and only then") {
  CHECK(slope_of_route(1) > 0);
  CHECK(std::fabs(slope_of_route(0)) < slope_of_route(1) / 10);  // control
  MarketOptions options = involved_market();
  options.need.opportunities_per_week = .5;
  Lab lab(options);
  const auto before = lab.column<std::uint8_t>("rational_route");
  lab.run_to(1);
  const auto after = lab.column<std::uint8_t>("rational_route");
  std::int64_t changed = 0;
  for (std::size_t i = 0; i < before.size(); ++i) changed += before[i] != after[i];
  lab.run_all();
  const std::int64_t occasions = lab.total("opportunities");
  CHECK(changed > 0);
  CHECK(changed < occasions);  // of four weeks
}

TEST_CASE("Nobody asks, so there is no involvement") {
  MarketOptions options = involved_market();
  options.response.style.enabled = false;
  const Lab lab(options);
  CHECK_FALSE(lab.has("involvement"));
  CHECK_FALSE(lab.has("rational_route"));
}

}  // namespace
}  // namespace populace
