#include "models/choice/price_judgement.hpp"

#include <algorithm>

#include "models/names.hpp"

namespace populace {
namespace {

constexpr float kReferenceStep = 1e-4f;  // of relative prices, kept in 16 bits: -3.27 to 3.27

float seen_price(float list, float depth) { return (1 + list) * (1 - depth) - 1; }

}  // namespace

PriceJudgement::PriceJudgement(const MarketOptions& options, const Traits& traits, Layout& layout)
    : options_(&options), traits_(&traits), references_(options.brands.size()) {
  const PriceQualityOptions& quality = options.choice.price_quality;
  for (std::size_t b = 0; b < options.brands.size(); ++b) {
    const BrandOptions& brand = options.brands[b];
    const bool named = quality.brands.empty() ||
                       std::find(quality.brands.begin(), quality.brands.end(), brand.name) != quality.brands.end();
    doubted_.push_back(quality.enabled && named && price_varies(options, brand));
    if (options.choice.reference_price.enabled && price_varies(options, brand))
      references_[b] = layout.add<std::int16_t>("expected_price_" + brand.name);
  }
}

void PriceJudgement::build(const BlockView& block) const {
  for (const Column<std::int16_t>& reference : references_)
    if (reference.exists()) std::fill_n(block.column(reference), block.place.n, std::int16_t{0});
}

float PriceJudgement::expected(std::size_t brand, const BlockView& block, std::uint32_t place) const {
  const Column<std::int16_t> reference = references_[brand];
  return reference.exists() ? static_cast<float>(block.column(reference)[place]) * kReferenceStep : 0;
}

float PriceJudgement::utility(std::size_t brand, float seen, float before, float slope, float involvement) const {
  float sum = 0;
  if (references_[brand].exists()) {
    const ReferencePriceOptions& o = options_->choice.reference_price;
    sum += slope * (seen < before ? static_cast<float>(o.gain) * (before - seen)
                                  : static_cast<float>(-o.loss) * (seen - before));
  }
  if (doubted_[brand] != 0) {
    const PriceQualityOptions& o = options_->choice.price_quality;
    const auto from = static_cast<float>(o.from_involvement), tolerated = static_cast<float>(1 - o.tolerance_share);
    const float weight = std::max(0.f, (involvement - from) / (1 - from)),
                below = std::max(0.f, tolerated - (1 + seen) / std::max(.01f, 1 + before));
    sum -= static_cast<float>(o.effect) * weight * below;
  }
  return sum;
}

void PriceJudgement::run(const ChoicePlan& plan, const BlockView& block, BlockScratch& scratch) const {
  const PlaceList& list = scratch.list;
  const bool slopes = traits_->price_code().exists();
  for (std::size_t b = 0; b < options_->brands.size(); ++b) {
    if (doubted_[b] == 0 && !references_[b].exists()) continue;
    for (std::uint32_t k = 0; k < list.n; ++k) {
      const float slope = slopes ? scratch.price_slope[k] : 0, v = doubted_[b] != 0 ? scratch.involvement[k] : 0,
                  before = expected(b, block, list.places[k]), price = plan.price_deviation[b],
                  at_list = utility(b, price, before, slope, v);
      scratch.deviation[b][k] += at_list;
      float at_offer = at_list, seen = price;
      if (scratch.offers && scratch.seen_depth[b][k] > 0) {
        seen = seen_price(price, scratch.seen_depth[b][k]);
        at_offer = utility(b, seen, before, slope, v);
        scratch.offer[b][k] += at_offer - at_list;
      }
      if (scratch.trace != nullptr && list.places[k] == scratch.trace->place && at_offer != 0)
        scratch.trace->note("price judgement", options_->brands[b].name, at_offer > 0 ? "cheap" : "dear or dubious",
                            {{"relative price seen", 1 + static_cast<double>(seen)},
                             {"expected", 1 + static_cast<double>(before)},
                             {"utility", static_cast<double>(at_offer)}});
    }
  }
}

void PriceJudgement::learn(const ChoicePlan& plan, const BlockView& block, BlockScratch& scratch) const {
  const PlaceList& list = scratch.list;
  const auto share = static_cast<float>(options_->choice.reference_price.adaptation_share);
  for (std::size_t b = 0; b < options_->brands.size(); ++b) {
    if (!references_[b].exists()) continue;
    std::int16_t* reference = block.column(references_[b]);
    for (std::uint32_t k = 0; k < list.n; ++k) {
      if ((scratch.considered[k] >> b & 1) == 0) continue;
      std::int16_t& code = reference[list.places[k]];
      const float depth = scratch.offers ? scratch.seen_depth[b][k] : 0,
                  seen = seen_price(plan.price_deviation[b], depth) / kReferenceStep,
                  next = static_cast<float>(code) + share * (seen - static_cast<float>(code));
      code = static_cast<std::int16_t>(std::clamp(next + (next < 0 ? -.5f : .5f), -32767.f, 32767.f));
    }
  }
}

}  // namespace populace
