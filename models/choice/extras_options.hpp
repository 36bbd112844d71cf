// What a choice may read beside tastes, stocks and list prices: habit, prices seen before, quality inferred from
// price, how many brands are compared, impulse, and what rivals answer. Each is off unless its table says otherwise.
#pragma once
#include <string>
#include <vector>

#include "sim/base/fields.hpp"

namespace populace {

// [choice.habit]: the brand bought last has more utility.
struct HabitOptions {
  bool enabled = false;
  double utility = .5;              // of the last brand, at involvement .5
  double low_involvement_gain = 0;  // more of it at no involvement, less at full
  void visit(FieldVisitor& visitor);
};

// [choice.reference_price]: prices are judged against those seen before.
struct ReferencePriceOptions {
  bool enabled = false;
  double adaptation_share = .3;  // of the way to the price just seen, at every occasion
  double gain = .3;              // of the price slope, for a price below what was expected
  double loss = .6;              // the same for one above it
  void visit(FieldVisitor& visitor);
};

// [choice.price_quality]: who is involved takes a very low price for a sign of low quality.
struct PriceQualityOptions {
  bool enabled = false;
  double effect = 8;                // utility lost per unit of relative price below what is tolerated, at involvement 1
  double tolerance_share = .2;      // below the norm, without doubt
  double from_involvement = .5;     // where doubt begins
  std::vector<std::string> brands;  // empty: all
  void visit(FieldVisitor& visitor);
};

// [choice.set_size]: how many of the brands that come to mind are compared.
struct SetSizeOptions {
  bool enabled = false;
  double at_low = 2, at_high = 4;  // at involvement 0 and 1; 0: all that come to mind
  bool limits() const { return enabled && (at_low > 0 || at_high > 0); }
  void visit(FieldVisitor& visitor);
};

// [choice.impulse]: at low involvement some occasions are decided on the spot.
struct ImpulseOptions {
  bool enabled = false;
  double prob = .3;  // of an occasion at involvement 0, falling to 0 at `below_involvement`
  double below_involvement = .5;
  double utility = .3;      // of every brand then
  double display_gain = 2;  // factor of what displays of promotions add then
  void visit(FieldVisitor& visitor);
};

// [brand.NAME.reaction]: what a rival answers when the focal brand cuts its price or gains share.
struct ReactionOptions {
  bool enabled = false;
  double on_cut_share = .05;   // focal price cut that is answered; 0: none is
  double on_gain_share = 0;    // gain of the focal brand's share of orders that is answered; 0: none is
  double gain_weeks = 4;       // over which shares are averaged
  double lag_weeks = 2;        // until the answer comes
  double hold_weeks = 2;       // for which it goes on after the cause has ended
  double price_cut_share = 0;  // cut of the rival's own price
  double match_share = .5;     // of the focal cut, which the rival copies
  double pressure = 0;         // utility of its media
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
