// A population: consumers 0…n-1 sorted by cell, ids aligned to tiles of 64 so that a cell's last tile may be part
// empty. Empty places have all columns zero and must stay inert by that.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sim/population/layout.hpp"

namespace populace {

inline constexpr std::uint32_t kBlockSize =
    4096;  // consumers; what a block costs whatever its size is shared by many, and its columns fit the second cache

// Where consumers are: which tiles belong to which cell. The same for every replication.
struct BlockPlace {
  std::uint32_t cell = 0;
  std::uint32_t first_tile = 0;  // consumer ids start at 64 first_tile
  std::uint32_t n = 0;           // consumers in it
  std::uint32_t capacity = 0;    // n rounded up to tiles
  std::int64_t first_rank = 0;   // consumers before it, without padding
  std::size_t start = 0;         // places before it, with padding
};

class Places {
 public:
  explicit Places(std::span<const std::int64_t> consumers_by_cell);
  const std::vector<BlockPlace>& blocks() const { return blocks_; }
  std::int64_t n_consumers() const { return n_consumers_; }
  std::size_t capacity() const { return capacity_; }  // with padding

 private:
  std::vector<BlockPlace> blocks_;
  std::int64_t n_consumers_ = 0;
  std::size_t capacity_ = 0;
};

// The columns of one block.
struct BlockView {
  BlockPlace place;
  std::byte* data = nullptr;
  const std::uint8_t* others = nullptr;  // published byte of everybody after the last step, by rank
  std::uint8_t* publish = nullptr;       // of the block's own, place by place, to be written in this step
  std::span<const std::byte> ahead;      // memory of the block that comes next, to be fetched where there is time
  template <class T>
  T* column(Column<T> c) const {
    return reinterpret_cast<T*>(data + c.offset * place.capacity);
  }
};

class Population {
 public:
  // All columns zero. Throws std::bad_alloc.
  Population(const Places& places, const Layout& layout);
  BlockView block(std::size_t b) const;
  void clear();
  std::span<std::byte> bytes() const { return {memory_.get(), n_bytes_}; }

 private:
  struct Free {
    void operator()(std::byte* memory) const;
  };
  const Places* places_;
  std::size_t bytes_per_consumer_;
  std::size_t n_bytes_;
  std::unique_ptr<std::byte, Free> memory_;
};

}  // namespace populace
