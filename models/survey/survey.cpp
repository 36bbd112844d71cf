#include "models/survey/survey.hpp"

#include <numeric>

#include "sim/base/contracts.hpp"

namespace populace {

double Respondent::scale(std::size_t facet) const {
  const std::vector<int>& given = answers[facet];
  return static_cast<double>(std::accumulate(given.begin(), given.end(), 0)) / static_cast<double>(given.size());
}

bool can_be_surveyed(const MarketOptions& options) { return options.involvement.enabled; }

std::vector<Respondent> take_survey(const Market& market, const JourneySample& who, DrawKey replication) {
  const MarketOptions& o = market.options();
  expects(can_be_surveyed(o), "only consumers with involvement are asked");
  const Involvement& involved = market.traits().involved();
  const DrawKey key = market.traits().key(replication);
  std::vector<Respondent> all(who.consumers.size());
  for (std::size_t k = 0; k < all.size(); ++k) {
    Respondent& one = all[k];
    one.consumer = who.consumers[k];
    one.region = who.cells[k] / o.segments.size();
    one.segment = who.cells[k] % o.segments.size();
    const auto id = static_cast<std::uint64_t>(one.consumer);
    for (std::size_t f = 0; f < kInvolvementFacets; ++f) {
      one.facets[f] = involved.facet_of(key, id, one.segment, f);
      for (std::size_t j = 0; j < static_cast<std::size_t>(o.involvement.items_per_facet); ++j)
        one.answers[f].push_back(involved.answer(key, id, one.segment, f, j));
    }
    one.involvement = involved.lasting(key, id, one.segment);
  }
  return all;
}

}  // namespace populace
