// Numbers in 16 bits: what is kept of them, and that vectors do as scalars do.
#include "models/short_float.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "models/attention/weight_kernels.hpp"

using namespace populace;

TEST_CASE("short floats keep their first three digits, and every code is a number of its own") {
  for (std::uint32_t code = 0; code <= 0xFFFF; ++code)
    REQUIRE(short_float(float_of_short(static_cast<std::uint16_t>(code))) == code);
  for (float x = 2e-5f; x < 65'000; x *= 1.000173f) {
    const float kept = float_of_short(short_float(x));
    REQUIRE(std::fabs(kept - x) <= x / 4096);
  }
  CHECK(short_float(0) == 0);
  CHECK(float_of_short(0) == 0);
  CHECK(float_of_short(short_float(1e-6f)) == 0);
  CHECK(float_of_short(short_float(1e9f)) > 65'000);
}

TEST_CASE("vectors of short floats round as scalars do") {
  constexpr std::uint32_t n = 1 << 16;
  std::vector<std::uint16_t> codes(n + 64);
  for (std::uint32_t i = 0; i < n; ++i) codes[i] = static_cast<std::uint16_t>(i);
  constexpr float keep = .981f;
  forget(codes.data(), keep, n);
  for (std::uint32_t i = 0; i < n; ++i)
    REQUIRE(codes[i] == short_float(float_of_short(static_cast<std::uint16_t>(i)) * keep));
}

TEST_CASE("what is forgotten in small steps is forgotten in the end") {
  float exact = 10;
  std::uint16_t kept = short_float(exact);
  for (int day = 0; day < 3650; ++day) {
    exact *= .997f;
    kept = short_float(float_of_short(kept) * .997f);
    if (exact > 1e-2f) REQUIRE(std::fabs(float_of_short(kept) / exact - 1) < .02f);
  }
  CHECK(float_of_short(kept) < 2e-4f);
}
