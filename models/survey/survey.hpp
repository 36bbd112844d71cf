// A survey: a sample of consumers answers the questionnaire on involvement. What a market researcher would see stands
// beside the truth that he would not: the facets and the involvement that the market goes by.
//
// Who is asked is the sample of models/journeys/ for the same number, so that the answers of 1,000 respondents can be
// joined to 1,000 recorded journeys. Nothing is simulated: answers are pure functions of seed, replication and id.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "models/market.hpp"
#include "models/population/involvement.hpp"

namespace populace {

struct Respondent {
  std::int64_t consumer = 0;
  std::size_t region = 0, segment = 0;
  std::array<std::vector<int>, kInvolvementFacets> answers;  // by facet, then item
  std::array<double, kInvolvementFacets> facets{};           // the truth, in standard deviations
  double involvement = 0;                                    // for life, as the market keeps it

  // What he scores on the scale of a facet: the mean of his answers.
  double scale(std::size_t facet) const;
};

// Whether consumers have facets that they can be asked about.
bool can_be_surveyed(const MarketOptions& options);

// Throws ContractViolation where they have none.
std::vector<Respondent> take_survey(const Market& market, const JourneySample& who, DrawKey replication);

}  // namespace populace
