#include "models/choice/extras_options.hpp"

namespace populace {

void HabitOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source = "Guadagni & Little 1983, doi:10.1287/mksc.2.3.203 (form); value assumed";
  v.flag({"enabled", "the brand bought last is preferred"}, enabled);
  v.number({"utility", "utility of the brand bought last, at involvement .5", source}, utility, kAny);
  v.number({"low_involvement_gain", "so much more of it at no involvement, and so much less at full",
            "quick decision by prior preference: seed document M91; value assumed"},
           low_involvement_gain, kShare);
}

void ReferencePriceOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source =
      "Hardie, Johnson & Fader 1993, doi:10.1287/mksc.12.4.378 (losses weigh more); value assumed";
  v.flag({"enabled", "prices are judged against those seen before"}, enabled);
  v.number({"adaptation_share", "share of the way that the expected price goes to a seen one, at every occasion",
            "Kalyanaram & Winer 1995, doi:10.1287/mksc.14.3.G161 (form); value assumed"},
           adaptation_share, kShare);
  v.number({"gain", "utility of a price below the expected one, as a multiple of the price slope", source}, gain,
           kNotNegative);
  v.number({"loss", "utility lost by a price above the expected one, as a multiple of the price slope", source}, loss,
           kNotNegative);
}

void PriceQualityOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source = "seed document M92 (direction); value assumed";
  v.flag({"enabled", "for goods that are visible or expensive: a very low price looks like low quality"}, enabled);
  v.number({"effect", "utility lost per unit of relative price below what is tolerated, at involvement 1", source},
           effect, kNotNegative);
  v.number({"tolerance_share", "price below the norm that raises no doubt, as share of the norm", source},
           tolerance_share, kShare);
  v.number({"from_involvement", "involvement at which doubt begins", source}, from_involvement,
           {.low = 0, .high = 1, .high_open = true});
  v.names({"brands", "brands whose low price raises doubt; default: all"}, brands, "brand");
}

void SetSizeOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source = "two to five brands: Hauser & Wernerfelt 1990, doi:10.1086/209225; value assumed";
  constexpr Range kBrands{0, 15};
  v.flag({"enabled", "count how many brands are considered, and limit them"}, enabled);
  v.number({"at_low", "most brands compared at involvement 0; 0: all that come to mind", source}, at_low, kBrands);
  v.number({"at_high", "most brands compared at involvement 1; 0: all that come to mind", source}, at_high, kBrands);
}

void ImpulseOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source = "seed documents M91, H72 (direction); value assumed";
  v.flag({"enabled", "some occasions of low involvement are decided on the spot"}, enabled);
  v.number({"prob", "chance of that at involvement 0, falling to none at below_involvement", source}, prob, kShare);
  v.number({"below_involvement", "involvement from which nobody buys on impulse", source}, below_involvement,
           {.low = 0, .high = 1, .low_open = true});
  v.number({"utility", "utility of every brand at such an occasion", source}, utility, kAny);
  v.number({"display_gain", "factor of the utility of promotions' displays at such an occasion", source}, display_gain,
           kNotNegative);
}

void ReactionOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source =
      "Steenkamp, Nijs, Hanssens & Dekimpe 2005, doi:10.1287/mksc.1040.0069 (mostly weak or none); value assumed";
  v.flag({"enabled", "this rival answers the focal brand"}, enabled);
  v.number({"on_cut_share", "price cut of the focal brand that is answered; 0: none is", source}, on_cut_share, kShare);
  v.number({"on_gain_share", "gain of the focal brand's share of orders that is answered; 0: none is", source},
           on_gain_share, kShare);
  v.number({"gain_weeks", "weeks over which the focal share is averaged"}, gain_weeks,
           {.low = 0, .high = 520, .low_open = true});
  v.number({"lag_weeks", "weeks until the answer comes", source}, lag_weeks, {0, 104});
  v.number({"hold_weeks", "weeks for which the answer outlasts its cause"}, hold_weeks, {0, 104});
  v.number({"price_cut_share", "cut of the rival's price", source}, price_cut_share,
           {.low = 0, .high = 1, .high_open = true});
  v.number({"match_share", "share of the focal price cut that the rival copies", source}, match_share, kShare);
  v.number({"pressure", "utility that the rival's media add while it answers", source}, pressure, kAny);
}

}  // namespace populace
