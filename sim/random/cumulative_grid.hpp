#pragma once

// Quantiles and partial means of gamma and beta traits without special functions. The density g of a coordinate y
// (gamma: y = ln(x / shape), beta: y = logit x), relative to its peak, is tabulated on an even grid. Within a cell g is
// the quintic that meets g, g' and g'' at both ends; its integral gives the mass of the cell, and Newton's method on
// that integral the place of a given mass. Masses are summed from both ends, so that both tails keep their relative
// accuracy, and are normalised by their own total. Below (for beta also above) the grid, where y may run to minus
// thousands, the mass is
//     F(y) = g(y)/a sum_n prod_(j<=n) ratio(j),   ratio(j) = x / (a + j)  or  x (a + b + j - 1) / (a + j),
// with positive terms only (DLMF 8.7.1, 8.17.22). The same with a + 1 for a gives the first moment, the integral of x
// g. Relative error of masses and quantiles about 1e-10, far below the rounding of the tables made from them to float.

#include <algorithm>
#include <array>

#include "sim/random/exact_math.hpp"

namespace populace::cumulative {

// The grid ends where ln g has dropped by this much (e^-45 = 3e-20), or earlier where the series is quick.
inline constexpr double kLogDrop = 45;
inline constexpr double kQuickRatio = 0.01;

// Mass and first moment (integral of g and of x g), relative to the density's peak.
struct Moments {
  double mass = 0;
  double moment = 0;
};

// A density at a point: g itself and g'/g, g''/g, and the same ratios for x g.
struct Point {
  double x;
  double g;
  double slope;
  double bend;
  double moment_slope;
  double moment_bend;
};

// 1 + ratio(1) + ratio(1) ratio(2) + ... for positive ratios below one.
template <class Ratio>
double positive_series(Ratio ratio) {
  double term = 1;
  double sum = 1;
  for (int j = 1; term > 1e-17 * sum; ++j) {
    term *= ratio(j);
    sum += term;
  }
  return sum;
}

// Gamma(shape) in y = ln(x / shape): ln g = shape (y - (e^y - 1)), peak at 0. The grid leaves nothing above it.
class GammaDensity {
 public:
  static constexpr bool kHasUpperSeries = false;

  explicit GammaDensity(double shape) : shape_(shape) {}

  double peak() const { return 0; }
  double log_g(double y) const { return shape_ * (y - exact_expm1(y)); }
  double first_gridded() const { return exact_log(kQuickRatio * (shape_ + 1) / shape_); }

  Point at(double y) const {
    const double x = shape_ * exact_exp(y);
    const double slope = shape_ - x;
    return {x, exact_exp(log_g(y)), slope, slope * slope - x, slope + 1, (slope + 1) * (slope + 1) - x};
  }

  Moments below(double y) const {
    const Point p = at(y);
    const double mass = positive_series([&](int j) { return p.x / (shape_ + j); });
    const double moment = positive_series([&](int j) { return p.x / (shape_ + 1 + j); });
    return {p.g / shape_ * mass, p.x * p.g / (shape_ + 1) * moment};
  }

 private:
  double shape_;
};

// Beta(a, b) in y = ln(x / (1 - x)): ln g = a ln x + b ln(1 - x), peak at ln(a / b). Its mirror image is Beta(b, a).
class BetaDensity {
 public:
  static constexpr bool kHasUpperSeries = true;

  BetaDensity(double a, double b) : a_(a), b_(b), log_g_at_peak_(unscaled_log_g(peak())) {}

  BetaDensity mirrored() const { return {b_, a_}; }
  double peak() const { return exact_log(a_ / b_); }
  double log_g(double y) const { return unscaled_log_g(y) - log_g_at_peak_; }
  double first_gridded() const { return exact_log(kQuickRatio * std::min(1.0, (a_ + 1) / (a_ + b_))); }

  Point at(double y) const {
    const double odds = exact_exp(y < 0 ? y : -y);
    const double larger = 1 / (1 + odds);
    const double x = y < 0 ? odds * larger : larger;
    const double rest = y < 0 ? larger : odds * larger;
    const double slope = a_ * rest - b_ * x;
    const double moment_slope = slope + rest;
    const double spread = x * rest;
    return {x,
            exact_exp(log_g(y)),
            slope,
            slope * slope - (a_ + b_) * spread,
            moment_slope,
            moment_slope * moment_slope - (a_ + 1 + b_) * spread};
  }

  Moments below(double y) const {
    const Point p = at(y);
    const double mass = positive_series([&](int j) { return p.x * (a_ + b_ + (j - 1)) / (a_ + j); });
    const double moment = positive_series([&](int j) { return p.x * (a_ + b_ + j) / (a_ + 1 + j); });
    return {p.g / a_ * mass, p.x * p.g / (a_ + 1) * moment};
  }

 private:
  double unscaled_log_g(double y) const {
    const double odds = exact_exp(y < 0 ? y : -y);
    const double log_larger = -exact_log1p(odds);
    return y < 0 ? a_ * y + (a_ + b_) * log_larger : (a_ + b_) * log_larger - b_ * y;
  }

  double a_;
  double b_;
  double log_g_at_peak_;
};

// Where ln g has dropped by kLogDrop from its peak, to one side (direction -1 or 1).
template <class Density>
double end_of_density(const Density& density, double direction) {
  const double peak = density.peak();
  double inside = 0;
  double outside = 1;
  while (density.log_g(peak + direction * outside) > -kLogDrop) {
    inside = outside;
    outside *= 2;
  }
  for (int halving = 0; halving < 12; ++halving) {
    const double middle = 0.5 * (inside + outside);
    (density.log_g(peak + direction * middle) > -kLogDrop ? inside : outside) = middle;
  }
  return peak + direction * outside;
}

// y below the grid with mass `target` under it. ln F is concave in y, so Newton's method from the right cannot leave.
template <class Density>
double place_in_series(const Density& density, double start, double target) {
  const double log_target = exact_log(target);
  double y = start;
  for (int step = 0; step < 20; ++step) {
    const double mass = density.below(y).mass;
    const double change = (log_target - exact_log(mass)) * mass / density.at(y).g;
    y += change;
    if (change * change < 1e-24 * (1 + y * y)) break;
  }
  return y;
}

// The quintic in s = (y - y0) / step with given values, slopes and half second derivatives (per step) at s = 0 and 1.
class Quintic {
 public:
  Quintic(double v0, double d0, double e0, double v1, double d1, double e1) : c_{v0, d0, e0, 0, 0, 0} {
    const double value = v1 - v0 - d0 - e0;
    const double slope = d1 - d0 - 2 * e0;
    const double bend = e1 - e0;
    c_[3] = 10 * value - 4 * slope + bend;
    c_[4] = -15 * value + 7 * slope - 2 * bend;
    c_[5] = 6 * value - 3 * slope + bend;
  }
  double value(double s) const { return c_[0] + s * (c_[1] + s * (c_[2] + s * (c_[3] + s * (c_[4] + s * c_[5])))); }
  double integral(double s) const {
    return s * (c_[0] + s * (c_[1] / 2 + s * (c_[2] / 3 + s * (c_[3] / 4 + s * (c_[4] / 5 + s * (c_[5] / 6))))));
  }

 private:
  std::array<double, 6> c_;
};

// Mass and first moment of a density, cumulated from below and from above, and the inverse of the mass.
template <class Density>
class CumulativeGrid {
 public:
  explicit CumulativeGrid(const Density& density) : density_(density) {
    first_ = std::max(end_of_density(density, -1), density.first_gridded());
    double last = end_of_density(density, 1);
    if constexpr (Density::kHasUpperSeries) last = std::min(last, -density.mirrored().first_gridded());
    step_ = (last - first_) / kCells;
    for (int i = 0; i <= kCells; ++i) points_[i] = density.at(first_ + i * step_);
    below_[0] = density.below(first_);
    above_[kCells] = above(last);
    for (int i = 0; i < kCells; ++i) below_[i + 1] = sum(below_[i], within(i, 1));
    for (int i = kCells; i > 0; --i) above_[i - 1] = sum(above_[i], within(i - 1, 1));
    total_ = sum(below_[kCells], above_[kCells]);
  }

  Moments total() const { return total_; }

  struct Place {
    int cell;  // -1 below the grid, kCells above it
    double s;  // place in the cell, 0 to 1
    double y;
  };

  // The quantile in y of lower-tail probability p, q = 1 - p; the smaller of the two decides.
  Place locate(double p, double q) const {
    const bool from_below = p <= q;
    const double mass_below = from_below ? p * total_.mass : total_.mass - q * total_.mass;
    const double mass_above = from_below ? total_.mass - p * total_.mass : q * total_.mass;
    if (from_below ? mass_below < below_[0].mass : mass_above > above_[0].mass) {
      return {-1, 0, place_in_series(density_, first_, mass_below)};
    }
    if constexpr (Density::kHasUpperSeries) {
      if (from_below ? mass_below > below_[kCells].mass : mass_above < above_[kCells].mass) {
        return {kCells, 0, -place_in_series(density_.mirrored(), -(first_ + kCells * step_), mass_above)};
      }
    }
    const int cell = from_below ? cell_from_below(mass_below) : cell_from_above(mass_above);
    const double wanted = from_below ? mass_below - below_[cell].mass : above_[cell].mass - mass_above;
    const double s = place_in_cell(cell, wanted / step_);
    return {cell, s, first_ + (cell + s) * step_};
  }

  // First moment below and above a place, each to its own relative accuracy.
  double moment_below(const Place& at) const {
    if (at.cell < 0) return density_.below(at.y).moment;
    if (at.cell == kCells) return total_.moment - above(at.y).moment;
    return below_[at.cell].moment + within(at.cell, at.s).moment;
  }
  double moment_above(const Place& at) const {
    if (at.cell < 0) return total_.moment - density_.below(at.y).moment;
    if (at.cell == kCells) return above(at.y).moment;
    return above_[at.cell + 1].moment + (within(at.cell, 1).moment - within(at.cell, at.s).moment);
  }

 private:
  static constexpr int kCells = 1024;

  static Moments sum(const Moments& a, const Moments& b) { return {a.mass + b.mass, a.moment + b.moment}; }

  Moments above(double y) const {
    if constexpr (Density::kHasUpperSeries) {
      const Moments image = density_.mirrored().below(-y);  // its moment is that of 1 - x
      return {image.mass, image.mass - image.moment};
    }
    return {};
  }

  Quintic mass_in(int cell) const {
    const Point& a = points_[cell];
    const Point& b = points_[cell + 1];
    return quintic(a.g, a.slope, a.bend, b.g, b.slope, b.bend);
  }

  Quintic moment_in(int cell) const {
    const Point& a = points_[cell];
    const Point& b = points_[cell + 1];
    return quintic(a.x * a.g, a.moment_slope, a.moment_bend, b.x * b.g, b.moment_slope, b.moment_bend);
  }

  // From a function at both ends, with its first and second derivative relative to it.
  Quintic quintic(double v, double v_slope, double v_bend, double w, double w_slope, double w_bend) const {
    const double half_square = 0.5 * step_ * step_;
    return {v, v * v_slope * step_, v * v_bend * half_square, w, w * w_slope * step_, w * w_bend * half_square};
  }

  Moments within(int cell, double s) const {
    return {step_ * mass_in(cell).integral(s), step_ * moment_in(cell).integral(s)};
  }

  int cell_from_below(double mass) const {
    const auto after = std::upper_bound(below_.begin() + 1, below_.end() - 1, mass,
                                        [](double m, const Moments& node) { return m < node.mass; });
    return static_cast<int>(after - below_.begin()) - 1;
  }
  int cell_from_above(double mass) const {
    const auto after = std::upper_bound(above_.begin() + 1, above_.end() - 1, mass,
                                        [](double m, const Moments& node) { return m > node.mass; });
    return static_cast<int>(after - above_.begin()) - 1;
  }

  double place_in_cell(int cell, double wanted) const {
    const Quintic density = mass_in(cell);
    double s = std::clamp(wanted / density.integral(1), 0.0, 1.0);
    for (int step = 0; step < 8; ++step) {
      const double change = (wanted - density.integral(s)) / density.value(s);
      s = std::clamp(s + change, 0.0, 1.0);
      if (change * change < 1e-24) break;
    }
    return s;
  }

  Density density_;
  double first_;
  double step_;
  Moments total_;
  std::array<Point, kCells + 1> points_;
  std::array<Moments, kCells + 1> below_;
  std::array<Moments, kCells + 1> above_;
};

}  // namespace populace::cumulative
