#include "models/experience/appraisal.hpp"

#include <algorithm>

#include "models/names.hpp"
#include "sim/random/batch.hpp"

namespace populace {

Appraisal::Appraisal(const MarketOptions& options, const Response& response, const Stages& stages,
                     const Satisfaction& satisfaction, MeasureRegistry& registry)
    : options_(&options),
      stages_(&stages),
      satisfaction_(&satisfaction),
      focal_(index_of(options.brands, options.run.focal_brand)) {
  if (!satisfaction.exists()) return;
  if (options.response.slow.acts_on != "nothing") stock_ = response.stock_of_brand(focal_);
  double sum = 0;
  for (const AspectOptions& aspect : options.experience.aspects) sum += aspect.weight;
  expects(sum > 0, "an experience has an aspect");
  for (std::size_t a = 0; a < kAspects; ++a) weight_[a] = options.experience.aspects[a].weight / sum;
  const auto add = [&](const char* name, const char* unit, const char* meaning) {
    return registry.add({.name = name, .unit = unit, .long_name = meaning, .dims = {}});
  };
  judged_ = add("experiences", "purchases", "purchases of the focal brand that were experienced");
  satisfied_ = add("satisfied_purchases", "purchases", "of them, felt to be better than expected");
  disappointed_ = add("disappointed_purchases", "purchases", "of them, felt to be worse than expected");
  recommended_ = add("recommendations", "people", "satisfied and loyal consumers who recommend after a purchase");
}

void Appraisal::begin_step(AppraisalPlan& plan, std::int32_t step) const {
  const double week = step * options_->run.weeks_per_step();
  for (std::size_t a = 0; a < kAspects; ++a) plan.quality[a] = options_->experience.aspects[a].quality.at(week);
  plan.by_outlet.assign(options_->has_outlets() ? options_->outlets.size() : 0, 0);
  for (std::size_t o = 0; o < plan.by_outlet.size(); ++o) {
    const OutletOptions& outlet = options_->outlets[o];
    const double late = options_->experience.delivery_loss_per_day * outlet.delivery_days.at(week);
    plan.by_outlet[o] = static_cast<float>(weight_[kService] * outlet.service_quality - weight_[kDelivery] * late);
  }
  const BrandOptions& brand = options_->brands[focal_];
  plan.price = brand.base_price_money > 0 ? brand.price_money.at(week) / brand.base_price_money - 1 : 0;
}

void Appraisal::draw_quality(const AppraisalPlan& plan, DrawKey key, std::int32_t step, std::uint32_t occasion,
                             const BlockView& block, BlockScratch& scratch) const {
  FocalPurchases& bought = scratch.purchases;
  double mean = 0;
  for (std::size_t a = 0; a < kAspects; ++a) mean += weight_[a] * plan.quality[a];
  std::fill_n(bought.quality.data(), bought.list.n, static_cast<float>(mean));
  for (std::uint32_t j = 0; j < bought.list.n && !plan.by_outlet.empty(); ++j)
    if (const int outlet = scratch.outlet[bought.occasion[j]]; outlet >= 0)
      bought.quality[j] += plan.by_outlet[static_cast<std::size_t>(outlet)];
  for (std::size_t a = 0; a < kAspects; ++a) {
    const auto spread = static_cast<float>(weight_[a] * options_->experience.aspects[a].sd);
    if (spread <= 0) continue;
    draw_words_at(make_stream(key, reason(Purpose::kExperience, kAspectNames[a], step, occasion)),
                  block.place.first_tile, bought.list.places, bought.list.n, scratch.list_words);
    float* scores = scratch.occasion_scores;
    scores_of(scratch.list_words, bought.list.n, scores);
    for (std::uint32_t j = 0; j < bought.list.n; ++j) bought.quality[j] += spread * scores[j];
  }
}

double Appraisal::expectation(const AppraisalPlan& plan, std::uint32_t j, const BlockScratch& scratch) const {
  const ExperienceOptions& o = options_->experience;
  const StockOptions& slow = options_->response.slow;
  const FocalPurchases& bought = scratch.purchases;
  double expected = o.expectation;
  if (stock_ >= 0 && o.expectation_per_goodwill > 0)
    expected += o.expectation_per_goodwill *
                (concave(scratch.slow_read[static_cast<std::size_t>(stock_)].values[bought.list.places[j]], slow) -
                 concave(options_->brands[focal_].base_slow_goodwill, slow));
  const auto paid = static_cast<double>(scratch.paid_share.values[bought.occasion.values[j]]);
  return expected + o.expectation_per_price * ((1 + plan.price) * paid - 1);
}

void Appraisal::run(const AppraisalPlan& plan, DrawKey key, std::int32_t step, std::uint32_t occasion,
                    const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  if (!satisfaction_->exists()) return;
  const ExperienceOptions& o = options_->experience;
  draw_quality(plan, key, step, occasion, block, scratch);
  FocalPurchases& bought = scratch.purchases;
  const bool involved = needs_occasion_involvement(*options_);
  row[judged_] += bought.list.n;
  for (std::uint32_t j = 0; j < bought.list.n; ++j) {
    const std::uint32_t place = bought.list.places[j];
    const double v = involved ? static_cast<double>(scratch.involvement[bought.occasion[j]]) : .5;
    const double tolerance = o.tolerance_low * (1 - v) + o.tolerance_high * v;
    const double expected = expectation(plan, j, scratch);
    const double gap = static_cast<double>(bought.quality[j]) - expected;
    bought.outcome[j] = static_cast<std::int8_t>(gap > tolerance ? 1 : gap < -tolerance ? -1 : 0);
    const double before = static_cast<double>(satisfaction_->level(block, place));
    double after = before;
    if (bought.outcome[j] != 0) {
      const double felt = std::clamp(gap < 0 ? o.loss_weight * gap : gap, -1., 1.);
      after += o.learning_share * (felt - before);
      satisfaction_->set(block, place, static_cast<float>(after));
      ++row[gap > 0 ? satisfied_ : disappointed_];
    }
    if (scratch.trace != nullptr && scratch.trace->place == place)
      scratch.trace->note("experience", options_->run.focal_brand,
                          bought.outcome[j] == 0  ? "as expected: nothing is felt"
                          : bought.outcome[j] > 0 ? "better than expected"
                                                  : "worse than expected",
                          {{"experience", bought.quality[j]},
                           {"expectation", expected},
                           {"tolerance", tolerance},
                           {"satisfaction before", before},
                           {"satisfaction", after}});
  }
}

bool Appraisal::recommends(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                           std::uint32_t place) const {
  const ExperienceOptions& o = options_->experience;
  if (o.recommend_prob <= 0 || static_cast<double>(satisfaction_->level(block, place)) < o.recommend_satisfaction ||
      !satisfaction_->is_loyal(block, place))
    return false;
  const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + place;
  return unit_double(draw_word(key, reason(Purpose::kRecommend, 0u, step, occasion), id)) < o.recommend_prob;
}

void Appraisal::report(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                       BlockScratch& scratch, std::int64_t* row) const {
  if (!satisfaction_->exists()) return;
  const FocalPurchases& bought = scratch.purchases;
  const auto tell = [&](std::uint32_t place, Event event) {
    if (stages_->keeps(event, scratch, place))
      scratch.events.push_back({place, static_cast<std::uint32_t>(event), occasion});
  };
  for (std::uint32_t j = 0; j < bought.list.n; ++j) {
    if (bought.outcome.values[j] == 0) continue;
    const std::uint32_t place = bought.list.places[j];
    tell(place, bought.outcome.values[j] > 0 ? Event::kSatisfied : Event::kDisappointed);
    if (bought.outcome.values[j] < 0 || !recommends(key, step, occasion, block, place)) continue;
    ++row[recommended_];
    tell(place, Event::kRecommended);
    if (scratch.trace != nullptr && scratch.trace->place == place)
      scratch.trace->note("experience", options_->run.focal_brand, "recommends it",
                          {{"chance", options_->experience.recommend_prob}});
  }
}

}  // namespace populace
