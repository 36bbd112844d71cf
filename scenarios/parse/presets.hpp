// Presets: scenario files that come with the program, named "preset:category/car" wherever a scenario lies. They stand
// in the folder that the environment variable POPULACE_PRESETS names, else in scenarios/presets of the source tree that
// the program was built from.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace populace {

bool is_preset(std::string_view name);

std::filesystem::path preset_folder();

// "category/car", "channel/tv", …, sorted.
std::vector<std::string> preset_names();

// The file of "preset:category/car"; empty when there is none.
std::filesystem::path preset_file(std::string_view name);

// The name of a file of the preset folder, with "preset:"; empty for other files.
std::string preset_name(const std::filesystem::path& file);

// What the user may have meant by a name that is no preset's.
std::string preset_hint(std::string_view name);

}  // namespace populace
