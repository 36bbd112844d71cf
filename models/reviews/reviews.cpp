#include "models/reviews/reviews.hpp"

#include "models/names.hpp"
#include "sim/base/units.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

constexpr int kFelt = 38;  // of 127: satisfaction beyond +-.3 is felt

}  // namespace

Reviews::Reviews(const MarketOptions& options, const SharedColumns& shared, MeasureRegistry& registry)
    : options_(&options), shared_(&shared), focal_(index_of(options.brands, options.run.focal_brand)) {
  if (!enabled()) return;
  registry.add_dimension("stars", {"1", "2", "3", "4", "5"});
  read_ = registry.add({.name = "reviews_read",
                        .unit = "occasions",
                        .long_name = "occasions at which reviews of the focal brand were read",
                        .dims = {}});
  written_ = registry.add(
      {.name = "reviews_written", .unit = "reviews", .long_name = "reviews of the focal brand", .dims = {"stars"}});
  rewards_ = registry.add({.name = "review_rewards",
                           .unit = options.run.currency,
                           .long_name = "money paid for reviews",
                           .count = Count::kMicrosPerConsumer,
                           .dims = {}});
  volume_ = registry.add({.name = "reviews_in_force",
                          .unit = "reviews",
                          .long_name = "reviews of the focal brand that can be read at the end, weighted by age",
                          .level = Level::kTotal,
                          .kind = Timing::kStock,
                          .count = Count::kPlain,
                          .dims = {}});
  add_kpis(registry);
}

void Reviews::add_kpis(MeasureRegistry& registry) const {
  const std::string& row = options_->run.focal_brand;
  KpiTerm stars{"reviews_written", {}};  // a slot s + 1 times: the sum of stars
  for (std::size_t s = 0; s < kStars; ++s) stars.slots.insert(stars.slots.end(), s + 1, s);
  const KpiTerm all{"reviews_written", {0, 1, 2, 3, 4}};
  registry.add(Kpi{"reviews", row, "written", "reviews", "reviews written", {all}, {}, 1, 0});
  registry.add(Kpi{"reviews", row, "rating", "stars", "mean rating of reviews written", {stars}, {all}, 1, 0});
  registry.add(
      Kpi{"reviews", row, "rewards", options_->run.currency, "paid for reviews", {{"review_rewards", {0}}}, {}, 1, 0});
}

ReviewsState Reviews::make_state() const {
  const ReviewsOptions& o = options_->reviews;
  return {o.initial_reviews, o.initial_reviews * o.initial_rating};
}

double Reviews::rating(const ReviewsState& state) const {
  return (state.stars + options_->reviews.initial_rating) / (state.volume + 1);
}

void Reviews::begin_step(const ReviewsState& state, ReviewsPlan& plan) const {
  if (!enabled()) return;
  const ReviewsOptions& o = options_->reviews;
  const double base_volume = o.base_reviews > 0 ? o.base_reviews : o.initial_reviews,
               base_rating = o.base_rating > 0 ? o.base_rating : o.initial_rating;
  plan.volume = state.volume;
  plan.rating = rating(state);
  plan.utility = o.volume_elasticity * exact_log((state.volume + 1) / (base_volume + 1)) +
                 o.valence_elasticity * exact_log(plan.rating / base_rating);
}

void Reviews::at_occasion(const ReviewsPlan& plan, DrawKey key, std::int32_t step, std::uint32_t occasion,
                          const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  if (!enabled()) return;
  const PlaceList& list = scratch.list;
  const double prob =
      options_->reviews.read_prob.of(options_->segments[block.place.cell % options_->segments.size()].name);
  draw_words_at(make_stream(key, reason(Purpose::kReadReviews, 0u, step, occasion)), block.place.first_tile,
                list.places, list.n, scratch.list_words);
  for (std::uint32_t k = 0; k < list.n; ++k) {
    if (unit_double(scratch.list_words[k]) < prob) read(plan, k, scratch, row);
  }
}

void Reviews::read(const ReviewsPlan& plan, std::uint32_t k, BlockScratch& scratch, std::int64_t* row) const {
  ++row[read_];
  scratch.deviation[focal_][k] += static_cast<float>(plan.utility);
  if (scratch.traces(scratch.list.places[k]))
    scratch.trace->note("reviews", options_->run.focal_brand, "read",
                        {{"reviews", plan.volume}, {"rating", plan.rating}, {"utility", plan.utility}});
}

// -1 disappointed, 0 nothing, 1 satisfied: what the consumer feels of the brand, or else the draw of his purchase.
int Reviews::feeling(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                     std::uint32_t place) const {
  if (shared_->satisfaction.exists()) {
    const int felt = block.column(shared_->satisfaction)[place];
    return felt > kFelt ? 1 : felt < -kFelt ? -1 : 0;
  }
  const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + place;
  const double u = unit_double(draw_word(key, reason(Purpose::kSatisfaction, 0u, step, occasion), id));
  const SatisfactionOptions& o = options_->satisfaction;
  return u < o.satisfied_prob ? 1 : u < o.satisfied_prob + o.disappointed_prob ? -1 : 0;
}

void Reviews::after(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                    BlockScratch& scratch, std::int64_t* row) const {
  if (!enabled()) return;
  const ReviewsOptions& o = options_->reviews;
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    if (scratch.chosen[k] != static_cast<std::int32_t>(focal_)) continue;
    const std::uint32_t place = scratch.list.places[k];
    const int felt = feeling(key, step, occasion, block, place);
    const double prob = felt > 0 ? o.satisfied_write_prob : felt < 0 ? o.disappointed_write_prob : o.neutral_write_prob;
    const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + place;
    const double u = unit_double(draw_word(key, reason(Purpose::kWriteReview, 0u, step, occasion), id));
    if (u >= prob) continue;
    const auto stars = static_cast<std::size_t>(3 + 2 * felt);
    ++row[written_ + stars - 1];
    if (scratch.trace != nullptr && scratch.trace->place == place)
      scratch.trace->note("reviews", options_->run.focal_brand, "writes a review",
                          {{"stars", static_cast<double>(stars)}, {"chance", prob}, {"draw", u}});
  }
}

void Reviews::end_step(ReviewsState& state, std::span<std::int64_t> rows, std::size_t row_size,
                       std::span<std::int64_t> totals) const {
  if (!enabled()) return;
  const ReviewsOptions& o = options_->reviews;
  const Micros reward = to_micros(o.reward_money);
  std::int64_t fresh = 0, stars = 0;
  for (std::size_t cell = 0; cell * row_size < rows.size(); ++cell) {
    std::int64_t* row = rows.data() + cell * row_size;
    std::int64_t here = 0;
    for (std::size_t s = 0; s < kStars; ++s) {
      here += row[written_ + s];
      stars += static_cast<std::int64_t>(s + 1) * row[written_ + s];
    }
    row[rewards_] = here * reward;
    fresh += here;
  }
  const double kept = exact_exp(-options_->run.weeks_per_step() / o.memory_weeks),
               people = options_->run.market_size_people / static_cast<double>(options_->run.consumers);
  state.volume = state.volume * kept + static_cast<double>(fresh) * people;
  state.stars = state.stars * kept + static_cast<double>(stars) * people;
  totals[volume_] = static_cast<std::int64_t>(state.volume + .5);
}

}  // namespace populace
