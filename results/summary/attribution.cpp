#include "results/summary/attribution.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace populace {
namespace {

// Weights of a path's touches by the rules that look at one path at a time.
std::vector<double> weights(AttributionRule rule, const TouchPath& path, double half_life) {
  const std::size_t n = path.causes.size();
  std::vector<double> weight(n, 0);
  if (rule == AttributionRule::kLastTouch) weight.back() = 1;
  if (rule == AttributionRule::kFirstTouch) weight.front() = 1;
  if (rule == AttributionRule::kLinear) std::fill(weight.begin(), weight.end(), 1);
  if (rule == AttributionRule::kTimeDecay)
    for (std::size_t k = 0; k < n; ++k) weight[k] = std::exp2(-(path.end - path.steps[k]) / half_life);
  if (rule == AttributionRule::kShapley) {
    std::set<std::uint16_t> met;
    for (std::size_t k = 0; k < n; ++k) weight[k] = met.insert(path.causes[k]).second ? 1 : 0;
  }
  return weight;
}

// States: causes 0 … n - 1, the start n, the sale n + 1; what is missing to 1 leads to none.
class Chain {
 public:
  Chain(std::span<const TouchPath> paths, std::size_t n_causes)
      : n_(n_causes), move_((n_causes + 1) * (n_causes + 2), 0) {
    std::vector<double> leaves(n_ + 1, 0);
    for (const TouchPath& path : paths) {
      std::size_t from = n_;
      for (const std::size_t to : path.causes) {
        at(from, to) += 1;
        ++leaves[from];
        from = to;
      }
      at(from, n_ + 1) += path.value > 0;
      ++leaves[from];
    }
    for (std::size_t from = 0; from <= n_; ++from)
      for (std::size_t to = 0; leaves[from] > 0 && to <= n_ + 1; ++to) at(from, to) /= leaves[from];
  }

  // Chance that the start leads to a sale when what leads to `removed` leads to none: repeated substitution, which
  // converges as every path ends.
  double sells(std::size_t removed) const {
    std::vector<double> sale(n_ + 1, 0);
    for (double change = 1; change > 1e-13;) {
      change = 0;
      for (std::size_t from = 0; from <= n_; ++from) {
        if (from == removed) continue;
        double p = at(from, n_ + 1);
        for (std::size_t to = 0; to < n_; ++to) p += at(from, to) * sale[to];
        change = std::max(change, std::abs(p - sale[from]));
        sale[from] = p;
      }
    }
    return sale[n_];
  }

 private:
  double& at(std::size_t from, std::size_t to) { return move_[from * (n_ + 2) + to]; }
  double at(std::size_t from, std::size_t to) const { return move_[from * (n_ + 2) + to]; }
  std::size_t n_;
  std::vector<double> move_;
};

std::vector<double> by_removal(std::span<const TouchPath> paths, std::size_t n_causes) {
  const Chain chain(paths, n_causes);
  const double all = chain.sells(n_causes + 2);
  double value = 0, sum = 0;
  for (const TouchPath& path : paths) value += path.value;
  std::vector<double> credit(n_causes, 0);
  for (std::size_t cause = 0; all > 0 && cause < n_causes; ++cause) sum += credit[cause] = 1 - chain.sells(cause) / all;
  for (double& part : credit) part = sum > 0 ? value * part / sum : 0;
  return credit;
}

}  // namespace

std::vector<double> attribute(AttributionRule rule, std::span<const TouchPath> paths, std::size_t n_causes,
                              double half_life) {
  if (rule == AttributionRule::kMarkov) return by_removal(paths, n_causes);
  std::vector<double> credit(n_causes, 0);
  for (const TouchPath& path : paths) {
    if (path.value <= 0) continue;
    const std::vector<double> weight = weights(rule, path, half_life);
    double sum = 0;
    for (const double w : weight) sum += w;
    for (std::size_t k = 0; k < weight.size(); ++k) credit[path.causes[k]] += path.value * weight[k] / sum;
  }
  return credit;
}

}  // namespace populace
