// Search: pull media met at the query. An opportunity to buy starts with a query on the channel with chance q; the
// campaign's ad is shown with its pressure pi, paced on the last step's queries, and clicked with chance c. One uniform
// decides all three:
//
//   query: u < q      shown: u < q pi      clicked: u < q pi c
//
// so that more money never loses a click. A click adds the channel's effects to the brand's stocks and acts in the same
// decision, all of it by what the ad that is shown means to this consumer (models/response/persuasion.hpp). Source of
// the mechanism: search finds those with a need (seed documents S34, M32); values assumed.
#pragma once
#include "models/media/delivery.hpp"
#include "models/response/response.hpp"
#include "models/response/weighing.hpp"
#include "models/scratch.hpp"

namespace populace {

class Search {
 public:
  Search(const MarketOptions& options, const Delivery& delivery, const Response& response, const Weighing& weighing);
  bool enabled() const { return !campaigns_.empty(); }
  // Expected queries of a campaign in the first step, from the mean opportunities of a consumer of each cell.
  void begin(DeliveryState& state, const std::vector<double>& opportunities_by_cell) const;
  void clear(const DeliveryPlan& plan, const BlockView& block, BlockScratch& scratch) const;
  // Queries of the occasions in scratch.list; adds to scratch.deviation of the advertised brand.
  void run(const DeliveryPlan& plan, DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
           BlockScratch& scratch, std::int64_t* row) const;

 private:
  struct Campaign {
    std::size_t index, brand;
    int stock;
    double query, click;
    float slow, fast;  // what a click adds to the stocks
    float utility;     // and to the decision at once
  };
  void tell(const Campaign& campaign, double u, double shown, bool active, std::uint32_t place,
            BlockScratch& scratch) const;

  const MarketOptions* options_;
  const Delivery* delivery_;
  const Response* response_;
  const Weighing* weighing_;
  std::vector<Campaign> campaigns_;
};

}  // namespace populace
