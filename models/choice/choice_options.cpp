#include "models/choice/choice_options.hpp"

namespace populace {

void BrandOptions::visit(FieldVisitor& v) {
  v.number({"share", "structural share of tastes; shares of all brands sum to 1"}, share,
           {.low = 0, .high = 1, .low_open = true});
  v.series({"price_money", "price of a unit"}, price_money, kNotNegative);
  v.number({"base_price_money", "price to which effects are relative; default: the price at week 0"}, base_price_money,
           kNotNegative);
  v.number({"margin_share", "margin at the base price, as a share of it"}, margin_share, {-1, 1});
  v.series({"distribution_share", "share of consumers whose outlets carry the brand"}, distribution_share, kShare);
  v.number({"awareness_share", "share of consumers who know the brand at the start (prompted)"}, awareness_share,
           kShare);
  v.number({"consideration_share", "share of the aware who think of it at the base level of memory"},
           consideration_share, kShare);
  v.series({"pressure", "utility from the media of a brand that is not simulated person by person"}, pressure, kAny);
  v.number({"base_pressure", "its level under the base plan"}, base_pressure, kAny);
  v.flag({"individual", "keep the brand's stocks consumer by consumer even without a campaign"}, individual);
  v.number({"slow_goodwill", "slow goodwill of everybody at the start"}, slow_goodwill, kNotNegative);
  v.number({"fast_activation", "fast activation of everybody at the start"}, fast_activation, kNotNegative);
  v.number({"base_slow_goodwill", "slow goodwill under the base plan, from which utility deviates"}, base_slow_goodwill,
           kNotNegative);
  v.number({"base_fast_activation", "fast activation under the base plan, from which utility deviates"},
           base_fast_activation, kNotNegative);
  v.number({"penetration_share", "share of consumers who had bought it before the start"}, penetration_share, kShare);
  v.table({"reaction", "what this rival answers to the focal brand"}, [this](FieldVisitor& t) { reaction.visit(t); });
}

void ChoiceOptions::visit(FieldVisitor& v) {
  constexpr std::string_view dirichlet =
      "Goodhardt, Ehrenberg & Chatfield 1984, doi:10.2307/2981696 (form); value assumed";
  v.number({"no_purchase_share", "p0: share of opportunities that end without a purchase at base"}, no_purchase_share,
           {.low = 0, .high = 1, .high_open = true});
  v.number({"category_response", "mu: response of category volume to the inclusive value, 0 none, 1 as among brands"},
           category_response, kShare);
  v.number({"taste_concentration", "S of the Dirichlet tastes: small means loyal", dirichlet}, taste_concentration,
           {.05, 100});
  v.number({"taste_floor", "epsilon of taste = (1 - epsilon) t + epsilon share"}, taste_floor, kShare);
  v.name({"awareness_machine",
          "machine whose stages tell who knows the focal brand; default: those who knew it at the start or have bought "
          "it"},
         awareness_machine, "machine");
  v.name({"awareness_stage", "first stage of that machine in which the focal brand is known"}, awareness_stage,
         "stage");
  v.flag({"consideration", "only brands whose memory passes a personal threshold are considered"}, consideration);
  v.per_name({"price_slope", "median utility per unit of relative price, by segment",
              "Bijmolt 2005, doi:10.1509/jmkr.42.2.141.62296 (mean elasticity -2.62); value assumed"},
             price_slope, "segment", kNotNegative);
  v.number({"price_slope_sigma", "standard deviation of the logarithm of the price slope over consumers"},
           price_slope_sigma, {0, 3});
  v.table({"habit", "preference for the brand bought last"}, [this](FieldVisitor& t) { habit.visit(t); });
  v.table({"reference_price", "prices judged against those seen before"},
          [this](FieldVisitor& t) { reference_price.visit(t); });
  v.table({"price_quality", "quality inferred from a low price"}, [this](FieldVisitor& t) { price_quality.visit(t); });
  v.table({"set_size", "how many brands are compared"}, [this](FieldVisitor& t) { set_size.visit(t); });
  v.table({"impulse", "occasions decided on the spot"}, [this](FieldVisitor& t) { impulse.visit(t); });
}

}  // namespace populace
