// Who is there: names, shares and what belongs together among regions, segments, brands and facets.
#include <fmt/format.h>

#include <cmath>
#include <map>

#include "scenarios/validate/ranges.hpp"
#include "scenarios/validate/rules.hpp"
#include "sim/base/name_hash.hpp"

namespace populace {
namespace {

constexpr double kSumTolerance = 1e-6;

template <class Item>
void check_shares(RuleBook& book, const std::vector<Item>& items, std::string_view kind) {
  const KeyPath table{kind};
  if (book.is_wrong(table) || !book.is_given(table)) return;
  bool complete = true;
  for (const Item& item : items) {
    if (book.is_given(table / item.name / "share")) continue;
    book.refuse(table / item.name / "share", "is missing", fmt::format("the shares of all {}s sum to 1", kind));
    complete = false;
  }
  if (!complete) return;
  double sum = 0;
  std::string terms;
  for (const Item& item : items) {
    sum += item.share;
    terms += fmt::format("{}{} {}", terms.empty() ? "" : " + ", item.name, plain(item.share));
  }
  if (std::abs(sum - 1) <= kSumTolerance) return;
  const double missing = 1 - sum;
  book.refuse(table, fmt::format("shares must sum to 1, but sum to {} ({})", plain(sum), terms),
              missing > 0 ? fmt::format("add {} to one of them or as a {} of its own", plain(missing), kind)
                          : fmt::format("take away {}", plain(-missing)));
}

template <class Item>
void check_names(RuleBook& book, const std::vector<Item>& items, std::string_view kind, std::size_t most) {
  std::map<std::uint32_t, std::string> seen;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const KeyPath path{kind, items[i].name};
    if (i == most)
      book.refuse(path, fmt::format("is {} number {}, and at most {} are possible", kind, i + 1, most),
                  "join some of them");
    const auto [other, is_new] = seen.try_emplace(name_hash(items[i].name), items[i].name);
    if (!is_new)
      book.refuse(path,
                  fmt::format("has the same 32-bit hash as {} {}, by which draws are told apart", kind,
                              quoted_text(other->second)),
                  "rename one of the two");
  }
}

void check_involvement(RuleBook& book) {
  const KeyPath weights{"involvement", "weights"};
  constexpr std::size_t kFacets = 5;
  const std::size_t n = book.market.involvement.weights.size();
  if (!book.is_wrong(weights) && n != kFacets)
    book.refuse(weights, fmt::format("must hold 5 numbers, not {}", n),
                "one each for interest, pleasure, sign_value, risk_importance and risk_probability");
}

// Mechanisms that act at an opportunity to buy do nothing where there is none.
void check_need(RuleBook& book) {
  const bool enabled = book.market.need.enabled;
  const KeyPath dropout{"dropout", "enabled"}, consideration{"choice", "consideration"};
  const std::string hint = "write need.enabled = true";
  if (enabled || book.is_wrong({"need", "enabled"})) return;
  if (book.market.dropout.enabled) book.refuse(dropout, "nobody ever buys, because need.enabled = false", hint);
  if (book.market.choice.consideration)
    book.refuse(consideration, "nobody ever chooses, because need.enabled = false", hint);
}

void check_machine_given(RuleBook& book, std::string_view table, bool enabled, std::string_view example) {
  const KeyPath machine{table, "machine"};
  if (!book.is_given({table}) || enabled || book.is_wrong(machine)) return;
  book.refuse(machine, "is missing, so this table does nothing", fmt::format("add machine = {}", quoted_text(example)));
}

// Effects of price are relative to the base price.
void check_base_prices(RuleBook& book) {
  for (const BrandOptions& brand : book.market.brands) {
    const KeyPath price{"brand", brand.name, "price_money"};
    if (!book.market.need.enabled || book.is_wrong({"brand", brand.name}) || brand.base_price_money > 0) continue;
    book.refuse(price, "is 0 at week 0, and effects of price are relative to that",
                "give the usual price as base_price_money");
  }
}

void check_awareness(RuleBook& book) {
  const ChoiceOptions& choice = book.market.choice;
  const KeyPath machine{"choice", "awareness_machine"}, stage{"choice", "awareness_stage"};
  if (choice.awareness_machine.empty() != choice.awareness_stage.empty() && !book.is_wrong(machine) &&
      !book.is_wrong(stage)) {
    const bool no_machine = choice.awareness_machine.empty();
    book.refuse(no_machine ? machine : stage,
                fmt::format("is missing beside {}", no_machine ? "awareness_stage" : "awareness_machine"),
                "give both or none");
  }
  if (choice.awareness_machine.empty() || choice.awareness_stage.empty()) return;
  const KeyPath focal{"brand", book.market.run.focal_brand, "awareness_share"};
  if (book.is_given(focal) && !book.is_wrong(focal))
    book.refuse(focal,
                fmt::format("does nothing, because the stages of machine {} tell who knows the focal brand",
                            choice.awareness_machine),
                fmt::format("drop it, and give machine.{}.initial_share", choice.awareness_machine));
}

// Tastes are gamma variates of shape concentration x share, which have no distribution to speak of below a thousandth.
void check_tastes(RuleBook& book) {
  constexpr double kLeastShape = .001;
  const MarketOptions& market = book.market;
  if (!market.need.enabled || market.brands.size() < 2) return;
  for (const BrandOptions& brand : market.brands)
    if (brand.share > 0 && brand.share * market.choice.taste_concentration < kLeastShape)
      book.refuse({"choice", "taste_concentration"},
                  fmt::format("is too small for brand {}: times its share of {} it must be at least {}", brand.name,
                              brand.share, kLeastShape),
                  "raise it, or the share");
}

}  // namespace

void check_people(RuleBook& book) {
  const MarketOptions& market = book.market;
  check_names(book, market.regions, "region", kMostCells);
  check_names(book, market.segments, "segment", kMostCells);
  check_names(book, market.brands, "brand", kMostBrands);
  check_names(book, market.channels, "channel", kMostChannels);
  check_names(book, market.campaigns, "campaign", kMostCampaigns);
  check_names(book, market.gardens, "garden", kMostGardens);
  check_names(book, market.machines, "machine", kMaxMachines);
  check_names(book, market.owned, "owned", kMaxOwned);
  check_names(book, market.outlets, "outlet", kMaxOutlets);
  check_names(book, market.paths, "path", kMostPaths);
  check_names(book, market.events, "event", kMostEvents);
  check_names(book, market.crises, "crisis", kMaxCrises);
  check_names(book, market.sources, "source", kMostSources);
  check_names(book, market.listings, "organic", kMostCampaigns);
  check_names(book, market.promotions, "promotion", kMostPromotions);
  check_shares(book, market.regions, "region");
  check_shares(book, market.segments, "segment");
  check_shares(book, market.brands, "brand");
  check_tastes(book);
  check_involvement(book);
  check_need(book);
  check_awareness(book);
  check_base_prices(book);
  const std::string example = market.machines.empty() ? "NAME" : market.machines.front().name;
  check_machine_given(book, "stage_purchase", market.stage_purchase.enabled(), example);
  check_machine_given(book, "word_of_mouth", market.word_of_mouth.enabled(), example);
}

}  // namespace populace
