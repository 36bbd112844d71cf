// HDF5 identifiers that close themselves, and its return codes turned into exceptions. HDF5's own printing to the
// terminal is off. Nothing here may be called from two threads at once.
#pragma once
#include <cstdint>
#include <utility>

#include "results/hdf5/whole_file.hpp"

namespace populace {

// HDF5 refused; what() says what was tried and HDF5's innermost reason, without the file, which the caller adds.
class Hdf5Error : public FileError {
 public:
  using FileError::FileError;
};

using Hdf5Id = std::int64_t;  // hid_t, so that this header needs none of HDF5's

void silence_hdf5();                                    // before the first call of a thread
[[noreturn]] void throw_hdf5_error(const char* doing);  // "HDF5 could not <doing>: <reason>"

// Passes a return code or identifier on; negative ones throw.
template <class Code>
Code check_hdf5(Code code, const char* doing) {
  if (code < 0) throw_hdf5_error(doing);
  return code;
}

class Handle {
 public:
  using Closer = int (*)(Hdf5Id);

  Handle() = default;
  Handle(Hdf5Id id, Closer closer, const char* doing) : id_(check_hdf5(id, doing)), closer_(closer) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), closer_(other.closer_) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(closer_, other.closer_);
    return *this;
  }
  ~Handle() { close(); }

  Hdf5Id id() const { return id_; }
  // Whether closing went well; a closed or empty handle is.
  bool close() {
    const Hdf5Id id = std::exchange(id_, -1);
    return id < 0 || closer_(id) >= 0;
  }

 private:
  Hdf5Id id_ = -1;
  Closer closer_ = nullptr;
};

}  // namespace populace
