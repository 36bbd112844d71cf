#include "scenarios/parse/presets.hpp"

#include <algorithm>
#include <cstdlib>

#include "scenarios/validate/suggest.hpp"

namespace populace {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "preset:";

}  // namespace

bool is_preset(std::string_view name) { return name.starts_with(kPrefix); }

fs::path preset_folder() {
  const char* folder = std::getenv("POPULACE_PRESETS");
  return folder != nullptr && *folder != '\0' ? fs::path(folder) : fs::path(POPULACE_PRESETS_DIR);
}

std::vector<std::string> preset_names() {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(preset_folder(), error))
    if (entry.path().extension() == ".toml")
      names.push_back(entry.path().lexically_relative(preset_folder()).replace_extension().generic_string());
  std::sort(names.begin(), names.end());
  return names;
}

fs::path preset_file(std::string_view name) {
  const std::string wanted(name.substr(kPrefix.size()));
  const std::vector<std::string> names = preset_names();
  if (!std::binary_search(names.begin(), names.end(), wanted)) return {};
  return preset_folder() / (wanted + ".toml");
}

std::string preset_name(const fs::path& file) {
  std::error_code error;
  const fs::path below =
      fs::weakly_canonical(file, error).lexically_relative(fs::weakly_canonical(preset_folder(), error));
  if (below.empty() || *below.begin() == "..") return "";
  return std::string(kPrefix) + fs::path(below).replace_extension().generic_string();
}

std::string preset_hint(std::string_view name) {
  const std::vector<std::string> names = preset_names();
  if (names.empty()) return "no presets were found; the environment variable POPULACE_PRESETS names their folder";
  const std::string meant = closest(std::string(name.substr(kPrefix.size())), names);
  if (!meant.empty()) return "did you mean \"preset:" + meant + "\"?";
  return "the presets are: " + listed(names, 60);
}

}  // namespace populace
