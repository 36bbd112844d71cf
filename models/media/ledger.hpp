// Money of campaigns, in integer micros: at every step, budget = spent + unspent, exactly.
//
//   wanted units of a step = (plan up to its end - spent so far) / price of a unit     (what was missed comes next)
//   bill = min(units x price, budget - spent); units beyond the budget are bonus
//   price of a step = cpm x (units / reference)^e, where e > 0: an auction in which volume is dear
//                         x factor of the world's events in it
//
// A channel that is out delivers nothing; its money waits for the steps that follow.
//
// A unit is what is bought of one simulated consumer: a contact, or a click under CPC. A fixed fee is paid as planned,
// whatever it delivers; its units follow the agreed impressions.
#pragma once
#include <cstdint>
#include <vector>

#include "models/world/market_options.hpp"
#include "sim/base/bytes.hpp"
#include "sim/base/units.hpp"

namespace populace {

struct LedgerState {
  std::vector<Micros> spent, bonus;     // by campaign, in the horizon
  std::vector<std::int64_t> delivered;  // units in the horizon, by campaign
  void save(ByteWriter& out) const;
  void load(ByteReader& in);
};

class Ledger {
 public:
  explicit Ledger(const MarketOptions& options);

  LedgerState start() const;
  bool runs(std::size_t campaign, std::int32_t step) const;
  // Units to buy in this step; 0 when it does not run.
  double wanted_units(const LedgerState& state, std::size_t campaign, std::int32_t step) const;
  struct Booking {
    Micros spend = 0, bonus = 0;
  };
  Booking book(LedgerState& state, std::size_t campaign, std::int32_t step, std::int64_t units) const;
  Micros budget(std::size_t campaign) const { return accounts_[campaign].planned.back(); }

 private:
  struct Account {
    std::vector<Micros> planned;  // up to the start of each step, and the end: n_steps + 1
    std::vector<char> running;    // by step
    std::vector<double> dear;     // price of a step relative to the usual one; empty: always 1
    Micros unit_price = 0;
    double elasticity = 0, reference_units = 0;  // of a step
    double fixed_units = 0;                      // of a fixed fee
    double warmup_money = 0;                     // micros a step
    bool unpaid = false, fixed = false, in_warmup = false;
  };
  static std::vector<double> weights(const CampaignOptions& campaign, const RunOptions& run);
  static Micros base_price(const Account& account, std::int32_t step);
  static Micros price(const Account& account, std::int32_t step, std::int64_t units);
  static double units_for(const Account& account, std::int32_t step, double micros);
  std::vector<Account> accounts_;
};

}  // namespace populace
