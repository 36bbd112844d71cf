// "did you mean": the known name closest to what was written, by edit distance with transpositions (Damerau 1964,
// doi:10.1145/363958.363994; optimal string alignment).
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace populace {

std::size_t edit_distance(std::string_view a, std::string_view b);

// The closest candidate, or empty when none is close.
std::string closest(std::string_view written, const std::vector<std::string>& candidates);

// `did you mean "x"?`, or empty when no candidate is close.
std::string did_you_mean(std::string_view written, const std::vector<std::string>& candidates);

// did_you_mean, or else all candidates as `<what>: a, b, c`; long lists are cut.
std::string suggest(std::string_view written, const std::vector<std::string>& candidates, std::string_view what);

// a, b, c; long lists are cut.
std::string listed(const std::vector<std::string>& names, std::size_t most = 24);

}  // namespace populace
