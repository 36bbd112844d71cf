// Owned channels of the focal brand: members join, are sent to, stick, buy and leave. Of one channel o and consumer i:
//
//   stickiness    s <- L + (s - L) e^(-dt / T),   L = worth (1 - ad_share) + gain fit [last reminder was seen]
//   sends         n of a step = floor(d (t + 1)) - floor(d t), d = min(sends, quota) dt, the same for all members
//                 seen ~ Binomial(n, min(1, open (1 + lift s) f)),  f: models/attention/sends.hpp
//                 a seen send adds worth (1 - ad_share) slow_effect to slow goodwill and ad_share fast_effect to fast
//                 activation, and is a noticed contact with the focal brand
//   leaving       1 - e^(-R (1 - hold s)),  R = leave dt - n a ln(1 - ad_leave) - excess ln(1 - excess_leave)
//   joining       1 - e^(-Q dt) of who is no member, Q = games + codes x chance to scan + search, once the account is
//                 verified and large + fission x worth x share of members + crossing from owned channels he is in;
//                 one draw decides whether, and by which cause
//                 1 - product (1 - p_c)^contacts on channel c, and 1 - (1 - p) at an order
//   occasions     utility + sticky_utility s for members; Poisson(lift x own rate) more of them; and one by a seen
//                 reminder with chance occasion_prob x fit, fit = e^(-(at - 1)^2 / (2 width^2))
//
// A reminder is sent in the step in which the time since the last focal purchase passes `at` of the member's own mean
// intervals between category purchases. Rates are a week; shares and numbers of members are of the last step. Joins and
// leaves balance: members(t) = members(t - 1) + joins - leaves. Sources: seed documents S10, S47, S54, S57-S62,
// S76-S83, M18-M22, M116-M122, M128-M132; values assumed. See docs/methods/private_domain.md.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "models/media/delivery.hpp"
#include "models/need/need.hpp"
#include "models/population/traits.hpp"
#include "models/scratch.hpp"
#include "models/shared_columns.hpp"
#include "models/stages/stages.hpp"
#include "models/world/market_options.hpp"
#include "sim/base/bytes.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

// Why somebody joined, in the order of the measure `joins`.
inline constexpr std::array<std::string_view, 8> kJoinCauses = {"order",  "scan",    "game",    "code",
                                                                "search", "fission", "contact", "cross"};
enum class JoinCause : std::size_t { kOrder, kScan, kGame, kCode, kSearch, kFission, kContact, kCross };

// Whether an owned channel reminds members, and hence reads when they bought last.
bool reminds(const MarketOptions& options);
// Whether sends of owned channels build stocks of the focal brand.
bool sends_build_stocks(const MarketOptions& options);
// Messages that a member gets in a step.
std::int64_t sends_in_step(const OwnedOptions& owned, double weeks_per_step, std::int32_t step);
// Chance to see a send relative to open_prob, over the number of them.
double scarcity(const OwnedOptions& owned);

struct PrivateDomainState {
  std::vector<std::int64_t> members;  // cell x owned channel
  void save(ByteWriter& out) const { out.put(members); }
  void load(ByteReader& in) { in.get(members); }
};

struct PrivateDomainPlan {
  struct Channel {
    std::int64_t sends = 0;
    double leave_rate = 0;  // R
    // Rates of a step by segment and cause; crossing apart, as it depends on what else a consumer is in.
    std::vector<std::array<double, kJoinCauses.size()>> join_rate;
    DrawStream join, by_contact, leave, see, need, remind;
  };
  std::vector<Channel> channels;
};

class PrivateDomain {
 public:
  PrivateDomain(const MarketOptions& options, const Traits& traits, const Stages& stages, const Delivery& delivery,
                SharedColumns& shared, Layout& layout, MeasureRegistry& registry);
  bool enabled() const { return members_.exists(); }
  void add_kpis(MeasureRegistry& registry) const;
  // Words that everybody draws in a step: one for each channel that can be joined by rate.
  double n_draws() const;
  void prepare(BlockScratch& scratch) const;

  PrivateDomainState make_state(std::size_t n_cells) const;
  // Members at the beginning, by a draw for each owned channel.
  void build(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words, std::int64_t* row) const;
  void begin(PrivateDomainState& state, std::span<const std::int64_t> rows, std::size_t row_size) const;
  void begin_step(const PrivateDomainState& state, PrivateDomainPlan& plan, DrawKey key, std::int32_t step) const;

  // In the order of the step. Sends and reminders: scratch.seen_sends, scratch.reminded_now.
  void send(const PrivateDomainPlan& plan, std::int32_t step, const BlockView& block, BlockScratch& scratch,
            std::int64_t* row) const;
  bool adds_occasions() const { return adds_occasions_; }
  // Additional occasions, added to scratch.list as index_occasions has left it.
  void add_occasions(const PrivateDomainPlan& plan, const NeedPlan& need, const BlockView& block, BlockScratch& scratch,
                     std::int64_t* row) const;
  void at_occasion(const BlockView& block, BlockScratch& scratch) const;
  void after_orders(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                    BlockScratch& scratch, std::int64_t* row) const;
  // Stickiness, leaving, joining.
  void settle(const PrivateDomainPlan& plan, const DeliveryPlan& delivery, const BlockView& block,
              BlockScratch& scratch, std::int64_t* row) const;
  void end_step(PrivateDomainState& state, std::span<std::int64_t> rows, std::size_t row_size,
                std::span<std::int64_t> totals) const;

 private:
  struct Stick {  // of an owned channel
    Column<std::uint16_t> column;
    float keep = 0;  // e^(-dt / T)
    float level = 0, reminded_level = 0;
  };
  void register_measures(MeasureRegistry& registry);
  double stickiness(std::size_t o, const BlockView& block, std::size_t place) const;  // 0 to 1
  void send_from(std::size_t o, const PrivateDomainPlan::Channel& plan, const BlockView& block, BlockScratch& scratch,
                 std::int64_t* row) const;
  void remind(std::size_t o, const PrivateDomainPlan::Channel& plan, std::int32_t step, const BlockView& block,
              BlockScratch& scratch, std::int64_t* row) const;
  void stick_or_leave(std::size_t o, const PrivateDomainPlan::Channel& plan, const BlockView& block,
                      BlockScratch& scratch, std::int64_t* row) const;
  void join_by_rate(std::size_t o, const PrivateDomainPlan::Channel& plan, const BlockView& block,
                    BlockScratch& scratch, std::int64_t* row) const;
  void join_by_contact(std::size_t o, const PrivateDomainPlan::Channel& plan, const DeliveryPlan& delivery,
                       const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  void join(std::size_t o, std::uint32_t place, JoinCause cause, std::uint32_t occasion, double prob, double draw,
            const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  bool in_store(int outlet) const;

  const MarketOptions* options_;
  const Traits* traits_;
  const Stages* stages_;
  const Delivery* delivery_;
  const SharedColumns* shared_;
  std::size_t focal_;
  bool reminds_ = false, adds_occasions_ = false;
  Column<std::uint16_t> members_;                    // bit by owned channel
  Column<std::uint16_t> reminded_;                   // the last reminder was seen, bit by owned channel
  std::vector<Stick> stick_;                         // by owned channel
  std::vector<double> fit_;                          // of reminders, by owned channel
  std::vector<std::vector<double>> contact_hazard_;  // by owned channel and campaign: -ln(1 - p)
  std::vector<std::vector<double>> cross_rate_;      // of a step, by owned channel and the one come from
  std::size_t member_slot_ = 0, joins_ = 0, leaves_ = 0, sends_ = 0, seen_ = 0, reminders_ = 0, reminder_occasions_ = 0,
              stickiness_ = 0, member_orders_ = 0, added_ = 0, cost_ = 0;  // slots
};

}  // namespace populace
