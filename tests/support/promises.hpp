// What the engine promises for any scenario, as checks that say what is broken: nothing for a good market.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "models/market.hpp"
#include "sim/engine/record.hpp"

namespace populace {

// One replication: 1 = 2 threads; saved in the middle and restored = straight; working memory that carries nothing from
// block to block; no NaN, no negative count; consumers and money conserved; members, sellers, coupons, points and units
// at home as counted are what the columns hold.
std::vector<std::string> broken_promises(const Market& market);

// The part of it that needs no further run.
std::vector<std::string> broken_counts(const Market& market, const ReplicationRecord& record);

using BuildBlock = std::function<void(BlockView block, Scratch& scratch, std::int64_t* row)>;

// Columns that are written for some consumers and not for others when consumers are made: what is found there depends
// on what the memory held before. A column that is left empty for everybody starts at zero by the engine's promise.
// Told as "name: n consumers"; padding that is not zero is told as "name: padding".
std::vector<std::string> half_written_columns(const Market& market, const BuildBlock& build);
std::vector<std::string> half_written_columns(const Market& market);

}  // namespace populace
