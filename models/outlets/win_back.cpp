#include "models/outlets/win_back.hpp"

#include <algorithm>
#include <cstring>

#include "models/names.hpp"
#include "sim/base/units.hpp"

namespace populace {

WinBack::WinBack(const MarketOptions& options, Layout& layout, MeasureRegistry& registry) : options_(&options) {
  const WinBackOptions& o = options.retail.win_back;
  if (!options.has_outlets() || !o.enabled) return;
  constexpr double kMostSteps = 254;
  most_steps_ = static_cast<std::uint8_t>(std::clamp(o.weeks * options.run.steps_per_week() + .5, 1.0, kMostSteps));
  // In proportion to time: reminders cost and act one by one, and seven a week must not follow from one.
  reminded_ = o.reminder_prob_per_week * options.run.weeks_per_step();
  returns_ = reminded_ * o.return_prob;
  open_ = layout.add<std::uint8_t>("open_order");
  const auto count = [&](const char* name, const char* unit, const char* text) {
    return registry.add({.name = name, .unit = unit, .long_name = text, .dims = {}});
  };
  reminders_ = count("win_back_reminders", "reminders", "reminders of abandoned orders");
  taken_up_ = count("orders_taken_up", "orders", "abandoned orders taken up again after a reminder");
  won_back_ = count("orders_won_back", "orders", "abandoned orders completed after a reminder");
  open_orders_ = registry.add({.name = "open_orders",
                               .unit = "orders",
                               .long_name = "abandoned orders that are kept",
                               .kind = Timing::kStock,
                               .dims = {}});
  cost_ = registry.add({.name = "win_back_cost",
                        .unit = options.run.currency,
                        .long_name = "cost of reminders of abandoned orders",
                        .count = Count::kMicrosPerConsumer,
                        .dims = {}});
}

void WinBack::build(const BlockView& block) const {
  if (enabled()) std::fill_n(block.column(open_), block.place.n, std::uint8_t{0});
}

void WinBack::remind(DrawKey key, std::int32_t step, const BlockView& block, const std::uint8_t* need_code,
                     BlockScratch& scratch, std::int64_t* row) const {
  std::uint8_t* open = block.column(open_);
  scratch.list.n = 0;
  // Nearly nobody has an open order: eight at a time, as padding is zero.
  for (std::uint32_t eight = 0; eight < block.place.n; eight += 8) {
    std::uint64_t any = 0;
    std::memcpy(&any, open + eight, sizeof any);
    for (std::uint32_t i = eight; any != 0 && i < eight + 8; ++i) {
      if (open[i] == 0) continue;
      if (open[i] > most_steps_ || need_code[i] == 0) {
        open[i] = 0;
        continue;
      }
      ++open[i];
      const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + i;
      const double u = unit_double(draw_word(key, reason(Purpose::kWinBack, 0u, step), id));
      if (u >= reminded_) continue;
      ++row[reminders_];
      if (scratch.trace != nullptr && scratch.trace->place == i)
        scratch.trace->note("outlets", "win_back", u < returns_ ? "reminded, takes the order up again" : "reminded",
                            {{"chance to return", returns_}, {"draw", u}});
      if (u >= returns_) continue;
      ++row[taken_up_];
      scratch.list.add(i);
    }
  }
  std::fill_n(scratch.occasions_left, scratch.list.n, std::uint8_t{1});
}

void WinBack::close(const BlockView& block, std::uint32_t place, bool by_return, std::int64_t* row) const {
  if (!enabled()) return;
  if (by_return) ++row[won_back_];
  block.column(open_)[place] = 0;
}

void WinBack::count_open(const BlockView& block, std::int64_t* row) const {
  if (!enabled()) return;
  const std::uint8_t* open = block.column(open_);
  std::int64_t n = 0;
  for (std::uint32_t i = 0; i < block.place.n; ++i) n += open[i] != 0;
  row[open_orders_] += n;
}

void WinBack::end_step(std::span<std::int64_t> rows, std::size_t row_size) const {
  if (!enabled()) return;
  const Micros each = to_micros(options_->retail.win_back.reminder_money);
  for (std::size_t at = 0; at < rows.size(); at += row_size) rows[at + cost_] = rows[at + reminders_] * each;
}

void WinBack::add_kpis(MeasureRegistry& registry) const {
  if (!enabled()) return;
  const std::string& money = options_->run.currency;
  const KpiTerm reminders{"win_back_reminders", {0}}, orders{"orders_won_back", {0}}, cost{"win_back_cost", {0}};
  registry.add(Kpi{"win_back", "orders", "reminders", "reminders", "reminders sent", {reminders}, {}, 1, 0});
  registry.add(Kpi{"win_back", "orders", "won_back", "orders", "orders completed after one", {orders}, {}, 1, 0});
  registry.add(Kpi{"win_back", "orders", "cost", money, "cost of reminders", {cost}, {}, 1, 0});
  registry.add(Kpi{"win_back", "orders", "cost_per_order", money, "cost of an order won back", {cost}, {orders}, 1, 0});
}

}  // namespace populace
