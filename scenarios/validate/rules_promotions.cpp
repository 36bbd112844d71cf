// Promotions, what people keep at home, and what choices read beside tastes: keys that would do nothing, and what must
// fit together.
#include <fmt/format.h>

#include <algorithm>

#include "models/population/traits.hpp"
#include "scenarios/validate/ranges.hpp"
#include "scenarios/validate/rules.hpp"
#include "scenarios/validate/suggest.hpp"

namespace populace {
namespace {

// Keys of one kind or a few.
struct KindKey {
  std::string_view key;
  std::vector<std::string_view> kinds;
};

const std::vector<KindKey>& kind_keys() {
  static const std::vector<KindKey> keys{
      {"depth_share", {"discount", "coupon", "flash", "group", "points", "referral"}},
      {"units_per_depth", {"discount", "coupon", "flash", "group"}},
      {"issue_to", {"coupon"}},
      {"issue_prob_per_week", {"coupon"}},
      {"issue_prob", {"coupon"}},
      {"issue_campaigns", {"coupon"}},
      {"valid_weeks", {"coupon"}},
      {"carry_prob", {"coupon"}},
      {"issue_money", {"coupon"}},
      {"gift_utility", {"gift"}},
      {"gift_money", {"gift"}},
      {"reward_points", {"points"}},
      {"progress_utility", {"points"}},
      {"tier_units", {"points"}},
      {"tier_utility", {"points"}},
      {"hours_per_week", {"flash"}},
      {"group_people", {"group"}},
      {"circle_people", {"group"}},
      {"threshold_money", {"spend_and_save"}},
      {"save_money", {"spend_and_save"}},
      {"bundle_prob", {"spend_and_save"}},
      {"referred_share", {"referral"}},
      {"reward_money", {"referral"}},
      {"commission_share", {"commission"}},
  };
  return keys;
}

// Names of outlets, in a build that has them.
template <class Options>
std::vector<std::string> outlet_names(const Options& market) {
  std::vector<std::string> names;
  if constexpr (requires { market.outlets; })
    for (const auto& outlet : market.outlets) names.push_back(outlet.name);
  return names;
}

void check_kind(RuleBook& book, const PromotionOptions& o, const KeyPath& path) {
  for (const auto& [key, kinds] : kind_keys()) {
    const bool applies = std::find(kinds.begin(), kinds.end(), o.kind) != kinds.end();
    if (!applies && book.is_given(path / key) && !book.is_wrong(path / key))
      book.refuse(path / key,
                  fmt::format("applies to kind = \"{}\" only, not to \"{}\"", fmt::join(kinds, "\" or \""), o.kind),
                  "drop the key, or write another kind");
  }
  const auto needs = [&](std::string_view key, bool there, std::string_view hint) {
    if (there || book.is_wrong(path / key)) return;
    book.refuse(path / key, "is missing: nothing would be given", std::string(hint));
  };
  const bool cuts = o.kind == "discount" || o.kind == "coupon" || o.kind == "flash" || o.kind == "group";
  if (cuts) needs("depth_share", o.depth_share > 0, "give the cut as a share of the price, as in depth_share = 0.2");
  if (o.points())
    needs("depth_share", o.depth_share > 0 || !o.tier_units.empty(),
          "give the reward as a share of a unit's price (1: a unit for nothing), or tiers");
  if (o.kind == "gift") needs("gift_utility", o.gift_utility != 0, "say what the gift is worth to people");
  if (o.kind == "commission") needs("commission_share", o.commission_share > 0, "give the share of the revenue");
  if (o.kind == "referral") needs("referred_share", o.referred_share > 0, "say how many first orders come by a code");
  if (o.kind == "spend_and_save") {
    needs("threshold_money", o.threshold_money > 0, "say what an order must be worth");
    needs("save_money", o.save_money > 0, "say what such an order saves");
  }
}

void check_coupon(RuleBook& book, const PromotionOptions& o, const KeyPath& path) {
  if (!o.coupon() || book.is_wrong(path / "issue_to")) return;
  const bool by_week = o.issue_to == "everybody" || o.issue_to == "members";
  const KeyPath needed = path / (by_week ? "issue_prob_per_week" : "issue_prob"),
                other = path / (by_week ? "issue_prob" : "issue_prob_per_week");
  if ((by_week ? o.issue_prob_per_week : o.issue_prob) <= 0 && !book.is_wrong(needed))
    book.refuse(needed, fmt::format("is missing: nobody gets a coupon that is issued to {}", o.issue_to),
                by_week ? "give the chance of a week" : "give the chance by an order, or by a contact");
  if (book.is_given(other) && !book.is_wrong(other))
    book.refuse(other, fmt::format("does nothing, because issue_to = \"{}\"", o.issue_to), "drop the key");
  if (book.is_given(path / "issue_campaigns") && o.issue_to != "contacts")
    book.refuse(path / "issue_campaigns", fmt::format("does nothing, because issue_to = \"{}\"", o.issue_to),
                "write issue_to = \"contacts\"");
  if (o.issue_to == "members" && o.members_of.empty() && !book.is_wrong(path / "members_of"))
    book.refuse(path / "members_of", "is missing beside issue_to = \"members\"", "name the owned channels");
}

void check_terms(RuleBook& book, const PromotionOptions& o, const KeyPath& path) {
  const MarketOptions& market = book.market;
  const KeyPath end = path / "end_week", every = path / "every_weeks", outlets = path / "outlets";
  if (o.end_week > 0 && o.end_week <= o.start_week && !book.is_wrong(end))
    book.refuse(end, fmt::format("is not after start_week = {}", plain(o.start_week)), "give a later week");
  if (o.every_weeks > 0 && !book.is_wrong(every) && (o.end_week <= 0 || o.every_weeks < o.end_week - o.start_week))
    book.refuse(every, "is shorter than the promotion itself", "give end_week, and a longer time between starts");
  if (!market.household_stock.enabled && !book.is_wrong({"household_stock", "enabled"}) &&
      (o.units_per_depth > 0 || o.kind == "spend_and_save"))
    book.refuse(path / (o.units_per_depth > 0 ? "units_per_depth" : "kind"),
                "lets people buy several units, and they have no place to keep them",
                "write household_stock.enabled = true");
  if (!o.members_of.empty() && !market.owned.empty() && !market.owns_channels() && !book.is_wrong(path / "members_of"))
    book.refuse(path / "members_of", "nobody is a member, because private_domain.enabled = false",
                "write private_domain.enabled = true");
  const std::vector<std::string> known = outlet_names(market);
  for (const std::string& name : o.outlets)
    if (std::find(known.begin(), known.end(), name) == known.end() && !book.is_wrong(outlets))
      book.refuse_unknown(outlets, name, "outlet", known);
}

void check_tiers(RuleBook& book, const PromotionOptions& o, const KeyPath& path) {
  const KeyPath units = path / "tier_units";
  if (!o.points() || book.is_wrong(units) || book.is_wrong(path / "tier_utility")) return;
  if (o.tier_units.size() != o.tier_utility.size())
    book.refuse(path / "tier_utility",
                fmt::format("has {} numbers, and tier_units has {}", o.tier_utility.size(), o.tier_units.size()),
                "give one for each tier");
  if (!std::is_sorted(o.tier_units.begin(), o.tier_units.end()))
    book.refuse(units, "must rise from tier to tier", "put the lowest tier first");
}

void check_promotion(RuleBook& book, const PromotionOptions& o) {
  const KeyPath path{"promotion", o.name};
  if (!o.enabled || book.is_wrong(path) || book.is_wrong(path / "kind")) return;
  if (!book.market.need.enabled)
    return book.refuse(path, "nobody ever buys, because need.enabled = false", "write need.enabled = true");
  check_kind(book, o, path);
  check_coupon(book, o, path);
  check_terms(book, o, path);
  check_tiers(book, o, path);
}

void check_reaction(RuleBook& book, const BrandOptions& brand) {
  const ReactionOptions& o = brand.reaction;
  const KeyPath path = KeyPath{"brand", brand.name} / "reaction";
  book.refuse_idle(path, o.enabled,
                   {"on_cut_share", "on_gain_share", "gain_weeks", "lag_weeks", "hold_weeks", "price_cut_share",
                    "match_share", "pressure"});
  if (!o.enabled || book.is_wrong(path)) return;
  if (brand.name == book.market.run.focal_brand)
    return book.refuse(path, "the focal brand does not answer itself", "put the table under a rival");
  if (o.on_cut_share <= 0 && o.on_gain_share <= 0)
    book.refuse(path, "answers nothing: on_cut_share and on_gain_share are 0", "give one of them");
  if (o.price_cut_share <= 0 && o.match_share <= 0 && o.pressure == 0)
    book.refuse(path, "the answer is nothing: price_cut_share, match_share and pressure are 0", "give one of them");
}

void check_judgement(RuleBook& book) {
  const MarketOptions& market = book.market;
  if (!market.need.enabled) return;
  const ChoiceOptions& choice = market.choice;
  const bool no_prices = std::none_of(market.brands.begin(), market.brands.end(),
                                      [&](const BrandOptions& brand) { return price_varies(market, brand); });
  const auto refuse = [&](const KeyPath& flag, const std::string& rule, const std::string& hint) {
    if (!book.is_wrong(flag)) book.refuse(flag, rule, hint);
  };
  const KeyPath reference{"choice", "reference_price", "enabled"}, quality{"choice", "price_quality", "enabled"},
      impulse{"choice", "impulse", "enabled"};
  if (choice.reference_price.enabled && no_prices)
    refuse(reference, "does nothing, because no price ever changes", "let a price move, or declare a promotion");
  if (choice.price_quality.enabled && no_prices)
    refuse(quality, "does nothing, because no price ever changes", "let a price move, or declare a promotion");
  else if (choice.price_quality.enabled && !market.involvement.enabled && choice.price_quality.from_involvement >= .5)
    refuse(quality, "does nothing, because everybody's involvement is .5 while involvement.enabled = false",
           "write involvement.enabled = true");
  if (choice.impulse.enabled && !market.involvement.enabled && choice.impulse.below_involvement <= .5)
    refuse(impulse, "does nothing, because everybody's involvement is .5 while involvement.enabled = false",
           "write involvement.enabled = true");
}

}  // namespace

void check_choice_extras(RuleBook& book) {
  const ChoiceOptions& choice = book.market.choice;
  const std::pair<const char*, bool> switches[] = {{"habit", choice.habit.enabled},
                                                   {"reference_price", choice.reference_price.enabled},
                                                   {"price_quality", choice.price_quality.enabled},
                                                   {"set_size", choice.set_size.enabled},
                                                   {"impulse", choice.impulse.enabled}};
  for (const auto& [table, enabled] : switches)
    if (const KeyPath flag{"choice", table, "enabled"}; enabled && !book.market.need.enabled && !book.is_wrong(flag))
      book.refuse(flag, "nobody ever chooses, because need.enabled = false", "write need.enabled = true");
  book.refuse_idle({"choice", "habit"}, choice.habit.enabled, {"utility", "low_involvement_gain"});
  book.refuse_idle({"choice", "reference_price"}, choice.reference_price.enabled, {"adaptation_share", "gain", "loss"});
  book.refuse_idle({"choice", "price_quality"}, choice.price_quality.enabled,
                   {"effect", "tolerance_share", "from_involvement", "brands"});
  book.refuse_idle({"choice", "set_size"}, choice.set_size.enabled, {"at_low", "at_high"});
  book.refuse_idle({"choice", "impulse"}, choice.impulse.enabled,
                   {"prob", "below_involvement", "utility", "display_gain"});
  for (const BrandOptions& brand : book.market.brands) check_reaction(book, brand);
  check_judgement(book);
}

void check_promotions(RuleBook& book) {
  const MarketOptions& market = book.market;
  const KeyPath stock{"household_stock", "enabled"};
  if (market.household_stock.enabled && !market.need.enabled && !book.is_wrong(stock))
    book.refuse(stock, "nobody ever buys, because need.enabled = false", "write need.enabled = true");
  book.refuse_idle({"household_stock"}, market.household_stock.enabled, {"room_units", "consumption_lift"});
  for (const PromotionOptions& promotion : market.promotions) check_promotion(book, promotion);
}

}  // namespace populace
