// Coupons of a block: they age, expire and are issued, once a step.
#include <algorithm>
#include <bit>

#include "models/names.hpp"
#include "models/private_domain/member_kernels.hpp"
#include "models/promotion/promotions.hpp"
#include "models/stages/toss_kernels.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {

void Promotions::give_coupon(std::size_t p, const BlockView& block, std::uint32_t place, const BlockScratch& scratch,
                             std::int64_t* row) const {
  const PromotionOptions& o = options_->promotions[p];
  block.column(promotions_[p].coupon)[place] = static_cast<std::uint8_t>(promotions_[p].valid_steps);
  ++row[slots_.issued + p];
  row[slots_.cost + p] += to_micros(o.issue_money);
  if (scratch.trace != nullptr && scratch.trace->place == place)
    scratch.trace->note("promotion", o.name, "gets a coupon", {{"weeks until it expires", o.valid_weeks}});
}

// To those who have none yet.
void Promotions::issue(std::size_t p, const Delivery& delivery, const DeliveryPlan& delivered, DrawKey key,
                       std::int32_t step, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  const PromotionOptions& o = options_->promotions[p];
  const std::uint8_t* coupon = block.column(promotions_[p].coupon);
  const DrawStream stream = make_stream(key, reason(Purpose::kIssueCoupon, o.name, step));
  PlaceList& list = scratch.next_list;
  if (o.issue_to == "members") {
    list.n = find_members(block.column(shared_->members), promotions_[p].members, block.place.capacity, list.places);
    draw_words_at(stream, block.place.first_tile, list.places, list.n, scratch.list_words);
    for (std::uint32_t k = 0; k < list.n; ++k)
      if (coupon[list.places[k]] == 0 && unit_float(scratch.list_words[k]) < promotions_[p].issue_prob)
        give_coupon(p, block, list.places[k], scratch, row);
    return;
  }
  if (o.issue_to != "contacts") {
    list.n = toss(stream, block.place.first_tile, block.place.n, promotions_[p].issue_prob, list.places);
    for (std::uint32_t k = 0; k < list.n; ++k)
      if (coupon[list.places[k]] == 0 && entitled(p, block, list.places[k]))
        give_coupon(p, block, list.places[k], scratch, row);
    return;
  }
  std::uint16_t contacts[kBlockSize] = {};
  for (const std::size_t c : promotions_[p].campaigns)
    if (!delivery.is_search(c) && delivery.active(delivered, c, block.place.cell))
      for (std::uint32_t i = 0; i < block.place.n; ++i)
        contacts[i] = static_cast<std::uint16_t>(contacts[i] + scratch.contacts[c][i]);
  list.n = 0;
  for (std::uint32_t i = 0; i < block.place.n; ++i)
    if (contacts[i] != 0 && coupon[i] == 0 && entitled(p, block, i)) list.add(i);
  draw_words_at(stream, block.place.first_tile, list.places, list.n, scratch.list_words);
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const double none = exact_pow(1 - o.issue_prob, contacts[list.places[k]]);
    if (unit_double(scratch.list_words[k]) < 1 - none) give_coupon(p, block, list.places[k], scratch, row);
  }
}

void Promotions::begin_block(const PromotionPlan& plan, const Delivery& delivery, const DeliveryPlan& delivered,
                             DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
                             std::int64_t* row) const {
  scratch.offers = false;
  if (!any_) return;
  const std::size_t cell = block.place.cell;
  for (std::size_t p = 0; p < n_; ++p) {
    scratch.promotion_room[p] = planner_.room_of(plan, p, block.place);
    const PromotionOptions& o = options_->promotions[p];
    if (!promotions_[p].coupon.exists()) continue;
    std::uint8_t* coupon = block.column(promotions_[p].coupon);
    std::int64_t expired = 0;
    const std::uint32_t holders = plan.held[cell * n_ + p] != 0 ? block.place.n : 0;
    for (std::uint32_t i = 0; i < holders; ++i) {
      expired += coupon[i] == 1;
      coupon[i] = static_cast<std::uint8_t>(coupon[i] - (coupon[i] != 0));
    }
    row[slots_.expired + p] += expired;
    if ((plan.live[cell] >> p & 1) != 0 && o.issue_to != "buyers")
      issue(p, delivery, delivered, key, step, block, scratch, row);
  }
}

}  // namespace populace
