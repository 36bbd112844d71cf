#include "models/world/market_options.hpp"

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
  v.table({"stage_purchase", "buying by stage, without a choice among brands"},
          [this](FieldVisitor& t) { stage_purchase.visit(t); });
  visit_named(v, {"brand", "what can be bought"}, "brand", brands);
  v.table({"choice", "how one brand or none is chosen"}, [this](FieldVisitor& t) { choice.visit(t); });
  visit_named(v, {"promotion", "what brands give away to sell more"}, "promotion", promotions);
  v.table({"household_stock", "units that people keep at home"},
          [this](FieldVisitor& t) { household_stock.visit(t); });
  v.table({"satisfaction", "what follows a purchase"}, [this](FieldVisitor& t) { satisfaction.visit(t); });
  v.table({"word_of_mouth", "talk among consumers"}, [this](FieldVisitor& t) { word_of_mouth.visit(t); });
  visit_named(v, {"machine", "stage machines"}, "machine", machines);
  v.table({"private_domain", "owned channels as a whole"}, [this](FieldVisitor& t) { private_domain.visit(t); });
  visit_named(v, {"owned", "channels of the focal brand's own, with members"}, "owned", owned);
  v.table({"informed_service", "service that knows the consumer"},
          [this](FieldVisitor& t) { informed_service.visit(t); });
  v.table({"assets", "the cube of consumer assets"}, [this](FieldVisitor& t) { assets.visit(t); });
  visit_named(v, {"event", "festivals, hot topics, seasons"}, "event", events);
}

void MarketOptions::complete() {
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
  for (PromotionOptions& promotion : promotions)
    if (promotion.brands.empty()) promotion.brands.push_back(run.focal_brand);
  for (BrandOptions& brand : brands)
    if (brand.base_price_money == 0) brand.base_price_money = brand.price_money.at(0);
}

}  // namespace populace
