// Counters of a cell beyond the recorded measures: what one step must know of the last (histograms, internal sums).
#pragma once
#include <cstddef>

namespace populace {

class InternalSlots {
 public:
  // Offsets are relative to the end of the recorded measures until `place` tells where that is.
  std::size_t add(std::size_t n) {
    const std::size_t at = size_;
    size_ += n;
    return at;
  }
  void place(std::size_t recorded) { recorded_ = recorded; }
  std::size_t at(std::size_t offset) const { return recorded_ + offset; }
  std::size_t row_size() const { return recorded_ + size_; }

 private:
  std::size_t recorded_ = 0;
  std::size_t size_ = 0;
};

}  // namespace populace
