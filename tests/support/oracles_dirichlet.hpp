// Oracle O8: the NBD-Dirichlet market. A consumer's category purchases in the period are negative binomial with mean M
// and shape K; each goes to brand b with a personal probability, Dirichlet(S * share). So given n category purchases,
// those of b are beta-binomial(n; S share_b, S (1 - share_b)), and everything below is a sum over n, exact to 1e-12.
// Source: Goodhardt, Ehrenberg & Chatfield (1984), J. Royal Statistical Society A 147.
#pragma once
#include <span>
#include <vector>

namespace populace::oracles {

struct DirichletMarket {
  double mean_purchases;  // M, category purchases per consumer in the period
  double shape;           // K
  double concentration;   // S; brands that are not listed hold the rest of the shares
  std::vector<double> shares;
};

struct BrandReport {
  double penetration;            // b: share of consumers who bought the brand
  double purchases_per_buyer;    // w: M share / b
  double category_requirements;  // SCR: brand purchases over category purchases, among the brand's buyers
};

std::vector<BrandReport> brand_reports(const DirichletMarket& market);

// Share of consumers who bought both brands.
double bought_both(const DirichletMarket& market, std::size_t first, std::size_t second);

// Duplication coefficient D: mean over ordered pairs of listed brands of P(bought j | bought i) / penetration_j.
double duplication_coefficient(const DirichletMarket& market);

// P(x purchases of the brand), x = 0 .. largest.
std::vector<double> brand_purchase_pmf(const DirichletMarket& market, std::size_t brand, int largest);

}  // namespace populace::oracles
