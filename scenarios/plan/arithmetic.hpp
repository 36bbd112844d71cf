// Objective and task on paper: from the target backwards, each step by an average rate.
//
//   orders = target / order value;   visits = orders / conversion;   budget = visits x cost of a visit
//   at 2 a visit, 1 % and 1,000 an order, 1,000,000 takes 1,000 orders, 100,000 visits and 200,000 (H115)
//
// and what the arithmetic leaves out, in parts that add up to the difference from the simulated budget. With
//   T target; Y(0), Y(1), Y(x) the figure without, under the present and under the needed plan; S money spent;
//   A = arithmetic by the rates given, A1 = T S(1) / Y(1) by those of the present plan; b buyers added to those of
//   factor 0; n = b / S, v = (Y - Y(0)) / b
//   rates       = A1 - A
//   baseline    = (T - Y(0)) S(1) / (Y(1) - Y(0)) - A1                   sales that come without, and do not grow
//   saturation  = (T - Y(0)) / v(1) x (1 / n(x) - 1 / n(1))              fewer buyers for the money than now
//   orders each = S(x) - all above                                       a buyer is worth less, or more, than now
//   unspent     = budget - S(x)
// Where buyers are not counted, or not surely added, saturation is all of S(x) - (A + rates + baseline).
// Source: objective-and-task method of budgeting, as seed document S30 states it.
#pragma once
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace populace {

inline constexpr double kNoFigure = std::numeric_limits<double>::quiet_NaN();

enum class TargetKind { kRevenue, kOrders, kOther };  // kOther: the figure itself stands for orders

// Averages; those that are not given are the present plan's.
struct Rates {
  double order_value = kNoFigure;  // money
  double conversion = kNoFigure;   // orders a visit
  double visit_cost = kNoFigure;   // money, or contacts where nothing is paid
};
struct GivenRates {
  std::optional<double> order_value, conversion, visit_cost;
  bool any() const { return order_value || conversion || visit_cost; }
};

// What a plan takes and brings, of one run.
struct PlanTotals {
  double figure = 0, orders = kNoFigure, visits = 0, effort = 0;
};
Rates average_rates(TargetKind kind, const PlanTotals& present);
Rates replaced(Rates rates, const GivenRates& given);

struct Chain {
  Rates rates;
  double orders = kNoFigure, visits = kNoFigure, budget = kNoFigure;
};
Chain backwards(TargetKind kind, double target, const Rates& rates);

struct GapFigures {
  double target = 0;
  double arithmetic = 0, present_arithmetic = 0;  // budgets: by the rates in use, by the present plan's alone
  double without = 0, now = 0;                    // the target's figure at factor 0 and 1
  double spent_now = 0, spent = 0, budget = 0;
  std::optional<std::pair<double, double>> buyers;  // added now, and by the needed plan
};
struct GapPart {
  std::string name;
  double money, share;  // share of the arithmetic
};
// Empty where the arithmetic has no answer.
std::vector<GapPart> gap_parts(const GapFigures& figures);

}  // namespace populace
