// Normal scores of words: the exact quantile within what batch.hpp states, mirrored at the middle, and the same bits on
// every instruction set.
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "sim/random/batch.hpp"
#include "sim/random/draw.hpp"
#include "sim/random/exact_math.hpp"
#include "tests/random/every_isa.hpp"

using namespace populace;

namespace {

// Words all over, and more of them near both ends.
std::vector<std::uint32_t> words_to_try() {
  std::mt19937 engine(20261127);
  std::vector<std::uint32_t> words = {0, 1, 2, 0x7FFFFFFFu, 0x80000000u, 0xFFFFFFFEu, 0xFFFFFFFFu};
  for (int i = 0; i < 200'000; ++i) {
    const std::uint32_t word = static_cast<std::uint32_t>(engine());
    words.push_back(word);
    words.push_back(word >> (i % 32));
    words.push_back(~(word >> (i % 32)));
  }
  words.resize((words.size() + 15) / 16 * 16);
  return words;
}

std::vector<float> scores(const std::vector<std::uint32_t>& words) {
  std::vector<float> out(words.size());
  scores_of(words.data(), words.size(), out.data());
  return out;
}

}  // namespace

TEST_CASE("scores are normal quantiles of the centred uniform") {
  const std::vector<std::uint32_t> words = words_to_try();
  const std::vector<float> found = scores(words);
  double extreme = 0, worst = 0, worst_within_two = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const double truth = normal_quantile(unit_double(words[i])),
                 error = std::fabs(static_cast<double>(found[i]) - truth);
    extreme = std::max(extreme, error);
    if (std::fabs(truth) > 5.4) continue;  // 7e-8 of all
    worst = std::max(worst, error);
    if (std::fabs(truth) < 2) worst_within_two = std::max(worst_within_two, error);
  }
  CAPTURE(extreme, worst, worst_within_two);
  CHECK(extreme < 3e-3);
  CHECK(worst < 4e-6);
  CHECK(worst_within_two < 1e-6);
}

TEST_CASE("scores are mirrored at the median, and one at a time as many at once") {
  const std::vector<std::uint32_t> words = words_to_try();
  const std::vector<float> found = scores(words);
  for (std::size_t i = 0; i < words.size(); i += 37) {
    REQUIRE(score_of(words[i]) == found[i]);
    REQUIRE(score_of(~words[i]) == -found[i]);
  }
}

TEST_CASE("every instruction set has the same scores") {
  const std::vector<std::uint32_t> words = words_to_try();
  std::vector<float> first;
  for_every_isa([&](const std::string& isa) {
    CAPTURE(isa);
    if (first.empty()) first = scores(words);
    CHECK(scores(words) == first);
  });
}
