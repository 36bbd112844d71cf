#include "models/private_domain/assets.hpp"

#include <algorithm>

#include "models/after/after.hpp"
#include "models/names.hpp"
#include "models/private_domain/member_kernels.hpp"
#include "sim/base/units.hpp"

namespace populace {
namespace {

std::uint16_t code_of(std::int32_t step) {
  return static_cast<std::uint16_t>(std::max(1, step + 1 + kPurchaseStepOffset));
}

}  // namespace

Assets::Assets(const MarketOptions& options, const SharedColumns& shared, Layout& layout, MeasureRegistry& registry)
    : options_(&options), shared_(&shared), focal_(index_of(options.brands, options.run.focal_brand)) {
  if (!enabled()) return;
  since_ = layout.add<std::uint16_t>("relationship_since");
  const auto stock = [&](const char* name, const char* unit, const char* text) {
    return registry.add({.name = name, .unit = unit, .long_name = text, .kind = Timing::kStock, .dims = {}});
  };
  known_ = stock("known_people", "people", "consumers whom the focal brand knows at the end of the step");
  kinds_ = stock("data_kinds", "people x kinds", "kinds of data joined, over all known consumers");
  related_ = stock("related_people", "people", "known consumers who have joined or bought the focal brand");
  age_ = stock("relationship_steps", "people x steps", "steps since they first did, over those consumers");
  margin_ = registry.add({.name = "known_margin",
                          .unit = options.run.currency,
                          .long_name = "margin of the focal brand from known consumers in the step",
                          .count = Count::kMicrosPerConsumer,
                          .dims = {}});
  volume_ = registry.add({.name = "asset_volume",
                          .unit = "people x kinds x weeks x " + options.run.currency,
                          .long_name = "width x length x height of the cube of consumer assets",
                          .level = Level::kTotal,
                          .kind = Timing::kStock,
                          .count = Count::kPlain,
                          .dims = {}});
}

void Assets::add_kpis(MeasureRegistry& registry) const {
  if (!enabled()) return;
  const auto add = [&](const char* column, const std::string& unit, const char* text, const char* measure,
                       const char* per, double factor) {
    std::vector<KpiTerm> denominator;
    if (per != nullptr) denominator.push_back({per, {0}});
    registry.add(
        Kpi{"assets", options_->run.focal_brand, column, unit, text, {{measure, {0}}}, denominator, factor, 0});
  };
  const std::string& money = options_->run.currency;
  add("known", "people", "known consumers at the end", "known_people", nullptr, 1);
  add("kinds", "1", "kinds of data joined of a known consumer", "data_kinds", "known_people", 1);
  add("lifetime", "weeks", "mean length of the relationship with a known consumer", "relationship_steps",
      "related_people", options_->run.weeks_per_step());
  if (options_->need.enabled)
    add("height", money, "margin in the horizon from a known consumer", "known_margin", "known_people", 1);
  if (options_->reviews.enabled)
    registry.add(Kpi{"assets",
                     options_->run.focal_brand,
                     "reviews",
                     "reviews",
                     "reviews written in the horizon to each known consumer",
                     {{"reviews_written", {0, 1, 2, 3, 4}}},
                     {{"known_people", {0}}},
                     1,
                     0});
  add("volume", "1", "width x length x height of the cube", "asset_volume", nullptr, 1);
}

void Assets::build(std::int32_t first_step, const BlockView& block) const {
  if (!enabled() || !shared_->members.exists()) return;
  const std::uint16_t* members = block.column(shared_->members);
  std::uint16_t* since = block.column(since_);
  for (std::uint32_t i = 0; i < block.place.n; ++i) {
    double weeks = 0;
    for (std::size_t o = 0; o < options_->owned.size(); ++o)
      if ((members[i] >> o & 1) != 0) weeks = std::max(weeks, options_->owned[o].initial_weeks);
    const auto steps = static_cast<std::int32_t>(weeks * options_->run.steps_per_week() + .5);
    since[i] = members[i] != 0 ? code_of(first_step - steps) : std::uint16_t{0};
  }
}

void Assets::after_orders(const std::vector<double>& price, std::int32_t step, const BlockView& block,
                          BlockScratch& scratch, std::int64_t* row) const {
  if (!enabled()) return;
  const BrandOptions& brand = options_->brands[focal_];
  const Micros cost = to_micros(brand.base_price_money * (1 - brand.margin_share));
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    if (scratch.chosen[k] != static_cast<std::int32_t>(focal_)) continue;
    const std::uint32_t i = scratch.list.places[k];
    std::uint16_t& since = block.column(since_)[i];
    if (since == 0) since = code_of(step);
    const bool known = (shared_->members.exists() && block.column(shared_->members)[i] != 0) ||
                       (shared_->resolved.exists() && block.column(shared_->resolved)[i] != 0);
    if (known)
      row[margin_] += scratch.units[k] * (to_micros(price[focal_] * static_cast<double>(scratch.paid_share[k])) - cost);
  }
}

void Assets::count(std::int32_t step, const BlockView& block, std::int64_t* row) const {
  if (!enabled()) return;
  const std::uint16_t* members = shared_->members.exists() ? block.column(shared_->members) : nullptr;
  const std::uint16_t* resolved = shared_->resolved.exists() ? block.column(shared_->resolved) : nullptr;
  const AssetSums sums = sum_assets(members, resolved, block.column(since_), code_of(step), block.place.capacity);
  const std::int64_t now = step + 1 + kPurchaseStepOffset;
  row[known_] += sums.known;
  row[kinds_] += sums.kinds;
  row[related_] += sums.related;
  row[age_] += now * sums.related - sums.since;
}

void Assets::end_step(AssetsState& state, std::int32_t step, std::span<const std::int64_t> rows, std::size_t row_size,
                      std::span<std::int64_t> totals) const {
  if (!enabled()) return;
  std::int64_t known = 0, kinds = 0, related = 0, age = 0;
  for (std::size_t at = 0; at < rows.size(); at += row_size) {
    known += rows[at + known_];
    kinds += rows[at + kinds_];
    related += rows[at + related_];
    age += rows[at + age_];
    if (step >= 0) state.margin += rows[at + margin_];
  }
  if (known == 0 || related == 0) return;
  const RunOptions& run = options_->run;
  const double scale = run.market_size_people / static_cast<double>(run.consumers);
  const double width = static_cast<double>(kinds) * scale,
               length = static_cast<double>(age) / static_cast<double>(related) * run.weeks_per_step(),
               height = to_units(state.margin) / static_cast<double>(known);
  totals[volume_] = static_cast<std::int64_t>(std::clamp(width * length * height, -9e18, 9e18));
}

}  // namespace populace
