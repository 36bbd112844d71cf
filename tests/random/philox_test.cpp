// Draws against the published answers of Philox4x32-10, and every vector form against the scalar one, on all
// instruction sets.
#include <Random123/philox.h>

#include <catch2/catch.hpp>
#include <cstdint>
#include <random>
#include <vector>

#include "models/stages/toss_kernels.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/draw.hpp"
#include "tests/random/every_isa.hpp"

using namespace populace;

namespace {

// Known answers published with Random123 (kat_vectors, philox4x32 10): counter, key, words.
struct KnownAnswer {
  std::uint32_t counter[4], key[2], words[4];
};
constexpr KnownAnswer kKnownAnswers[] = {{{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
                                         {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
                                          {0xffffffff, 0xffffffff},
                                          {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
                                         {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                                          {0xa4093822, 0x299f31d0},
                                          {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}};

// The consumer whose draw is word `w` of counter word `lane`.
std::uint64_t consumer(std::uint32_t lane, std::uint64_t w) {
  return std::uint64_t{64} * (lane / 16) + 16 * w + lane % 16;
}

DrawKey key_of(const KnownAnswer& known) { return {known.key[0], known.key[1]}; }
DrawReason reason_of(const KnownAnswer& known) { return {known.counter[1], known.counter[2], known.counter[3]}; }

struct Question {
  DrawKey key;
  DrawReason reason;
  std::uint32_t first_tile;
};

// Arbitrary keys, reasons and places, with the extremes among them.
std::vector<Question> questions() {
  std::mt19937 engine(20250107);
  std::vector<Question> all = {{{0, 0}, {0, 0, 0}, 0}, {{~0u, ~0u}, {~0u, ~0u, ~0u}, (1u << 28) - 4}};
  for (int i = 0; i < 40; ++i)
    all.push_back({{static_cast<std::uint32_t>(engine()), static_cast<std::uint32_t>(engine())},
                   {static_cast<std::uint32_t>(engine()), static_cast<std::uint32_t>(engine()),
                    static_cast<std::uint32_t>(engine())},
                   static_cast<std::uint32_t>(engine()) >> 4 & ~7u});
  return all;
}

}  // namespace

TEST_CASE("a draw is the published Philox4x32-10") {
  for (const KnownAnswer& known : kKnownAnswers)
    for (std::uint64_t w = 0; w < 4; ++w)
      CHECK(draw_word(key_of(known), reason_of(known), consumer(known.counter[0], w)) == known.words[w]);
}

TEST_CASE("the vector form gives the published answers on every instruction set") {
  for_every_isa([](const std::string& isa) {
    INFO(isa);
    for (const KnownAnswer& known : kKnownAnswers) {
      const std::uint32_t lane = known.counter[0];
      std::vector<std::uint32_t> words(64);
      draw_words(make_stream(key_of(known), reason_of(known)), lane / 16, 1, words.data());
      for (std::size_t w = 0; w < 4; ++w) CHECK(words[16 * w + lane % 16] == known.words[w]);
    }
  });
}

TEST_CASE("words of whole tiles, of listed places and folded words are the scalar ones") {
  constexpr std::size_t kTiles = 3;
  for_every_isa([](const std::string& isa) {
    INFO(isa);
    for (const Question& q : questions()) {
      const DrawStream stream = make_stream(q.key, q.reason);
      std::vector<std::uint32_t> words(64 * kTiles), scalar(words.size());
      draw_words(stream, q.first_tile, kTiles, words.data());
      std::uint32_t folded = 0;
      for (std::size_t i = 0; i < scalar.size(); ++i) {
        scalar[i] = draw_word(q.key, q.reason, std::uint64_t{64} * q.first_tile + i);
        folded ^= scalar[i];
      }
      REQUIRE(words == scalar);
      REQUIRE(fold_words(stream, q.first_tile, kTiles) == folded);
      // Places in any order, with repeats, and a count that fills no whole vector.
      std::vector<std::uint32_t> places, at(64);
      for (std::uint32_t k = 0; k < 37; ++k) places.push_back(k * 101 % static_cast<std::uint32_t>(words.size()));
      places.resize(48);
      draw_words_at(stream, q.first_tile, places.data(), 37, at.data());
      for (std::size_t k = 0; k < 37; ++k) REQUIRE(at[k] == scalar[places[k]]);
      std::vector<std::uint32_t> second(64);
      draw_word_pairs_at(stream, q.first_tile, places.data(), 37, at.data(), second.data());
      for (std::size_t k = 0; k < 37; ++k) {
        const r123::Philox4x32::ctr_type own = r123::Philox4x32()(
            {{q.first_tile * kTileSize + places[k], q.reason.step, q.reason.purpose, q.reason.index}},
            {{q.key.seed, q.key.replication}});
        REQUIRE(at[k] == own[0]);
        REQUIRE(second[k] == own[1]);
      }
    }
  });
}

// Upper and lower half from counters of their own, as the header says, by the library alone.
std::uint32_t split_word_by_library(const Question& q, std::uint64_t id) {
  std::uint32_t word = 0;
  for (const std::uint32_t part : {0u, 0x80000000u}) {
    const auto first = static_cast<std::uint32_t>(16 * (id / 128) + id % 32 / 2) + part;
    const std::uint32_t both = r123::Philox4x32()({{first, q.reason.step, q.reason.purpose, q.reason.index}},
                                                  {{q.key.seed, q.key.replication}})[id / 32 % 4];
    word = word << 16 | (both >> 16 * (id % 2) & 0xFFFFu);
  }
  return word;
}

TEST_CASE("split words are those of the definition, one by one and by tiles that begin anywhere in a pair") {
  constexpr std::size_t kTiles = 5;
  for_every_isa([](const std::string& isa) {
    INFO(isa);
    for (Question q : questions()) {
      for (const std::uint32_t offset : {0u, 1u}) {
        q.first_tile = (q.first_tile & ~7u) + offset;
        std::vector<std::uint16_t> upper(64 * kTiles);
        std::vector<std::uint32_t> words(64 * kTiles);
        if (q.first_tile > (1u << 28) - 8) continue;  // ids end there
        draw_split_words(make_stream(q.key, q.reason), q.first_tile, kTiles, upper.data(), words.data());
        for (std::uint32_t i = 0; i < words.size(); ++i) {
          const std::uint64_t id = std::uint64_t{64} * q.first_tile + i;
          REQUIRE(words[i] == split_word_by_library(q, id));
          REQUIRE(draw_split_word(q.key, q.reason, id) == words[i]);
          REQUIRE(upper[i] == words[i] >> 16);
        }
        CHECK(split_word_at(make_stream(q.key, q.reason), q.first_tile, 77) == words[77]);
      }
    }
  });
}

TEST_CASE("an engine of one consumer draws index after index") {
  const DrawKey key{7, 3};
  const DrawReason reason{5, 6, 100};
  DrawEngine engine(key, reason, 12345);
  for (std::uint32_t n = 0; n < 20; ++n) CHECK(engine() == draw_word(key, {5, 6, 100 + n}, 12345));
}

TEST_CASE("steps and occasions do not meet in one word, negative steps included") {
  CHECK(step_word(0, 0) == 0);
  CHECK(step_word(-1, 0) != step_word(1, 0));
  CHECK(step_word(-1, 0) == (1u << kStepBits) - 1);
  CHECK(step_word(-1, 1) != step_word(0, 1));
  CHECK(step_word(kMaxSteps - 1, kMaxOccasions - 1) != step_word(-kMaxSteps, kMaxOccasions - 1));
}

TEST_CASE("uniforms stay within their interval") {
  CHECK(unit_float(0) == 0.0f);
  CHECK(unit_float(0xFFFFFFFFu) < 1.0f);
  CHECK(unit_float(0x80000000u) == .5f);
  CHECK(unit_double(0) > 0);
  CHECK(unit_double(0xFFFFFFFFu) < 1);
  for (std::uint32_t word = 1; word != 0; word <<= 1) CHECK(unit_float(word) >= unit_float(word - 1));
}

// A toss hits exactly those whose scalar uniform lies below the chance, so the vector form of the uniform is seen
// through it.
TEST_CASE("vector uniforms are the scalar ones, and a toss hits whoever lies below its chance") {
  constexpr std::uint32_t kPlaces = 2000;
  const DrawKey key{11, 2};
  const DrawReason reason{3, 18, 77};
  for_every_isa([&](const std::string& isa) {
    INFO(isa);
    for (const float prob : {0.0f, 1e-3f, .25f, .5f, .875f, 0x1.fffffep-1f, 1.0f}) {
      std::vector<std::uint32_t> places(kPlaces + 64);
      const std::uint32_t n = toss(make_stream(key, reason), 5, kPlaces, prob, places.data());
      std::vector<char> hit(kPlaces, 0);
      for (std::uint32_t k = 0; k < n; ++k) {
        REQUIRE(places[k] < kPlaces);
        ++hit[places[k]];
      }
      for (std::uint32_t i = 0; i < kPlaces; ++i)
        REQUIRE(hit[i] == (unit_float(draw_split_word(key, reason, 5 * 64 + i)) < prob));
      CHECK(toss(make_stream(key, reason), 5, kPlaces, prob, nullptr) == n);
    }
    // The uniform itself comes back to the bit where it is asked for.
    const std::vector<std::uint8_t> code(kPlaces + 64, 0);
    std::vector<float> none(256, .5f), uniforms(kPlaces + 64);
    std::vector<std::uint32_t> places(kPlaces + 64);
    const std::uint32_t n =
        toss_by_code(make_stream(key, reason), 5, kPlaces, code.data(), none.data(), places.data(), uniforms.data());
    REQUIRE(n > kPlaces / 3);
    for (std::uint32_t k = 0; k < n; ++k)
      REQUIRE(uniforms[k] == unit_float(draw_split_word(key, reason, 5 * 64 + places[k])));
  });
}
