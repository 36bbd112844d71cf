#include "models/experience/satisfaction.hpp"

#include <algorithm>

#include "models/experience/satisfaction_kernels.hpp"
#include "models/names.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

std::int8_t byte_of(float level) { return static_cast<std::int8_t>(level * 127 + (level < 0 ? -.5f : .5f)); }

}  // namespace

Satisfaction::Satisfaction(const MarketOptions& options, const Traits& traits, const Response& response,
                           SharedColumns& shared, Layout& layout, MeasureRegistry& registry)
    : options_(&options),
      traits_(&traits),
      response_(&response),
      shared_(&shared),
      focal_(index_of(options.brands, options.run.focal_brand)) {
  const ExperienceOptions& o = options.experience;
  if (!o.enabled) return;
  if (o.half_life_weeks > 0)
    keep_ = static_cast<float>(exact_exp(-exact_log(2) * options.run.weeks_per_step() / o.half_life_weeks));
  level_ = layout.add<float>("satisfaction_level");
  shared.satisfaction = byte_ = layout.add<std::int8_t>("satisfaction");
  satisfied_ = registry.add({.name = "satisfied_people",
                             .unit = "people",
                             .long_name = "people satisfied with the focal brand",
                             .kind = Timing::kStock,
                             .dims = {}});
  dissatisfied_ = registry.add({.name = "dissatisfied_people",
                                .unit = "people",
                                .long_name = "people dissatisfied with the focal brand",
                                .kind = Timing::kStock,
                                .dims = {}});
  points_ = registry.add({.name = "satisfaction_points",
                          .unit = "points",
                          .long_name = "points of who is satisfied or dissatisfied, from 0 at -1 to 254 at 1",
                          .kind = Timing::kStock,
                          .dims = {}});
}

void Satisfaction::build(const BlockView& block) const {
  if (!exists()) return;
  std::fill_n(block.column(level_), block.place.n, 0.0f);
  std::fill_n(block.column(byte_), block.place.n, std::int8_t{0});
}

void Satisfaction::set(const BlockView& block, std::uint32_t place, float level) const {
  const std::int8_t byte = byte_of(level);
  block.column(level_)[place] = byte == 0 ? 0.0f : level;
  block.column(byte_)[place] = byte;
}

bool Satisfaction::is_loyal(const BlockView& block, std::uint32_t place) const {
  if (!shared_->last_four.exists()) return false;
  int focal = 0;
  for (std::uint32_t last = block.column(shared_->last_four)[place]; last != 0; last >>= 4)
    focal += (last & 15) == focal_ + 1;
  return focal >= 2;
}

void Satisfaction::begin_step(std::vector<float>& pressure, std::int32_t step) const {
  pressure.clear();
  const double week = step * options_->run.weeks_per_step();
  for (const BrandOptions& brand : options_->brands)
    pressure.push_back(static_cast<float>(brand.pressure.at(week) - brand.base_pressure));
}

void Satisfaction::fade(const BlockView& block) const {
  if (!exists() || keep_ >= 1) return;
  fade_satisfaction(keep_, block.column(level_), block.column(byte_), block.place.capacity);
}

float Satisfaction::stocks_above_base(std::size_t brand, std::uint32_t place, const BlockScratch& scratch) const {
  const int stock = response_->stock_of_brand(brand);
  if (stock < 0) return 0;
  const auto s = static_cast<std::size_t>(stock);
  const BrandOptions& b = options_->brands[brand];
  const StockOptions &slow = options_->response.slow, &fast = options_->response.fast;
  double above = 0;
  if (slow.acts_on == "utility")
    above += slow.utility * (concave(scratch.slow_read[s].values[place], slow) - concave(b.base_slow_goodwill, slow));
  if (fast.acts_on == "utility")
    above += fast.utility * (concave(scratch.fast_read[s].values[place], fast) - concave(b.base_fast_activation, fast));
  return static_cast<float>(above);
}

void Satisfaction::trust(float trust, std::uint32_t k, const ChoicePlan& choice, const std::vector<float>& pressure,
                         const BlockView& block, BlockScratch& scratch) const {
  const std::uint32_t place = scratch.list.places[k];
  const auto of_price = static_cast<float>(options_->experience.trust_price_damping),
             of_pressure = static_cast<float>(options_->experience.trust_pressure_damping);
  float slope = 0;
  if (traits_->price_code().exists())
    slope = traits_->price_slope(block.place.cell % options_->segments.size())
                .value[block.column(traits_->price_code())[place]];
  for (std::size_t b = 0; b < pressure.size(); ++b) {
    float change = trust * of_price * slope * choice.price_deviation[b];
    if (b != focal_ && of_pressure > 0)
      change -= trust * of_pressure * (pressure[b] + stocks_above_base(b, place, scratch));
    scratch.deviation[b][k] += change;
  }
}

void Satisfaction::at_occasion(const ChoicePlan& choice, const std::vector<float>& pressure, const BlockView& block,
                               BlockScratch& scratch) const {
  if (!exists()) return;
  const ExperienceOptions& o = options_->experience;
  const float* level = block.column(level_);
  const bool trusts = o.trust_price_damping > 0 || o.trust_pressure_damping > 0;
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    const std::uint32_t place = scratch.list.places[k];
    const float s = level[place];
    if (s == 0) continue;
    const float utility = s * static_cast<float>(s > 0 ? o.repeat_utility : o.defection_utility);
    scratch.deviation[focal_][k] += utility;
    const bool trusting = trusts && s > 0 && is_loyal(block, place);
    if (trusting) trust(s, k, choice, pressure, block, scratch);
    if (scratch.trace != nullptr && scratch.trace->place == place)
      scratch.trace->note("experience", options_->run.focal_brand,
                          trusting ? "is remembered well, and trusted"
                          : s > 0  ? "is remembered well"
                                   : "is remembered badly",
                          {{"satisfaction", s}, {"utility", utility}});
  }
}

void Satisfaction::count(const BlockView& block, std::int64_t* row) const {
  if (!exists()) return;
  const SatisfactionSums sums = sum_satisfaction(block.column(byte_), block.place.capacity);
  row[satisfied_] += sums.above;
  row[dissatisfied_] += sums.below;
  row[points_] += sums.points;
}

}  // namespace populace
