// A smoke battery on the streams as the models use them: neighbours in every coordinate of a draw must look
// independent.
//
// Every check is a z-score under "words are independent and uniform"; n words each, so
//   correlation of uniforms x, y:  r = sum (x - 1/2)(y - 1/2) / (n / 12),  sd 1 / sqrt n
//   one bit:  (ones - n / 2) / sqrt(n / 4);   equal bits of two streams: the same on their exclusive or
//   runs up and down:  mean (2 n - 1) / 3, variance (16 n - 29) / 90 (Knuth, TAOCP 2, 3.3.2 G)
//   serial pairs of bytes and single bytes: chi-square
// Words and split words: about 1,000 z-scores, of which |z| < 5.3 for all raises a false alarm with chance 1.2e-4;
// chi-squares: p > 1e-5 each, 10 of them.
// Controls are generators with one plain fault each; the check that is there for it must fail by three bounds.
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "models/names.hpp"
#include "sim/random/batch.hpp"
#include "tests/support/zscore.hpp"

using namespace populace;

namespace {

constexpr double kBound = 5.3;
constexpr double kLeastProbability = 1e-5;
constexpr std::size_t kTiles = 1024;  // 65,536 consumers
constexpr std::size_t kWords = 64 * kTiles;

struct Coordinates {
  std::uint32_t seed = 20270104, replication = 0, step = 0, purpose = 11, index = name_hash("tv_launch");
};
using Words = std::vector<std::uint32_t>;
using Generator = std::function<Words(const Coordinates&)>;

Words ours(const Coordinates& c) {
  Words words(kWords);
  draw_words(make_stream({c.seed, c.replication}, {c.step, c.purpose, c.index}), 0, kTiles, words.data());
  return words;
}

Words ours_split(const Coordinates& c) {
  Words words(kWords);
  std::vector<std::uint16_t> upper(kWords);
  draw_split_words(make_stream({c.seed, c.replication}, {c.step, c.purpose, c.index}), 0, kTiles, upper.data(),
                   words.data());
  return words;
}

// What stands next to what: for every coordinate of a draw, neighbouring values that a scenario really has.
struct Neighbours {
  std::string name;
  Coordinates a, b;
};
std::vector<Neighbours> neighbours() {
  const Coordinates base;
  std::vector<Neighbours> all;
  const auto add = [&](const char* name, auto member, std::uint32_t other) {
    Coordinates changed = base;
    changed.*member = other;
    all.push_back({name, base, changed});
  };
  add("next step", &Coordinates::step, 1);
  add("a year on", &Coordinates::step, 52);
  add("step before", &Coordinates::step, step_word(-1));
  add("second occasion", &Coordinates::step, step_word(0, 1));
  add("next purpose", &Coordinates::purpose, 12);
  add("other name", &Coordinates::index, name_hash("feed_always_on"));
  add("name with one letter more", &Coordinates::index, name_hash("tv_launch2"));
  add("next index", &Coordinates::index, base.index + 1);
  add("next replication", &Coordinates::replication, 1);
  add("far replication", &Coordinates::replication, 65536);
  add("fixed population", &Coordinates::replication, kFixedPopulation);
  add("next seed", &Coordinates::seed, base.seed + 1);
  add("other seed", &Coordinates::seed, 1);
  Coordinates swapped = base;
  std::swap(swapped.seed, swapped.replication);
  all.push_back({"seed and replication swapped", base, swapped});
  return all;
}

double centred(std::uint32_t word) { return unit_double(word) - .5; }

double correlation_z(const Words& a, const Words& b, std::size_t lag = 0) {
  const std::size_t n = a.size() - lag;
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += centred(a[i]) * centred(b[i + lag]);
  return sum * 12 / std::sqrt(static_cast<double>(n));
}

double worst_bit_z(const Words& words) {
  double worst = 0;
  for (int bit = 0; bit < 32; ++bit) {
    std::int64_t ones = 0;
    for (const std::uint32_t word : words) ones += word >> bit & 1;
    const auto n = static_cast<double>(words.size());
    worst = std::max(worst, std::fabs((static_cast<double>(ones) - n / 2) / std::sqrt(n / 4)));
  }
  return worst;
}

double shared_bits_z(const Words& a, const Words& b) {
  Words both(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) both[i] = a[i] ^ b[i];
  return worst_bit_z(both);
}

double runs_z(const Words& words) {
  std::int64_t runs = 1;
  for (std::size_t i = 2; i < words.size(); ++i) runs += (words[i] > words[i - 1]) != (words[i - 1] > words[i - 2]);
  const auto n = static_cast<double>(words.size());
  return (static_cast<double>(runs) - (2 * n - 1) / 3) / std::sqrt((16 * n - 29) / 90);
}

double byte_probability(const Words& words, int shift) {
  std::vector<std::int64_t> counts(256);
  for (const std::uint32_t word : words) ++counts[word >> shift & 255];
  return chi_square_fit(counts, std::vector<double>(256, static_cast<double>(words.size()) / 256)).p_value;
}

// Upper four bits of neighbouring consumers, pair by pair.
double pair_probability(const Words& words) {
  std::vector<std::int64_t> counts(256);
  for (std::size_t i = 0; i + 1 < words.size(); i += 2) ++counts[(words[i] >> 28) * 16 + (words[i + 1] >> 28)];
  return chi_square_fit(counts, std::vector<double>(256, static_cast<double>(words.size() / 2) / 256)).p_value;
}

struct Verdict {
  double z = 0;            // largest of all z-scores
  double probability = 1;  // smallest of all chi-squares
  std::string where, where_fit;
  void take(double score, const std::string& name) {
    if (std::fabs(score) > z) z = std::fabs(score), where = name;
  }
  void take_fit(double p, const std::string& name) {
    if (p < probability) probability = p, where_fit = name;
  }
};

Verdict within_streams(const Generator& generator) {
  Verdict verdict;
  for (const Neighbours& n : neighbours()) {
    const Words words = generator(n.b);
    for (const std::size_t lag : {1u, 2u, 15u, 16u, 17u, 48u, 64u, 1024u, 2048u})
      verdict.take(correlation_z(words, words, lag), n.name + ", consumers " + std::to_string(lag) + " apart");
    verdict.take(worst_bit_z(words), n.name + ", bits");
    verdict.take(runs_z(words), n.name + ", runs");
  }
  const Words words = generator({});
  for (const int shift : {0, 8, 16, 24})
    verdict.take_fit(byte_probability(words, shift), "byte " + std::to_string(shift / 8));
  verdict.take_fit(pair_probability(words), "pairs");
  return verdict;
}

Verdict across_streams(const Generator& generator) {
  Verdict verdict;
  for (const Neighbours& n : neighbours()) {
    const Words a = generator(n.a), b = generator(n.b);
    for (const std::size_t lag : {0u, 1u, 16u, 64u}) verdict.take(correlation_z(a, b, lag), n.name);
    verdict.take(shared_bits_z(a, b), n.name + ", shared bits");
  }
  return verdict;
}

}  // namespace

TEST_CASE("words of one stream look independent and uniform") {
  const Verdict verdict = within_streams(GENERATE(ours, ours_split));
  INFO(verdict.where << "; " << verdict.where_fit);
  CHECK(verdict.z < kBound);
  CHECK(verdict.probability > kLeastProbability);
}

TEST_CASE("neighbouring streams look independent of each other") {
  const Verdict verdict = across_streams(GENERATE(ours, ours_split));
  INFO(verdict.where);
  CHECK(verdict.z < kBound);
}

// For a consumer, successive steps are one more sequence: words of 64 consumers over 1,024 steps.
TEST_CASE("words of one consumer over the steps look independent") {
  std::vector<Words> by_consumer(64, Words(1024));
  for (std::uint32_t step = 0; step < 1024; ++step) {
    Words tile(64);
    draw_words(make_stream({20270104, 0}, {step, 11, 5}), 7, 1, tile.data());
    for (std::size_t i = 0; i < 64; ++i) by_consumer[i][step] = tile[i];
  }
  Verdict verdict;
  for (const Words& words : by_consumer) {
    verdict.take(correlation_z(words, words, 1), "lag 1");
    verdict.take(correlation_z(words, words, 52), "lag 52");
    verdict.take(runs_z(words), "runs");
  }
  INFO(verdict.where);
  CHECK(verdict.z < kBound);
}

TEST_CASE("faulty generators fail the battery") {
  const Generator weyl = [](const Coordinates& c) {  // additive in the consumer
    Words words(kWords);
    for (std::size_t i = 0; i < kWords; ++i)
      words[i] = static_cast<std::uint32_t>(i) * 0x9E3779B9u + c.step * 0x85EBCA6Bu + c.seed;
    return words;
  };
  const Generator forgets_step = [](Coordinates c) {
    c.step = 0;
    return ours(c);
  };
  const Generator leaning = [](const Coordinates& c) {  // every 16th word has its top bit set
    Words words = ours(c);
    for (std::size_t i = 0; i < kWords; i += 16) words[i] |= 0x80000000u;
    return words;
  };
  const Generator echo = [](const Coordinates& c) {  // every fourth consumer repeats the one 16 before
    Words words = ours(c);
    for (std::size_t i = 16; i < kWords; i += 4) words[i] = words[i - 16];
    return words;
  };
  CHECK(within_streams(weyl).z > 3 * kBound);
  CHECK(across_streams(forgets_step).z > 3 * kBound);
  CHECK(within_streams(leaning).probability < 1e-15);
  CHECK(within_streams(echo).z > 3 * kBound);
}
