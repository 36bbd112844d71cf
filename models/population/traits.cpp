#include "models/population/traits.hpp"

#include <algorithm>
#include <string>

#include "models/names.hpp"
#include "models/population/trait_kernels.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

constexpr float kMostSlots = 65535;  // in units of the column

TraitTable habit_table(const ChannelOptions& channel, std::string_view segment) {
  const double mean = channel.slots_per_week.of(segment);
  if (channel.habit == "uniform") return uniform_trait(channel.slots_low, channel.slots_high);
  if (channel.habit == "constant") return constant_trait(mean);
  return gamma_trait(channel.shape, mean);
}

bool price_moves(const MarketOptions& options) {
  return std::any_of(options.brands.begin(), options.brands.end(),
                     [&](const BrandOptions& brand) { return price_varies(options, brand); });
}

}  // namespace

bool price_varies(const MarketOptions& options, const BrandOptions& brand) {
  const Series& price = brand.price_money;
  const ReactionOptions& reaction = brand.reaction;
  return !price.points.empty() || price.constant != brand.base_price_money ||
         (reaction.enabled && (reaction.price_cut_share > 0 || reaction.match_share > 0)) ||
         std::any_of(options.promotions.begin(), options.promotions.end(), [&](const PromotionOptions& promotion) {
           return promotion.enabled && promotion.cuts_price() &&
                  std::find(promotion.brands.begin(), promotion.brands.end(), brand.name) != promotion.brands.end();
         });
}

Traits::Traits(const MarketOptions& options, Layout& layout)
    : options_(&options), n_segments_(options.segments.size()), involvement_(options, layout) {
  plan_habits(options, layout);
  if (options.need.enabled) plan_needs(options, layout);
  if (needs_distance(options)) plan_distance(options, layout);
}

void Traits::plan_habits(const MarketOptions& options, Layout& layout) {
  habit_of_channel_.resize(options.channels.size());
  for (std::size_t c = 0; c < options.channels.size(); ++c) {
    const ChannelOptions& channel = options.channels[c];
    if (!channel.shares_habit_with.empty() || channel.kind == "search") continue;
    habit_of_channel_[c] = habits_.size();
    channel_of_habit_.push_back(c);
    Habit& habit = habits_.emplace_back();
    habit.code = layout.add<std::uint8_t>("habit_" + channel.name);
    habit.slots = layout.add<std::uint16_t>("slots_" + channel.name);
    for (const SegmentOptions& segment : options.segments) {
      const CodeValues& value = habit.by_segment.emplace_back(habit_table(channel, segment.name)).value;
      habit.unit.push_back(*std::max_element(value.begin(), value.end()) / kMostSlots);
    }
    common_habit_ = common_habit_ || channel.common_loading != 0;
  }
  for (std::size_t c = 0; c < options.channels.size(); ++c) {
    const std::string& other = options.channels[c].shares_habit_with;
    if (!other.empty()) habit_of_channel_[c] = habit_of_channel_[index_of(options.channels, other)];
  }
}

void Traits::plan_needs(const MarketOptions& options, Layout& layout) {
  need_code_ = layout.add<std::uint8_t>("need_rate");
  for (const SegmentOptions& segment : options.segments) {
    need_rate_.push_back(gamma_trait(options.need.shape, options.need.opportunities_per_week.of(segment.name)));
    const double slope = options.choice.price_slope.of(segment.name);
    price_slope_.push_back(slope > 0 ? lognormal_trait(exact_log(slope), options.choice.price_slope_sigma)
                                     : constant_trait(0));
  }
  if (options.brands.size() > 1)
    for (const BrandOptions& brand : options.brands) {
      taste_.push_back(layout.add<std::int16_t>("taste_" + brand.name));
      log_gamma_.push_back(log_gamma_table(options.choice.taste_concentration * brand.share));
    }
  if (price_moves(options)) price_code_ = layout.add<std::uint8_t>("price_slope");
}

DrawKey Traits::key(DrawKey replication) const {
  return {replication.seed, options_->run.population == "fixed" ? kFixedPopulation : replication.replication};
}

void Traits::draw(DrawKey key, DrawReason reason, const BlockView& block, std::vector<std::uint32_t>& words) const {
  words.resize(block.place.capacity);
  draw_words(make_stream(key, reason), block.place.first_tile, block.place.capacity / kTileSize, words.data());
}

// Scores of a draw, of everybody in the block.
void Traits::score(DrawKey key, DrawReason reason, const BlockView& block, std::vector<std::uint32_t>& words,
                   std::vector<float>& scores) const {
  draw(key, reason, block, words);
  scores.resize(block.place.capacity);
  scores_of(words.data(), block.place.n, scores.data());
}

void Traits::build_codes(DrawKey key, DrawReason reason, const BlockView& block, Column<std::uint8_t> column,
                         std::vector<std::uint32_t>& words, std::vector<float>& scores) const {
  score(key, reason, block, words, scores);
  codes_of_scores({nullptr, scores.data()}, block.place.n, block.column(column));
}

void Traits::build_habits(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words,
                          std::vector<float>& scores) const {
  const std::uint32_t n = block.place.n;
  const std::string& segment = options_->segments[block.place.cell % n_segments_].name;
  std::vector<float> common;
  if (common_habit_) score(key, reason(Purpose::kHabitCommon, 0u), block, words, common);
  for (std::size_t k = 0; k < habits_.size(); ++k) {
    const ChannelOptions& channel = options_->channels[channel_of_habit_[k]];
    const auto own = static_cast<float>(__builtin_sqrt(1 - channel.common_loading * channel.common_loading));
    score(key, reason(Purpose::kHabit, channel.name), block, words, scores);
    codes_of_scores(
        {common_habit_ ? common.data() : nullptr, scores.data(), static_cast<float>(channel.common_loading), own}, n,
        block.column(habits_[k].code));
    if (const Below non_user(channel.non_user_share.of(segment)); non_user.any()) {
      draw(key, reason(Purpose::kHabitUser, channel.name), block, words);
      clear_below(words.data(), non_user, n, block.column(habits_[k].code));
    }
    keep_slots(habits_[k], block);
  }
}

void Traits::keep_slots(const Habit& habit, const BlockView& block) const {
  const std::size_t segment = block.place.cell % n_segments_;
  const float unit = habit.unit[segment];
  std::uint16_t in_units[256];
  for (std::size_t code = 0; code < 256; ++code)
    in_units[code] =
        unit > 0 ? static_cast<std::uint16_t>(habit.by_segment[segment].value[code] / unit + .5f) : std::uint16_t{0};
  const std::uint8_t* codes = block.column(habit.code);
  std::uint16_t* slots = block.column(habit.slots);
  for (std::uint32_t i = 0; i < block.place.n; ++i) slots[i] = in_units[codes[i]];
}

void Traits::build(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words) const {
  std::vector<float> scores;
  build_habits(key, block, words, scores);
  const auto codes = [&](Purpose purpose, Column<std::uint8_t> column) {
    if (column.exists()) build_codes(key, reason(purpose, 0u), block, column, words, scores);
  };
  codes(Purpose::kNeedRate, need_code_);
  for (std::size_t b = 0; b < taste_.size(); ++b) {
    score(key, reason(Purpose::kTaste, options_->brands[b].name), block, words, scores);
    quantiles_in_steps(log_gamma_[b].view(), scores.data(), kTasteStep, block.place.n, block.column(taste_[b]));
  }
  codes(Purpose::kPriceSlope, price_code_);
  involvement_.build(key, block, words);
  codes(Purpose::kDistance, distance_);
}

}  // namespace populace
