// Sobol's sequence: points that fill the unit cube evenly, the base of designs of experiments. Drawn one by one by
// Boost.Random (direction numbers of Joe & Kuo 2008, doi:10.1137/070709359), the origin left out.
#pragma once
#include <cstddef>
#include <memory>
#include <vector>

namespace populace {

class SobolSequence {
 public:
  explicit SobolSequence(std::size_t dimensions);  // at most 3,667
  ~SobolSequence();
  std::vector<double> next();  // each coordinate in (0, 1)

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace populace
