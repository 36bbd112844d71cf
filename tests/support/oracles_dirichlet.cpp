#include "tests/support/oracles_dirichlet.hpp"

#include <cmath>

#include "tests/support/oracles_exposure.hpp"

namespace populace::oracles {
namespace {

// The category's purchase distribution, long enough that what is cut off weighs below 1e-15 even times n.
std::vector<double> category_pmf(const DirichletMarket& market) {
  std::vector<double> pmf;
  for (int n = 0;; ++n) {
    pmf.push_back(nbd_pmf(market.shape, market.mean_purchases, n));
    if (n > market.mean_purchases && pmf.back() * n * n < 1e-16) return pmf;
  }
}

// P(none of n purchases goes to brands of this total share).
double none_bought(const DirichletMarket& market, double share, int n) {
  if (share > 1.0 - 1e-12) return n == 0 ? 1.0 : 0.0;
  const double inside = market.concentration * share;
  return 1.0 - beta_binomial_reach(inside, market.concentration - inside, n);
}

double non_buyers(const DirichletMarket& market, double share) {
  const std::vector<double> pmf = category_pmf(market);
  double total = 0.0;
  for (std::size_t n = 0; n < pmf.size(); ++n) total += pmf[n] * none_bought(market, share, static_cast<int>(n));
  return total;
}

BrandReport report(const DirichletMarket& market, double share) {
  const std::vector<double> pmf = category_pmf(market);
  double buyers = 0.0;
  double their_category_purchases = 0.0;
  for (std::size_t n = 0; n < pmf.size(); ++n) {
    const double bought = pmf[n] * (1.0 - none_bought(market, share, static_cast<int>(n)));
    buyers += bought;
    their_category_purchases += static_cast<double>(n) * bought;
  }
  const double brand_purchases = market.mean_purchases * share;
  return {buyers, brand_purchases / buyers, brand_purchases / their_category_purchases};
}

}  // namespace

std::vector<BrandReport> brand_reports(const DirichletMarket& market) {
  std::vector<BrandReport> reports;
  for (const double share : market.shares) reports.push_back(report(market, share));
  return reports;
}

double bought_both(const DirichletMarket& market, std::size_t first, std::size_t second) {
  const double a = market.shares[first];
  const double b = market.shares[second];
  return 1.0 - non_buyers(market, a) - non_buyers(market, b) + non_buyers(market, a + b);
}

double duplication_coefficient(const DirichletMarket& market) {
  const std::vector<BrandReport> reports = brand_reports(market);
  double sum = 0.0;
  int pairs = 0;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    for (std::size_t j = 0; j < reports.size(); ++j) {
      if (i == j) continue;
      sum += bought_both(market, i, j) / reports[i].penetration / reports[j].penetration;
      ++pairs;
    }
  }
  return sum / pairs;
}

std::vector<double> brand_purchase_pmf(const DirichletMarket& market, std::size_t brand, int largest) {
  const std::vector<double> category = category_pmf(market);
  const double inside = market.concentration * market.shares[brand];
  std::vector<double> pmf(static_cast<std::size_t>(largest) + 1, 0.0);
  for (std::size_t n = 0; n < category.size(); ++n) {
    for (std::size_t x = 0; x < pmf.size() && x <= n; ++x) {
      pmf[x] += category[n] *
                beta_binomial_pmf(inside, market.concentration - inside, static_cast<int>(n), static_cast<int>(x));
    }
  }
  return pmf;
}

}  // namespace populace::oracles
