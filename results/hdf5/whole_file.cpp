#include "results/hdf5/whole_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <system_error>

namespace populace {

namespace fs = std::filesystem;

namespace {

std::string cause_of(int error_number) { return std::generic_category().message(error_number); }

std::string advice_for(int error_number) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return "free some space or choose another place";
    case ENOENT:
      return "create its folder first";
    default:
      return "choose another place";
  }
}

// A link is followed, so that the file it points to is replaced and not the link.
fs::path resolved(const fs::path& target) {
  std::error_code ignored;
  if (!fs::is_symlink(fs::symlink_status(target, ignored))) return target;
  const fs::path real = fs::weakly_canonical(target, ignored);
  return ignored ? target : real;
}

fs::path folder_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : fs::path("."); }

fs::path temporary_name(const fs::path& target) {
  static std::atomic<unsigned> number = 0;
  return folder_of(target) / fmt::format(".populace-{}-{}.partial", ::getpid(), number.fetch_add(1));
}

void flush_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;  // some file systems cannot; the rename itself has happened
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

WholeFile::WholeFile(const fs::path& target) : target_(resolved(target)) {
  std::error_code ignored;
  const fs::file_status status = fs::status(target_, ignored);
  if (fs::exists(status)) {
    if (!fs::is_regular_file(status))
      throw FileError(
          fmt::format("cannot write {}: it exists and is not a file; choose another name", target_.string()));
    if (::access(target_.c_str(), W_OK) != 0) fail(errno);
  }
  temporary_ = temporary_name(target_);
  descriptor_ = ::open(temporary_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor_ < 0) fail(errno);
}

WholeFile::~WholeFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(temporary_.c_str());
}

void WholeFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void WholeFile::commit() {
  if (::fsync(descriptor_) != 0) fail(errno);
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) fail(errno);
  const int descriptor = descriptor_;
  descriptor_ = -1;
  ::close(descriptor);  // all is on the disk: nothing is left that could fail
  flush_folder(folder_of(target_));
}

void WholeFile::fail(int error_number) const {
  throw FileError(
      fmt::format("cannot write {}: {}; {}", target_.string(), cause_of(error_number), advice_for(error_number)));
}

}  // namespace populace
