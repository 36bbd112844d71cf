// Contacts build two stocks of a brand in each consumer: slow goodwill and fast activation.
//
//   delta = -ln(retention) dt;   continuous: kept = e^-delta A + E (1 - e^-delta) / delta
//                                            read = A (1 - e^-delta) / delta + E [1 - (1 - e^-delta) / delta] / delta
//                                discrete:   kept = read = e^-delta A + E
//   E = effect of the campaign x sum over contacts of attention x channel effect
//
// The continuous form spreads a step's contacts evenly over it and reads the step's average, so that day and week steps
// agree. brand_share b sends 2 b of the effect into slow goodwill and 2 (1 - b) into fast activation; where contacts
// are weighed (models/response/weighing.hpp), each counts for its weight. Who has had slow goodwill of the focal brand
// at or above forgotten_below and falls under it is reported as forgotten. Stocks are kept for the focal brand, brands
// with campaigns and brands marked individual. Source: Nerlove & Arrow 1962, doi:10.2307/2551549 (goodwill stock); two
// speeds: Leone 1995, doi:10.1287/mksc.14.3.G141.
#pragma once
#include <cstdint>
#include <vector>

#include "models/media/delivery.hpp"
#include "models/response/stock_kernels.hpp"
#include "models/scratch.hpp"
#include "models/world/market_options.hpp"
#include "sim/population/layout.hpp"

namespace populace {

// Factors of one step for a stock of this weekly retention; dt in weeks.
CarryOver carry_over(double retention_per_week, double dt, bool continuous);

// Of one step; made at its start.
struct ResponsePlan {
  std::vector<double> effect;  // by campaign: of form, length and the medium's place in attention, the same for all
  std::vector<char> weighed;   // by campaign: its contacts have weights in scratch.weight
  std::vector<char> sends;     // by owned channel: it sends in this step
  std::vector<double> event;   // by cell: attention that events give the focal brand; empty: as ever
  double event_in(std::size_t cell) const { return event.empty() ? 1 : event[cell]; }
};

// What a campaign's brand_share makes of its effect on the two stocks; both 1 at one half.
struct BrandSplit {
  double slow = 1, fast = 1;
};
inline BrandSplit brand_split(const CampaignOptions& campaign) {
  return {2 * campaign.brand_share, 2 * (1 - campaign.brand_share)};
}

class Response {
 public:
  // `attention` is computed only when something listens to it.
  Response(const MarketOptions& options, bool needs_attention, Layout& layout);

  std::size_t n_stocks() const { return brands_.size(); }
  std::size_t brand_of_stock(std::size_t stock) const { return brands_[stock]; }
  int stock_of_brand(std::size_t brand) const;
  Column<float> slow(std::size_t stock) const { return slow_[stock]; }
  Column<float> fast(std::size_t stock) const { return fast_[stock]; }

  void build(const BlockView& block) const;
  void run(const ResponsePlan& response, const DeliveryPlan& plan, const Delivery& delivery, const BlockView& block,
           BlockScratch& scratch) const;

 private:
  void gather_terms(std::size_t stock, const ResponsePlan& response, const DeliveryPlan& plan, const Delivery& delivery,
                    const BlockView& block, BlockScratch& scratch) const;
  void mark_remembered(const float* slow, const BlockView& block, BlockScratch& scratch) const;
  void report_forgotten(const float* slow, const BlockView& block, BlockScratch& scratch) const;

  const MarketOptions* options_;
  std::size_t focal_;
  bool needs_attention_, reports_forgotten_;
  std::vector<std::size_t> brands_;         // by stock
  std::vector<Column<float>> slow_, fast_;  // by stock; absent when nothing reads it
  CarryOver slow_carry_, fast_carry_;
  std::vector<std::size_t> brand_, channel_;  // by campaign
  std::vector<BrandSplit> send_;              // what a seen send adds to the focal brand's stocks, by owned channel
};

}  // namespace populace
