// Search: pull media met at the query. An opportunity to buy starts with a query on the channel with chance q; the
// campaign's ad is shown with its pressure pi, paced on the last step's queries, and clicked with chance c. One uniform
// decides all three:
//
//   query: u < q      shown: u < q pi      clicked: u < q pi c
//
// so that more money never loses a click. A click adds the channel's effects to the brand's stocks and acts in the same
// decision, all of it by what the ad that is shown means to this consumer (models/response/persuasion.hpp). A branded
// query is made, with a chance of its own, by those only who know the brand.
//
// Unpaid listings: a listing and the campaigns of its brand, channel and kind share their queries. Where no ad of the
// brand was clicked, the listing is, with chance strength x click_prob:
//
//   strength' = target + (strength - target) e^(-dt / lag),   target = effort / (effort + half effort)
//
// so an ad takes most of its clicks from a listing that would be clicked anyway. Sources: seed documents S34, M32
// (search finds those with a need), S35, M36 (unpaid results are slow and almost free); Blake, Nosko & Tadelis 2015,
// doi:10.3982/ECTA12423 (branded ads replace unpaid clicks); values assumed.
#pragma once
#include "models/choice/choice.hpp"
#include "models/episode/episode.hpp"
#include "models/media/delivery.hpp"
#include "models/response/response.hpp"
#include "models/response/weighing.hpp"
#include "models/scratch.hpp"

namespace populace {

struct SearchState {
  std::vector<double> strength;  // by listing
  void save(ByteWriter& out) const { out.put(strength); }
  void load(ByteReader& in) { in.get(strength); }
};

class Search {
 public:
  // `episode` tells in which stage an ad is met; it may be null.
  Search(const MarketOptions& options, const Delivery& delivery, const Response& response, const Weighing& weighing,
         const Episode* episode, const SharedColumns& shared, MeasureRegistry& registry);
  void add_kpis(MeasureRegistry& registry) const;
  bool enabled() const { return !campaigns_.empty(); }
  bool listens() const { return !campaigns_.empty() || !listings_.empty(); }  // to queries
  void prepare(BlockScratch& scratch) const { scratch.asked.resize(listings_.size()); }

  SearchState make_state() const;
  // Expected queries of a campaign in the first step, from the mean opportunities of a consumer of each cell.
  void begin(DeliveryState& state, const std::vector<double>& opportunities_by_cell) const;
  void clear(const DeliveryPlan& plan, const BlockView& block, BlockScratch& scratch) const;
  // Queries of the occasions in scratch.list; adds to scratch.deviation of the advertised brand.
  void run(const SearchState& state, const DeliveryPlan& plan, const Choice& choice, DrawKey key, std::int32_t step,
           std::uint32_t occasion, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  // Once brands are chosen: orders that follow a click on the brand's ad or listing.
  void attribute(BlockScratch& scratch, std::int64_t* row) const;
  void end_step(SearchState& state, std::int32_t step, std::span<std::int64_t> totals) const;

 private:
  struct Click {  // what one does
    std::size_t brand = 0;
    int stock = -1;
    float slow = 0, fast = 0;  // added to the stocks
    float utility = 0;         // to the decision at once
    bool informs = false;      // makes the brand known and considered
  };
  struct Campaign {
    std::size_t index;
    Click click;
    double query, click_prob;
    bool branded;
    int listing = -1;  // that shares its queries
  };
  struct Listing {
    const OrganicOptions* options;
    std::size_t channel;
    Click click;
    double query;
    bool branded;
  };
  Click make_click(const std::string& brand, const ChannelOptions& channel, double strength, BrandSplit split) const;
  void add_campaign(std::size_t c);
  void add_listing(const OrganicOptions& listing);
  void register_measures(MeasureRegistry& registry);
  void ask(const Choice& choice, DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
           BlockScratch& scratch, std::int64_t* row) const;
  void meet_ads(const Campaign& campaign, const DeliveryPlan& plan, const Choice& choice, DrawKey key,
                std::int32_t step, std::uint32_t occasion, const BlockView& block, BlockScratch& scratch,
                std::int64_t* row) const;
  void tell(const Campaign& campaign, double u, double shown, std::uint32_t place, BlockScratch& scratch) const;
  void click_listings(const SearchState& state, DrawKey key, std::int32_t step, std::uint32_t occasion,
                      const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  void act(const Click& click, float effect, std::uint32_t k, const BlockView& block, BlockScratch& scratch) const;

  const MarketOptions* options_;
  const Delivery* delivery_;
  const Response* response_;
  const Weighing* weighing_;
  const Episode* episode_;
  const SharedColumns* shared_;
  std::vector<Campaign> campaigns_;
  std::vector<Listing> listings_;
  bool attributes_ = false;  // counts orders that follow clicks
  std::size_t orders_after_ad_ = 0, orders_after_listing_ = 0, asked_ = 0, listing_clicks_ = 0;  // slots
  std::size_t effort_ = 0;                                                                       // of totals
};

}  // namespace populace
