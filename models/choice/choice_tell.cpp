// Why the traced consumer took what he took: the chances of every brand, by the equations of choice_kernels.hpp.
#include <algorithm>

#include "models/choice/choice.hpp"
#include "sim/random/draw.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

struct BrandWeights {
  std::vector<double> taste, deviation, weight;  // by brand; weight 0: not considered
  double sum = 0;
};

double deviation_of(const ChoiceTask& task, const BrandTask& brand, std::uint32_t k) {
  double v = brand.common_deviation;
  if (brand.deviation != nullptr) v += brand.deviation[k];
  if (task.price_slope != nullptr) v -= task.price_slope[k] * brand.price_deviation;
  for (std::size_t s = 0; s < brand.n_stocks; ++s) {
    const StockTerm& stock = brand.stocks[s];
    const double saturation = stock.saturation;
    double level = stock.read[k];
    if (saturation > 0) level = saturation * -exact_expm1(-level / saturation);
    v += stock.utility * (level - stock.base);
  }
  return v;
}

BrandWeights weigh(const ChoiceTask& task, std::uint32_t k) {
  BrandWeights out;
  double best = -1e30, all = 0;
  for (std::size_t b = 0; b < task.n_brands; ++b)
    best = std::max(best, static_cast<double>(task.brands[b].log_taste[k]));
  for (std::size_t b = 0; b < task.n_brands; ++b) {
    out.taste.push_back(exact_exp(static_cast<double>(task.brands[b].log_taste[k]) - best));
    all += out.taste.back();
  }
  for (std::size_t b = 0; b < task.n_brands; ++b) {
    const BrandTask& brand = task.brands[b];
    out.taste[b] = out.taste[b] / all * (1 - task.taste_floor) + task.taste_floor * brand.share;
    out.deviation.push_back(deviation_of(task, brand, k));
    const bool considered = (task.considered[k] >> b & 1) != 0;
    out.weight.push_back(considered ? out.taste[b] * exact_exp(out.deviation[b]) : 0);
    out.sum += out.weight[b];
  }
  return out;
}

}  // namespace

void Choice::tell(const ChoiceTask& task, std::uint32_t k, Trace& trace) const {
  const BrandWeights brands = weigh(task, k);
  double buys = 0;
  if (brands.sum > 0) {
    const double e = exact_exp(task.category_response * exact_log(brands.sum));
    buys = e / (e + task.no_purchase);
  }
  for (std::size_t b = 0; b < task.n_brands; ++b) {
    const std::string& name = options_->brands[b].name;
    if (brands.weight[b] <= 0) {
      trace.note("choice", name, "not considered");
      continue;
    }
    const double uniform = 1 - static_cast<double>(unit_float(task.brands[b].words[k]));
    trace.note("choice", name, "considered",
               {{"chance if he buys", brands.weight[b] / brands.sum},
                {"taste", brands.taste[b]},
                {"utility above the base", brands.deviation[b]},
                {"arrival in the race (drawn; the first wins)", -exact_log(uniform) / brands.weight[b]}});
  }
  const double u = static_cast<double>(unit_float(task.buy_words[k]));
  if (task.chosen[k] < 0)
    trace.note("choice", "", "buys nothing", {{"chance to buy", buys}, {"draw", u}});
  else
    trace.note("choice", options_->brands[static_cast<std::size_t>(task.chosen[k])].name, "is taken",
               {{"chance to buy", buys}, {"draw", u}});
}

}  // namespace populace
