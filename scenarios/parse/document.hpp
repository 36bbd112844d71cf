// A scenario as written: its file, the files it extends, and the command line on top, merged into one tree.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/parse/node.hpp"
#include "scenarios/parse/violation.hpp"

namespace populace {

// A file as it was read, comments and all.
struct SourceFile {
  std::string name;
  std::string text;
  std::string path{};  // as places in it are told
};

// A key set by a command-line flag of its own, as --consumers 5 sets scenario.consumers.
struct FlagOverride {
  std::string flag;   // "--consumers"
  std::string path;   // "scenario.consumers"
  std::string value;  // a TOML value, or a bare word
};

struct Document {
  Node root;
  std::vector<SourceFile> sources;  // the scenario first, then what it extends
};

// Throws ScenarioErrors when a file cannot be read or is not TOML, when `extends` turns in a circle, or when an
// override is malformed: nothing below could be trusted then.
Document read_document(const std::filesystem::path& path, const std::vector<std::string>& overrides,
                       const std::vector<FlagOverride>& flags);

}  // namespace populace
