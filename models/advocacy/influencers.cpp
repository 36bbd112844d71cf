#include "models/advocacy/influencers.hpp"

#include <algorithm>

#include "models/names.hpp"
#include "models/stages/toss_kernels.hpp"
#include "sim/base/units.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {

Influencers::Influencers(const MarketOptions& options, const Traits& traits, const Hearing* hearing,
                         MeasureRegistry& registry)
    : options_(&options), traits_(&traits), hearing_(hearing) {
  if (options.influencers.empty()) return;
  registry.add_dimension("influencer", names_of(options.influencers));
  views_ = registry.add({.name = "influencer_views",
                         .unit = "people",
                         .long_name = "followers who saw posts of the influencer in the step",
                         .dims = {"influencer"}});
  believed_ = registry.add({.name = "influencer_believed",
                            .unit = "people",
                            .long_name = "followers who believed what they saw",
                            .dims = {"influencer"}});
  fees_ = registry.add({.name = "influencer_fees",
                        .unit = options.run.currency,
                        .long_name = "money paid to the influencer",
                        .level = Level::kTotal,
                        .count = Count::kMicros,
                        .dims = {"influencer"}});
  for (std::size_t i = 0; i < options.influencers.size(); ++i) {
    const std::string &row = options.influencers[i].name, &money = options.run.currency;
    const KpiTerm fees{"influencer_fees", {i}}, views{"influencer_views", {i}};
    registry.add(Kpi{"influencer", row, "views", "people", "followers who saw posts, step by step", {views}, {}, 1, 0});
    registry.add(Kpi{"influencer", row, "fees", money, "money paid", {fees}, {}, 1, 0});
    if (options.influencers[i].post_money > 0)
      registry.add(Kpi{"influencer", row, "cost_per_view", money, "money paid for a view", {fees}, {views}, 1, 0});
  }
}

// Whole posts before a week: a rate a week spreads evenly, and the first comes at once.
std::int64_t Influencers::posts_until(std::size_t influencer, double week) const {
  const InfluencerOptions& o = options_->influencers[influencer];
  const double posted = (std::clamp(week, o.start_week, o.end_week) - o.start_week) * o.posts_per_week;
  return static_cast<std::int64_t>(posted + 1 - 1e-9);
}

std::int64_t Influencers::posts(std::size_t influencer, std::int32_t step) const {
  const double dt = options_->run.weeks_per_step();
  return posts_until(influencer, (step + 1) * dt) - posts_until(influencer, step * dt);
}

bool Influencers::posted_lately(std::size_t influencer, std::int32_t step, double weeks) const {
  const double dt = options_->run.weeks_per_step();
  return posts_until(influencer, (step + 1) * dt) > posts_until(influencer, step * dt - weeks);
}

bool Influencers::follows(std::size_t influencer, DrawKey key, const BlockView& block, std::uint32_t place) const {
  const InfluencerOptions& o = options_->influencers[influencer];
  const std::string& segment = options_->segments[block.place.cell % options_->segments.size()].name;
  const DrawStream stream = make_stream(traits_->key(key), reason(Purpose::kFollow, o.name));
  return unit_float(split_word_at(stream, block.place.first_tile, place)) <
         static_cast<float>(o.followers_share.of(segment));
}

double Influencers::n_posting(std::int32_t step) const {
  double n = 0;
  for (std::size_t i = 0; i < options_->influencers.size(); ++i) n += posts(i, step) > 0;
  return n;
}

void Influencers::begin_step(InfluencersPlan& plan, DrawKey key, std::int32_t step) const {
  plan.posts.clear();
  for (std::size_t i = 0; i < options_->influencers.size(); ++i) {
    const InfluencerOptions& o = options_->influencers[i];
    const std::int64_t n = posts(i, step);
    if (n == 0) continue;
    plan.posts.push_back({i, make_stream(traits_->key(key), reason(Purpose::kFollow, o.name)),
                          make_stream(key, reason(Purpose::kSeePost, o.name, step)),
                          1 - exact_pow(1 - o.see_prob, static_cast<double>(n))});
  }
}

void Influencers::run(const InfluencersPlan& plan, DrawKey key, std::int32_t step, const BlockView& block,
                      BlockScratch& scratch, std::int64_t* row) const {
  for (const InfluencersPlan::Post& post : plan.posts) see(post, key, step, block, scratch, row);
}

void Influencers::see(const InfluencersPlan::Post& post, DrawKey key, std::int32_t step, const BlockView& block,
                      BlockScratch& scratch, std::int64_t* row) const {
  const InfluencerOptions& o = options_->influencers[post.influencer];
  const std::string& segment = options_->segments[block.place.cell % options_->segments.size()].name;
  PlaceList& list = scratch.list;
  list.n = toss(post.follows, block.place.first_tile, block.place.n, static_cast<float>(o.followers_share.of(segment)),
                list.places);
  draw_words_at(post.sees, block.place.first_tile, list.places, list.n, scratch.list_words);
  const Moment moment{key, step, 0, name_hash(o.name)};
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const double u = unit_double(scratch.list_words[k]);
    if (u >= post.see_prob) continue;
    const bool believed = u < post.see_prob * o.trust;
    ++row[views_ + post.influencer];
    row[believed_ + post.influencer] += believed;
    if (believed) hearing_->recommended(moment, block, list.places[k], scratch, row);
    if (scratch.trace != nullptr && scratch.trace->place == list.places[k])
      scratch.trace->note("influencers", o.name, believed ? "seen and believed" : "seen, not believed",
                          {{"chance to see", post.see_prob}, {"trust", o.trust}, {"draw", u}});
  }
}

void Influencers::end_step(std::int32_t step, std::span<std::int64_t> totals) const {
  for (std::size_t i = 0; i < options_->influencers.size(); ++i) {
    const InfluencerOptions& o = options_->influencers[i];
    const std::int64_t n = posts(i, step);
    const bool first = n > 0 && step * options_->run.weeks_per_step() <= o.start_week;
    totals[fees_ + i] = n * to_micros(o.post_money) + (first ? to_micros(o.fee_money) : 0);
  }
}

}  // namespace populace
