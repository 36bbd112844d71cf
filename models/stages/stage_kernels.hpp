// Moves of a stage machine for a block, by vectors of consumers. Tables are by stage, 16 entries each.
//
//   hazard:  R = sum over slots of max(0, base[s] + sum over drivers coef[s] x),  P(move) = 1 - exp(-R), slot by its
//   part of R matrix:  next = number of j with u >= cumulated[j][s]
//
// A group of moves shares one draw a consumer; where no consumer of a quad of vectors has a rate, nothing is drawn.
// With one slot its words are split (sim/random/draw.hpp), and a tile is asked, not a quad.
#pragma once
#include <cstddef>
#include <cstdint>

#include "models/stages/stages_options.hpp"
#include "sim/random/philox_rounds.hpp"

namespace populace {

struct alignas(64) StageTable {
  float of[kMaxStages] = {};
};

// A driver that differs over consumers: float or byte values of the block.
struct DriverTerm {
  const float* floats = nullptr;
  const std::uint8_t* bytes = nullptr;
  const StageTable* coefficient = nullptr;
};

struct HazardSlot {
  StageTable base;  // rate a step, drivers that are the same for everybody included
  StageTable to;    // stage entered
  const DriverTerm* terms = nullptr;
  std::size_t n_terms = 0;
};

struct MoveTask {
  DrawStream stream;
  const HazardSlot* slots = nullptr;
  std::size_t n_slots = 0;
  const StageTable* cumulated = nullptr;  // matrix: n_stages - 1 tables instead of slots
  std::size_t n_cumulated = 0;
  DriverTerm scale;                              // matrix: chance that it acts; no values: always
  float scale_same = 1;                          // the part of that chance that is the same for everybody
  const StageTable* fixed_prob = nullptr;        // one slot without drivers: its chance by stage instead of rates
  alignas(16) std::uint8_t to[kMaxStages] = {};  // one slot: stage entered
  std::uint32_t leaves = 0;                      // one slot: bit by stage that it leaves
  std::int64_t* leaps_from = nullptr;            // one slot: takes leaps by stage left, instead of `leaps`
  bool chain = false;
  bool first = false;             // nobody has moved yet: `moved` is not read
  bool last = false;              // nothing will ask who has moved: `moved` is not written
  std::uint8_t* stage = nullptr;  // column
  std::uint8_t* moved = nullptr;
  std::uint32_t n = 0;             // consumers
  std::uint32_t* leaps = nullptr;  // out: slot << 8 | from << 4 | to, one a leap
};
// Returns how many leaps were appended.
std::size_t move_consumers(const MoveTask& task, std::uint32_t first_tile, std::uint32_t capacity);

// Places where attention was met in a stage that it can lift: liftable 2, or 1 for those who have not moved. Returns
// how many.
std::uint32_t find_liftable(const std::uint8_t* stage, const std::uint8_t liftable[kMaxStages], const float* attention,
                            const std::uint8_t* moved, std::uint32_t n, std::uint32_t* places);

// The consumers at `places` met attention; the next lift comes when -ln(1 - u) / rate of the stage has passed.
struct LiftTask {
  std::uint32_t *places, *words;  // the list is filled up to a whole vector
  std::uint32_t n;
  const std::uint8_t* stage;
  const StageTable* rate;
  const float* attention;  // by place
  float* waited;           // out, by place in list
  std::uint32_t* lifted;   // out: who waited long enough, by place in list
};
std::uint32_t find_lifted(const LiftTask& task);
}  // namespace populace
