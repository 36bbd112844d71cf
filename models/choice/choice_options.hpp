// Brands, and how one of them (or none) is chosen.
#pragma once
#include <string>

#include "models/choice/extras_options.hpp"
#include "sim/base/fields.hpp"

namespace populace {

struct BrandOptions {
  std::string name;
  double share = 0;                // structural share of tastes; all brands sum to 1
  Series price_money = 1;          // of a unit
  double base_price_money = 0;     // to which price effects are relative; 0: the price at week 0
  double margin_share = .3;        // of revenue at the base price; unit cost = base price x (1 - margin)
  Series distribution_share = 1;   // share of consumers whose outlets carry it
  double awareness_share = 1;      // at the start (prompted)
  double consideration_share = 1;  // of the aware who think of it at the base level of memory
  Series pressure = 0;       // utility from the brand's own media, of a brand that is not simulated person by person
  double base_pressure = 0;  // its level under the base plan
  bool individual = false;   // keep its stocks consumer by consumer even without a campaign
  double slow_goodwill = 0, fast_activation = 0;  // stocks at the start
  double base_slow_goodwill = 0,
         base_fast_activation = 0;  // stocks (as read) under the base plan, from which utility deviates
  double penetration_share = 0;     // share of consumers who bought it before the start
  ReactionOptions reaction;         // of a rival to the focal brand
  void visit(FieldVisitor& visitor);
};

struct ChoiceOptions {
  double no_purchase_share = .45;    // p0: share of opportunities without purchase at base
  double category_response = .4;     // mu: how category volume answers the inclusive value
  double taste_concentration = 1.3;  // S of the Dirichlet tastes
  double taste_floor = 0;            // epsilon: taste = (1 - eps) t + eps share
  std::string awareness_machine;  // whose stages tell who knows the focal brand; empty: who knew it at the start or has
                                  // bought it
  std::string awareness_stage;    // first stage in which it is known
  bool consideration = false;     // only brands whose memory passes a personal threshold are considered
  PerName price_slope = 4.9;      // median utility per unit of relative price, by segment
  double price_slope_sigma = .3;  // of its logarithm
  HabitOptions habit;
  ReferencePriceOptions reference_price;
  PriceQualityOptions price_quality;
  SetSizeOptions set_size;
  ImpulseOptions impulse;
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
