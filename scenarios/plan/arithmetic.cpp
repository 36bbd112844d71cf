#include "scenarios/plan/arithmetic.hpp"

#include <cmath>

namespace populace {

Rates average_rates(TargetKind kind, const PlanTotals& present) {
  Rates rates;
  if (kind == TargetKind::kRevenue) rates.order_value = present.figure / present.orders;
  rates.conversion = (kind == TargetKind::kOther ? present.figure : present.orders) / present.visits;
  rates.visit_cost = present.effort / present.visits;
  return rates;
}

Rates replaced(Rates rates, const GivenRates& given) {
  rates.order_value = given.order_value.value_or(rates.order_value);
  rates.conversion = given.conversion.value_or(rates.conversion);
  rates.visit_cost = given.visit_cost.value_or(rates.visit_cost);
  return rates;
}

Chain backwards(TargetKind kind, double target, const Rates& rates) {
  Chain chain;
  chain.rates = rates;
  chain.orders = kind == TargetKind::kRevenue ? target / rates.order_value : target;
  chain.visits = chain.orders / rates.conversion;
  chain.budget = chain.visits * rates.visit_cost;
  return chain;
}

std::vector<GapPart> gap_parts(const GapFigures& f) {
  const double media = f.target - f.without, without_baseline = media * f.spent_now / (f.now - f.without);
  if (!std::isfinite(without_baseline) || !std::isfinite(f.arithmetic) || f.arithmetic <= 0) return {};
  double saturation = f.spent - without_baseline;
  std::vector<GapPart> parts{{"rates", f.present_arithmetic - f.arithmetic, 0},
                             {"baseline", without_baseline - f.present_arithmetic, 0}};
  if (f.buyers) {
    const auto [now, then] = *f.buyers;
    const double value_now = (f.now - f.without) / now;
    const double fewer_buyers = media / value_now * (f.spent / then - f.spent_now / now);
    parts.push_back({"saturation", fewer_buyers, 0});
    parts.push_back({"orders each", saturation - fewer_buyers, 0});
  } else {
    parts.push_back({"saturation", saturation, 0});
  }
  parts.push_back({"unspent", f.budget - f.spent, 0});
  for (GapPart& part : parts) part.share = part.money / f.arithmetic;
  return parts;
}

}  // namespace populace
