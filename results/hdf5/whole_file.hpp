// A file is written whole or not at all: to a temporary name in the same folder, flushed to the disk, then renamed over
// the target. Until commit() the target keeps what it had; a WholeFile that is destroyed before leaves nothing behind.
#pragma once
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace populace {

// A file could not be written or read; what() names the file, the cause and what to do.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class WholeFile {
 public:
  // Opens the temporary file, so that a folder that is missing, full or not writable is known before any work is done.
  explicit WholeFile(const std::filesystem::path& target);
  ~WholeFile();
  WholeFile(const WholeFile&) = delete;
  WholeFile& operator=(const WholeFile&) = delete;

  int descriptor() const { return descriptor_; }
  const std::filesystem::path& target() const { return target_; }

  void append(std::string_view bytes);
  void commit();

  [[noreturn]] void fail(int error_number) const;  // throws FileError naming the target and the cause

 private:
  std::filesystem::path target_;
  std::filesystem::path temporary_;
  int descriptor_ = -1;
};

}  // namespace populace
