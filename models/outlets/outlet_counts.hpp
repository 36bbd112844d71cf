// What is counted of outlets and paths, and the figures a strategist reads of it.
//
//   orders begun = completed + abandoned over steps;  chosen = begun + no outlet could be used (+ bought elsewhere)
#pragma once
#include <cstdint>
#include <span>

#include "models/outlets/paths.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

class OutletCounts {
 public:
  OutletCounts(const MarketOptions& options, const Paths& paths, MeasureRegistry& registry);
  bool exists() const { return exists_; }
  bool counts_stock() const { return limited_; }
  void add_kpis(MeasureRegistry& registry) const;

  std::size_t abandoned_at(std::size_t outlet, std::size_t step) const { return abandoned_ + outlet * n_steps_ + step; }
  // One completed order: `price` is the list price of a unit, in the currency.
  void book(std::size_t outlet, bool focal, std::uint8_t units, double price, float paid_share, std::int64_t hours,
            std::int64_t* row) const;
  void end_step(std::int32_t step, std::span<std::int64_t> rows, std::size_t row_size,
                std::span<std::int64_t> totals) const;

  std::size_t begun = 0, completed = 0, orders = 0, stockouts = 0, trials = 0, nowhere = 0;  // first slots
  std::size_t stock = 0;                                                                     // of the totals

 private:
  void add_outlet_kpis(std::size_t outlet, MeasureRegistry& registry) const;

  const MarketOptions* options_;
  const Paths* paths_;
  bool exists_ = false, tries_ = false, fixed_costs_ = false, delays_ = false, limited_ = false;
  std::size_t n_steps_ = 0, abandoned_ = 0, revenue_ = 0, cost_ = 0, focal_cost_ = 0, hours_ = 0, fixed_cost_ = 0;
};

}  // namespace populace
