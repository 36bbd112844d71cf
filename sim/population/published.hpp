// The one byte of a consumer that others may read: last step's while the step runs, in which every block writes the
// next. Consumers are named by rank: cells one after another, without padding.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/bytes.hpp"

namespace populace {

class Published {
 public:
  explicit Published(std::size_t n_consumers) : last_(n_consumers), next_(n_consumers) {}
  const std::uint8_t* last() const { return last_.data(); }
  std::uint8_t* next() { return next_.data(); }
  void end_step() { last_.swap(next_); }
  void save(ByteWriter& out) const { out.put(last_); }
  void load(ByteReader& in) { in.get(last_); }

 private:
  std::vector<std::uint8_t> last_, next_;
};

}  // namespace populace
