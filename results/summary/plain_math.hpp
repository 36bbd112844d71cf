// Boost.Math in double precision alone, without promotion to 80 bits, which tools that count instructions do not know;
// what is lost is below 1e-13.
#pragma once
#include <boost/math/policies/policy.hpp>

namespace populace {

using PlainMath = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace populace
