#include "models/media/ledger.hpp"

#include <algorithm>

#include "models/creative/rotation.hpp"
#include "models/names.hpp"
#include "models/world/events.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

double share_of(const std::vector<std::string>& names, const auto& items) {
  if (names.empty()) return 1;
  double share = 0;
  for (const std::string& name : names) share += items[index_of(items, name)].share;
  return share;
}

// Price of one unit of one simulated consumer, in the currency.
double unit_price(const CampaignOptions& campaign, const MarketOptions& market, double scale) {
  if (campaign.buy == "cpm") return campaign.cpm_money / 1000 * scale;
  if (campaign.buy == "cpc") return campaign.cpc_money * scale;
  if (campaign.buy != "grp") return 0;
  const auto& segments = campaign.target_segments.empty() ? campaign.segments : campaign.target_segments;
  const auto& regions = campaign.target_regions.empty() ? campaign.regions : campaign.target_regions;
  const double universe =
      market.run.market_size_people * share_of(segments, market.segments) * share_of(regions, market.regions);
  return campaign.grp_money / (universe / 100) * scale;
}

}  // namespace

void LedgerState::save(ByteWriter& out) const {
  out.put(spent);
  out.put(bonus);
  out.put(delivered);
}

void LedgerState::load(ByteReader& in) {
  in.get(spent);
  in.get(bonus);
  in.get(delivered);
}

// Money of each step relative to the others: length of the step within flights, times their weight; or the imported
// plan.
std::vector<double> Ledger::weights(const CampaignOptions& campaign, const RunOptions& run) {
  const double dt = run.weeks_per_step();
  const auto n_steps = static_cast<std::size_t>(run.weeks * run.steps_per_week());
  std::vector<double> weight(n_steps, 0);
  for (std::size_t s = 0; s < n_steps; ++s) {
    const double start = static_cast<double>(s) * dt, end = start + dt;
    for (const auto& [week, money] : campaign.plan)
      if (start >= week - 1e-9 && start < week + 1 - 1e-9) weight[s] += money * dt;
    if (!campaign.plan.empty()) continue;
    if (campaign.flights.empty()) weight[s] = dt;
    for (const FlightOptions& flight : campaign.flights)
      weight[s] += flight.weight * std::max(0.0, std::min(end, flight.end_week) - std::max(start, flight.start_week));
    if (weight[s] < 1e-9) weight[s] = 0;
  }
  return weight;
}

Ledger::Ledger(const MarketOptions& options) {
  const double scale = options.run.market_size_people / static_cast<double>(options.run.consumers);
  const Rotation rotation(options);
  const WorldEvents events(options);
  const double dt = options.run.weeks_per_step();
  for (const CampaignOptions& campaign : options.campaigns) {
    Account& account = accounts_.emplace_back();
    double budget = campaign.budget_money;
    if (!campaign.plan.empty()) {
      budget = 0;
      for (const auto& [week, money] : campaign.plan) budget += money;
    }
    account.unit_price = to_micros(unit_price(campaign, options, scale) * rotation.price(accounts_.size() - 1));
    account.elasticity = campaign.buy == "cpm" ? campaign.cpm_elasticity : 0;
    account.reference_units = campaign.cpm_reference_impressions_per_week * options.run.weeks_per_step() / scale;
    account.unpaid = campaign.buy == "probability";
    account.fixed = campaign.buy == "fixed";
    account.fixed_units = campaign.fixed_impressions / scale;
    account.in_warmup = campaign.in_warmup;
    const std::vector<double> weight = weights(campaign, options.run);
    double total = 0, sum = 0;
    for (const double w : weight) total += w;
    std::int64_t n_running = 0;
    account.planned.push_back(0);
    for (const double w : weight) {
      sum += w;
      n_running += w > 0;
      account.running.push_back(w > 0);
      account.planned.push_back(total > 0 ? to_micros(budget * (sum / total)) : 0);
    }
    if (total > 0) account.planned.back() = to_micros(budget);
    const ChannelOptions& channel = options.channels[index_of(options.channels, campaign.channel)];
    for (std::size_t s = 0; s < weight.size(); ++s) {
      if (is_out(channel, static_cast<std::int32_t>(s), dt)) account.running[s] = 0;
      if (events.any()) account.dear.push_back(events.media_price(static_cast<std::int32_t>(s), campaign));
    }
    account.warmup_money = n_running > 0 ? budget * kMicrosPerUnit / static_cast<double>(n_running) : 0;
  }
}

LedgerState Ledger::start() const {
  const std::size_t n = accounts_.size();
  return {std::vector<Micros>(n), std::vector<Micros>(n), std::vector<std::int64_t>(n)};
}

bool Ledger::runs(std::size_t campaign, std::int32_t step) const {
  const Account& account = accounts_[campaign];
  if (step < 0) return account.in_warmup;
  return static_cast<std::size_t>(step) < account.running.size() &&
         account.running[static_cast<std::size_t>(step)] != 0;
}

// Of one unit when so many are bought in the step.
Micros Ledger::base_price(const Account& account, std::int32_t step) {
  if (account.dear.empty() || step < 0 || account.dear[static_cast<std::size_t>(step)] == 1) return account.unit_price;
  const double micros = static_cast<double>(account.unit_price) * account.dear[static_cast<std::size_t>(step)];
  return account.unit_price == 0 ? 0 : std::max<Micros>(1, static_cast<Micros>(micros + .5));
}

Micros Ledger::price(const Account& account, std::int32_t step, std::int64_t units) {
  const Micros base = base_price(account, step);
  if (account.elasticity == 0 || units == 0) return base;
  const double dear = exact_exp(account.elasticity * exact_log(static_cast<double>(units) / account.reference_units));
  constexpr double kMostBill = 4e18;  // micros that 64 bits hold
  const double micros = std::min(static_cast<double>(base) * dear, kMostBill / static_cast<double>(units));
  return std::max<Micros>(1, static_cast<Micros>(micros + .5));
}

// Units that so much money buys: units x price(units) = money.
double Ledger::units_for(const Account& account, std::int32_t step, double micros) {
  const Micros base = base_price(account, step);
  if (base == 0 || micros <= 0) return 0;
  const double units = micros / static_cast<double>(base);
  if (account.elasticity == 0) return units;
  return account.reference_units * exact_exp(exact_log(units / account.reference_units) / (1 + account.elasticity));
}

double Ledger::wanted_units(const LedgerState& state, std::size_t campaign, std::int32_t step) const {
  const Account& account = accounts_[campaign];
  if (account.unpaid || !runs(campaign, step)) return 0;
  const auto budget = static_cast<double>(account.planned.back());
  if (step < 0) {
    if (account.fixed) return budget > 0 ? account.fixed_units * account.warmup_money / budget : 0;
    return units_for(account, step, account.warmup_money);
  }
  const Micros planned = account.planned[static_cast<std::size_t>(step) + 1];
  if (account.fixed) {
    const double units = budget > 0 ? account.fixed_units * static_cast<double>(planned) / budget : account.fixed_units;
    return std::max(0.0, units - static_cast<double>(state.delivered[campaign]));
  }
  return units_for(account, step, static_cast<double>(std::max<Micros>(0, planned - state.spent[campaign])));
}

Ledger::Booking Ledger::book(LedgerState& state, std::size_t campaign, std::int32_t step, std::int64_t units) const {
  const Account& account = accounts_[campaign];
  if (step < 0 || account.unpaid) return {};
  state.delivered[campaign] += units;
  Booking booking;
  const Micros left = account.planned.back() - state.spent[campaign];
  if (account.fixed) {
    booking.spend =
        runs(campaign, step) ? account.planned[static_cast<std::size_t>(step) + 1] - state.spent[campaign] : 0;
  } else {
    const Micros bill = units * price(account, step, units);
    booking.spend = std::min(bill, left);
    booking.bonus = bill - booking.spend;
  }
  state.spent[campaign] += booking.spend;
  state.bonus[campaign] += booking.bonus;
  return booking;
}

}  // namespace populace
