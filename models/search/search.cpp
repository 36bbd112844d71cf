#include "models/search/search.hpp"

#include <algorithm>

#include "models/names.hpp"
#include "sim/random/batch.hpp"

namespace populace {

Search::Search(const MarketOptions& options, const Delivery& delivery, const Response& response,
               const Weighing& weighing)
    : options_(&options), delivery_(&delivery), response_(&response), weighing_(&weighing) {
  for (std::size_t c = 0; c < options.campaigns.size(); ++c) {
    if (!delivery.is_search(c)) continue;
    const CampaignOptions& campaign = options.campaigns[c];
    const ChannelOptions& channel = options.channels[index_of(options.channels, campaign.channel)];
    const double strength = campaign.effect * channel.attention_prob;
    const auto immediate = [&](const StockOptions& stock, double effect) {
      return stock.acts_on == "utility" ? stock.utility * effect * strength : 0;
    };
    Campaign& known = campaigns_.emplace_back();
    known.index = c;
    known.brand = index_of(options.brands, campaign.brand);
    known.stock = response.stock_of_brand(known.brand);
    known.query = channel.query_prob;
    known.click = channel.click_prob;
    const BrandSplit split = brand_split(campaign);
    known.slow = static_cast<float>(strength * channel.slow_effect * channel.trust * split.slow);
    known.fast = static_cast<float>(strength * channel.fast_effect * split.fast);
    known.utility =
        static_cast<float>(immediate(options.response.slow, channel.slow_effect * channel.trust * split.slow) +
                           immediate(options.response.fast, channel.fast_effect * split.fast));
  }
}

void Search::begin(DeliveryState& state, const std::vector<double>& opportunities_by_cell) const {
  for (const Campaign& campaign : campaigns_) {
    double opportunities = 0;
    for (std::size_t cell = 0; cell < opportunities_by_cell.size(); ++cell)
      if (delivery_->eligible(campaign.index, cell))
        opportunities += opportunities_by_cell[cell] * delivery_->eligible_share(state, campaign.index, cell);
    state.queries[campaign.index] = static_cast<std::int64_t>(opportunities * campaign.query + .5);
  }
}

void Search::clear(const DeliveryPlan& plan, const BlockView& block, BlockScratch& scratch) const {
  for (const Campaign& campaign : campaigns_)
    if (delivery_->active(plan, campaign.index, block.place.cell))
      std::fill_n(scratch.contacts[campaign.index].data(), block.place.capacity, std::uint8_t{0});
}

void Search::run(const DeliveryPlan& plan, DrawKey key, std::int32_t step, std::uint32_t occasion,
                 const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  const PlaceList& list = scratch.list;
  for (const Campaign& campaign : campaigns_) {
    const std::size_t c = campaign.index;
    if (!delivery_->eligible(c, block.place.cell)) continue;
    const double shown = campaign.query * plan.pressure[c];
    const bool active = delivery_->active(plan, c, block.place.cell);
    const DrawStream stream = make_stream(key, reason(Purpose::kQuery, options_->campaigns[c].name, step, occasion));
    draw_words_at(stream, block.place.first_tile, list.places, list.n, scratch.list_words);
    for (std::uint32_t k = 0; k < list.n; ++k) {
      const double u = unit_double(scratch.list_words[k]);
      if (u >= campaign.query || !delivery_->reaches(c, list.places[k], scratch)) continue;
      ++row[delivery_->queries_slot(c)];
      if (!active || u >= shown) continue;
      const std::uint32_t i = list.places[k];
      scratch.contacts[c][i] = static_cast<std::uint8_t>(std::min(255, scratch.contacts[c][i] + 1));
      if (u >= shown * campaign.click) continue;
      ++row[delivery_->clicks_slot() + c];
      const float effect = weighing_->at_query(c, step, block, i);
      scratch.deviation[campaign.brand][k] += campaign.utility * effect;
      if (campaign.stock < 0) continue;
      const auto stock = static_cast<std::size_t>(campaign.stock);
      if (response_->slow(stock).exists()) block.column(response_->slow(stock))[i] += campaign.slow * effect;
      if (response_->fast(stock).exists()) block.column(response_->fast(stock))[i] += campaign.fast * effect;
    }
  }
}

}  // namespace populace
