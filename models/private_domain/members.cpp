// What happens to members and non-members in a step: sends, reminders, stickiness, leaving, joining.
#include <algorithm>

#include "models/after/after.hpp"
#include "models/names.hpp"
#include "models/private_domain/member_kernels.hpp"
#include "models/private_domain/private_domain.hpp"
#include "models/stages/toss_kernels.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

// The number of successes in n trials of chance p at which the cumulated probability passes u.
std::int64_t binomial(std::int64_t n, double p, double u) {
  if (p >= 1) return n;
  double term = 1;
  for (std::int64_t k = 0; k < n; ++k) term *= 1 - p;
  double cumulated = term;
  std::int64_t successes = 0;
  while (successes < n && u >= cumulated) {
    term *= static_cast<double>(n - successes) / static_cast<double>(successes + 1) * (p / (1 - p));
    cumulated += term;
    ++successes;
  }
  return successes;
}

bool traced(const BlockScratch& scratch, std::uint32_t place) {
  return scratch.trace != nullptr && scratch.trace->place == place;
}

}  // namespace

void PrivateDomain::send(const PrivateDomainPlan& plan, std::int32_t step, const BlockView& block,
                         BlockScratch& scratch, std::int64_t* row) const {
  if (!enabled()) return;
  std::copy_n(block.column(members_), block.place.capacity, scratch.members_before.data());
  if (reminds_) std::fill_n(scratch.reminded_now.data(), block.place.capacity, std::uint16_t{0});
  for (std::size_t o = 0; o < options_->owned.size(); ++o) {
    const bool reminds = reminds_ && options_->owned[o].reminder.enabled;
    if (plan.channels[o].sends > 0) std::fill_n(scratch.seen_sends[o].data(), block.place.capacity, std::uint8_t{0});
    if (plan.channels[o].sends == 0 && !reminds) continue;
    scratch.list.n = find_members(scratch.members_before.data(), bit_of(o), block.place.capacity, scratch.list.places);
    if (plan.channels[o].sends > 0) send_from(o, plan.channels[o], block, scratch, row);
    if (reminds) remind(o, plan.channels[o], step, block, scratch, row);
  }
}

void PrivateDomain::send_from(std::size_t o, const PrivateDomainPlan::Channel& plan, const BlockView& block,
                              BlockScratch& scratch, std::int64_t* row) const {
  const OwnedOptions& owned = options_->owned[o];
  const double open = owned.open_prob * scarcity(owned);
  const PlaceList& list = scratch.list;
  std::uint8_t* seen = scratch.seen_sends[o].data();
  row[sends_ + o] += list.n * plan.sends;
  draw_words_at(plan.see, block.place.first_tile, list.places, list.n, scratch.list_words);
  std::int64_t all = 0;
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint32_t i = list.places[k];
    const double s = stickiness(o, block, i), prob = std::min(1.0, open * (1 + owned.sticky_open_lift * s));
    const double u = unit_double(scratch.list_words[k]);
    const std::int64_t number = plan.sends == 1 ? u >= 1 - prob : binomial(plan.sends, prob, u);
    seen[i] = static_cast<std::uint8_t>(std::min<std::int64_t>(255, number));
    all += number;
    if (traced(scratch, i))
      scratch.trace->note("private_domain", owned.name,
                          std::to_string(number) + " of " + std::to_string(plan.sends) + " messages seen",
                          {{"stickiness", s}, {"chance to see one", prob}, {"draw", u}});
  }
  row[seen_ + o] += all;
}

// Members whose last focal purchase is `at` of their own intervals ago, as of this step.
void PrivateDomain::remind(std::size_t o, const PrivateDomainPlan::Channel& plan, std::int32_t step,
                           const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  const ReminderOptions& reminder = options_->owned[o].reminder;
  const std::uint16_t* last = block.column(shared_->last_focal);
  const std::uint8_t* code = block.column(traits_->need_code());
  const CodeValues& rate = traits_->need_rate(block.place.cell % options_->segments.size()).value;
  const double purchases = (1 - options_->choice.no_purchase_share) * options_->run.weeks_per_step();
  std::uint16_t* reminded = block.column(reminded_);
  PlaceList& due = scratch.next_list;
  due.n = 0;
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    const std::uint32_t i = scratch.list.places[k];
    if (last[i] == 0) continue;
    const double a_step = static_cast<double>(rate[code[i]]) * purchases;
    const int waited = step + 1 + kPurchaseStepOffset - last[i];
    if (waited * a_step >= reminder.at_intervals && (waited - 1) * a_step < reminder.at_intervals) due.add(i);
  }
  row[reminders_ + o] += due.n;
  draw_words_at(plan.remind, block.place.first_tile, due.places, due.n, scratch.list_words);
  for (std::uint32_t k = 0; k < due.n; ++k) {
    const std::uint32_t i = due.places[k];
    const double u = unit_double(scratch.list_words[k]), s = stickiness(o, block, i);
    const OwnedOptions& owned = options_->owned[o];
    const double seen = std::min(1.0, owned.open_prob * (1 + owned.sticky_open_lift * s));
    const bool sees = u < seen, acts = u < seen * reminder.occasion_prob * fit_[o];
    reminded[i] = static_cast<std::uint16_t>(sees ? reminded[i] | 1u << o : reminded[i] & ~(1u << o));
    if (acts) scratch.reminded_now[i] = static_cast<std::uint16_t>(scratch.reminded_now[i] | 1u << o);
    row[reminder_occasions_ + o] += acts;
    if (traced(scratch, i))
      scratch.trace->note("private_domain", owned.name,
                          acts   ? "a reminder makes an occasion to buy"
                          : sees ? "a reminder is seen"
                                 : "a reminder is missed",
                          {{"fit of its timing", fit_[o]}, {"chance to see it", seen}, {"draw", u}});
  }
}

void PrivateDomain::settle(const PrivateDomainPlan& plan, const DeliveryPlan& delivery, const BlockView& block,
                           BlockScratch& scratch, std::int64_t* row) const {
  if (!enabled()) return;
  for (std::size_t o = 0; o < options_->owned.size(); ++o) {
    stick_or_leave(o, plan.channels[o], block, scratch, row);
    join_by_contact(o, plan.channels[o], delivery, block, scratch, row);
    join_by_rate(o, plan.channels[o], block, scratch, row);
  }
}

// Of those who were members before the step.
void PrivateDomain::stick_or_leave(std::size_t o, const PrivateDomainPlan::Channel& plan, const BlockView& block,
                                   BlockScratch& scratch, std::int64_t* row) const {
  const OwnedOptions& owned = options_->owned[o];
  const Stick& stick = stick_[o];
  const double most = -exact_expm1(-plan.leave_rate);  // without stickiness
  std::uint16_t* members = block.column(members_);
  std::uint16_t* sticks = stick.column.exists() ? block.column(stick.column) : nullptr;
  std::uint16_t* reminded = reminds_ ? block.column(reminded_) : nullptr;
  PlaceList& list = scratch.list;
  list.n = find_members(scratch.members_before.data(), bit_of(o), block.place.capacity, list.places);
  draw_words_at(plan.leave, block.place.first_tile, list.places, list.n, scratch.list_words);
  std::int64_t sum = 0;
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint32_t i = list.places[k];
    const double u = unit_double(scratch.list_words[k]), s = stickiness(o, block, i);
    const bool leaves = u < most && u < -exact_expm1(-plan.leave_rate * (1 - owned.sticky_hold_share * s));
    if (leaves) {
      members[i] = static_cast<std::uint16_t>(members[i] & ~(1u << o));
      if (sticks != nullptr) sticks[i] = 0;
      if (reminded != nullptr) reminded[i] = static_cast<std::uint16_t>(reminded[i] & ~(1u << o));
      ++row[leaves_ + o];
      if (stages_->keeps(Event::kLeft, scratch, i))
        scratch.events.push_back({i, static_cast<std::uint32_t>(Event::kLeft)});
      if (traced(scratch, i))
        scratch.trace->note("private_domain", owned.name, "leaves",
                            {{"stickiness", s}, {"rate in the step", plan.leave_rate}, {"draw", u}});
    } else if (sticks != nullptr) {
      const bool kept = reminded != nullptr && (reminded[i] >> o & 1) != 0;
      const float level = kept ? stick.reminded_level : stick.level;
      sticks[i] = static_cast<std::uint16_t>(level + (static_cast<float>(sticks[i]) - level) * stick.keep + .5f);
      sum += sticks[i];
    }
  }
  row[stickiness_ + o] += sum * 1'000'000 / 65535;
}

// Everybody tosses against the largest rate that anybody has; the few who may join are looked at one by one.
void PrivateDomain::join_by_rate(std::size_t o, const PrivateDomainPlan::Channel& plan, const BlockView& block,
                                 BlockScratch& scratch, std::int64_t* row) const {
  const auto& common = plan.join_rate[block.place.cell % options_->segments.size()];
  double same = 0, most = 0;
  for (const double rate : common) same += rate;
  for (const double rate : cross_rate_[o]) most += rate;
  most += same;
  if (most <= 0) return;
  const auto bound = static_cast<float>(-exact_expm1(-most) * (1 + 1e-6));
  PlaceList& list = scratch.list;
  list.n = toss(plan.join, block.place.first_tile, block.place.n, bound, list.places, scratch.occasion_uniform);
  const std::uint16_t* members = block.column(members_);
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint32_t i = list.places[k], before = scratch.members_before[i];
    if (((members[i] | before) >> o & 1) != 0) continue;  // is one now, or has just left
    double rate = same;
    for (std::size_t from = 0; from < cross_rate_[o].size(); ++from)
      if ((before >> from & 1) != 0) rate += cross_rate_[o][from];
    const double u = scratch.occasion_uniform[k], prob = -exact_expm1(-rate);
    if (u >= prob) continue;
    double left = u / prob * rate;  // uniform over the rates
    std::size_t cause = 0;
    while (cause < common.size() && left >= common[cause]) left -= common[cause++];
    join(o, i, cause < common.size() ? static_cast<JoinCause>(cause) : JoinCause::kCross, 0, prob, u, block, scratch,
         row);
  }
}

void PrivateDomain::join_by_contact(std::size_t o, const PrivateDomainPlan::Channel& plan, const DeliveryPlan& delivery,
                                    const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  const std::vector<double>& hazard = contact_hazard_[o];
  std::vector<JoinTerm>& terms = scratch.join_terms;
  terms.clear();
  for (std::size_t c = 0; c < hazard.size(); ++c)
    if (hazard[c] > 0 && delivery_->active(delivery, c, block.place.cell) &&
        (options_->need.enabled || !delivery_->is_search(c)))
      terms.push_back({scratch.contacts[c].data(), static_cast<float>(hazard[c])});
  if (terms.empty()) return;
  PlaceList& list = scratch.list;
  const JoinTask task{terms, block.column(members_), scratch.members_before.data(), o};
  list.n = find_joinable(task, block.place.capacity, list.places, scratch.occasion_uniform);
  draw_words_at(plan.by_contact, block.place.first_tile, list.places, list.n, scratch.list_words);
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const double u = unit_double(scratch.list_words[k]), sum = scratch.occasion_uniform[k];
    if (u >= sum) continue;  // 1 - e^-x < x
    const double prob = -exact_expm1(-sum);
    if (u < prob) join(o, list.places[k], JoinCause::kContact, 0, prob, u, block, scratch, row);
  }
}

void PrivateDomain::join(std::size_t o, std::uint32_t place, JoinCause cause, std::uint32_t occasion, double prob,
                         double draw, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  std::uint16_t& members = block.column(members_)[place];
  members = static_cast<std::uint16_t>(members | 1u << o);
  ++row[joins_ + o * kJoinCauses.size() + static_cast<std::size_t>(cause)];
  if (stages_->keeps(Event::kJoined, scratch, place))
    scratch.events.push_back({place, static_cast<std::uint32_t>(Event::kJoined), occasion});
  if (traced(scratch, place))
    scratch.trace->note("private_domain", options_->owned[o].name,
                        "joins by " + std::string(kJoinCauses[static_cast<std::size_t>(cause)]),
                        {{"chance", prob}, {"draw", draw}});
}

}  // namespace populace
