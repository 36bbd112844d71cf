// Reads a whole text file of at most 16 MB that must be UTF-8. A byte order mark is dropped.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace populace {

inline constexpr std::size_t kMaxFileBytes = 16'000'000;

struct TextProblem {
  std::string rule;
  std::string suggestion;
  std::int64_t line = 0;  // 0: the file as a whole
  std::int64_t column = 0;
  bool cannot_open = false;  // whoever named the file should mend the name
};

struct TextFile {
  std::string text;
  std::optional<TextProblem> problem;
};

TextFile read_text_file(const std::filesystem::path& path);

// For a file that another file names and that is not there.
inline constexpr const char* kRelativeHint = "names of files are relative to the file that names them";

// Offset of the first byte that is not UTF-8 (RFC 3629), or npos.
std::size_t first_bad_utf8(std::string_view text);

// Splits at line feeds; carriage returns before them are dropped.
std::vector<std::string_view> split_lines(std::string_view text);

}  // namespace populace
