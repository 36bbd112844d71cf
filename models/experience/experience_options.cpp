#include "models/experience/experience_options.hpp"

namespace populace {
namespace {

constexpr std::string_view kGap = "Oliver 1980, doi:10.1177/002224378001700405 (gap to expectation); value assumed";
constexpr std::string_view kLoss =
    "Anderson & Sullivan 1993, doi:10.1287/mksc.12.2.125 (losses weigh more); value assumed";
constexpr std::string_view kTrust = "seed documents M97, M103; value assumed";
constexpr std::string_view kCare = "seed documents M6, M101, H8, H49; value assumed";
constexpr std::string_view kCrisis = "seed document M124; value assumed";

const std::vector<std::string_view> kKnown = {"customers", "members", "identified"};

}  // namespace

void AspectOptions::visit(FieldVisitor& v) {
  v.number({"weight", "weight in the experience, relative to the other aspects"}, weight, kNotNegative);
  v.series({"quality", "mean over purchases, in units of satisfaction, where full satisfaction is 1", kGap}, quality,
           {-10, 10});
  v.number({"sd", "standard deviation over purchases", kGap}, sd, {0, 10});
}

void ExperienceOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "a purchase of the focal brand is judged against what was expected"}, enabled);
  constexpr std::string_view docs[kAspects] = {"what the product is like", "what service is like",
                                               "what delivery is like"};
  for (std::size_t a = 0; a < kAspects; ++a)
    v.table({kAspectNames[a], docs[a]}, [this, a](FieldVisitor& t) { aspects[a].visit(t); });
  v.number({"delivery_loss_per_day", "quality of delivery lost for each day from the order to the goods, by outlet",
            "seed document M79; value assumed"},
           delivery_loss_per_day, kNotNegative);
  v.number({"expectation", "expected experience before advertising and price", kGap}, expectation, {-10, 10});
  v.number({"expectation_per_goodwill",
            "expectation raised by a unit of slow goodwill of the focal brand as read, above its base", kGap},
           expectation_per_goodwill, kNotNegative);
  v.number({"expectation_per_price", "expectation raised by a price paid that is twice the base price", kGap},
           expectation_per_price, kNotNegative);
  v.number({"tolerance_low", "gap between experience and expectation that is not noticed at no involvement",
            "contract of the ladder (wide when involvement is low); value assumed"},
           tolerance_low, kNotNegative);
  v.number({"tolerance_high", "the same at full involvement",
            "contract of the ladder (wide when involvement is low); value assumed"},
           tolerance_high, kNotNegative);
  v.number({"loss_weight", "weight of a gap below expectation, against one above", kLoss}, loss_weight, kNotNegative);
  v.number({"learning_share", "share of the way to the new experience that satisfaction goes"}, learning_share, kShare);
  v.number({"half_life_weeks", "half-life of satisfaction and dissatisfaction; 0: they stay"}, half_life_weeks,
           kNotNegative);
  v.number({"repeat_utility", "utility of the focal brand per unit of satisfaction", kCare}, repeat_utility,
           kNotNegative);
  v.number({"defection_utility", "utility of the focal brand lost per unit of dissatisfaction", kLoss},
           defection_utility, kNotNegative);
  v.number({"trust_pressure_damping", "share of rivals' advertising that full trust takes away", kTrust},
           trust_pressure_damping, kShare);
  v.number({"trust_price_damping", "share of the weight of prices that full trust takes away", kTrust},
           trust_price_damping, kShare);
  v.number({"recommend_prob", "chance that a purchase makes a satisfied and loyal consumer recommend",
            "seed documents S83, M101; value assumed"},
           recommend_prob, kShare);
  v.number({"recommend_satisfaction", "satisfaction from which he does"}, recommend_satisfaction, kShare);
}

void CareOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "customers are cared for after a purchase"}, enabled);
  v.choice({"known",
            "who can be addressed; customers: whoever orders; members: of an owned channel; identified: members and "
            "those whose identity is joined in a walled garden"},
           known, kKnown);
  v.number({"message_prob", "chance that a purchase is followed by a message of care", kCare}, message_prob, kShare);
  v.number({"message_money", "cost of one message"}, message_money, {0, 1e6});
  v.number({"message_lift", "share of the way to full satisfaction that a message lifts", kCare}, message_lift, kShare);
  v.number({"recovery_prob", "chance that a disappointment is noticed and taken up", kCare}, recovery_prob, kShare);
  v.number({"recovery_money", "cost of taking one up"}, recovery_money, {0, 1e6});
  v.number({"success_prob", "chance that this succeeds", kCare}, success_prob, kShare);
  v.number({"recovery_lift", "share of the way to full satisfaction that a success lifts", kCare}, recovery_lift,
           kShare);
}

void CrossSellingOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source = "seed document H49; value assumed";
  v.flag({"enabled", "an order of a known consumer may carry one more item"}, enabled);
  v.choice({"known", "whom an offer can fit, as care.known"}, known, kKnown);
  v.number({"offer_prob", "chance that an order is answered with an offer", source}, offer_prob, kShare);
  v.number({"accept_prob", "chance that the offer is taken, at satisfaction 0", source}, accept_prob, kShare);
  v.number({"satisfaction_gain", "relative change of that chance per unit of satisfaction", source}, satisfaction_gain,
           kNotNegative);
  v.number({"price_money", "price of the item"}, price_money, {0, 1e9});
  v.number({"margin_share", "margin of the item, as a share of its price"}, margin_share, {-1, 1});
}

void CrisisOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "false sets the crisis aside"}, enabled);
  v.name({"brand", "brand that it hits; default: the focal brand"}, brand, "brand");
  v.number({"week", "week in which it breaks out"}, week, {0, 5200});
  v.per_name({"aware_share", "share who hear of it when it breaks out", kCrisis}, aware_share, "segment", kShare);
  v.names({"regions", "where they do; default: everywhere"}, regions, "region");
  v.number({"spread_per_week", "rate of hearing from others, times the share who know, at full strength", kCrisis},
           spread_per_week, {0, 100});
  v.number({"utility_loss", "utility that the brand loses with who knows, at full strength", kCrisis}, utility_loss,
           kNotNegative);
  v.number({"satisfaction_loss", "satisfaction that who hears loses, at full strength", kCrisis}, satisfaction_loss,
           {0, 2});
  v.number({"half_life_weeks", "half-life of its strength; 0: it stays", kCrisis}, half_life_weeks, kNotNegative);
  v.number({"reply_week", "week of the brand's answer; below 0: none"}, reply_week, {-1, 5200});
  v.number({"reply_strength", "share of what is left of the strength that the answer takes away", kCrisis},
           reply_strength, kShare);
  v.number({"reply_money", "cost of the answer"}, reply_money, {0, 9e12});
}

}  // namespace populace
