// A CSV file under construction: whole or not there (WholeFile), RFC 4180.
#pragma once
#include <fmt/format.h>

#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "results/hdf5/whole_file.hpp"

namespace populace {

// Quoted where it must be.
inline std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out.append(c == '"' ? 2 : 1, c);
  return out + '"';
}

class Table {
 public:
  explicit Table(const std::filesystem::path& path) : file_(path) {}

  template <class... Parts>
  void print(fmt::format_string<Parts...> format, Parts&&... parts) {
    fmt::format_to(std::back_inserter(buffer_), format, std::forward<Parts>(parts)...);
    if (buffer_.size() > kFlushBytes) flush();
  }

  void commit() {
    flush();
    file_.commit();
  }

 private:
  static constexpr std::size_t kFlushBytes = 1 << 20;

  void flush() {
    file_.append({buffer_.data(), buffer_.size()});
    buffer_.clear();
  }

  WholeFile file_;
  fmt::memory_buffer buffer_;
};

// Makes the folder that tables go to.
inline void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error || !std::filesystem::is_directory(folder))
    throw FileError(fmt::format("cannot make the folder {}: {}; choose another place", folder.string(),
                                error ? error.message() : "a file of that name exists"));
}

}  // namespace populace
