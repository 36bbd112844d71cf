// A scenario of this folder that switches a mechanism on over base.toml, with the switches that its first line names.
#pragma once
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/engine/market_run.hpp"

namespace populace {

inline const char* const kMechanismsBase = "tests/mechanisms/base.toml";

struct Overlay {
  std::string file;                   // below the source folder
  std::vector<std::string> switches;  // settings that switch off
  std::vector<std::vector<std::string>> together;

  std::vector<std::string> all_off() const { return switches; }
  // One switch off, with what cannot stay on without it.
  std::vector<std::string> off(std::size_t index) const {
    std::vector<std::string> settings{switches[index]};
    for (const auto& group : together)
      if (group.front() == switches[index]) settings.insert(settings.end(), group.begin() + 1, group.end());
    return settings;
  }
};

// "a.enabled, b.kind=none" -> settings.
inline std::vector<std::string> settings_of(const std::string& list) {
  std::vector<std::string> settings;
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t comma = std::min(list.find(", ", at), list.size());
    std::string key = list.substr(at, comma - at);
    if (key.find('=') == std::string::npos) key += "=false";
    settings.push_back(std::move(key));
    at = comma + 2;
  }
  return settings;
}

inline Overlay read_overlay(const std::string& file) {
  Overlay overlay{file, {}, {}};
  std::ifstream in(std::filesystem::path(POPULACE_SOURCE_DIR) / file);
  const std::string switches = "# switch: ", together = "# together: ";
  for (std::string line; std::getline(in, line) && line.starts_with("#");) {
    if (line.starts_with(switches)) overlay.switches = settings_of(line.substr(switches.size()));
    if (line.starts_with(together)) overlay.together.push_back(settings_of(line.substr(together.size())));
  }
  return overlay;
}

// Every scenario of the folder but the base, by name.
inline std::vector<Overlay> overlays() {
  std::vector<std::string> files;
  const std::filesystem::path folder = std::filesystem::path(kMechanismsBase).parent_path();
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(POPULACE_SOURCE_DIR) / folder))
    if (entry.path().extension() == ".toml" && entry.path().filename() != "base.toml")
      files.push_back((folder / entry.path().filename()).generic_string());
  std::sort(files.begin(), files.end());
  std::vector<Overlay> list;
  for (const std::string& file : files) list.push_back(read_overlay(file));
  return list;
}

}  // namespace populace
