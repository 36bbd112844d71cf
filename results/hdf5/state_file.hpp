// A saved state: named blobs of bytes and text attributes, nothing of whose meaning is known here. Compressed lightly,
// each chunk with a checksum, written whole or not at all.
#pragma once
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace populace {

struct StateFile {
  std::map<std::string, std::string> attributes;
  std::map<std::string, std::vector<std::byte>> blobs;  // names without '/'
};

// Both throw FileError: when the place cannot be written; when the file is missing, damaged, truncated or no saved
// state.
void save_state(const std::filesystem::path& path, const StateFile& state);
StateFile load_state(const std::filesystem::path& path);

}  // namespace populace
