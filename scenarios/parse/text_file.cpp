#include "scenarios/parse/text_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "scenarios/validate/suggest.hpp"

namespace populace {
namespace {

namespace fs = std::filesystem;

TextProblem cannot_open(const fs::path& path, const std::string& reason) {
  std::vector<std::string> neighbours;
  std::error_code error;
  for (auto entry = fs::directory_iterator(path.parent_path().empty() ? "." : path.parent_path(), error);
       !error && entry != fs::directory_iterator(); entry.increment(error))
    if (entry->is_regular_file(error)) neighbours.push_back(entry->path().filename().string());
  std::sort(neighbours.begin(), neighbours.end());
  return {.rule = "cannot be opened (" + reason + ")",
          .suggestion = did_you_mean(path.filename().string(), neighbours),
          .cannot_open = true};
}

// Length of the UTF-8 sequence at the front of `text`, 0 when it is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xC2 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xC0) != 0x80) return 0;
  const bool overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
  const bool surrogate = lead == 0xED && byte(1) > 0x9F;
  const bool too_high = lead == 0xF4 && byte(1) > 0x8F;
  return overlong || surrogate || too_high ? 0 : length;
}

}  // namespace

std::size_t first_bad_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = sequence_length(text.substr(i));
    if (length == 0) return i;
    i += length;
  }
  return std::string_view::npos;
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

TextFile read_text_file(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error))
    return {"", TextProblem{.rule = "is a folder", .suggestion = "name a file in it", .cannot_open = true}};
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return {"", cannot_open(path, std::strerror(errno == 0 ? EIO : errno))};
  std::string text;
  std::array<char, 65536> chunk;
  while (text.size() <= kMaxFileBytes && (file.read(chunk.data(), chunk.size()) || file.gcount() > 0))
    text.append(chunk.data(), static_cast<std::size_t>(file.gcount()));
  if (text.size() > kMaxFileBytes)
    return {"",
            TextProblem{.rule = "is larger than 16 MB", .suggestion = "move long series to CSV files of their own"}};
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  if (text.empty())
    return {"", TextProblem{.rule = "is empty",
                            .suggestion =
                                "a scenario starts with a table [scenario], a CSV file with the names of its columns"}};
  if (const std::size_t bad = first_bad_utf8(text); bad != std::string::npos) {
    const std::string_view before = std::string_view(text).substr(0, bad);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t line_start = line == 1 ? 0 : before.rfind('\n') + 1;
    return {"", TextProblem{.rule = fmt::format("is not UTF-8: byte {} (counted from 0) is 0x{:02X}", bad,
                                                static_cast<unsigned char>(text[bad])),
                            .suggestion = "save the file as UTF-8",
                            .line = line,
                            .column = static_cast<std::int64_t>(bad - line_start) + 1}};
  }
  return {std::move(text), std::nullopt};
}

}  // namespace populace
