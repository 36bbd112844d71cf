#include "models/search/search.hpp"

#include <algorithm>

#include "models/names.hpp"
#include "sim/base/units.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

constexpr std::uint8_t kAsked = 1, kAdClicked = 2;  // of scratch.asked

double query_prob(const ChannelOptions& channel, bool branded) {
  return branded ? channel.branded_query_prob : channel.query_prob;
}

}  // namespace

Search::Search(const MarketOptions& options, const Delivery& delivery, const Response& response,
               const Weighing& weighing, const Episode* episode, const SharedColumns& shared, MeasureRegistry& registry)
    : options_(&options),
      delivery_(&delivery),
      response_(&response),
      weighing_(&weighing),
      episode_(episode),
      shared_(&shared) {
  for (const OrganicOptions& listing : options.listings)
    if (listing.enabled && options.need.enabled) add_listing(listing);
  for (std::size_t c = 0; c < options.campaigns.size(); ++c)
    if (delivery.is_search(c)) add_campaign(c);
  attributes_ = !listings_.empty() || std::any_of(campaigns_.begin(), campaigns_.end(), [](const Campaign& campaign) {
    return campaign.branded || campaign.click.informs;
  });
  if (attributes_) register_measures(registry);
}

Search::Click Search::make_click(const std::string& brand, const ChannelOptions& channel, double strength,
                                 BrandSplit split) const {
  const auto immediate = [&](const StockOptions& stock, double effect) {
    return stock.acts_on == "utility" ? stock.utility * effect * strength : 0;
  };
  Click click;
  click.brand = index_of(options_->brands, brand);
  click.stock = response_->stock_of_brand(click.brand);
  click.slow = static_cast<float>(strength * channel.slow_effect * channel.trust * split.slow);
  click.fast = static_cast<float>(strength * channel.fast_effect * split.fast);
  click.utility =
      static_cast<float>(immediate(options_->response.slow, channel.slow_effect * channel.trust * split.slow) +
                         immediate(options_->response.fast, channel.fast_effect * split.fast));
  click.informs = channel.click_informs;
  return click;
}

void Search::add_listing(const OrganicOptions& listing) {
  const std::size_t channel = index_of(options_->channels, listing.channel);
  const ChannelOptions& on = options_->channels[channel];
  const bool branded = listing.query_kind == "branded";
  listings_.push_back({&listing, channel,
                       make_click(listing.brand, on, listing.effect * on.attention_prob, BrandSplit{}),
                       query_prob(on, branded), branded});
}

void Search::add_campaign(std::size_t c) {
  const CampaignOptions& campaign = options_->campaigns[c];
  const ChannelOptions& channel = options_->channels[index_of(options_->channels, campaign.channel)];
  const bool branded = campaign.query_kind == "branded";
  Campaign added{c,
                 make_click(campaign.brand, channel, campaign.effect * channel.attention_prob, brand_split(campaign)),
                 query_prob(channel, branded), channel.click_prob, branded};
  for (std::size_t l = 0; l < listings_.size(); ++l)
    if (listings_[l].options->channel == campaign.channel && listings_[l].options->brand == campaign.brand &&
        listings_[l].branded == branded)
      added.listing = static_cast<int>(l);
  campaigns_.push_back(added);
}

void Search::register_measures(MeasureRegistry& registry) {
  if (!campaigns_.empty())
    orders_after_ad_ = registry.add({.name = "orders_after_click",
                                     .unit = "units",
                                     .long_name = "units of the brand chosen after a click on its search campaign",
                                     .dims = {"campaign"}});
  if (listings_.empty()) return;
  std::vector<std::string> names;
  for (const Listing& listing : listings_) names.push_back(listing.options->name);
  registry.add_dimension("listing", names);
  asked_ = registry.add({.name = "listing_queries",
                         .unit = "queries",
                         .long_name = "queries to which the listing belongs",
                         .dims = {"listing"}});
  listing_clicks_ = registry.add(
      {.name = "listing_clicks", .unit = "clicks", .long_name = "clicks on the listing", .dims = {"listing"}});
  orders_after_listing_ = registry.add({.name = "orders_after_listing",
                                        .unit = "units",
                                        .long_name = "units of the brand chosen after a click on its listing",
                                        .dims = {"listing"}});
  effort_ = registry.add({.name = "listing_effort",
                          .unit = options_->run.currency,
                          .long_name = "money spent on the listing in the step",
                          .level = Level::kTotal,
                          .count = Count::kMicros,
                          .dims = {"listing"}});
}

SearchState Search::make_state() const {
  SearchState state;
  for (const Listing& listing : listings_) state.strength.push_back(listing.options->start_strength);
  return state;
}

void Search::begin(DeliveryState& state, const std::vector<double>& opportunities_by_cell) const {
  for (const Campaign& campaign : campaigns_) {
    double opportunities = 0;
    for (std::size_t cell = 0; cell < opportunities_by_cell.size(); ++cell)
      if (delivery_->eligible(campaign.index, cell))
        opportunities += opportunities_by_cell[cell] * delivery_->eligible_share(state, campaign.index, cell);
    if (campaign.branded) opportunities *= options_->brands[campaign.click.brand].awareness_share;
    state.queries[campaign.index] = static_cast<std::int64_t>(opportunities * campaign.query + .5);
  }
}

void Search::clear(const DeliveryPlan& plan, const BlockView& block, BlockScratch& scratch) const {
  for (const Campaign& campaign : campaigns_)
    if (delivery_->active(plan, campaign.index, block.place.cell))
      std::fill_n(scratch.contacts[campaign.index].data(), block.place.capacity, std::uint8_t{0});
}

// Queries that listings and campaigns share.
void Search::ask(const Choice& choice, DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                 BlockScratch& scratch, std::int64_t* row) const {
  const PlaceList& list = scratch.list;
  for (std::size_t l = 0; l < listings_.size(); ++l) {
    const Listing& listing = listings_[l];
    draw_words_at(make_stream(key, reason(Purpose::kSharedQuery, listing.options->name, step, occasion)),
                  block.place.first_tile, list.places, list.n, scratch.list_words);
    for (std::uint32_t k = 0; k < list.n; ++k) {
      const bool asks = unit_double(scratch.list_words[k]) < listing.query &&
                        (!listing.branded || choice.knows(listing.click.brand, block, list.places[k]));
      scratch.asked[l][k] = asks ? kAsked : 0;
      row[asked_ + l] += asks;
    }
  }
}

void Search::act(const Click& click, float effect, std::uint32_t k, const BlockView& block,
                 BlockScratch& scratch) const {
  const std::uint32_t i = scratch.list.places[k];
  scratch.deviation[click.brand][k] += click.utility * effect;
  if (click.informs) scratch.informed[k] |= 1u << click.brand;
  if (click.stock < 0) return;
  const auto stock = static_cast<std::size_t>(click.stock);
  if (response_->slow(stock).exists()) block.column(response_->slow(stock))[i] += click.slow * effect;
  if (response_->fast(stock).exists()) block.column(response_->fast(stock))[i] += click.fast * effect;
}

void Search::run(const SearchState& state, const DeliveryPlan& plan, const Choice& choice, DrawKey key,
                 std::int32_t step, std::uint32_t occasion, const BlockView& block, BlockScratch& scratch,
                 std::int64_t* row) const {
  scratch.query_clicks.clear();
  if (!listings_.empty()) ask(choice, key, step, occasion, block, scratch, row);
  for (const Campaign& campaign : campaigns_)
    if (delivery_->eligible(campaign.index, block.place.cell))
      meet_ads(campaign, plan, choice, key, step, occasion, block, scratch, row);
  if (!listings_.empty()) click_listings(state, key, step, occasion, block, scratch, row);
}

void Search::meet_ads(const Campaign& campaign, const DeliveryPlan& plan, const Choice& choice, DrawKey key,
                      std::int32_t step, std::uint32_t occasion, const BlockView& block, BlockScratch& scratch,
                      std::int64_t* row) const {
  const PlaceList& list = scratch.list;
  const std::size_t c = campaign.index;
  const double shown = delivery_->active(plan, c, block.place.cell) ? campaign.query * plan.pressure[c] : 0;
  std::uint8_t* asked =
      campaign.listing >= 0 ? scratch.asked[static_cast<std::size_t>(campaign.listing)].data() : nullptr;
  const DrawStream stream = make_stream(key, reason(Purpose::kQuery, options_->campaigns[c].name, step, occasion));
  draw_words_at(stream, block.place.first_tile, list.places, list.n, scratch.list_words);
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint32_t i = list.places[k];
    double u = unit_double(scratch.list_words[k]);
    if (asked != nullptr)
      u = asked[k] != 0 ? u * campaign.query : 1;  // the query has been drawn
    else if (campaign.branded && u < campaign.query && !choice.knows(campaign.click.brand, block, i))
      continue;
    if (u >= campaign.query || !delivery_->reaches(c, i, scratch)) continue;
    ++row[delivery_->queries_slot(c)];
    if (scratch.watches(i)) tell(campaign, u, shown, i, scratch);
    if (u >= shown) continue;
    scratch.contacts[c][i] = static_cast<std::uint8_t>(std::min(255, scratch.contacts[c][i] + 1));
    if (episode_ != nullptr && episode_->counts_contacts())
      ++row[episode_->contacts_slot(c, occasion == kQueryOccasion
                                           ? static_cast<EpisodeStage>(block.column(shared_->episode)[i])
                                           : EpisodeStage::kDecide)];
    if (u >= shown * campaign.click_prob) continue;
    ++row[delivery_->clicks_slot() + c];
    act(campaign.click, weighing_->at_query(c, step, block, i), k, block, scratch);
    if (asked != nullptr) asked[k] = kAdClicked;
    if (attributes_) scratch.query_clicks.push_back({k, campaign.click.brand, orders_after_ad_ + c});
    if (options_->visits.enabled) scratch.clicks.push_back({i, static_cast<std::uint32_t>(c), occasion});
  }
}

void Search::tell(const Campaign& campaign, double u, double shown, std::uint32_t place, BlockScratch& scratch) const {
  const bool clicked = u < shown * campaign.click_prob;
  if (clicked) delivery_->record_clicks(campaign.index, place, 1, scratch);
  if (!scratch.traces(place)) return;
  scratch.trace->note("search", options_->campaigns[campaign.index].name,
                      clicked     ? "a query, the ad is shown and clicked"
                      : u < shown ? "a query, the ad is shown"
                                  : "a query, without an ad",
                      {{"chance of a query", campaign.query},
                       {"that an ad is shown", shown},
                       {"that it is clicked", shown * campaign.click_prob},
                       {"draw", u}});
}

void Search::click_listings(const SearchState& state, DrawKey key, std::int32_t step, std::uint32_t occasion,
                            const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  const PlaceList& list = scratch.list;
  for (std::size_t l = 0; l < listings_.size(); ++l) {
    const double chance = state.strength[l] * listings_[l].options->click_prob;
    draw_words_at(make_stream(key, reason(Purpose::kListingClick, listings_[l].options->name, step, occasion)),
                  block.place.first_tile, list.places, list.n, scratch.list_words);
    for (std::uint32_t k = 0; k < list.n; ++k) {
      if (scratch.asked[l][k] != kAsked) continue;
      const double u = unit_double(scratch.list_words[k]);
      if (Trace* t = scratch.trace; t != nullptr && t->place == list.places[k])
        t->note("search", listings_[l].options->name,
                u < chance ? "the listing is clicked" : "the listing is passed over",
                {{"chance", chance}, {"draw", u}});
      if (u >= chance) continue;
      ++row[listing_clicks_ + l];
      act(listings_[l].click, 1, k, block, scratch);
      scratch.query_clicks.push_back({k, listings_[l].click.brand, orders_after_listing_ + l});
      if (options_->visits.enabled)
        scratch.clicks.push_back(
            {list.places[k], static_cast<std::uint32_t>(options_->campaigns.size() + l), occasion});
    }
  }
}

void Search::attribute(BlockScratch& scratch, std::int64_t* row) const {
  for (const QueryClick& click : scratch.query_clicks)
    row[click.slot] += scratch.chosen[click.k] == static_cast<std::int32_t>(click.brand);
}

void Search::end_step(SearchState& state, std::int32_t step, std::span<std::int64_t> totals) const {
  const double dt = options_->run.weeks_per_step();
  for (std::size_t l = 0; l < listings_.size(); ++l) {
    const OrganicOptions& o = *listings_[l].options;
    const double effort = o.effort_money_per_week.at(step * dt);
    const double target = effort / (effort + o.half_effort_money_per_week);
    const double keep = o.lag_weeks > 0 ? exact_exp(-dt / o.lag_weeks) : 0;
    state.strength[l] = target + (state.strength[l] - target) * keep;
    totals[effort_ + l] = to_micros(effort * dt);
  }
}

void Search::add_kpis(MeasureRegistry& registry) const {
  const std::string& money = options_->run.currency;
  for (std::size_t l = 0; l < listings_.size(); ++l) {
    const std::string& row = listings_[l].options->name;
    const KpiTerm clicks{"listing_clicks", {l}}, effort{"listing_effort", {l}};
    registry.add(Kpi{"listing", row, "effort", money, "money spent on the listing", {effort}, {}, 1, 0});
    registry.add(Kpi{"listing", row, "clicks", "clicks", "clicks on the listing", {clicks}, {}, 1, 0});
    registry.add(Kpi{"listing", row, "cost_per_click", money, "money spent for each click", {effort}, {clicks}, 1, 0});
    registry.add(Kpi{"listing",
                     row,
                     "orders_after",
                     "units",
                     "units chosen after a click on it",
                     {{"orders_after_listing", {l}}},
                     {},
                     1,
                     0});
  }
  for (const Campaign& campaign : campaigns_)
    if (attributes_)
      registry.add(Kpi{"campaign",
                       options_->campaigns[campaign.index].name,
                       "orders_after",
                       "units",
                       "units chosen after a click on it",
                       {{"orders_after_click", {campaign.index}}},
                       {},
                       1,
                       0});
}

}  // namespace populace
