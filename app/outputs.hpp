// What a command writes must replace nothing that it reads.
#pragma once
#include <filesystem>
#include <string_view>
#include <vector>

#include "scenarios/scenario.hpp"

namespace populace {

bool same_file(const std::filesystem::path& a, const std::filesystem::path& b);

// The scenario, what it extends, and the data files that it names.
std::vector<std::filesystem::path> files_read(const std::filesystem::path& scenario, const LoadedScenario& loaded);

// Throws UsageError naming the flag when `output` is one of these files; an empty path is none.
void refuse_to_replace(const std::vector<std::filesystem::path>& inputs, std::string_view flag,
                       const std::filesystem::path& output);

}  // namespace populace
