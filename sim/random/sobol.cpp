#include "sim/random/sobol.hpp"

#include <boost/random/sobol.hpp>

namespace populace {

struct SobolSequence::Body {
  explicit Body(std::size_t dimensions) : engine(dimensions), n(dimensions) {}
  boost::random::sobol engine;
  std::size_t n;
};

SobolSequence::SobolSequence(std::size_t dimensions) : body_(std::make_unique<Body>(dimensions)) {}
SobolSequence::~SobolSequence() = default;

std::vector<double> SobolSequence::next() {
  std::vector<double> point(body_->n);
  for (double& x : point) x = static_cast<double>(body_->engine()) * 0x1p-64;
  return point;
}

}  // namespace populace
