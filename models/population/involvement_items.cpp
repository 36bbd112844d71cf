// One consumer's facets, involvement and answers, from his id alone.
#include <algorithm>

#include "models/names.hpp"
#include "models/population/involvement.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {

double Involvement::mean_of(std::size_t facet, std::size_t segment) const {
  const InvolvementOptions& o = options_->involvement;
  const PerName* means[] = {&o.interest, &o.pleasure, &o.sign_value, &o.risk_importance, &o.risk_probability};
  return means[facet]->of(options_->segments[segment].name) + o.product_offset[facet];
}

double Involvement::score(DrawKey traits_key, DrawReason reason, std::uint64_t id) const {
  return static_cast<double>(score_of(draw_word(traits_key, reason, id)));
}

double Involvement::facet(DrawKey traits_key, std::uint64_t id, std::size_t facet) const {
  return around(0, score(traits_key, reason(Purpose::kFacetCommon, 0u), id),
                score(traits_key, reason(Purpose::kFacet, static_cast<std::uint32_t>(facet)), id));
}

double Involvement::facet_of(DrawKey traits_key, std::uint64_t id, std::size_t segment, std::size_t facet) const {
  return around(mean_of(facet, segment), score(traits_key, reason(Purpose::kFacetCommon, 0u), id),
                score(traits_key, reason(Purpose::kFacet, static_cast<std::uint32_t>(facet)), id));
}

double Involvement::lasting(DrawKey traits_key, std::uint64_t id, std::size_t segment) const {
  const InvolvementOptions& o = options_->involvement;
  double sum = o.bias;  // in the order of build, so that the code is the same bit for bit
  for (std::size_t f = 0; f < kInvolvementFacets; ++f) sum += o.weights[f] * facet_of(traits_key, id, segment, f);
  return static_cast<double>(value_of(code_at(sum, segment)));
}

double Involvement::item(DrawKey traits_key, std::uint64_t id, std::size_t facet_number, std::size_t item) const {
  const double loading = options_->involvement.item_loading;
  const auto index = static_cast<std::uint32_t>(facet_number * 256 + item);
  const double own = normal_quantile(unit_double(draw_word(traits_key, reason(Purpose::kItem, index), id)));
  return loading * facet(traits_key, id, facet_number) + __builtin_sqrt(1 - loading * loading) * own;
}

// A point of the scale is a standard deviation of an item wide, so that at a mean of 0 each end is chosen by 7 %.
int Involvement::answer(DrawKey traits_key, std::uint64_t id, std::size_t segment, std::size_t facet_number,
                        std::size_t item_number) const {
  constexpr double kMiddle = (kAnswerPoints + 1) / 2;
  const double y = options_->involvement.item_loading * mean_of(facet_number, segment) +
                   item(traits_key, id, facet_number, item_number);
  return static_cast<int>(std::clamp(kMiddle + y + .5, 1., kAnswerPoints + .5));
}

}  // namespace populace
