// What membership does to occasions to buy: more of them, utility at them, and joining at an order.
#include <algorithm>

#include "models/names.hpp"
#include "models/need/occasion_list.hpp"
#include "models/private_domain/member_kernels.hpp"
#include "models/private_domain/private_domain.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

// Poisson number by one uniform; most draws are settled without an exponential, as P(N > 0) <= mean.
std::uint32_t poisson(double mean, double u) {
  if (1 - u >= mean) return 0;
  double term = exact_exp(-mean), cumulated = term;
  std::uint32_t n = 0;
  while (n < 255 && u >= cumulated && (term > 1e-9 || n < mean)) {
    ++n;
    term *= mean / n;
    cumulated += term;
  }
  return n;
}

constexpr std::uint16_t kAnyChannel = 0xFFFF;

bool is_store(const MarketOptions& options, int outlet) {
  return outlet >= 0 && options.outlets[static_cast<std::size_t>(outlet)].kind == "store";
}

}  // namespace

bool PrivateDomain::in_store(int outlet) const { return is_store(*options_, outlet); }

void PrivateDomain::add_occasions(const PrivateDomainPlan& plan, const NeedPlan& need, const BlockView& block,
                                  BlockScratch& scratch, std::int64_t* row) const {
  if (!adds_occasions_) return;
  const std::uint8_t* code = block.column(traits_->need_code());
  const CodeValues& rate = traits_->need_rate(block.place.cell % options_->segments.size()).value;
  PlaceList& members = scratch.next_list;
  for (std::size_t o = 0; o < options_->owned.size(); ++o) {
    const double lift = options_->owned[o].opportunity_lift * need.multiplier[block.place.cell];
    if (lift <= 0) continue;
    members.n = find_members(scratch.members_before.data(), bit_of(o), block.place.capacity, members.places);
    draw_words_at(plan.channels[o].need, block.place.first_tile, members.places, members.n, scratch.list_words);
    for (std::uint32_t k = 0; k < members.n; ++k) {
      const std::uint32_t i = members.places[k];
      const std::uint32_t more = poisson(static_cast<double>(rate[code[i]]) * lift, unit_double(scratch.list_words[k]));
      if (more > 0) add_occasions_at(i, more, scratch);
      row[added_ + o] += more;
    }
  }
  if (!reminds_) return;
  members.n = find_members(scratch.reminded_now.data(), kAnyChannel, block.place.capacity, members.places);
  for (std::uint32_t k = 0; k < members.n; ++k) {
    const std::uint32_t i = members.places[k];
    if (code[i] == 0)
      scratch.reminded_now[i] = 0;  // has left the category
    else
      add_occasions_at(i, 1, scratch);
  }
}

void PrivateDomain::at_occasion(const BlockView& block, BlockScratch& scratch) const {
  if (!enabled()) return;
  const std::uint16_t* members = block.column(members_);
  float* deviation = scratch.deviation[focal_].data();
  for (std::size_t o = 0; o < options_->owned.size(); ++o) {
    const OwnedOptions& owned = options_->owned[o];
    const bool reminds = reminds_ && owned.reminder.enabled && owned.reminder.utility != 0;
    if (owned.utility == 0 && owned.sticky_utility == 0 && !reminds) continue;
    for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
      const std::uint32_t i = scratch.list.places[k];
      double utility = 0;
      if ((members[i] >> o & 1) != 0) utility = owned.utility + owned.sticky_utility * stickiness(o, block, i);
      // The occasion that a reminder made is the last of the step.
      if (reminds && scratch.occasions_left[k] == 1 && (scratch.reminded_now[i] >> o & 1) != 0)
        utility += owned.reminder.utility;
      deviation[k] += static_cast<float>(utility);
      if (scratch.trace != nullptr && scratch.trace->place == i && utility != 0)
        scratch.trace->note("private_domain", owned.name, "membership speaks for the brand", {{"utility", utility}});
    }
  }
}

void PrivateDomain::after_orders(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                                 BlockScratch& scratch, std::int64_t* row) const {
  if (!enabled()) return;
  const std::uint16_t* members = block.column(members_);
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    if (scratch.chosen[k] != static_cast<std::int32_t>(focal_)) continue;
    const std::uint32_t i = scratch.list.places[k];
    const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + i;
    for (std::size_t o = 0; o < options_->owned.size(); ++o) {
      const OwnedOptions& owned = options_->owned[o];
      if ((members[i] >> o & 1) != 0) {
        row[member_orders_ + o] += scratch.units[k];
        continue;
      }
      const double scan = in_store(scratch.outlet[k]) ? owned.scan_prob : 0;
      const double prob = 1 - (1 - owned.purchase_prob) * (1 - scan);
      if (prob <= 0) continue;
      const double u = unit_double(draw_word(key, reason(Purpose::kJoinByOrder, owned.name, step, occasion), id));
      if (u < prob)
        join(o, i, u < owned.purchase_prob ? JoinCause::kOrder : JoinCause::kScan, occasion, prob, u, block, scratch,
             row);
    }
  }
}

}  // namespace populace
