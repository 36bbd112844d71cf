// What keys must mean together. Rules run after every key was read; a rule about keys that are wrong by themselves is
// silent.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "models/world/market_options.hpp"
#include "scenarios/parse/path.hpp"
#include "scenarios/parse/violation.hpp"
#include "scenarios/validate/field_reader.hpp"

namespace populace {

class RuleBook {
 public:
  RuleBook(const MarketOptions& all, const GivenKeys& given, Violations& violations, std::uint64_t memory)
      : market(all), memory_bytes(memory), given_(given), violations_(violations) {}

  const MarketOptions& market;
  const std::uint64_t memory_bytes;  // of the machine

  bool is_given(const KeyPath& path) const { return given_.contains(path.str()); }
  bool is_wrong(const KeyPath& path) const { return violations_.has(path); }
  // Complains at the key, or at the table around it when the key was not written.
  void refuse(const KeyPath& path, const std::string& rule, const std::string& suggestion = "");
  // A name that must be one of `known`. `what` is its kind.
  void refuse_unknown(const KeyPath& path, const std::string& name, std::string_view what,
                      const std::vector<std::string>& known);
  // The first given of the keys of a table that is switched off, unless the table says so itself.
  void refuse_idle(const KeyPath& table, bool enabled, std::initializer_list<std::string_view> keys);

 private:
  const GivenKeys& given_;
  Violations& violations_;
};

inline constexpr std::size_t kMostChannels = 32, kMostCampaigns = 64, kMostCells = 1024;
inline constexpr std::size_t kMostEvents = 256;
inline constexpr std::size_t kMostGardens = 15;         // bits of identity, and the open domain
inline constexpr std::size_t kMostBrands = 15;          // and no purchase, the sixteenth
inline constexpr int kMostCapSteps = 8;                 // steps that a contact cap remembers
inline constexpr std::size_t kMostCellSlots = 262'144;  // cells x (from, move) pairs counted every step

void check_references(RuleBook& book, const std::vector<Reference>& references);
void check_run(RuleBook& book);
void check_people(RuleBook& book);
void check_channels(RuleBook& book);
void check_campaigns(RuleBook& book);
void check_targeting(RuleBook& book);
void check_machines(RuleBook& book);
void check_moves_together(RuleBook& book);
void check_stocks(RuleBook& book);
void check_attention(RuleBook& book);
void check_choice_extras(RuleBook& book);
void check_promotions(RuleBook& book);

}  // namespace populace
