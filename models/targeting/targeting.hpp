// Targeting on what can be known: who may be reached by a campaign, by what was true at the end of the last step.
//
//   known(i, d)    = identity joined in the domain d of the channel, or member of any owned channel of the brand
//   resolved(i, d) = [u_d < match_d], u_d one draw a garden; with a common entrance [u < match] for all gardens at once
//   eligible(i, c) = open conditions and (known ? closed conditions : unknown = "include"),
//                    or not known and a persistent look-alike coin of chance `lookalike_leak_prob`
//
// A domain is a walled garden; channels outside gardens form one open domain, where everybody is known. Distance
// (told by the device) and membership (told by the brand's own list) are open conditions; rung, episode and purchase
// cycle are closed ones. No draw depends on who is eligible. Sources: identity over platforms S46, M48, M49; maturity
// S48, M55; purchase cycle M59; location M62, M63 of the seed documents; values assumed. See docs/methods/targeting.md.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "models/population/traits.hpp"
#include "models/shared_columns.hpp"
#include "models/stages/stages.hpp"
#include "models/world/market_options.hpp"

namespace populace {

// Whether any campaign reads when the focal brand was last bought.
bool needs_last_purchase(const MarketOptions& options);

class Targeting {
 public:
  Targeting(const MarketOptions& options, const Traits& traits, const Stages& stages, SharedColumns& shared,
            Layout& layout);

  // Whether a campaign asks for more than segments and regions.
  bool applies(std::size_t campaign) const { return rules_[campaign].active; }
  bool any() const { return any_; }
  // Some strangers may be reached who do not qualify, or some who qualify may be missed.
  bool can_miss(std::size_t campaign) const { return rules_[campaign].garden >= 0; }
  void build(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words) const;
  // out[i] = 1 where the campaign may reach the consumer in `step`, else 0; nothing is said of padding.
  void find_eligible(std::size_t campaign, std::int32_t step, const BlockView& block, std::uint8_t* out) const;
  // The same as if everybody were known: whom the plan means.
  void find_meant(std::size_t campaign, std::int32_t step, const BlockView& block, std::uint8_t* out) const;

  std::size_t n_domains() const { return n_gardens_ + 1; }
  // 0: open; else 1 + garden.
  std::size_t domain_of_channel(std::size_t channel) const { return domain_of_channel_[channel]; }
  // Domains where the brand knows the consumer, bit by domain.
  std::uint32_t known_domains(const BlockView& block, std::size_t place) const;

 private:
  struct Rule {
    bool active = false, closed = false, include = false;
    int garden = -1;                                  // of its channel, or -1
    int coin = -1;                                    // number of its look-alike coin, or -1
    std::uint16_t members = 0, channel_members = 0;   // any of these; the channel goes to these only
    std::vector<std::array<std::uint8_t, 256>> near;  // by region and code of distance; none: any distance
    bool by_rung = false, by_episode = false, by_purchase = false;
    alignas(16) std::array<std::uint8_t, kMaxStages> rung{}, episode{};
    std::int32_t since_low = 0, since_high = 0;  // steps
    bool by_cycle = false;
    double cycle_low = 0, cycle_high = 0;  // of the consumer's own intervals
  };
  Rule make_rule(const MarketOptions& options, const CampaignOptions& campaign, const Traits& traits, Layout& layout);
  void find(std::size_t campaign, std::int32_t step, bool all_known, const BlockView& block, std::uint8_t* out) const;
  void apply_open(const Rule& rule, const BlockView& block, std::uint8_t* out) const;
  void apply_closed(const Rule& rule, std::int32_t step, const BlockView& block, std::uint8_t* out) const;

  const MarketOptions* options_;
  const Traits* traits_;
  const Stages* stages_;
  const SharedColumns* shared_;
  double dt_;
  std::size_t n_gardens_ = 0;          // with walls
  std::uint32_t knowing_domains_ = 1;  // bit 0: outside gardens; bit g + 1: garden g, unless it is anonymous
  bool any_ = false;
  std::vector<std::size_t> domain_of_channel_;
  std::vector<Rule> rules_;  // by campaign
  Column<std::uint16_t> resolved_;
  std::vector<Column<std::uint8_t>> coins_;  // of look-alikes, eight a column
  std::vector<std::size_t> coin_campaign_;
};

}  // namespace populace
