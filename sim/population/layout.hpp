// Columns of consumers. A layout lists the columns that a scenario needs, and no others; a population keeps them in
// blocks, one cell (region x segment) a block, each block a piece of memory in which every column is contiguous:
//
//   bytes per consumer = sum of sizes of its columns (+ padding of each cell to a multiple of 64 consumers)
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace populace {

template <class T>
struct Column {
  std::size_t offset = static_cast<std::size_t>(-1);  // bytes before it, for one consumer
  bool exists() const { return offset != static_cast<std::size_t>(-1); }
};

struct ColumnInfo {
  std::string name;
  std::size_t bytes;
  std::size_t offset;
  bool floating;  // holds floats, which must stay finite
};

class Layout {
 public:
  template <class T>
  Column<T> add(std::string name) {
    const Column<T> column{bytes_};
    columns_.push_back({std::move(name), sizeof(T), bytes_, std::is_floating_point_v<T>});
    bytes_ += sizeof(T);
    return column;
  }
  std::size_t bytes_per_consumer() const { return bytes_; }
  const std::vector<ColumnInfo>& columns() const { return columns_; }

 private:
  std::vector<ColumnInfo> columns_;
  std::size_t bytes_ = 0;
};

}  // namespace populace
