// The survey: who is asked, that answers are the consumer's own, and that the scales are as reliable and as distinct as
// rounded items of the stated loading must be.
#include "models/survey/survey.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "results/summary/interval.hpp"
#include "results/summary/reliability.hpp"
#include "sim/base/contracts.hpp"
#include "tests/attention/lab.hpp"
#include "tests/engine/market_run.hpp"
#include "tests/support/zscore.hpp"

namespace populace {
namespace {

constexpr const char* kWhole = "scenarios/catalogue/whole_consumer.toml";

struct Asked {
  MarketOptions options;
  std::vector<Respondent> all;

  std::vector<std::vector<double>> items(std::size_t facet) const {
    std::vector<std::vector<double>> by_item(all.front().answers[facet].size());
    for (const Respondent& one : all)
      for (std::size_t j = 0; j < by_item.size(); ++j) by_item[j].push_back(one.answers[facet][j]);
    return by_item;
  }
  std::vector<double> scale(std::size_t facet) const {
    std::vector<double> scores;
    for (const Respondent& one : all) scores.push_back(one.scale(facet));
    return scores;
  }
  std::vector<double> truth(std::size_t facet) const {
    std::vector<double> values;
    for (const Respondent& one : all) values.push_back(one.facets[facet]);
    return values;
  }
};

Asked ask(std::vector<std::string> overrides, std::int64_t respondents, std::uint32_t replication = 0) {
  overrides.insert(overrides.begin(), "scenario.consumers=20000");
  Market market(load_options(kWhole, overrides));
  market.record_journeys(respondents);
  const MarketOptions& o = market.options();
  return {o, take_survey(market, market.journeys().who(), {static_cast<std::uint32_t>(o.run.seed), replication})};
}

bool same_answers(const Respondent& a, const Respondent& b) {
  return a.consumer == b.consumer && a.answers == b.answers && a.facets == b.facets && a.involvement == b.involvement;
}
bool same_answers(const Asked& a, const Asked& b) {
  return std::equal(a.all.begin(), a.all.end(), b.all.begin(), b.all.end(),
                    [](const Respondent& x, const Respondent& y) { return same_answers(x, y); });
}

TEST_CASE("The same seed gives the same answers, and those of a consumer do not hang on who else is asked") {
  const Asked some = ask({}, 500), everybody = ask({}, 20'000);
  CHECK(some.all.size() == 500);
  CHECK(same_answers(some, ask({}, 500)));
  CHECK_FALSE(same_answers(some, ask({"scenario.seed=7"}, 500)));
  CHECK_FALSE(same_answers(some, ask({}, 500, 1)));
  const std::vector<std::string> fixed{"scenario.population=\"fixed\""};
  CHECK(same_answers(ask(fixed, 500), ask(fixed, 500, 1)));
  for (const Respondent& one : some.all) {
    const auto same =
        std::lower_bound(everybody.all.begin(), everybody.all.end(), one.consumer,
                         [](const Respondent& other, std::int64_t consumer) { return other.consumer < consumer; });
    REQUIRE(same != everybody.all.end());
    REQUIRE(same_answers(one, *same));
  }
}

TEST_CASE("Nobody is asked twice, and every cell in proportion") {
  const Asked asked = ask({}, 500), everybody = ask({}, 20'000);
  std::map<std::pair<std::size_t, std::size_t>, double> of_sample, of_all;
  for (std::size_t k = 1; k < asked.all.size(); ++k) REQUIRE(asked.all[k].consumer > asked.all[k - 1].consumer);
  for (const Respondent& one : asked.all) ++of_sample[{one.region, one.segment}];
  for (const Respondent& one : everybody.all) of_all[{one.region, one.segment}] += 500. / 20'000;
  CHECK(of_all.size() == asked.options.regions.size() * asked.options.segments.size());
  for (const auto& [cell, expected] : of_all) CHECK(std::fabs(of_sample[cell] - expected) < 2);  // its two ends
}

TEST_CASE("The truth beside the answers is what the market goes by") {
  MarketOptions options = load_options(kWhole, {"scenario.consumers=6000", "involvement.ability.young=0.6"});
  const Lab lab(options);
  const Involvement& involved = lab.market().traits().involved();
  const DrawKey key = lab.market().traits().key({11, 0});
  std::int64_t gated = 0;
  for (std::size_t b = 0; b < lab.market().places().blocks().size(); ++b) {
    const BlockView block = lab.simulation().population().block(b);
    for (std::uint32_t i = 0; i < block.place.n; ++i) {
      const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + i;
      const double v = involved.lasting(key, id, block.place.cell % options.segments.size());
      REQUIRE(v == static_cast<double>(involved.of(block, i)));
      gated += v == static_cast<double>(153 * (1 / 255.f));
    }
  }
  CHECK(gated > 0);
}

// ---- what rounding leaves of the loading: integrals over the normal laws behind the answers ------------------------
double above(double threshold, double mean, double sigma) {
  return .5 * std::erfc((threshold - mean) / (sigma * std::sqrt(2)));
}
struct AnswerMoments {
  double mean = 1, squared = 1;
};
// Of an answer whose latent item is normal: it exceeds k where the item exceeds k - 2.5.
AnswerMoments answer_moments(double mean, double sigma) {
  AnswerMoments moments;
  for (int k = 1; k < kAnswerPoints; ++k) {
    const double p = above(k - 2.5, mean, sigma);
    moments.mean += p;
    moments.squared += (2 * k + 1) * p;
  }
  return moments;
}
template <class F>
double expectation(F f) {
  double sum = 0, weight = 0;
  for (double z = -9; z <= 9; z += .002) {
    sum += std::exp(-z * z / 2) * f(z);
    weight += std::exp(-z * z / 2);
  }
  return sum / weight;
}

class Expected {
 public:
  explicit Expected(const InvolvementOptions& o)
      : o_(o), l_(o.item_loading), r_(o.facet_correlation), k_(static_cast<double>(o.items_per_facet)) {}

  double alpha(std::size_t f) const {
    const double within = k_ * variance(f), between = k_ * (k_ - 1) * covariance(f);
    return k_ / (k_ - 1) * (1 - within / (within + between));
  }
  double correlation(std::size_t f, std::size_t g) const {
    const double c = expectation([&](double z) { return centred(f, r_, z) * centred(g, r_, z); });
    return c / (scale_sd(f) * scale_sd(g));
  }
  double with_truth(std::size_t f) const {
    return expectation([&](double z) { return z * centred(f, 1, z); }) / scale_sd(f);
  }

 private:
  double mean(std::size_t f) const { return answer_moments(l_ * o_.product_offset[f], 1).mean; }
  double variance(std::size_t f) const {
    const AnswerMoments moments = answer_moments(l_ * o_.product_offset[f], 1);
    return moments.squared - moments.mean * moments.mean;
  }
  // Of an answer given a score z that makes up the share r of the variance of the facet: deviation from the mean.
  double centred(std::size_t f, double r, double z) const {
    return answer_moments(l_ * (o_.product_offset[f] + std::sqrt(r) * z), std::sqrt(1 - l_ * l_ * r)).mean - mean(f);
  }
  double covariance(std::size_t f) const {
    return expectation([&](double z) { return centred(f, 1, z) * centred(f, 1, z); });
  }
  double scale_sd(std::size_t f) const { return std::sqrt(variance(f) / k_ + (k_ - 1) / k_ * covariance(f)); }

  const InvolvementOptions& o_;
  double l_, r_, k_;
};

double correlation_error(double r, double n) { return (1 - r * r) / std::sqrt(n); }  // normal theory

TEST_CASE("Scales of the whole consumer are reliable and apart, just as rounded items must be") {
  const Asked asked = ask({}, 10'000);
  const InvolvementOptions& o = asked.options.involvement;
  for (const PerName* mean : {&o.interest, &o.pleasure, &o.sign_value, &o.risk_importance, &o.risk_probability})
    REQUIRE((mean->all == 0 && mean->by_name.empty()));  // else segments would be a mixture
  const Expected expected(o);
  const double n = 10'000, unrounded = 3 * .75 * .75 / (1 + 2 * .75 * .75);
  for (std::size_t f = 0; f < kInvolvementFacets; ++f) {
    const Reliability found = cronbach_alpha(asked.items(f));
    CHECK(std::fabs(z_score(found.alpha, expected.alpha(f), found.standard_error)) < kBoundTwentyChecks);
    CHECK(std::fabs(z_score(found.alpha, unrounded, found.standard_error)) > kBoundTwentyChecks);  // control
    CHECK(found.alpha > .7);
    CHECK(found.alpha < .9);
    const double truth = expected.with_truth(f);
    CHECK(std::fabs(z_score(sample_correlation(asked.scale(f), asked.truth(f)), truth, correlation_error(truth, n))) <
          kBoundTwentyChecks);
    for (std::size_t g = 0; g < f; ++g) {
      const double correlation = sample_correlation(asked.scale(f), asked.scale(g)), r = expected.correlation(f, g);
      CHECK(std::fabs(z_score(correlation, r, correlation_error(r, n))) < kBoundTwentyChecks);
      CHECK(std::fabs(z_score(correlation, o.facet_correlation, correlation_error(r, n))) > kBoundTwentyChecks);
      CHECK(correlation < .7);
    }
  }
}

TEST_CASE("Control: independent items have alpha 0, and one common factor leaves the scales together") {
  const Asked apart = ask({"involvement.item_loading=0"}, 10'000);
  const Asked together = ask({"involvement.facet_correlation=1"}, 10'000);
  for (std::size_t f = 0; f < kInvolvementFacets; ++f) {
    const Reliability found = cronbach_alpha(apart.items(f));
    CHECK(std::fabs(z_score(found.alpha, 0, found.standard_error)) < kBoundTwentyChecks);
    CHECK(found.alpha < .7);
    for (std::size_t g = 0; g < f; ++g) CHECK(sample_correlation(together.scale(f), together.scale(g)) > .7);
  }
}

TEST_CASE("The standard error of alpha is the spread of alpha over samples") {
  const Asked asked = ask({}, 20'000);
  const std::size_t n_samples = 80, n = 250;
  std::array<std::vector<double>, kInvolvementFacets> alphas;
  std::vector<double> errors, variances;
  for (std::size_t s = 0; s < n_samples; ++s) {
    Asked part;
    for (std::size_t i = 0; i < n; ++i) part.all.push_back(asked.all[s + i * n_samples]);
    for (std::size_t f = 0; f < kInvolvementFacets; ++f) {
      const Reliability found = cronbach_alpha(part.items(f));
      alphas[f].push_back(found.alpha);
      errors.push_back(found.standard_error);
    }
  }
  for (const std::vector<double>& of_facet : alphas) variances.push_back(sample_moments(of_facet).variance);
  // 400 alphas: their spread is known to a part of 1 / sqrt(2 x 400).
  const double ratio = std::sqrt(sample_moments(variances).mean) / sample_moments(errors).mean;
  CHECK(std::fabs(z_score(ratio, 1, 1 / std::sqrt(800.))) < kBoundOneCheck);
  CHECK(std::fabs(z_score(ratio, std::sqrt(2.), 1 / std::sqrt(800.))) > kBoundOneCheck);  // control
}

TEST_CASE("A segment that cares more answers higher") {
  const Asked asked = ask({"involvement.interest.young=1"}, 10'000);
  std::array<std::vector<double>, 2> scores;
  for (const Respondent& one : asked.all)
    scores[asked.options.segments[one.segment].name == "young"].push_back(one.scale(0));
  const SampleMoments others = sample_moments(scores[0]), young = sample_moments(scores[1]);
  const double offset = asked.options.involvement.product_offset[0], difference = young.mean - others.mean;
  const double expected = answer_moments(.75 * (1 + offset), 1).mean - answer_moments(.75 * offset, 1).mean;
  const double error = std::sqrt(others.variance / static_cast<double>(scores[0].size()) +
                                 young.variance / static_cast<double>(scores[1].size()));
  CHECK(std::fabs(z_score(difference, expected, error)) < kBoundOneCheck);
  CHECK(std::fabs(z_score(difference, 0, error)) > kBoundOneCheck);  // control
}

TEST_CASE("Consumers whose involvement nothing reads can be asked, those without facets cannot") {
  MarketOptions options = small_market(1000, 4);
  options.complete();
  Market without(options);
  without.record_journeys(10);
  CHECK_FALSE(can_be_surveyed(without.options()));
  CHECK_THROWS_AS(take_survey(without, without.journeys().who(), {1, 0}), ContractViolation);
  options.involvement.enabled = true;
  Market unread(options);
  unread.record_journeys(10);
  CHECK_FALSE(unread.traits().involvement().exists());
  const std::vector<Respondent> all = take_survey(unread, unread.journeys().who(), {1, 0});
  CHECK(all.size() == 10);
  for (const Respondent& one : all) {
    CHECK(one.answers[4].size() == 3);
    CHECK((one.involvement > 0 && one.involvement < 1));
  }
}

}  // namespace
}  // namespace populace
