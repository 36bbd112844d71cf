// What is decided by sixteen bits is what all thirty-two say: contacts, tosses and moves of every consumer against
// scalars that know the whole word, on every instruction set. Controls: without the lower half some of them differ.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "models/media/contact_kernels.hpp"
#include "models/stages/toss_kernels.hpp"
#include "sim/random/batch.hpp"
#include "tests/random/every_isa.hpp"

using namespace populace;

namespace {

constexpr std::uint32_t kPlaces = 4096, kFirstTile = 3;  // in the middle of a pair
constexpr DrawKey kKey{20261127, 4};

DrawReason reason_of(std::uint32_t step) { return {step, 9, 31}; }

float exp_of(float x) {
  float values[16] = {};
  std::fill_n(values, 16, x);
  exp_all(values, 16, values);
  return values[0];
}

struct Slots {
  std::vector<std::uint16_t> of = std::vector<std::uint16_t>(kPlaces + 64);
  std::vector<float> none = std::vector<float>(kPlaces);  // exp(-mean)
  float unit = 0, rate = 0;
  Slots(float largest_mean, std::uint32_t seed) {
    std::mt19937 engine(seed);
    for (std::uint32_t i = 0; i < kPlaces; ++i)  // most of them few, some none, some all
      of[i] = static_cast<std::uint16_t>(i % 17 == 0 ? 0 : i % 19 == 0 ? 65535 : (engine() & 0xFFFF) >> engine() % 12);
    unit = largest_mean / 65535 / .37f;
    rate = .37f;
    for (std::uint32_t i = 0; i < kPlaces; ++i) none[i] = -std::min(mean(i), 80.f);
    exp_all(none.data(), kPlaces, none.data());
  }
  float mean(std::uint32_t i) const { return static_cast<float>(of[i]) * (unit * rate); }
};

int poisson(float mean, float none, std::uint32_t word) {
  mean = std::min(mean, 80.f);
  const float u = std::min(unit_float(word), 1.f - 0x1p-21f);
  float term = none, cumulated = none;
  int n = u >= cumulated ? 1 : 0;
  for (int k = 1; k < 255 && u >= cumulated; ++k) {
    const float inverse = 1.0f / static_cast<float>(k);
    term = term * (mean * inverse);
    cumulated = cumulated + term;
    n += u >= cumulated;
  }
  return n;
}

}  // namespace

TEST_CASE("contacts by sixteen bits are those of whole words") {
  for_every_isa([](const std::string& isa) {
    INFO(isa);
    for (const bool bernoulli : {false, true}) {
      int hang_on_lower = 0;
      for (const float largest : {.004f, .3f, .99f, 1.7f, 6.f, 30.f, 200.f, 3e5f}) {
        const Slots slots(largest, 5);
        for (std::uint32_t step = 0; step < 12; ++step) {
          std::vector<std::uint8_t> contacts(kPlaces + 64, 77);
          ContactTask task;
          task.stream = make_stream(kKey, reason_of(step));
          task.slots = slots.of.data();
          task.unit = slots.unit;
          task.rate = slots.rate;
          task.bernoulli = bernoulli;
          task.contacts = contacts.data();
          draw_contacts(task, kFirstTile, kPlaces);
          const auto count = [&](std::uint32_t i, std::uint32_t word) {
            return bernoulli ? unit_float(word) < slots.mean(i) : poisson(slots.mean(i), slots.none[i], word);
          };
          for (std::uint32_t i = 0; i < kPlaces; ++i) {
            const std::uint32_t word = draw_split_word(kKey, reason_of(step), kFirstTile * 64 + i);
            INFO(i << " of " << largest << " at " << step);
            REQUIRE(int{contacts[i]} == count(i, word));
            hang_on_lower += count(i, word & 0xFFFF0000u) != count(i, word | 0xFFFFu);
          }
        }
      }
      CHECK(hang_on_lower > 3);
    }
  });
}

TEST_CASE("tosses by stage and moves by sixteen bits are those of whole words") {
  std::mt19937 engine(8);
  std::vector<std::uint8_t> stages(kPlaces + 64);
  for (auto& stage : stages) stage = static_cast<std::uint8_t>(engine() % kMaxStages);
  std::vector<float> goodwill(kPlaces + 64);
  for (auto& value : goodwill) value = static_cast<float>(engine() % 1000) * 1e-3f;
  StageTable prob, coefficient;
  HazardSlot slot;
  for (std::size_t s = 0; s < kMaxStages; ++s) {
    prob.of[s] = s == 0 ? 0.f : s == 1 ? 1.f : s == 2 ? 1e-7f : std::ldexp(.73f, -static_cast<int>(s) / 2);
    slot.base.of[s] = s == 0 ? -1.f : s == 1 ? 90.f : std::ldexp(.9f, -static_cast<int>(s));
    coefficient.of[s] = s % 3 == 0 ? 0.f : .8f;
    slot.to.of[s] = static_cast<float>((s + 3) % kMaxStages);
  }
  const DriverTerm term{goodwill.data(), nullptr, &coefficient};
  slot.terms = &term;
  slot.n_terms = 1;
  for_every_isa([&](const std::string& isa) {
    INFO(isa);
    int hang_on_lower = 0;
    for (std::uint32_t step = 0; step < 80; ++step) {
      const DrawStream stream = make_stream(kKey, reason_of(step));
      std::vector<std::uint32_t> places(kPlaces + 64);
      const std::uint32_t n = toss_by_stage(stream, kFirstTile, kPlaces - 5, stages.data(), prob, places.data());
      CHECK(toss_by_stage(stream, kFirstTile, kPlaces - 5, stages.data(), prob, nullptr) == n);
      std::vector<char> hit(kPlaces, 0);
      for (std::uint32_t k = 0; k < n; ++k) ++hit[places[k]];
      for (const bool fixed : {false, true}) {
        std::vector<std::uint8_t> moved_to = stages, moved(kPlaces + 64);
        std::int64_t leaps[kMaxStages] = {};
        MoveTask task;
        task.stream = stream;
        task.slots = &slot;
        task.n_slots = 1;
        if (fixed) task.fixed_prob = &prob;
        for (std::size_t s = 0; s < kMaxStages; ++s) task.to[s] = static_cast<std::uint8_t>((s + 3) % kMaxStages);
        task.leaps_from = leaps;
        task.first = true;
        task.stage = moved_to.data();
        task.moved = moved.data();
        task.n = kPlaces - 5;
        move_consumers(task, kFirstTile, kPlaces);
        for (std::uint32_t i = 0; i < kPlaces; ++i) {
          const std::uint32_t word = draw_split_word(kKey, reason_of(step), kFirstTile * 64 + i);
          const std::uint8_t stage = stages[i];
          const float rate = std::max(0.f, slot.base.of[stage] + coefficient.of[stage] * goodwill[i]);
          const float chance = fixed ? prob.of[stage] : 1.0f - exp_of(std::max(-rate, -87.f));
          const bool in = i < kPlaces - 5, leaves = in && unit_float(word) < chance;
          INFO(i << " at " << step << (fixed ? ", fixed" : ", by rate"));
          REQUIRE(int{moved_to[i]} == (leaves ? (stage + 3) % static_cast<int>(kMaxStages) : stage));
          REQUIRE(int{moved[i]} == leaves);
          if (fixed) REQUIRE(int{hit[i]} == (in && unit_float(word) < prob.of[stage]));
          hang_on_lower += (unit_float(word & 0xFFFF0000u) < chance) != (unit_float(word | 0xFFFFu) < chance);
        }
      }
    }
    CHECK(hang_on_lower > 3);
  });
}
