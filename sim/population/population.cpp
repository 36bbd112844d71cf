#include "sim/population/population.hpp"

#include <cstdlib>
#include <cstring>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include "sim/base/contracts.hpp"

namespace populace {
namespace {

constexpr std::uint32_t kTile = 64;
constexpr std::size_t kHugePage = std::size_t{2} << 20;

std::byte* allocate(std::size_t n) {
  auto* memory = static_cast<std::byte*>(std::aligned_alloc(kHugePage, n));
  if (memory == nullptr) throw std::bad_alloc();
#if defined(__linux__)
  madvise(memory, n, MADV_HUGEPAGE);  // fewer address translations; the system may decline
#endif
  return memory;
}

}  // namespace

Places::Places(std::span<const std::int64_t> consumers_by_cell) {
  for (std::uint32_t cell = 0; cell < consumers_by_cell.size(); ++cell) {
    for (std::int64_t left = consumers_by_cell[cell]; left > 0;) {
      BlockPlace block;
      block.cell = cell;
      block.n = static_cast<std::uint32_t>(left < kBlockSize ? left : kBlockSize);
      block.capacity = (block.n + kTile - 1) / kTile * kTile;
      block.first_tile = static_cast<std::uint32_t>(capacity_ / kTile);
      block.first_rank = n_consumers_;
      block.start = capacity_;
      blocks_.push_back(block);
      capacity_ += block.capacity;
      n_consumers_ += block.n;
      left -= block.n;
    }
  }
  expects(capacity_ < (std::size_t{1} << 34), "consumer ids fit the draws");
}

void Population::Free::operator()(std::byte* memory) const { std::free(memory); }

Population::Population(const Places& places, const Layout& layout)
    : places_(&places),
      bytes_per_consumer_(layout.bytes_per_consumer()),
      n_bytes_((places.capacity() * bytes_per_consumer_ + kHugePage) / kHugePage * kHugePage),
      memory_(allocate(n_bytes_)) {
  clear();
}

void Population::clear() { std::memset(memory_.get(), 0, n_bytes_); }

BlockView Population::block(std::size_t b) const {
  const BlockPlace& place = places_->blocks()[b];
  BlockView view;
  view.place = place;
  view.data = memory_.get() + place.start * bytes_per_consumer_;
  if (b + 1 < places_->blocks().size()) {
    const BlockPlace& next = places_->blocks()[b + 1];
    view.ahead = {memory_.get() + next.start * bytes_per_consumer_, next.capacity * bytes_per_consumer_};
  }
  return view;
}

}  // namespace populace
