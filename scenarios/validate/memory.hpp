// How much memory a market needs, roughly, before anything is allocated.
#pragma once
#include <cstdint>
#include <string>

#include "models/world/market_options.hpp"

namespace populace {

// Bytes of one consumer's columns, a little above what the engine takes.
double estimated_bytes_per_consumer(const MarketOptions& market);

// Memory of this machine.
std::uint64_t physical_memory_bytes();

// "12.3 GB" (of 10^9 bytes).
std::string memory_text(double bytes);

}  // namespace populace
