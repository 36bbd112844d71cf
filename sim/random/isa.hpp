// Which instruction set the hot loops use. The set never changes a result, only the time to it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace populace {

// Names of the sets this program was built for and this machine has, slowest first: "baseline", "avx2", "avx512",
// "neon".
std::vector<std::string> available_isas();
// The one in use.
std::string isa_in_use();
// Forces one (the environment variable POPULACE_ISA does the same at start); an empty name gives the choice back to the
// machine. Throws std::invalid_argument naming the available ones. Not to be called while a simulation runs.
void force_isa(std::string_view name);

}  // namespace populace
