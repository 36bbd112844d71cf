// Where consumers are and what is kept of them: cells in order, blocks of one cell, ids on tiles, columns that do not
// overlap.
#include "sim/population/population.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstring>
#include <vector>

using namespace populace;

namespace {

const std::vector<std::int64_t> kCells = {1, 64, 0, 65, 2048, 2049, 5000};

}  // namespace

TEST_CASE("blocks cover every cell once, in order, on whole tiles") {
  const Places places(kCells);
  std::vector<std::int64_t> found(kCells.size(), 0);
  std::int64_t rank = 0;
  std::size_t start = 0;
  std::uint32_t cell = 0;
  for (const BlockPlace& block : places.blocks()) {
    CHECK(block.n >= 1);
    CHECK(block.n <= kBlockSize);
    CHECK(block.capacity % 64 == 0);
    CHECK(block.capacity >= block.n);
    CHECK(block.capacity < block.n + 64);
    CHECK(block.cell >= cell);
    CHECK(block.first_rank == rank);
    CHECK(block.start == start);
    CHECK(block.first_tile == start / 64);
    cell = block.cell;
    rank += block.n;
    start += block.capacity;
    found[block.cell] += block.n;
  }
  CHECK(found == kCells);
  CHECK(places.n_consumers() == 1 + 64 + 65 + 2048 + 2049 + 5000);
  CHECK(places.capacity() == start);
}

TEST_CASE("columns of a block do not overlap and hold what was written") {
  Layout layout;
  const Column<std::uint8_t> bytes = layout.add<std::uint8_t>("bytes");
  const Column<float> floats = layout.add<float>("floats");
  const Column<std::uint16_t> shorts = layout.add<std::uint16_t>("shorts");
  CHECK(layout.bytes_per_consumer() == 7);
  CHECK(layout.columns()[1].name == "floats");
  CHECK_FALSE(Column<float>{}.exists());
  const Places places(kCells);
  const Population population(places, layout);
  for (std::size_t b = 0; b < places.blocks().size(); ++b) {
    const BlockView block = population.block(b);
    for (std::uint32_t i = 0; i < block.place.capacity; ++i) {
      REQUIRE(block.column(bytes)[i] == 0);
      REQUIRE(block.column(floats)[i] == 0);
      REQUIRE(block.column(shorts)[i] == 0);
      block.column(bytes)[i] = static_cast<std::uint8_t>(b + i);
      block.column(floats)[i] = static_cast<float>(b * 10000 + i);
      block.column(shorts)[i] = static_cast<std::uint16_t>(b * 7 + i);
    }
    CHECK(reinterpret_cast<std::uintptr_t>(block.column(floats)) % 64 == 0);
  }
  for (std::size_t b = 0; b < places.blocks().size(); ++b) {
    const BlockView block = population.block(b);
    for (std::uint32_t i = 0; i < block.place.capacity; ++i) {
      REQUIRE(block.column(bytes)[i] == static_cast<std::uint8_t>(b + i));
      REQUIRE(block.column(floats)[i] == static_cast<float>(b * 10000 + i));
      REQUIRE(block.column(shorts)[i] == static_cast<std::uint16_t>(b * 7 + i));
    }
  }
}

TEST_CASE("clearing makes every column of every place zero") {
  Layout layout;
  layout.add<float>("value");
  const Places places(kCells);
  Population population(places, layout);
  std::memset(population.bytes().data(), 0xA5, population.bytes().size());
  population.clear();
  for (const std::byte byte : population.bytes()) REQUIRE(byte == std::byte{0});
}

TEST_CASE("a population without consumers or without columns is possible") {
  Layout layout;
  const Places nobody(std::vector<std::int64_t>{0, 0});
  CHECK(nobody.blocks().empty());
  CHECK(nobody.n_consumers() == 0);
  CHECK(Population(nobody, layout).bytes().size() > 0);
  const Places places(kCells);
  CHECK(Population(places, layout).bytes().size() > 0);
}
