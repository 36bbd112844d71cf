// Experience, care, cross-selling and crises: keys that would do nothing, and what must fit together.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/validate/rules.hpp"

namespace populace {
namespace {

void check_switches(RuleBook& book) {
  const MarketOptions& m = book.market;
  refuse_idle(book, {"experience"}, m.experience.enabled,
              {"product", "service", "delivery", "delivery_loss_per_day", "expectation", "expectation_per_goodwill",
               "expectation_per_price", "tolerance_low", "tolerance_high", "loss_weight", "learning_share",
               "half_life_weeks", "repeat_utility", "defection_utility", "trust_pressure_damping",
               "trust_price_damping", "recommend_prob", "recommend_satisfaction"});
  refuse_idle(book, {"care"}, m.care.enabled,
              {"known", "message_prob", "message_money", "message_lift", "recovery_prob", "recovery_money",
               "success_prob", "recovery_lift"});
  refuse_idle(book, {"cross_selling"}, m.cross_selling.enabled,
              {"known", "offer_prob", "accept_prob", "satisfaction_gain", "price_money", "margin_share"});
}

// All of it follows a purchase.
void check_purchases(RuleBook& book) {
  const MarketOptions& m = book.market;
  if (m.need.enabled || book.is_wrong({"need", "enabled"})) return;
  const std::string rule = "nobody ever buys, because need.enabled = false", hint = "write need.enabled = true";
  if (m.experience.enabled) book.refuse({"experience", "enabled"}, rule, hint);
  if (m.cross_selling.enabled) book.refuse({"cross_selling", "enabled"}, rule, hint);
  for (const CrisisOptions& crisis : m.crises)
    if (crisis.enabled)
      book.refuse(KeyPath{"crisis", crisis.name}, "nobody ever chooses, because need.enabled = false", hint);
}

void check_appraisal(RuleBook& book) {
  const MarketOptions& m = book.market;
  if (!m.experience.enabled) return;
  const KeyPath path{"experience"};
  double weights = 0;
  for (const AspectOptions& aspect : m.experience.aspects) weights += aspect.weight;
  if (weights <= 0 && !book.is_wrong(path / "product" / "weight"))
    book.refuse(path / "product" / "weight", "every aspect has weight 0, so there is nothing to experience",
                "give one of product, service and delivery a weight");
  const KeyPath loss = path / "delivery_loss_per_day";
  const bool delivers = m.has_outlets() && std::any_of(m.outlets.begin(), m.outlets.end(), [](const OutletOptions& o) {
                          return o.delivery_days.constant > 0 || !o.delivery_days.points.empty();
                        });
  if (book.is_given(loss) && m.experience.delivery_loss_per_day > 0 && !delivers && !book.is_wrong(loss))
    book.refuse(loss, "does nothing, because no outlet takes days to deliver", "give outlet.NAME.delivery_days");
  const KeyPath goodwill = path / "expectation_per_goodwill";
  if (book.is_given(goodwill) && m.experience.expectation_per_goodwill > 0 && m.response.slow.acts_on == "nothing")
    book.refuse(goodwill, "there is no slow goodwill, because response.slow.acts_on = \"nothing\"", "drop it");
}

void check_known(RuleBook& book, std::string_view table, const std::string& known) {
  const MarketOptions& m = book.market;
  const KeyPath path{table, "known"};
  if (book.is_wrong(path) || known == "customers" || m.owns_channels()) return;
  if (known == "identified" && m.joins_identities()) return;
  book.refuse(path,
              known == "members" ? "nobody is a member, because no owned channel is declared and on"
                                 : "nobody is known: no owned channel is on, and no walled garden joins identities",
              R"(write "customers", or declare [owned.NAME])");
}

void check_service(RuleBook& book) {
  const MarketOptions& m = book.market;
  const KeyPath care{"care", "enabled"}, price{"cross_selling", "price_money"};
  if (m.care.enabled) {
    check_known(book, "care", m.care.known);
    if (!m.experience.enabled && !book.is_wrong(care))
      book.refuse(care, "care changes satisfaction, which there is none of, because experience.enabled = false",
                  "write experience.enabled = true");
  }
  if (!m.cross_selling.enabled) return;
  check_known(book, "cross_selling", m.cross_selling.known);
  if (m.cross_selling.price_money <= 0 && !book.is_wrong(price))
    book.refuse(price, "is missing, so nothing is earned", "give the price of the item");
}

void check_reply(RuleBook& book, const CrisisOptions& crisis) {
  const KeyPath path{"crisis", crisis.name};
  const KeyPath reply = path / "reply_week";
  if (book.is_wrong(reply)) return;
  if (crisis.replied() && crisis.reply_week < crisis.week)
    book.refuse(reply, fmt::format("comes before the crisis, which breaks out in week {}", crisis.week),
                "give a later week");
  for (const std::string_view key : {"reply_strength", "reply_money"})
    if (!crisis.replied() && book.is_given(path / key))
      book.refuse(path / key, "does nothing without an answer", "give reply_week");
}

void check_crises(RuleBook& book) {
  const MarketOptions& m = book.market;
  for (const CrisisOptions& crisis : m.crises) {
    const KeyPath path{"crisis", crisis.name};
    check_reply(book, crisis);
    if (crisis.week >= static_cast<double>(m.run.weeks) && !book.is_wrong(path / "week"))
      book.refuse(path / "week", fmt::format("never comes: the horizon has {} weeks", m.run.weeks),
                  "give an earlier week, or more scenario.weeks");
    const KeyPath loss = path / "satisfaction_loss";
    if (!book.is_given(loss) || book.is_wrong(loss) || crisis.satisfaction_loss <= 0) continue;
    if (!m.experience.enabled)
      book.refuse(loss, "does nothing, because experience.enabled = false", "write experience.enabled = true");
    else if (crisis.brand != m.run.focal_brand && !book.is_wrong(path / "brand"))
      book.refuse(loss, fmt::format("does nothing: satisfaction is with {} alone", m.run.focal_brand),
                  "drop it; utility_loss works for every brand");
  }
}

}  // namespace

void check_experience(RuleBook& book) {
  check_switches(book);
  check_purchases(book);
  check_appraisal(book);
  check_service(book);
  check_crises(book);
}

}  // namespace populace
