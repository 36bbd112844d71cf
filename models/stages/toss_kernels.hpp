// One coin for every consumer of a block, and who won: by vectors of consumers, into lists of places.
// A list stands in an order which no reader may rely on. Words are split (sim/random/draw.hpp).
#pragma once
#include <cstdint>

#include "models/stages/stage_kernels.hpp"
#include "sim/random/philox_rounds.hpp"

namespace populace {

// Places where u < prob; returns how many. `uniforms` takes their u, or is null.
std::uint32_t toss(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n, float prob,
                   std::uint32_t* places, float* uniforms = nullptr);
// Places where u < prob[stage]; `places` may be null when only their number matters.
std::uint32_t toss_by_stage(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n,
                            const std::uint8_t* stage, const StageTable& prob, std::uint32_t* places);
// Places where u < bound[place]; `uniforms` takes their u. Bounds have room for a vector beyond n.
std::uint32_t toss_below(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n, const float* bound,
                         std::uint32_t* places, float* uniforms);
// Places where u >= none[code]; `uniforms` takes their u.
std::uint32_t toss_by_code(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n,
                           const std::uint8_t* code, const float* none, std::uint32_t* places, float* uniforms);
// Places where u >= none[stage]; `uniforms` takes their u.
std::uint32_t toss_unless(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n,
                          const std::uint8_t* stage, const StageTable& none, std::uint32_t* places, float* uniforms);

}  // namespace populace
