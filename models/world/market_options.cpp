#include "models/world/market_options.hpp"

#include <algorithm>

#include "models/option_lists.hpp"

namespace populace {

void RunOptions::visit(FieldVisitor& v) {
  v.text({"title", "one line for tables and files", "the author"}, title);
  v.text({"question", "what the scenario is for", "the author"}, question);
  v.text({"currency", "code of the currency of every …_money key", "the author"}, currency);
  v.number({"market_size_people", "people whom the consumers stand for; 0: each stands for himself"},
           market_size_people, {0, 1e11});
  v.integer({"consumers", "simulated consumers"}, consumers, {1, 1e10});
  v.integer({"weeks", "counted horizon"}, weeks, {1, 5200});
  v.integer({"warmup_weeks", "weeks simulated under the base plan before the horizon, counted in no figure"},
            warmup_weeks, {0, 4000});
  v.choice({"step", "length of a step"}, step, {"week", "day"});
  v.text({"start_date", "date of the first counted step, YYYY-MM-DD", "the author"}, start_date);
  v.integer({"seed", "same seed, same answer"}, seed, {0, 4294967295.});
  v.integer({"replications", "independent repetitions"}, replications, {1, 1e6});
  v.choice(
      {"population", "per_replication: every replication draws its own consumers; fixed: all share one population"},
      population, {"per_replication", "fixed"});
  v.name({"focal_brand", "the brand whose funnel is followed; default: the first"}, focal_brand, "brand");
  v.name({"focal_machine",
          "stage machine whose stages are the rungs of the relationship with the focal brand; default: the first with "
          "preset ladder"},
         focal_machine, "machine");
}

void WorldOptions::visit(FieldVisitor& v) {
  v.number({"demand_shock_cv", "coefficient of variation of the weekly demand shock of a region"}, demand_shock_cv,
           {0, 2});
  v.number({"demand_shock_ar", "correlation of a region's shocks of successive weeks"}, demand_shock_ar,
           {.low = 0, .high = 1, .high_open = true});
}

void MarketOptions::visit(FieldVisitor& v) {
  v.table({"scenario", "how the market is simulated"}, [this](FieldVisitor& t) { run.visit(t); });
  v.table({"world", "noise of the market as a whole"}, [this](FieldVisitor& t) { world.visit(t); });
  visit_named(v, {"region", "where consumers live"}, "region", regions);
  visit_named(v, {"segment", "kinds of consumers"}, "segment", segments);
  v.table({"involvement", "how much the category matters to a consumer"},
          [this](FieldVisitor& t) { involvement.visit(t); });
  v.table({"replay", "customers of a real transaction log"}, [this](FieldVisitor& t) { replay.visit(t); });
  visit_named(v, {"channel", "media that can carry a campaign"}, "channel", channels);
  visit_named(v, {"campaign", "what the plan buys"}, "campaign", campaigns);
  visit_named(v, {"garden", "walled gardens, which tell the brand little of who their users are"}, "garden", gardens);
  v.table({"identity", "how identities are joined over gardens"}, [this](FieldVisitor& t) { identity.visit(t); });
  v.table({"cross_cap", "most contacts of one consumer over channels together"},
          [this](FieldVisitor& t) { cross_cap.visit(t); });
  v.table({"reach_overlap", "who was reached by which channels together"},
          [this](FieldVisitor& t) { reach_overlap.visit(t); });
  v.table({"attention", "how much of a contact is noticed"}, [this](FieldVisitor& t) { attention.visit(t); });
  v.table({"response", "stocks that contacts build"}, [this](FieldVisitor& t) { response.visit(t); });
  v.table({"need", "opportunities to buy in the category"}, [this](FieldVisitor& t) { need.visit(t); });
  v.table({"dropout", "leaving the category"}, [this](FieldVisitor& t) { dropout.visit(t); });
  v.table({"episode", "the way of an involving purchase from need to decision"},
          [this](FieldVisitor& t) { episode.visit(t); });
  v.table({"sources", "what is true of all sources of information"}, [this](FieldVisitor& t) { information.visit(t); });
  visit_named(v, {"source", "where people look before they choose"}, "source", sources);
  visit_named(v, {"organic", "listings among the unpaid results of search"}, "listing", listings);
  v.table({"visit", "visits to the focal brand"}, [this](FieldVisitor& t) { visits.visit(t); });
  v.table({"stage_purchase", "buying by stage, without a choice among brands"},
          [this](FieldVisitor& t) { stage_purchase.visit(t); });
  visit_named(v, {"brand", "what can be bought"}, "brand", brands);
  v.table({"choice", "how one brand or none is chosen"}, [this](FieldVisitor& t) { choice.visit(t); });
  visit_named(v, {"promotion", "what brands give away to sell more"}, "promotion", promotions);
  v.table({"household_stock", "units that people keep at home"}, [this](FieldVisitor& t) { household_stock.visit(t); });
  v.table({"outlets", "where what is chosen is bought"}, [this](FieldVisitor& t) { retail.visit(t); });
  visit_named(v, {"outlet", "sales outlets"}, "outlet", outlets);
  visit_named(v, {"path", "steps from the outlet to a completed order"}, "path", paths);
  v.table({"satisfaction", "what follows a purchase"}, [this](FieldVisitor& t) { satisfaction.visit(t); });
  v.table({"experience", "purchases of the focal brand judged against expectation"},
          [this](FieldVisitor& t) { experience.visit(t); });
  v.table({"care", "what is done for customers after a purchase"}, [this](FieldVisitor& t) { care.visit(t); });
  v.table({"cross_selling", "one more item at an order"}, [this](FieldVisitor& t) { cross_selling.visit(t); });
  visit_named(v, {"crisis", "bad news of a brand"}, "crisis", crises);
  v.table({"word_of_mouth", "talk among consumers"}, [this](FieldVisitor& t) { word_of_mouth.visit(t); });
  v.table({"reviews", "reviews of the focal brand, a public stock"}, [this](FieldVisitor& t) { reviews.visit(t); });
  visit_named(v, {"influencer", "people with many followers"}, "influencer", influencers);
  v.table({"referral", "customers invite contacts for a reward"}, [this](FieldVisitor& t) { referral.visit(t); });
  visit_named(v, {"seller", "people who sell for the brand: group leaders, agents, fans, employees"}, "seller",
              sellers);
  visit_named(v, {"tool", "interactive tools that spread from hand to hand"}, "tool", tools);
  visit_named(v, {"machine", "stage machines"}, "machine", machines);
  v.table({"private_domain", "owned channels as a whole"}, [this](FieldVisitor& t) { private_domain.visit(t); });
  visit_named(v, {"owned", "channels of the focal brand's own, with members"}, "owned", owned);
  v.table({"informed_service", "service that knows the consumer"},
          [this](FieldVisitor& t) { informed_service.visit(t); });
  v.table({"assets", "the cube of consumer assets"}, [this](FieldVisitor& t) { assets.visit(t); });
  visit_named(v, {"event", "festivals, hot topics, seasons"}, "event", events);
}

bool MarketOptions::has_outlets() const {
  const auto works = [](const OutletOptions& o) { return o.enabled; };
  return retail.enabled && need.enabled && std::any_of(outlets.begin(), outlets.end(), works);
}

bool MarketOptions::outlets_set_prices() const {
  return has_outlets() && std::any_of(outlets.begin(), outlets.end(), [](const OutletOptions& o) {
           return o.enabled && (o.price_factor.constant != 1 || !o.price_factor.points.empty());
         });
}

// What a channel says for others: prices of campaigns that tell none, and its walled garden.
void MarketOptions::complete_by(const ChannelOptions& channel) {
  for (CampaignOptions& campaign : campaigns) {
    if (campaign.channel != channel.name) continue;
    if (campaign.buy == "cpm" && campaign.cpm_money == 0) campaign.cpm_money = channel.cpm_money;
    if (campaign.buy == "cpc" && campaign.cpc_money == 0) campaign.cpc_money = channel.cpc_money;
  }
  for (GardenOptions& garden : gardens)
    if (garden.name == channel.garden &&
        std::find(garden.channels.begin(), garden.channels.end(), channel.name) == garden.channels.end())
      garden.channels.push_back(channel.name);
}

void MarketOptions::complete() {
  const auto set_aside = [](const auto& item) { return !item.enabled; };  // off is as if it were not there
  std::erase_if(influencers, set_aside);
  std::erase_if(sellers, set_aside);
  std::erase_if(tools, set_aside);
  if (regions.empty()) regions.push_back({"everywhere", 1});
  if (segments.empty()) segments.push_back({"everybody", 1});
  if (brands.empty()) {
    brands.emplace_back().name = "brand";
    brands.back().share = 1;
  }
  if (run.focal_brand.empty()) run.focal_brand = brands.front().name;
  for (const MachineOptions& machine : machines)
    if (run.focal_machine.empty() && machine.preset == "ladder") run.focal_machine = machine.name;
  if (run.market_size_people == 0) run.market_size_people = static_cast<double>(run.consumers);
  for (CampaignOptions& campaign : campaigns)
    if (campaign.brand.empty()) campaign.brand = run.focal_brand;
  for (CrisisOptions& crisis : crises)
    if (crisis.brand.empty()) crisis.brand = run.focal_brand;
  for (OrganicOptions& listing : listings)
    if (listing.brand.empty()) listing.brand = run.focal_brand;
  for (PromotionOptions& promotion : promotions)
    if (promotion.brands.empty()) promotion.brands.push_back(run.focal_brand);
  for (const ChannelOptions& channel : channels) complete_by(channel);
  for (BrandOptions& brand : brands)
    if (brand.base_price_money == 0) brand.base_price_money = brand.price_money.at(0);
}

std::vector<std::int64_t> consumers_by_cell(const MarketOptions& options) {
  std::vector<std::int64_t> counts;
  std::vector<std::pair<double, std::size_t>> remainders;
  std::int64_t placed = 0;
  for (const RegionOptions& region : options.regions)
    for (const SegmentOptions& segment : options.segments) {
      const double exact = static_cast<double>(options.run.consumers) * region.share * segment.share;
      counts.push_back(static_cast<std::int64_t>(exact));
      remainders.emplace_back(static_cast<double>(counts.back()) - exact, counts.size() - 1);
      placed += counts.back();
    }
  std::sort(remainders.begin(), remainders.end());
  for (std::size_t k = 0; placed < options.run.consumers; ++placed, ++k) ++counts[remainders[k % counts.size()].second];
  return counts;
}

bool MarketOptions::joins_identities() const {
  return identity.enabled && std::any_of(gardens.begin(), gardens.end(),
                                         [](const GardenOptions& garden) { return garden.knows_anybody(); });
}

}  // namespace populace
