// Oracle O13: choice among brands nested above "no purchase".
//     IV = ln sum_b t_b e^{v_b},   B = P(buy) = e^{mu IV} / (e^{mu IV} + e^{u0}),   P(b) = B s_b,  s_b = t_b e^{v_b} /
//     e^{IV}
// t tastes (sum 1), v_b utility deviation from the base plan, mu category response, u0 from P(no purchase) = p0 at IV =
// 0. Derivatives:  d ln P(b) / d v_j = [b = j] - s_j + mu (1-B) s_j. With v_b = -slope * (price_b - base price_b),
// prices relative to a reference, the elasticities are
//     own   -slope price_b [1 - s_b + mu (1-B) s_b],     cross  +slope price_j s_j [1 - mu (1-B)];
// p0 = 0 leaves the plain logit: own -slope price (1-s), cross +slope price_j s_j. Source: McFadden (1978); Train,
// ch. 4.
#pragma once
#include <span>
#include <vector>

#include "tests/support/oracles_markov.hpp"

namespace populace::oracles {

struct NestedChoice {
  double category_response;  // mu, 0 to 1
  double no_purchase_prob;   // p0 at the base plan, in [0, 1)
};

// P(buy) at an inclusive value.
double buying_probability(const NestedChoice& nest, double inclusive_value);

// P(brand) of a consumer with these tastes; the rest of 1 is no purchase.
std::vector<double> brand_probabilities(const NestedChoice& nest, std::span<const double> tastes,
                                        std::span<const double> deviations);

// Entry [b][j]: elasticity of P(b) with respect to the price of j.
Matrix price_elasticities(const NestedChoice& nest, std::span<const double> tastes, std::span<const double> deviations,
                          double slope, std::span<const double> prices);

// Demand of a population whose tastes are Dirichlet(S * share), when the utility of one brand is raised by v and all
// others stay at base. The brand's taste x is then Beta(S share, S (1-share)), IV = ln(1 + x (e^v - 1)), and given x
// the others split what is left in the ratio of their shares: two one-dimensional integrals, by double-exponential
// quadrature to 1e-10.
struct BrandDemand {
  double brand;         // E P(b)
  double others;        // E sum of P(j), j != b; brand j has share_j / (1 - share_b) of it
  double brand_slope;   // d brand / d v
  double others_slope;  // d others / d v
};
BrandDemand dirichlet_demand(const NestedChoice& nest, double concentration, double share, double v);

// The same for a price change with a price slope that differs between consumers, lognormal(median, log_sd) and
// independent of tastes: v = -slope * price_change, and both slopes of the result are derivatives with respect to
// price.
BrandDemand dirichlet_demand_at_price(const NestedChoice& nest, double concentration, double share, double slope_median,
                                      double slope_log_sd, double price_change);

// Closed form of the above at the base plan, where s = t and B = 1 - p0, with the mean slope:
//     own -slope price [1 - q + mu p0 q],  q = E t^2 / E t = (S share + 1) / (S + 1);
//     cross, of any brand to the price of j:  slope price_j S share_j / (S+1) [1 - mu p0].
double dirichlet_own_elasticity(const NestedChoice& nest, double concentration, double share, double slope,
                                double price);
double dirichlet_cross_elasticity(const NestedChoice& nest, double concentration, double other_share, double slope,
                                  double other_price);

}  // namespace populace::oracles
