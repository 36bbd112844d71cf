// Traits by vectors: as scalars have them, and never beyond the last consumer.
#include "models/population/trait_kernels.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

#include "sim/random/draw.hpp"
#include "tests/random/every_isa.hpp"

using namespace populace;

namespace {

constexpr std::uint32_t kN = 1003;  // no whole number of vectors
constexpr std::uint32_t kRoom = 1024;

std::vector<float> normal_scores(std::uint32_t seed) {
  std::mt19937 engine(seed);
  std::normal_distribution<float> normal(0, 1.7f);
  std::vector<float> z(kRoom);
  for (float& value : z) value = normal(engine);
  return z;
}

std::vector<std::uint32_t> random_words(std::uint32_t seed) {
  std::mt19937 engine(seed);
  std::vector<std::uint32_t> words(kRoom);
  for (std::uint32_t& word : words) word = static_cast<std::uint32_t>(engine());
  return words;
}

}  // namespace

TEST_CASE("codes of scores are those of the bins") {
  const std::vector<float> common = normal_scores(1), own = normal_scores(2);
  for_every_isa([&](const std::string& isa) {
    CAPTURE(isa);
    std::vector<std::uint8_t> alone(kRoom, 77), mixed(kRoom, 77);
    codes_of_scores({nullptr, own.data()}, kN, alone.data());
    codes_of_scores({common.data(), own.data(), .6f, .8f}, kN, mixed.data());
    for (std::uint32_t i = 0; i < kRoom; ++i) {
      REQUIRE(alone[i] == (i < kN ? code_of_z(static_cast<double>(own[i])) : 77));
      const float z = .6f * common[i] + .8f * own[i];
      REQUIRE(mixed[i] == (i < kN ? code_of_z(static_cast<double>(z)) : 77));
    }
  });
}

TEST_CASE("draws succeed where the centred uniform is below the chance") {
  std::vector<std::uint32_t> words = random_words(3);
  for (const double prob : {0., 1e-12, .25, .3, 2. / 3, 1 - 1e-12, 1.}) {
    CAPTURE(prob);
    const Below below(prob);
    if (below.any()) words[5] = below.last();
    words[6] = below.any() ? below.last() + 1 : 0;
    for_every_isa([&](const std::string& isa) {
      CAPTURE(isa);
      std::vector<std::uint8_t> codes(kRoom, 9);
      std::vector<std::uint16_t> masks(kRoom, 4);
      clear_below(words.data(), below, kN, codes.data());
      mark_below(words.data(), below, 2, kN, masks.data());
      for (std::uint32_t i = 0; i < kRoom; ++i) {
        const bool hit = i < kN && unit_double(words[i]) < prob;
        REQUIRE(codes[i] == (hit ? 0 : 9));
        REQUIRE(masks[i] == (hit ? 6 : 4));
      }
    });
  }
}

TEST_CASE("tabulated quantiles are rounded to whole steps") {
  const QuantileTable table = log_gamma_table(.4);
  const std::vector<float> z = normal_scores(4);
  for_every_isa([&](const std::string& isa) {
    CAPTURE(isa);
    std::vector<std::int16_t> steps(kRoom, 5);
    quantiles_in_steps(table.view(), z.data(), .01f, kN, steps.data());
    for (std::uint32_t i = 0; i < kRoom; ++i) {
      const float exact = table.at(z[i]) / .01f, away = exact < 0 ? -.5f : .5f;
      REQUIRE(steps[i] == (i < kN ? static_cast<std::int16_t>(std::max(-32000.0f, exact) + away) : 5));
    }
  });
}
